import { Injectable } from '@nestjs/common';
import { authorise, contextOf, may, type Principal } from '@ringfence/identity';
import { Clock, decimalText, londonDay, newId, Problem, type CalendarDate } from '@ringfence/kernel';
import { postJournals, type JournalDraft } from '@ringfence/ledger';
import { Database, requestJob, type IdempotentRequest, type Transaction } from '@ringfence/platform';
import {
  currentVerdicts,
  recordVerdicts,
  storedFinding,
  type StoredFinding,
  type StoredVerdict,
} from '@ringfence/spending-rules';
import { checkPayRun } from './domain/check-pay-run.js';
import { costPence, type PayRunReport } from './domain/pay-run.js';
import {
  readPayslipLines,
  readPayslips,
  readRuns,
  type PayRunFilter,
  type PayRunRow,
  type PayslipLineRow,
  type PayslipRow,
} from './payroll-reading.sql.js';
import { insertPayslips, insertRun, runWithReference } from './payroll.sql.js';
import { preparePayslips, type PreparedPayslip } from './prepare-payslips.js';

/** The answer to a bureau, as JSON: amounts are decimal strings. */
export interface PayRunReceipt {
  readonly id: string;
  readonly reference: string;
  readonly payDate: CalendarDate;
  readonly payslips: readonly {
    readonly id: string;
    readonly position: number;
    readonly budgetId: string;
    readonly payeeId: string;
    readonly employeeReference: string | null;
    readonly net: string;
    /** What the payslip costs the budget: gross, reimbursements, employer's costs, holiday and fee. */
    readonly cost: string;
    readonly verdict: 'allowed' | 'query' | 'excluded';
    readonly findings: readonly StoredFinding[];
    readonly warnings: readonly string[];
  }[];
}

export interface PayslipDetail extends PayslipRow {
  readonly lines: readonly PayslipLineRow[];
  readonly verdict: StoredVerdict | null;
}

export interface PayRunDetail extends PayRunRow {
  readonly items: readonly PayslipDetail[];
}

/** Pay runs from payroll bureaux: taken whole or not at all, accrued at the pay date. */
@Injectable()
export class PayRuns {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes a run: checks it, holds it against the registers and the spending rules, posts one journal for each payslip
   * and keeps what the rules say, all in one transaction. A payslip that the rules only ask about, or whose lines hide
   * something excluded, is kept and shown; one that pays a person who may not be paid refuses the run.
   */
  async submit(principal: Principal, run: PayRunReport, request: IdempotentRequest): Promise<PayRunReceipt> {
    const organisationId = bureauOf(principal, run);
    checkPayRun(run, this.clock.today());
    return this.database.once(contextOf(principal), request, async (tx) => {
      const id = newId();
      if (!(await insertRun(tx, id, organisationId, run)))
        throw await referenceTaken(tx, organisationId, run.reference);
      const prepared = await preparePayslips(tx, run);
      await recordVerdicts(
        tx,
        prepared.map(({ id: subjectId, report: { budgetId }, judgement }) => {
          return { subjectType: 'payslip', subjectId, budgetId, judgement };
        }),
      );
      const journals = await postAccruals(tx, run, prepared);
      const kept = prepared.map((payslip) => ({
        ...payslip,
        payeeId: payslip.payee.id,
        designatedAccountId: payslip.account.designatedAccountId,
        journalId: journals.get(payslip.id) ?? null,
      }));
      await insertPayslips(tx, id, run.payDate, kept);
      // A payslip can explain a line that came before it.
      for (const designatedAccountId of new Set(kept.map((payslip) => payslip.designatedAccountId))) {
        await requestJob(tx, 'understand-account', { designatedAccountId });
      }
      return { id, reference: run.reference, payDate: run.payDate, payslips: prepared.map(receiptOf) };
    });
  }

  /** Latest pay date first; asked for one more than `limit`, so that the caller can tell whether there is another page. */
  async list(principal: Principal, filter: PayRunFilter & { readonly limit: number }): Promise<PayRunRow[]> {
    authorise(principal, 'pay-runs.read', filter.budgetId);
    return this.database.transaction(contextOf(principal), (tx) =>
      readRuns(tx, { ...filter, limit: filter.limit + 1 }),
    );
  }

  /** A run with the payslips that the reader may see. */
  async view(principal: Principal, id: string): Promise<PayRunDetail> {
    authorise(principal, 'pay-runs.read');
    return this.database.transaction(contextOf(principal), async (tx) => {
      const [run] = await readRuns(tx, { id });
      if (!run) throw new Problem('not-found', `There is no pay run ${id} that you can see.`);
      const payslips = await readPayslips(tx, { payRunId: id });
      const ids = payslips.map((payslip) => payslip.id);
      const lines = await readPayslipLines(tx, ids);
      const verdicts = await currentVerdicts(tx, { subjectType: 'payslip', subjectIds: ids });
      const items = payslips.map((payslip) => ({
        ...payslip,
        lines: lines.get(payslip.id) ?? [],
        verdict: verdicts.find(({ subjectId }) => subjectId === payslip.id) ?? null,
      }));
      return { ...run, items };
    });
  }
}

/** Only a bureau's own client reports a run, and only for budgets that it was granted. Answers its organisation. */
function bureauOf(principal: Principal, run: PayRunReport): string {
  authorise(principal, 'pay-runs.submit');
  for (const [index, { budgetId }] of run.payslips.entries()) {
    if (may(principal, 'pay-runs.submit', budgetId)) continue;
    const pointer = `/payslips/${index}/budgetId`;
    const message = `Payslip ${index + 1} (${pointer}) is for the budget ${budgetId}, for which you may not submit payslips: ask the authority to grant it, or leave the payslip out.`;
    throw new Problem('not-permitted', message, { errors: [{ pointer, message }] });
  }
  if (principal.kind !== 'client' || principal.organisationId === null) {
    throw new Problem(
      'not-permitted',
      'A pay run is reported by a payroll bureau’s own API client: sign in with its client credentials.',
    );
  }
  return principal.organisationId;
}

async function referenceTaken(tx: Transaction, organisationId: string, reference: string): Promise<Problem> {
  const first = await runWithReference(tx, organisationId, reference);
  const which = first ? ` as ${first.id} on ${londonDay(first.receivedAt)}` : '';
  return new Problem(
    'conflict',
    `The run ${JSON.stringify(reference)} was received${which} already: give a new run its own reference.`,
    { extensions: first ? { firstId: first.id } : {} },
  );
}

/**
 * One journal for each payslip, in the book of its budget's account, at the pay date; where that month is closed, on
 * the first open day. Answers the journals by payslip: one that moves no money has none.
 */
async function postAccruals(
  tx: Transaction,
  run: PayRunReport,
  prepared: readonly PreparedPayslip[],
): Promise<Map<string, string>> {
  const drafts = prepared.flatMap(({ id, report, account, payee, entries }): { id: string; draft: JournalDraft }[] => {
    if (entries.length === 0) return [];
    const draft: JournalDraft = {
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
  return new Map(drafts.map(({ id }, order) => [id, posted[order]!.id]));
}

function receiptOf({
  id,
  position,
  report,
  payee,
  judgement,
  warnings,
}: PreparedPayslip): PayRunReceipt['payslips'][number] {
  return {
    id,
    position,
    budgetId: report.budgetId,
    payeeId: payee.id,
    employeeReference: report.employeeReference ?? null,
    net: decimalText(report.netPence),
    cost: decimalText(costPence(report)),
    verdict: judgement.verdict,
    findings: judgement.findings.map(storedFinding),
    warnings,
  };
}
