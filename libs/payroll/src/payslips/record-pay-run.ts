import { decimalText, type CalendarDate } from '@ringfence/kernel';
import { postJournals, type NewJournal, type PostedJournal } from '@ringfence/ledger';
import { requestJob, type Transaction } from '@ringfence/platform';
import { recordVerdicts, storedFinding, type StoredFinding } from '@ringfence/spending-rules';
import { costPence, type PayRunReport } from '../domain/pay-run.js';
import { insertPayslips } from './payroll.sql.js';
import type { PreparedPayslip } from './prepare-payslips.js';

/** The answer about a run that is posted, as JSON: amounts are decimal strings. */
export interface PayRunReceipt {
  readonly id: string;
  readonly reference: string;
  readonly payDate: CalendarDate;
  readonly state: 'POSTED';
  readonly payslips: readonly {
    readonly id: string;
    readonly position: number;
    readonly budgetId: string;
    readonly payeeId: string;
    readonly employeeReference: string | null;
    readonly net: string;
    /** What the payslip costs the budget: gross, reimbursements, employer's costs, holiday and fee. */
    readonly cost: string;
    /** The day under which it is posted: the pay date, or the first open day where that month is closed. */
    readonly postedOn: CalendarDate | null;
    readonly verdict: 'allowed' | 'query' | 'excluded';
    readonly findings: readonly StoredFinding[];
    readonly warnings: readonly string[];
  }[];
}

/**
 * Posts a run: one journal for each payslip, what the rules say of each, and the payslips themselves. The
 * run's row is there already, and is posted.
 */
export async function recordPayRun(
  tx: Transaction,
  id: string,
  run: PayRunReport,
  prepared: readonly PreparedPayslip[],
): Promise<PayRunReceipt> {
  await recordVerdicts(
    tx,
    prepared.map(({ id: subjectId, report: { budgetId }, assessment }) => {
      return { subjectType: 'payslip', subjectId, budgetId, assessment };
    }),
  );
  const journals = await postAccruals(tx, run, prepared);
  const kept = prepared.map((payslip) => ({
    ...payslip,
    payeeId: payslip.payee.id,
    designatedAccountId: payslip.account.designatedAccountId,
    journalId: journals.get(payslip.id)?.id ?? null,
  }));
  await insertPayslips(tx, id, run.payDate, kept);
  // A payslip can explain a line that came before it.
  for (const designatedAccountId of new Set(kept.map((payslip) => payslip.designatedAccountId))) {
    await requestJob(tx, 'suggest-matches', { designatedAccountId });
  }
  const payslips = prepared.map((payslip) => receiptOf(payslip, journals.get(payslip.id)));
  return { id, reference: run.reference, payDate: run.payDate, state: 'POSTED', payslips };
}

/**
 * One journal for each payslip, in the book of its budget's account, at the pay date; where that month is closed, on
 * the first open day. Returns the journals by payslip: one that moves no money has none.
 */
async function postAccruals(
  tx: Transaction,
  run: PayRunReport,
  prepared: readonly PreparedPayslip[],
): Promise<Map<string, PostedJournal>> {
  const drafts = prepared.flatMap(({ id, report, account, payee, entries }): { id: string; draft: NewJournal }[] => {
    if (entries.length === 0) return [];
    const draft: NewJournal = {
      bookId: account.bookId,
      kind: 'PAY_RUN',
      description: `Pay of ${payee.name} for ${report.periodStart} to ${report.periodEnd}`,
      effectiveDate: run.payDate,
      whenClosed: 'first-open-day',
      source: { type: 'payslip', id },
      idempotencyKey: `payslip:${id}`,
      entries,
    };
    return [{ id, draft }];
  });
  if (drafts.length === 0) return new Map();
  const posted = await postJournals(
    tx,
    drafts.map(({ draft }) => draft),
  );
  return new Map(drafts.map(({ id }, order) => [id, posted[order]!]));
}

function receiptOf(
  { id, position, report, payee, assessment, warnings }: PreparedPayslip,
  journal: PostedJournal | undefined,
): PayRunReceipt['payslips'][number] {
  return {
    id,
    position,
    budgetId: report.budgetId,
    payeeId: payee.id,
    employeeReference: report.employeeReference ?? null,
    net: decimalText(report.netPence),
    cost: decimalText(costPence(report)),
    postedOn: journal?.effectiveDate ?? null,
    verdict: assessment.verdict,
    findings: assessment.findings.map(storedFinding),
    warnings,
  };
}
