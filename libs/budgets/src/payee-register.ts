import { Injectable } from '@nestjs/common';
import { authorise, contextOf, type Principal } from '@ringfence/identity';
import { type CalendarDate, nameCharactersMax, newId, Problem, referenceCharactersMax } from '@ringfence/kernel';
import { Database, requestJob, type IdempotentRequest } from '@ringfence/platform';
import { Faults } from './domain/faults.js';
import { overlap, spanText } from './domain/overlap.js';
import { livesWithKinds, payeeKinds, type LivesWith, type PayeeKind } from './domain/terms.js';
import { Budget, HouseholdMembership, Payee } from './entities/budgets.entities.js';
import { insertRecords, lockRecord, requireRecord } from './records.js';

export const namesPerPayeeMax = 50;

export interface NewPayee {
  readonly name: string;
  readonly kind: PayeeKind;
  /** The ways in which statements and bureaux write the payee. */
  readonly names?: readonly string[] | undefined;
  /** The number that the payroll bureau knows a personal assistant by. */
  readonly employeeReference?: string | null | undefined;
  /** To the child or the recipient, in plain words: `brother`, `friend`, `none`. */
  readonly relationship?: string | undefined;
}

export interface NewHouseholdMembership {
  readonly payeeId: string;
  readonly livesWith: LivesWith;
  readonly validFrom: CalendarDate;
  /** The last day; left out while they live together. */
  readonly validTo?: CalendarDate | null | undefined;
}

/** Whom a budget pays, and the dated facts of who lives with whom: never concluded from names, always recorded. */
@Injectable()
export class PayeeRegister {
  constructor(private readonly database: Database) {}

  async addPayee(
    principal: Principal,
    budgetId: string,
    input: NewPayee,
    request: IdempotentRequest,
  ): Promise<{ id: string }> {
    authorise(principal, 'budgets.write', budgetId);
    payeeFaults(input).refuse();
    return this.database.once(contextOf(principal), request, async (tx) => {
      await requireRecord(tx, Budget, budgetId, 'budget');
      await lockRecord(tx, 'budgets', budgetId);
      if (await tx.manager.findOneBy(Payee, { authorityId: principal.authorityId, budgetId, name: input.name })) {
        throw new Problem('conflict', `This budget has a payee ${JSON.stringify(input.name)} already: use that one.`);
      }
      const id = newId();
      await insertRecords(tx, Payee, [payeeRecord(id, budgetId, input)]);
      return { id };
    });
  }

  /**
   * Remembers a way in which statements write a payee, as a person has confirmed it. Lines that carry it are suggested
   * and assessed anew; a name that is known already changes nothing.
   */
  async confirmName(
    principal: Principal,
    payeeId: string,
    name: string,
    request: IdempotentRequest,
  ): Promise<{ id: string; names: readonly string[] }> {
    authorise(principal, 'budgets.write');
    return this.database.once(contextOf(principal), request, async (tx) => {
      await lockRecord(tx, 'payees', payeeId);
      const payee = await requireRecord(tx, Payee, payeeId, 'payee');
      authorise(principal, 'budgets.write', payee.budgetId);
      const names = [...new Set([...payee.names, name.trim()])];
      payeeFaults({ ...payee, names }).refuse();
      await tx.manager.update(Payee, { authorityId: principal.authorityId, id: payeeId }, { names });
      const accounts = await tx.query<{ id: string }>(
        `SELECT DISTINCT designated_account_id AS id FROM designated_account_budgets WHERE authority_id = $1 AND budget_id = $2`,
        [principal.authorityId, payee.budgetId],
      );
      for (const { id } of accounts) await requestJob(tx, 'suggest-matches', { designatedAccountId: id });
      return { id: payeeId, names };
    });
  }

  /** A payee who lives with the child, or with the recipient, from a day to a day; spans of one kind never overlap. */
  async recordHouseholdMembership(
    principal: Principal,
    input: NewHouseholdMembership,
    request: IdempotentRequest,
  ): Promise<{ id: string }> {
    authorise(principal, 'household.write');
    const faults = new Faults();
    faults.oneOf('/livesWith', input.livesWith, livesWithKinds);
    faults.day('/validFrom', input.validFrom);
    faults.lastDay('/validTo', input.validFrom, input.validTo);
    faults.refuse();
    return this.database.once(contextOf(principal), request, async (tx) => {
      const { payeeId, livesWith, validFrom, validTo = null } = input;
      const payee = await requireRecord(tx, Payee, payeeId, 'payee', '/payeeId');
      authorise(principal, 'household.write', payee.budgetId);
      await lockRecord(tx, 'payees', payeeId);
      const { authorityId } = principal;
      const held = await tx.manager.findBy(HouseholdMembership, { authorityId, payeeId, livesWith });
      const same = held.map((span) => ({ from: span.validFrom, to: span.validTo }));
      const clash = same.find((span) => overlap(span, { from: validFrom, to: validTo }));
      if (clash) {
        throw new Problem(
          'conflict',
          `${payee.name} is recorded as living with the ${livesWith.toLowerCase()} ${spanText(clash)} already: end that first, or choose other days.`,
        );
      }
      const id = newId();
      await insertRecords(tx, HouseholdMembership, [
        { id, budgetId: payee.budgetId, payeeId, livesWith, validFrom, validTo, recordedBy: principal.id },
      ]);
      await requestJob(tx, 'reassess', { budgetId: payee.budgetId, from: validFrom, to: validTo });
      return { id };
    });
  }

  /** `lastDay` is the last day on which they lived together. A membership is ended, never deleted. */
  async endHouseholdMembership(principal: Principal, membershipId: string, lastDay: CalendarDate): Promise<void> {
    authorise(principal, 'household.write');
    await this.database.transaction(contextOf(principal), async (tx) => {
      const { payeeId } = await requireRecord(tx, HouseholdMembership, membershipId, 'household membership');
      await lockRecord(tx, 'payees', payeeId);
      // Read again under the lock: somebody may have ended it and recorded the days after.
      const membership = await requireRecord(tx, HouseholdMembership, membershipId, 'household membership');
      authorise(principal, 'household.write', membership.budgetId);
      const faults = new Faults();
      faults.lastDay('/validTo', membership.validFrom, lastDay);
      faults.refuse();
      if (membership.validTo !== null && lastDay > membership.validTo) {
        throw Problem.field(
          '/validTo',
          `This membership ended on ${membership.validTo}: record a new one for the days after.`,
        );
      }
      const { authorityId } = principal;
      await tx.manager.update(HouseholdMembership, { authorityId, id: membershipId }, { validTo: lastDay });
      const { budgetId, validTo } = membership;
      await requestJob(tx, 'reassess', { budgetId, from: lastDay, to: validTo });
    });
  }
}

export function payeeRecord(id: string, budgetId: string, input: NewPayee): Omit<Payee, 'authorityId'> {
  return {
    id,
    budgetId,
    name: input.name,
    kind: input.kind,
    names: [...new Set(input.names ?? [])],
    employeeReference: input.employeeReference ?? null,
    relationship: input.relationship ?? 'none',
  };
}

function payeeFaults(input: NewPayee): Faults {
  const faults = new Faults();
  faults.text('/name', input.name, nameCharactersMax);
  faults.oneOf('/kind', input.kind, payeeKinds);
  const names = input.names ?? [];
  if (names.length > namesPerPayeeMax) {
    faults.add('/names', `/names has ${names.length}: a payee may have ${namesPerPayeeMax} at most.`);
  }
  names.forEach((name, order) => faults.text(`/names/${order}`, name, nameCharactersMax));
  if (input.employeeReference) faults.text('/employeeReference', input.employeeReference, referenceCharactersMax);
  if (input.relationship !== undefined) faults.text('/relationship', input.relationship, nameCharactersMax);
  return faults;
}
