import { newId, Problem, type CalendarDate, type FundingStream, type Money } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';
import { In } from 'typeorm';
import { Person } from '@ringfence/identity';
import { versionInForce } from './domain/agreement.js';
import { lineFaults, type LineSurroundings } from './domain/budget-line.js';
import { Faults } from './domain/faults.js';
import type { DeliveryMechanism, Holder, PlanSection } from './domain/terms.js';
import {
  Agreement,
  AgreementVersion,
  Budget,
  BudgetLine,
  BudgetLineOutcome,
  Outcome,
  Payee,
  PlanDocument,
} from './entities/budgets.entities.js';
import { insertRecords, requireRecord } from './records.js';

export const linesPerRequestMax = 200;

export interface NewBudgetLine {
  readonly agreementId: string;
  readonly name: string;
  readonly stream: FundingStream;
  readonly mechanism: DeliveryMechanism;
  readonly holder: Holder;
  readonly planSection: PlanSection;
  /** For the whole of the line's dates. */
  readonly amountPence: Money;
  /** Quantity × rate must make the amount to the penny. A decimal text with three places at most. */
  readonly quantity?: string | null | undefined;
  readonly unit?: string | null | undefined;
  readonly ratePence?: Money | null | undefined;
  readonly startsOn: CalendarDate;
  readonly endsOn: CalendarDate;
  readonly payeeId?: string | null | undefined;
  readonly outcomeIds: readonly string[];
}

/** Checks and inserts lines of one budget; throws with every fault of every line, and returns the ids in order. */
export async function insertBudgetLines(
  tx: Transaction,
  budgetId: string,
  lines: readonly NewBudgetLine[],
): Promise<string[]> {
  if (lines.length === 0 || lines.length > linesPerRequestMax) {
    throw Problem.field('/lines', `/lines has ${lines.length}: send 1 to ${linesPerRequestMax} lines.`);
  }
  const known = await readSurroundings(tx, budgetId);
  const faults = new Faults();
  for (const [order, line] of lines.entries()) {
    const terms = { ...line, outcomes: line.outcomeIds.length };
    const found = [...lineFaults(terms, known.around), ...linkFaults(line, known)];
    faults.addAll(found.map((fault) => ({ ...fault, pointer: `/lines/${order}${fault.pointer ?? ''}` })));
  }
  faults.refuse();
  const records = lines.map((line) => lineRecord(newId(), budgetId, line));
  const links = lines.flatMap((line, order) =>
    [...new Set(line.outcomeIds)].map((outcomeId) => ({ budgetId, budgetLineId: records[order]!.id, outcomeId })),
  );
  await insertRecords(tx, BudgetLine, records);
  await insertRecords(tx, BudgetLineOutcome, links);
  return records.map(({ id }) => id);
}

export function lineRecord(id: string, budgetId: string, line: NewBudgetLine): Omit<BudgetLine, 'authorityId'> {
  const { outcomeIds: _, ...terms } = line;
  return {
    id,
    budgetId,
    ...terms,
    quantity: line.quantity ?? null,
    unit: line.unit ?? null,
    ratePence: line.ratePence ?? null,
    payeeId: line.payeeId ?? null,
  };
}

interface Known {
  readonly around: LineSurroundings;
  readonly versions: ReadonlyMap<string, readonly AgreementVersion[]>;
  readonly outcomeIds: ReadonlySet<string>;
  readonly payeeIds: ReadonlySet<string>;
}

async function readSurroundings(tx: Transaction, budgetId: string): Promise<Known> {
  const { authorityId } = tx.context;
  const budget = await requireRecord(tx, Budget, budgetId, 'budget');
  const plan = await requireRecord(tx, PlanDocument, budget.planDocumentId, 'plan');
  const child = await requireRecord(tx, Person, budget.childId, 'child');
  const agreements = await tx.manager.findBy(Agreement, { authorityId, budgetId });
  const versions = await tx.manager.findBy(AgreementVersion, {
    authorityId,
    agreementId: In(agreements.map(({ id }) => id)),
  });
  const outcomes = await tx.manager.findBy(Outcome, { authorityId, planDocumentId: plan.id });
  const payees = await tx.manager.findBy(Payee, { authorityId, budgetId });
  return {
    around: {
      planKind: plan.kind,
      budgetStartsOn: budget.startsOn,
      budgetEndsOn: budget.endsOn,
      childBornOn: child.dateOfBirth,
    },
    versions: new Map(agreements.map(({ id }) => [id, versions.filter(({ agreementId }) => agreementId === id)])),
    outcomeIds: new Set(outcomes.map(({ id }) => id)),
    payeeIds: new Set(payees.map(({ id }) => id)),
  };
}

function linkFaults(line: NewBudgetLine, known: Known): Faults['all'] {
  const faults = new Faults();
  const versions = known.versions.get(line.agreementId);
  if (!versions) faults.add('/agreementId', `There is no agreement ${line.agreementId} in this budget.`);
  else if (!versionInForce(versions, line.startsOn)) {
    faults.add('/startsOn', `The agreement is not yet in force on ${line.startsOn}: begin the line when it is.`);
  }
  for (const [order, id] of line.outcomeIds.entries()) {
    if (!known.outcomeIds.has(id))
      faults.add(`/outcomeIds/${order}`, `There is no outcome ${id} in this budget's plan.`);
  }
  if (line.payeeId && !known.payeeIds.has(line.payeeId)) {
    faults.add('/payeeId', `There is no payee ${line.payeeId} in this budget.`);
  }
  return faults.all;
}
