import { Injectable } from '@nestjs/common';
import { authorise, contextOf, type Principal } from '@ringfence/identity';
import { Clock, longDate, newId, Problem, type CalendarDate, type Fault } from '@ringfence/kernel';
import {
  Database,
  postgresCode,
  requestJob,
  type IdempotentRequest,
  type TenantContext,
  type Transaction,
} from '@ringfence/platform';
import { policyFaults, type PolicyChange } from './policy.js';
import { versionRow } from './policy-versions.js';
import {
  insertPolicyVersion,
  readPolicyVersions,
  takeBegunVersions,
  withdrawPolicyVersion,
} from './policy-versions.sql.js';

export interface NewPolicyVersion {
  readonly name: string;
  readonly reasons: string;
  readonly validFrom: CalendarDate;
  /** Every difference from the national set. */
  readonly changes: readonly PolicyChange[];
}

const uniqueViolation = '23505';

/** Sets an authority's own spending policy: versions over the national set, each from a day on, made by an approver. */
@Injectable()
export class SetPolicy {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Sets the policy from a day on: today or later, because a family is held to what it could know. A version is
   * never edited; a later one takes its place.
   */
  async set(principal: Principal, input: NewPolicyVersion, request: IdempotentRequest): Promise<{ id: string }> {
    authorise(principal, 'policy.set');
    const { changes } = input;
    refuseChanges(changes);
    const today = this.clock.today();
    if (input.validFrom < today) {
      const message = `/validFrom is ${input.validFrom}: a policy begins today (${today}) or later, as nobody could know it before.`;
      throw Problem.field('/validFrom', message);
    }
    return this.database.once(contextOf(principal), request, async (tx) => {
      const id = newId();
      const { name, reasons, validFrom } = input;
      const taken = (await readPolicyVersions(tx, {})).find((one) => one.validFrom === validFrom && !one.withdrawnAt);
      if (taken) throw sameDay(validFrom, taken.name);
      await insertPolicyVersion(tx, { id, name, reasons, validFrom, changes, madeBy: principal.id }).catch(
        (error: unknown) => {
          throw postgresCode(error) === uniqueViolation ? sameDay(validFrom, 'one made a moment ago') : error;
        },
      );
      // One that begins today is applied at once; the daily sweep finds the others.
      if (validFrom === today) await applyBegunVersions(tx, today);
      return { id };
    });
  }

  /** Withdraws a version that has not begun. */
  async withdraw(principal: Principal, id: string): Promise<void> {
    authorise(principal, 'policy.set');
    await this.database.transaction(contextOf(principal), async (tx) => {
      const held = await versionRow(tx, id);
      if (held.withdrawnAt !== null) return;
      if (held.validFrom <= this.clock.today()) {
        const message = `“${held.name}” is in force since ${longDate(held.validFrom)}: set a new version that begins today or later.`;
        throw new Problem('conflict', message);
      }
      await withdrawPolicyVersion(tx, id, principal.id);
    });
  }
}

/** Refuses changes that no authority may make, with every fault. */
export function refuseChanges(changes: readonly PolicyChange[]): void {
  refuse(policyFaults(changes));
}

/** Sends what versions that have begun may assess differently to be reassessed. It is idempotent. */
export async function applyBegunVersions(tx: Transaction, today: CalendarDate): Promise<number> {
  const begun = await takeBegunVersions(tx, today);
  for (const { validFrom } of begun) await requestJob(tx, 'reassess', { budgetId: null, from: validFrom, to: null });
  return begun.length;
}

/** The daily sweep's part for one authority. */
export function sweepPolicyVersions(database: Database, context: TenantContext, today: CalendarDate): Promise<number> {
  return database.transaction(context, (tx) => applyBegunVersions(tx, today));
}

function sameDay(validFrom: CalendarDate, name: string): Problem {
  const message = `Another version (${name}) begins on ${longDate(validFrom)} already: withdraw it, or choose another day.`;
  return new Problem('conflict', message);
}

function refuse(faults: readonly Fault[]): void {
  const [first] = faults;
  if (!first) return;
  const more = faults.length > 1 ? ` There are ${faults.length - 1} more faults under "errors".` : '';
  throw new Problem('invalid-request', first.message + more, { errors: faults });
}
