import { Injectable } from '@nestjs/common';
import { authorise, contextOf, Person, type Principal } from '@ringfence/identity';
import {
  type CalendarDate,
  nameCharactersMax,
  newId,
  Problem,
  proseCharactersMax,
  referenceCharactersMax,
} from '@ringfence/kernel';
import { Database, type IdempotentRequest } from '@ringfence/platform';
import { Faults } from './domain/faults.js';
import { payerKinds, planKinds, type PayerKind, type PlanKind } from './domain/terms.js';
import { Outcome, Payer, PlanDocument } from './entities/budgets.entities.js';
import { insertRecords, requireRecord } from './records.js';

export const outcomesPerPlanMax = 100;

export interface NewPayer {
  readonly name: string;
  readonly kind: PayerKind;
  /** The payer's short code in this authority, unique. */
  readonly code: string;
}

export interface NewOutcome {
  /** The number that the plan gives it, such as `2.1`; unique in the plan. */
  readonly reference: string;
  readonly description: string;
}

export interface NewPlanDocument {
  readonly childId: string;
  readonly kind: PlanKind;
  readonly startsOn: CalendarDate;
  readonly endsOn?: CalendarDate | null | undefined;
  readonly outcomes: readonly NewOutcome[];
}

/** Whose money it is, and the plans with the outcomes that it is for. */
@Injectable()
export class PlanRegister {
  constructor(private readonly database: Database) {}

  async addPayer(principal: Principal, input: NewPayer, request: IdempotentRequest): Promise<{ id: string }> {
    authorise(principal, 'budgets.write');
    const faults = new Faults();
    faults.text('/name', input.name, nameCharactersMax);
    faults.text('/code', input.code, referenceCharactersMax);
    faults.oneOf('/kind', input.kind, payerKinds);
    faults.refuse();
    return this.database.once(contextOf(principal), request, async (tx) => {
      const { authorityId } = principal;
      if (await tx.manager.findOneBy(Payer, { authorityId, code: input.code })) {
        throw new Problem(
          'conflict',
          `The code ${JSON.stringify(input.code)} belongs to a payer already: use that one.`,
        );
      }
      const id = newId();
      await insertRecords(tx, Payer, [{ id, name: input.name, kind: input.kind, code: input.code }]);
      return { id };
    });
  }

  /** Returns the plan's id and its outcomes' ids in the order given. */
  async addPlanDocument(
    principal: Principal,
    input: NewPlanDocument,
    request: IdempotentRequest,
  ): Promise<{ id: string; outcomes: { id: string; reference: string }[] }> {
    authorise(principal, 'budgets.write');
    planFaults(input).refuse();
    return this.database.once(contextOf(principal), request, async (tx) => {
      await requireRecord(tx, Person, input.childId, 'child', '/childId');
      const id = newId();
      const outcomes = input.outcomes.map((outcome) => ({ id: newId(), planDocumentId: id, ...outcome }));
      await insertRecords(tx, PlanDocument, [
        { id, childId: input.childId, kind: input.kind, startsOn: input.startsOn, endsOn: input.endsOn ?? null },
      ]);
      await insertRecords(tx, Outcome, outcomes);
      return { id, outcomes: outcomes.map(({ id, reference }) => ({ id, reference })) };
    });
  }
}

function planFaults(input: NewPlanDocument): Faults {
  const faults = new Faults();
  faults.oneOf('/kind', input.kind, planKinds);
  faults.day('/startsOn', input.startsOn);
  faults.lastDay('/endsOn', input.startsOn, input.endsOn);
  if (input.outcomes.length > outcomesPerPlanMax) {
    faults.add('/outcomes', `/outcomes has ${input.outcomes.length}: a plan may have ${outcomesPerPlanMax} at most.`);
  }
  const seen = new Set<string>();
  for (const [order, { reference, description }] of input.outcomes.entries()) {
    faults.text(`/outcomes/${order}/reference`, reference, referenceCharactersMax);
    faults.text(`/outcomes/${order}/description`, description, proseCharactersMax);
    if (seen.has(reference)) {
      faults.add(
        `/outcomes/${order}/reference`,
        `The plan has two outcomes ${JSON.stringify(reference)}: number each once.`,
      );
    }
    seen.add(reference);
  }
  return faults;
}
