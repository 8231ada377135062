import { instalmentsAround, payeesOf } from '@ringfence/budgets';
import { addDays, type CalendarDate, type FundingStream, type Money } from '@ringfence/kernel';
import { payslipsUnpaid, type PayslipRow } from '@ringfence/payroll';
import type { Transaction } from '@ringfence/platform';
import { takeablePence } from '../domain/holdings.js';
import {
  instalmentEarlyDaysMax,
  instalmentLateDaysMax,
  payslipEarlyDaysMax,
  payslipLateDaysMax,
  type BudgetLineCandidate,
  type Candidate,
  type InstalmentCandidate,
  type PayslipCandidate,
} from '../domain/matching.js';
import { holdingsOf } from '../allocations/holdings.sql.js';

/** What lines of an account between two days may be, and the payslips among it. */
export async function candidatesFor(
  tx: Transaction,
  accountId: string,
  first: CalendarDate,
  last: CalendarDate,
  today: CalendarDate,
): Promise<{ candidates: Candidate[]; payslips: ReadonlyMap<string, PayslipRow> }> {
  const due = await instalmentsAround(
    tx,
    {
      designatedAccountIds: [accountId],
      from: addDays(first, -instalmentLateDaysMax),
      to: addDays(last, instalmentEarlyDaysMax),
    },
    today,
  );
  const payers = new Map(
    (
      await tx.query<{ id: string; name: string }>(
        `SELECT a.id, p.name FROM agreements a JOIN payers p ON p.authority_id = a.authority_id AND p.id = a.payer_id
          WHERE a.authority_id = $1 AND a.id = ANY ($2::uuid[])`,
        [tx.context.authorityId, [...new Set(due.map(({ agreementId }) => agreementId))]],
      )
    ).map(({ id, name }) => [id, name]),
  );
  const instalments = due.map(({ id, budgetId, dueOn, amountPence, stream, agreementId }): InstalmentCandidate => ({
    type: 'instalment',
    id,
    budgetId,
    dueOn,
    amountPence,
    stream,
    payerName: payers.get(agreementId) ?? '',
  }));
  const unpaid = await unpaidPayslips(tx, accountId, first, last);
  const payslips = unpaid.map(({ id, budgetId, payDate, netPence, payeeName, payeeNames }): PayslipCandidate => ({
    type: 'payslip',
    id,
    budgetId,
    payDate,
    netPence,
    names: [payeeName, ...payeeNames],
  }));
  return {
    candidates: [...instalments, ...payslips, ...(await linesWithPayee(tx, accountId, first, last))],
    payslips: new Map(unpaid.map((payslip) => [payslip.id, payslip])),
  };
}

/** Payslips whose net pay no line has paid, and whose streams still owe it. */
async function unpaidPayslips(
  tx: Transaction,
  designatedAccountId: string,
  first: CalendarDate,
  last: CalendarDate,
): Promise<PayslipRow[]> {
  const [paidFrom, paidTo] = [addDays(first, -payslipLateDaysMax), addDays(last, payslipEarlyDaysMax)];
  const payslips = await payslipsUnpaid(tx, { designatedAccountId, paidFrom, paidTo });
  const paid = await tx.query<{ id: string }>(
    `SELECT DISTINCT target_id AS id FROM allocations WHERE authority_id = $1 AND target_id = ANY ($2::uuid[]) AND undone_at IS NULL`,
    [tx.context.authorityId, payslips.map(({ id }) => id)],
  );
  const settled = new Set(paid.map(({ id }) => id));
  const holdings = await holdingsOf(
    tx,
    payslips.map(({ budgetId }) => budgetId),
  );
  const owes = (budgetId: string, stream: string, pence: Money): boolean =>
    pence === 0n ||
    holdings.some(
      (one) =>
        one.account === 'NET_PAY' && one.budgetId === budgetId && one.stream === stream && takeablePence(one) >= pence,
    );
  return payslips
    .filter(({ id }) => !settled.has(id))
    .filter(({ budgetId, shares }) => shares.every(({ stream, netPence }) => owes(budgetId, stream, netPence)));
}

async function linesWithPayee(
  tx: Transaction,
  accountId: string,
  first: CalendarDate,
  last: CalendarDate,
): Promise<BudgetLineCandidate[]> {
  const rows = await tx.query<{
    id: string;
    budgetId: string;
    payeeId: string;
    stream: FundingStream;
    name: string;
    startsOn: CalendarDate;
    endsOn: CalendarDate;
    remainingPence: Money;
  }>(
    `SELECT l.id, l.budget_id AS "budgetId", l.payee_id AS "payeeId", l.stream, l.name, l.starts_on AS "startsOn", l.ends_on AS "endsOn",
            (l.amount_pence + coalesce((SELECT sum(a.amount_pence) FROM allocations a
               WHERE a.authority_id = l.authority_id AND a.budget_line_id = l.id AND a.undone_at IS NULL), 0))::bigint AS "remainingPence"
       FROM budget_lines l
      WHERE l.authority_id = $1 AND l.mechanism <> 'ORGANISED' AND l.payee_id IS NOT NULL AND l.starts_on <= $4 AND l.ends_on >= $3
        AND l.budget_id IN (SELECT d.budget_id FROM designated_account_budgets d WHERE d.authority_id = $1 AND d.designated_account_id = $2)`,
    [tx.context.authorityId, accountId, first, last],
  );
  const names = await namesByPayee(
    tx,
    rows.map(({ budgetId }) => budgetId),
  );
  return rows.map(({ payeeId, ...line }) => ({ type: 'budget-line', ...line, names: names.get(payeeId) ?? [] }));
}

async function namesByPayee(tx: Transaction, budgetIds: readonly string[]): Promise<Map<string, string[]>> {
  const names = new Map<string, string[]>();
  for (const budgetId of new Set(budgetIds)) {
    for (const payee of await payeesOf(tx, budgetId)) names.set(payee.id, [payee.name, ...payee.names]);
  }
  return names;
}
