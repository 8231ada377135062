import { Injectable } from '@nestjs/common';
import { authorise, contextOf, type Principal } from '@ringfence/identity';
import { newId, type CalendarDate, type FundingStream, type Money } from '@ringfence/kernel';
import { Database, type IdempotentRequest, type Transaction } from '@ringfence/platform';
import { versionInForce } from './domain/agreement.js';
import { holdsCash } from './domain/budget-line.js';
import { Faults } from './domain/faults.js';
import { instalmentsDue, scheduleFaults, type Schedule } from './domain/schedule.js';
import { instalmentKinds, type InstalmentKind } from './domain/terms.js';
import { Agreement, AgreementVersion, Budget, BudgetLine, InstalmentSchedule } from './entities/budgets.entities.js';
import {
  accountHoldsBudgetSql,
  insertInstalmentsSql,
  insertScheduleSql,
  withdrawInstalmentsSql,
} from './instalments.sql.js';
import { lockRecord, requireRecord } from './records.js';

export interface NewInstalmentSchedule extends Schedule {
  readonly agreementId: string;
  /** Where the money is to be paid. */
  readonly designatedAccountId: string;
  readonly stream: FundingStream;
  readonly kind: InstalmentKind;
  /** Of each instalment. */
  readonly amountPence: Money;
}

/** When the payers' money is to come, date by date. */
@Injectable()
export class InstalmentRegister {
  constructor(private readonly database: Database) {}

  /** Returns how many instalments the schedule makes. */
  async addInstalmentSchedule(
    principal: Principal,
    input: NewInstalmentSchedule,
    request: IdempotentRequest,
  ): Promise<{ id: string; instalments: number }> {
    authorise(principal, 'budgets.write');
    const faults = new Faults();
    faults.oneOf('/kind', input.kind, instalmentKinds);
    faults.addAll(scheduleFaults(input));
    faults.refuse();
    return this.database.once(contextOf(principal), request, async (tx) => {
      const agreement = await requireRecord(tx, Agreement, input.agreementId, 'agreement', '/agreementId');
      authorise(principal, 'budgets.write', agreement.budgetId);
      await checkSurroundings(tx, agreement, input);
      const id = newId();
      const instalments = await insertSchedules(tx, [{ id, budgetId: agreement.budgetId, ...input }]);
      return { id, instalments };
    });
  }

  /**
   * Calls off what is not yet due after `lastDay`, as when a rate changes or payment is suspended. Returns how many
   * were withdrawn. What is posted as due stays due: it takes a decision to undo.
   */
  async endInstalmentSchedule(
    principal: Principal,
    scheduleId: string,
    lastDay: CalendarDate,
  ): Promise<{ withdrawn: number }> {
    authorise(principal, 'budgets.write');
    const faults = new Faults();
    faults.day('/lastDueOn', lastDay);
    faults.refuse();
    return this.database.transaction(contextOf(principal), async (tx) => {
      const schedule = await requireRecord(tx, InstalmentSchedule, scheduleId, 'instalment schedule');
      authorise(principal, 'budgets.write', schedule.budgetId);
      return { withdrawn: await withdrawInstalments(tx, scheduleId, lastDay) };
    });
  }
}

/** Withdraws the instalments of a schedule that fall after `lastDay` and are neither posted nor received. */
export async function withdrawInstalments(tx: Transaction, scheduleId: string, lastDay: CalendarDate): Promise<number> {
  await lockRecord(tx, 'instalment_schedules', scheduleId);
  const gone = await tx.query(withdrawInstalmentsSql, [tx.context.authorityId, scheduleId, lastDay]);
  return gone.length;
}

export interface ScheduleRecord extends NewInstalmentSchedule {
  readonly id: string;
  readonly budgetId: string;
}

/** Inserts schedules that have been checked, with their dated instalments; returns how many instalments they make. */
export async function insertSchedules(tx: Transaction, schedules: readonly ScheduleRecord[]): Promise<number> {
  const rows = schedules.map((schedule) => ({ ...schedule, amountPence: schedule.amountPence.toString() }));
  await tx.query(insertScheduleSql, [tx.context.authorityId, JSON.stringify(rows)]);
  const instalments = schedules.flatMap((schedule) =>
    instalmentsDue(schedule).map((dueOn) => ({ id: newId(), scheduleId: schedule.id, dueOn })),
  );
  const places = schedules.map(({ id, designatedAccountId }) => ({ scheduleId: id, designatedAccountId }));
  await tx.query(insertInstalmentsSql, [tx.context.authorityId, JSON.stringify(instalments), JSON.stringify(places)]);
  return instalments.length;
}

async function checkSurroundings(tx: Transaction, agreement: Agreement, input: NewInstalmentSchedule): Promise<void> {
  const { authorityId } = tx.context;
  const { budgetId } = agreement;
  const budget = await requireRecord(tx, Budget, budgetId, 'budget');
  const versions = await tx.manager.findBy(AgreementVersion, { authorityId, agreementId: agreement.id });
  const lines = await tx.manager.findBy(BudgetLine, { authorityId, agreementId: agreement.id, stream: input.stream });
  const faults = new Faults();
  if (!versionInForce(versions, input.firstDueOn)) {
    faults.add('/firstDueOn', `The agreement is not yet in force on ${input.firstDueOn}: begin when it is.`);
  }
  if (budget.endsOn !== null && input.lastDueOn > budget.endsOn) {
    faults.add('/lastDueOn', `/lastDueOn is ${input.lastDueOn}, and the budget ends on ${budget.endsOn}.`);
  }
  if (!lines.some(({ mechanism }) => holdsCash(mechanism))) {
    faults.add(
      '/stream',
      `The agreement has no ${input.stream} line that is paid in cash: add the direct-payment line first.`,
    );
  }
  const held = await tx.query(accountHoldsBudgetSql, [
    authorityId,
    input.designatedAccountId,
    budgetId,
    input.firstDueOn,
  ]);
  if (held.length === 0) {
    faults.add(
      '/designatedAccountId',
      `The account ${input.designatedAccountId} does not hold this budget on ${input.firstDueOn}: choose one that does.`,
    );
  }
  faults.refuse();
}
