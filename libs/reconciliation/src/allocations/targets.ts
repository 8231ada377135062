import type { AccountCode, EntryTarget } from '@ringfence/ledger';
import {
  poundsText,
  Problem,
  splitMoney,
  type CalendarDate,
  type FundingStream,
  type LedgerStream,
  type Money,
} from '@ringfence/kernel';
import { payslipById, type PayslipRow } from '@ringfence/payroll';
import type { Transaction } from '@ringfence/platform';
import { sharesOwed } from '../domain/shares-owed.js';
import { paidOfPayslip } from './holdings.sql.js';

/** What a person says that an amount of a statement line was for. */
export type Target =
  | { readonly type: 'instalment'; readonly instalmentId: string }
  | { readonly type: 'payslip'; readonly payslipId: string }
  | {
      readonly type: 'budget-line';
      readonly budgetLineId: string;
      /** Left out, the line's only outcome. */
      readonly outcomeId?: string | undefined;
      readonly serviceDate?: CalendarDate | undefined;
    }
  | {
      readonly type: 'payroll-control';
      readonly control: PayrollControl;
      readonly budgetId: string;
      readonly stream: FundingStream;
    }
  | { readonly type: 'family-money'; readonly budgetId: string };

export const payrollControls = ['HMRC', 'PENSION', 'ATTACHMENT', 'PAYROLL_FEE'] as const;
export type PayrollControl = (typeof payrollControls)[number];

/** An amount, and where in the ledger it belongs. */
export interface Share {
  readonly amountPence: Money;
  readonly to: EntryTarget;
}

export interface PaidPayslip {
  readonly row: PayslipRow;
  readonly paidPence: Money;
}

/** A target that was looked up: where the money goes in the ledger, and what the allocation's row says. */
export interface ResolvedTarget {
  readonly type: Target['type'];
  readonly id: string | null;
  readonly budgetId: string;
  readonly stream: LedgerStream;
  readonly budgetLineId: string | null;
  readonly outcomeId: string | null;
  readonly agreementId: string | null;
  readonly serviceDate: CalendarDate;
  /** Of a payslip: whose pay it is, and what of it is already paid. */
  readonly payslip?: PaidPayslip;
  /** Where an amount goes, signed as the bank sees it: in one piece, or shared between streams. */
  readonly places: (amountPence: Money) => readonly Share[];
}

/** Looks a target up under the principal's row-level security; refuses one that is not there, naming the field. */
export async function resolveTarget(
  tx: Transaction,
  target: Target,
  lineDate: CalendarDate,
  pointer: string,
): Promise<ResolvedTarget> {
  switch (target.type) {
    case 'instalment':
      return instalmentTarget(tx, target.instalmentId, lineDate, pointer);
    case 'payslip':
      return payslipTarget(tx, target.payslipId, pointer);
    case 'budget-line':
      return budgetLineTarget(tx, target, lineDate, pointer);
    case 'payroll-control':
      return oneAccount(target.type, target.control, target.budgetId, target.stream, lineDate);
    case 'family-money':
      return oneAccount(target.type, 'FAMILY_MONEY', target.budgetId, 'FAMILY', lineDate);
  }
}

async function instalmentTarget(
  tx: Transaction,
  id: string,
  lineDate: CalendarDate,
  pointer: string,
): Promise<ResolvedTarget> {
  const [row] = await tx.query<{
    budgetId: string;
    stream: FundingStream;
    agreementId: string;
    withdrawn: boolean;
    posted: boolean;
    dueOn: CalendarDate;
    amount: Money;
  }>(
    `SELECT budget_id AS "budgetId", stream, agreement_id AS "agreementId", withdrawn_on IS NOT NULL AS withdrawn,
            due_journal_id IS NOT NULL AS posted, due_on AS "dueOn", amount_pence AS amount
       FROM instalments WHERE authority_id = $1 AND id = $2`,
    [tx.context.authorityId, id],
  );
  if (!row) throw Problem.field(`${pointer}/instalmentId`, `There is no instalment ${id} that you can see.`);
  if (row.withdrawn) {
    throw Problem.field(
      `${pointer}/instalmentId`,
      `The instalment of ${poundsText(row.amount)} due on ${row.dueOn} was withdrawn: choose another.`,
    );
  }
  const dimensions = {
    budgetId: row.budgetId,
    stream: row.stream,
    agreementId: row.agreementId,
    serviceDate: lineDate,
  };
  return {
    type: 'instalment',
    id,
    budgetLineId: null,
    outcomeId: null,
    ...dimensions,
    places: (amountPence) => [{ amountPence, to: { account: 'DUE_FROM_PAYER', ...dimensions } }],
  };
}

async function payslipTarget(tx: Transaction, id: string, pointer: string): Promise<ResolvedTarget> {
  const payslip = await payslipById(tx, id);
  const [first] = payslip?.shares ?? [];
  if (!payslip || !first) throw Problem.field(`${pointer}/payslipId`, `There is no payslip ${id} that you can see.`);
  if (payslip.netPence <= 0n) {
    const message = 'The payslip pays nothing net, so that no wage of it leaves the bank: choose what else it was for.';
    throw Problem.field(`${pointer}/payslipId`, message);
  }
  const { budgetId, periodEnd: serviceDate, shares } = payslip;
  const paid = await paidOfPayslip(tx, id);
  const owed = sharesOwed(shares, paid);
  return {
    type: 'payslip',
    id,
    budgetId,
    stream: first.stream,
    budgetLineId: first.budgetLineId,
    outcomeId: first.outcomeId,
    agreementId: null,
    serviceDate,
    payslip: { row: payslip, paidPence: [...paid.values()].reduce((sum, pence) => sum + pence, 0n) },
    // The net pay was owed by stream: paying it settles each stream's share of it, never more than that share.
    places: (amountPence) =>
      splitMoney(amountPence, owed)
        .map((part, order): Share => {
          const { stream } = shares[order]!;
          return { amountPence: part, to: { account: 'NET_PAY', budgetId, stream, serviceDate } };
        })
        .filter((share) => share.amountPence !== 0n),
  };
}

async function budgetLineTarget(
  tx: Transaction,
  target: Extract<Target, { type: 'budget-line' }>,
  lineDate: CalendarDate,
  pointer: string,
): Promise<ResolvedTarget> {
  const [row] = await tx.query<{
    budgetId: string;
    stream: FundingStream;
    agreementId: string;
    mechanism: string;
    name: string;
    startsOn: CalendarDate;
    endsOn: CalendarDate;
    outcomes: string[];
  }>(
    `SELECT l.budget_id AS "budgetId", l.stream, l.agreement_id AS "agreementId", l.mechanism, l.name, l.starts_on AS "startsOn",
            l.ends_on AS "endsOn", array(SELECT o.outcome_id FROM budget_line_outcomes o
              WHERE o.authority_id = l.authority_id AND o.budget_line_id = l.id ORDER BY o.outcome_id) AS outcomes
       FROM budget_lines l WHERE l.authority_id = $1 AND l.id = $2`,
    [tx.context.authorityId, target.budgetLineId],
  );
  if (!row)
    throw Problem.field(`${pointer}/budgetLineId`, `There is no budget line ${target.budgetLineId} that you can see.`);
  if (row.mechanism === 'ORGANISED') {
    throw Problem.field(
      `${pointer}/budgetLineId`,
      `The line "${row.name}" is organised by the authority and has no cash: choose a direct-payment line.`,
    );
  }
  const serviceDate = target.serviceDate ?? lineDate;
  if (serviceDate < row.startsOn || serviceDate > row.endsOn) {
    throw Problem.field(
      `${pointer}/serviceDate`,
      `The line "${row.name}" runs from ${row.startsOn} to ${row.endsOn} and the service was on ${serviceDate}: choose the line of that time.`,
    );
  }
  const outcomeId = target.outcomeId ?? (row.outcomes.length === 1 ? row.outcomes[0] : undefined);
  if (outcomeId === undefined || !row.outcomes.includes(outcomeId)) {
    throw Problem.field(
      `${pointer}/outcomeId`,
      `The line "${row.name}" is for ${row.outcomes.length} outcomes: name in outcomeId which of them this met.`,
    );
  }
  const dimensions = {
    budgetId: row.budgetId,
    stream: row.stream,
    agreementId: row.agreementId,
    budgetLineId: target.budgetLineId,
    outcomeId,
    serviceDate,
  };
  return {
    type: 'budget-line',
    id: target.budgetLineId,
    ...dimensions,
    places: (amountPence) => [{ amountPence, to: { account: 'PROVISION', ...dimensions } }],
  };
}

function oneAccount(
  type: Target['type'],
  account: AccountCode,
  budgetId: string,
  stream: LedgerStream,
  serviceDate: CalendarDate,
): ResolvedTarget {
  const dimensions = { budgetId, stream, serviceDate };
  return {
    type,
    id: null,
    budgetLineId: null,
    outcomeId: null,
    agreementId: null,
    ...dimensions,
    places: (amountPence) => [{ amountPence, to: { account, ...dimensions } }],
  };
}
