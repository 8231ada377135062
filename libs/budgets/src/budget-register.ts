import { Injectable } from '@nestjs/common';
import { authorise, contextOf, Person, type Principal } from '@ringfence/identity';
import { type CalendarDate, newId, Problem, proseCharactersMax, referenceCharactersMax } from '@ringfence/kernel';
import { Database, requestJob, type IdempotentRequest } from '@ringfence/platform';
import { insertBudgetLines, type NewBudgetLine } from './budget-lines.js';
import { Faults } from './domain/faults.js';
import { Agreement, AgreementVersion, Budget, Payer, PlanDocument } from './entities/budgets.entities.js';
import { insertRecords, lockRecord, requireRecord } from './records.js';

export interface NewBudget {
  /** The council's own number of the budget, unique in the authority. */
  readonly reference: string;
  readonly childId: string;
  readonly recipientId: string;
  readonly planDocumentId: string;
  readonly startsOn: CalendarDate;
  readonly endsOn?: CalendarDate | null | undefined;
}

export interface NewAgreementVersion {
  /** The first day of these terms; may lie in the past, as an uplift is often back-dated. */
  readonly validFrom: CalendarDate;
  readonly signedOn: CalendarDate;
  readonly reason: string;
}

export interface ChangedAgreementVersion extends NewAgreementVersion {
  /** A change in the services provided calls for a review (SI 2014/1652 reg 11; the council's policy). */
  readonly changesServices: boolean;
}

export interface NewAgreement extends NewAgreementVersion {
  readonly payerId: string;
}

/** Budgets, the written agreements under them, and what was agreed line by line. */
@Injectable()
export class BudgetRegister {
  constructor(private readonly database: Database) {}

  async createBudget(principal: Principal, input: NewBudget, request: IdempotentRequest): Promise<{ id: string }> {
    authorise(principal, 'budgets.write');
    const faults = new Faults();
    faults.text('/reference', input.reference, referenceCharactersMax);
    faults.day('/startsOn', input.startsOn);
    faults.lastDay('/endsOn', input.startsOn, input.endsOn);
    faults.refuse();
    return this.database.once(contextOf(principal), request, async (tx) => {
      await requireRecord(tx, Person, input.childId, 'child', '/childId');
      await requireRecord(tx, Person, input.recipientId, 'recipient', '/recipientId');
      const plan = await requireRecord(tx, PlanDocument, input.planDocumentId, 'plan', '/planDocumentId');
      if (plan.childId !== input.childId) {
        throw Problem.field('/planDocumentId', `The plan ${plan.id} is another child's: name a plan of this child.`);
      }
      const { authorityId } = principal;
      if (await tx.manager.findOneBy(Budget, { authorityId, reference: input.reference })) {
        throw new Problem(
          'conflict',
          `There is a budget ${JSON.stringify(input.reference)} already: give another reference.`,
        );
      }
      const id = newId();
      await insertRecords(tx, Budget, [{ id, ...input, endsOn: input.endsOn ?? null }]);
      return { id };
    });
  }

  /** One agreement between each payer and the recipient of a budget; it begins with version 1. */
  async addAgreement(
    principal: Principal,
    budgetId: string,
    input: NewAgreement,
    request: IdempotentRequest,
  ): Promise<{ id: string; version: number }> {
    authorise(principal, 'budgets.write', budgetId);
    versionFaults(input).refuse();
    return this.database.once(contextOf(principal), request, async (tx) => {
      await requireRecord(tx, Budget, budgetId, 'budget');
      await lockRecord(tx, 'budgets', budgetId);
      const payer = await requireRecord(tx, Payer, input.payerId, 'payer', '/payerId');
      const { authorityId } = principal;
      if (await tx.manager.findOneBy(Agreement, { authorityId, budgetId, payerId: payer.id })) {
        throw new Problem('conflict', `This budget has an agreement with ${payer.name} already: add a version to it.`);
      }
      const id = newId();
      await insertRecords(tx, Agreement, [{ id, budgetId, payerId: payer.id }]);
      const version = 1;
      await insertRecords(tx, AgreementVersion, [
        versionRecord(principal, id, version, { ...input, changesServices: false }),
      ]);
      return { id, version };
    });
  }

  /**
   * New terms from a day on. What changes the services asks for the job `agreement-changed`, from which a review
   * follows.
   */
  async newAgreementVersion(
    principal: Principal,
    agreementId: string,
    input: ChangedAgreementVersion,
    request: IdempotentRequest,
  ): Promise<{ agreementId: string; version: number }> {
    authorise(principal, 'budgets.write');
    versionFaults(input).refuse();
    return this.database.once(contextOf(principal), request, async (tx) => {
      const agreement = await requireRecord(tx, Agreement, agreementId, 'agreement');
      authorise(principal, 'budgets.write', agreement.budgetId);
      await lockRecord(tx, 'agreements', agreementId);
      const { authorityId } = principal;
      const [latest] = await tx.manager.find(AgreementVersion, {
        where: { authorityId, agreementId },
        order: { version: 'DESC' },
        take: 1,
      });
      if (latest && input.validFrom <= latest.validFrom) {
        throw Problem.field(
          '/validFrom',
          `Version ${latest.version} is valid from ${latest.validFrom}: a new version begins after that day, and ${input.validFrom} does not.`,
        );
      }
      const version = (latest?.version ?? 0) + 1;
      await insertRecords(tx, AgreementVersion, [versionRecord(principal, agreementId, version, input)]);
      if (input.changesServices) await requestJob(tx, 'agreement-changed', { agreementId, version });
      return { agreementId, version };
    });
  }

  /** Adds lines to a budget, all or none. Faults point to `/lines/0/amount` and the like. */
  async addBudgetLines(
    principal: Principal,
    budgetId: string,
    lines: readonly NewBudgetLine[],
    request: IdempotentRequest,
  ): Promise<{ ids: string[] }> {
    authorise(principal, 'budgets.write', budgetId);
    return this.database.once(contextOf(principal), request, async (tx) => ({
      ids: await insertBudgetLines(tx, budgetId, lines),
    }));
  }
}

function versionFaults(input: NewAgreementVersion): Faults {
  const faults = new Faults();
  faults.day('/validFrom', input.validFrom);
  faults.day('/signedOn', input.signedOn);
  faults.text('/reason', input.reason, proseCharactersMax);
  return faults;
}

function versionRecord(principal: Principal, agreementId: string, version: number, input: ChangedAgreementVersion) {
  const { validFrom, signedOn, reason, changesServices } = input;
  return { agreementId, version, validFrom, signedOn, reason, changesServices, createdBy: principal.id };
}
