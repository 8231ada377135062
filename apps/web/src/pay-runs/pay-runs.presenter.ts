import { londonDay, longDate, poundsText, Problem, streamNames, type CalendarDate } from '@ringfence/kernel';
import type { DecisionOutcome, PayRunDetail, PayRunRow, PayRunState, PayslipDetail } from '@ringfence/payroll';
import { counted, dayInWords, joined } from '../shell/formatting.js';
import type { FormValues } from '../shell/forms.js';
import { definePage, type PageModel } from '../shell/render.js';

/** Runs that the page shows; the rest comes up as these are decided. */
export const heldRunsShownMax = 50;

export interface HeldRunsPage extends PageModel {
  readonly items: readonly {
    readonly href: string;
    readonly reference: string;
    readonly bureau: string;
    readonly payDate: string;
    readonly since: string;
    readonly gross: string;
    readonly payslips: string;
  }[];
  readonly more: string | null;
}

export const heldRunsPage = definePage<HeldRunsPage>('pay-runs/pay-runs');

/** `rows` may have one more than is shown. */
export function presentHeldRuns(today: CalendarDate, rows: readonly PayRunRow[]): HeldRunsPage {
  return {
    title: 'Held pay runs',
    items: rows.slice(0, heldRunsShownMax).map((run) => ({
      href: `/pay-runs/${run.id}`,
      reference: run.reference,
      bureau: run.organisationName,
      payDate: dayInWords(today, run.payDate),
      since: dayInWords(today, londonDay(run.receivedAt)),
      gross: poundsText(run.grossPence),
      payslips: counted(run.payslips, 'payslip'),
    })),
    more: rows.length > heldRunsShownMax ? 'There are more: they come up here as these are decided.' : null,
  };
}

export interface PayRunView {
  readonly title: string;
  readonly id: string;
  readonly standing: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly reasons: readonly { readonly message: string; readonly threshold: string }[];
  /** What sets the thresholds, where it is one for all reasons; else each reason names its own. */
  readonly source: string | null;
  readonly payslips: readonly {
    readonly name: string;
    readonly budgetHref: string;
    readonly period: string;
    readonly worked: string;
    readonly gross: string;
    readonly net: string;
    readonly employer: string;
    readonly streams: string;
    readonly lines: readonly string[];
    readonly warnings: readonly string[];
  }[];
  readonly decision: { readonly words: string; readonly reasons: string } | null;
  /** Whether the reader may decide it now. */
  readonly mayDecide: boolean;
}

export interface PayRunPage extends PayRunView, PageModel {
  readonly kept: FormValues;
  readonly key: string;
}

export const payRunPage = definePage<PayRunPage>('pay-runs/pay-run');

const standings: Readonly<Record<PayRunState, string>> = {
  HELD: 'This run is held for a decision. None of it is posted, and the families do not see it.',
  POSTED: 'This run is posted.',
  REFUSED: 'This run was refused. None of it is posted.',
  WITHDRAWN: 'The bureau withdrew this run. None of it is posted.',
};

const outcomeWords: Readonly<Record<DecisionOutcome, string>> = {
  ACCEPTED: 'Accepted',
  REFUSED: 'Refused',
  WITHDRAWN: 'Withdrawn',
};

export function presentPayRun(today: CalendarDate, run: PayRunDetail, isDecider: boolean): PayRunView {
  const { hold, decision } = run;
  const sources = new Set(hold?.reasons.map(({ source }) => source));
  const [source] = sources.size === 1 ? sources : [];
  return {
    title: `Pay run ${run.reference}`,
    id: run.id,
    standing: standings[run.state],
    facts: [
      { name: 'Bureau', value: run.organisationName },
      { name: 'Pay date', value: dayInWords(today, run.payDate) },
      { name: 'Received', value: dayInWords(today, londonDay(run.receivedAt)) },
      { name: 'Payslips', value: String(run.payslips) },
      { name: 'Gross pay', value: poundsText(run.grossPence) },
      { name: 'Net pay', value: poundsText(run.netPence) },
      { name: 'Employer’s costs', value: poundsText(run.employerCostsPence) },
    ],
    reasons: (hold?.reasons ?? []).map((reason) => {
      const by = source === undefined ? ` (${reason.source})` : '';
      return { message: reason.message, threshold: `Held against: ${reason.threshold}${by}.` };
    }),
    source: source === undefined ? null : `What is usual here is set by: ${source}.`,
    payslips: run.items.map(presentPayslip),
    decision: decision && {
      words: `${outcomeWords[decision.outcome]} by ${decision.decidedBy ?? 'an officer'} on ${longDate(londonDay(decision.decidedAt))}.`,
      reasons: decision.reasons,
    },
    mayDecide: isDecider && run.state === 'HELD',
  };
}

/** A refusal of an acceptance, for an officer who has not seen the fields that the bureau sent: a message for each fault. */
export function refusalInWords(problem: Problem): Problem {
  if (problem.errors.length === 0) return problem;
  const stays = 'The run is still held, because it cannot be posted now.';
  const faults = problem.errors.map(({ message }) =>
    message.replace(/^\/payslips\/(\d+)(?:\/\S*?([a-zA-Z]+))?(?= )/, fieldInWords),
  );
  return new Problem(problem.code, stays, { errors: [stays, ...faults].map((message) => ({ message })) });
}

function fieldInWords(_: string, index: string, field: string | undefined): string {
  const payslip = `payslip ${Number(index) + 1}`;
  const name = fieldNames[field ?? ''];
  return name === undefined ? `Payslip ${Number(index) + 1}` : `The ${name} of ${payslip}`;
}

const fieldNames: Readonly<Record<string, string>> = {
  stream: 'stream',
  budgetId: 'budget',
  budgetLineId: 'budget line',
  outcomeId: 'outcome',
  payeeId: 'employee',
  employeeReference: 'employee reference',
};

function presentPayslip(payslip: PayslipDetail): PayRunView['payslips'][number] {
  const days = payslip.datesWorked.length;
  return {
    name: `Payslip ${payslip.position}, ${payslip.payeeName}`,
    budgetHref: `/budgets/${payslip.budgetId}`,
    period: `${longDate(payslip.periodStart)} to ${longDate(payslip.periodEnd)}`,
    worked: days > 0 ? `${counted(days, 'day')} worked` : 'No days named',
    gross: poundsText(payslip.grossPence),
    net: poundsText(payslip.netPence),
    employer: poundsText(payslip.employerNiPence + payslip.employerPensionPence),
    streams: joined(payslip.shares.map(({ stream, costPence }) => `${streamNames[stream]} ${poundsText(costPence)}`)),
    lines: payslip.lines.map(lineInWords),
    warnings: payslip.warnings,
  };
}

/** "Basic pay: 25 hours at £16.00, £400.00". */
function lineInWords({ description, hours, ratePounds, amountPence }: PayslipDetail['lines'][number]): string {
  const time = hours === null ? '' : `${hours} hours${ratePounds === null ? '' : ` at £${ratePounds}`}, `;
  return `${description}: ${time}${poundsText(amountPence)}`;
}
