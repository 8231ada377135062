import {
  daysBetween,
  longDate,
  poundsText,
  streamNames,
  type CalendarDate,
  type FundingStream,
  type Money,
} from '@ringfence/kernel';
import { Decimal } from 'decimal.js';
import { employerCostsPence, type PayslipReport } from './pay-run.js';
import { usualPayslipsMin, type PayrollThresholds } from './thresholds.js';

export const holdKinds = [
  'gross-above-usual',
  'gross-above-first',
  'hours-per-day',
  'line-amount',
  'employer-costs',
  'over-budget',
  'possible-double',
] as const;
export type HoldKind = (typeof holdKinds)[number];

/** Why a pay run waits for a person: a fact and what it was held against, and no assessment of anybody. */
export interface HoldReason {
  readonly kind: HoldKind;
  /** JSON pointer into the run. */
  readonly pointer: string;
  /** One sentence for the bureau and the officer. */
  readonly message: string;
  /** What was found and what it was held against, in the unit that the message names. */
  readonly found: string;
  readonly threshold: string;
  /** What sets the threshold. */
  readonly source: string;
}

/** A payslip with whom it pays and the streams' shares of its cost, as far as it is looked at here. */
export interface PlausiblePayslip {
  /** Its place in the run, from 0. */
  readonly index: number;
  readonly payeeId: string;
  readonly payeeName: string;
  readonly report: PayslipReport;
  readonly shares: readonly { readonly stream: FundingStream; readonly costPence: Money }[];
}

/** Pay of an earlier payslip for so many days. */
export interface EarlierPay {
  readonly payeeId: string;
  readonly grossPence: Money;
  readonly days: number;
}

/** What the agreements give a stream for the budget's year, and what was spent for that year so far. */
export interface StreamYear {
  readonly budgetId: string;
  /** The last day of the pay period, which chose the year. */
  readonly day: CalendarDate;
  readonly stream: FundingStream;
  readonly yearFrom: CalendarDate;
  readonly yearTo: CalendarDate;
  readonly agreedPence: Money;
  readonly spentPence: Money;
}

/** Everything in a run that a person should see before it is posted; nothing where all of it looks as usual. */
export function holdReasons(
  payslips: readonly PlausiblePayslip[],
  known: { readonly earlierPay: readonly EarlierPay[]; readonly streamYears: readonly StreamYear[] },
  thresholds: PayrollThresholds,
): HoldReason[] {
  return [
    ...payslips.flatMap((payslip) => {
      const earlier = known.earlierPay.filter(({ payeeId }) => payeeId === payslip.payeeId);
      return [
        ...grossReasons(payslip, earlier, thresholds),
        ...hoursReasons(payslip, thresholds),
        ...lineReasons(payslip, thresholds),
        ...employerReasons(payslip, thresholds),
      ];
    }),
    ...budgetReasons(payslips, known.streamYears, thresholds),
  ];
}

/** The middle of what a day of earlier payslips came to, in pence; undefined where there are too few. */
export function usualPerDay(earlier: readonly EarlierPay[]): Decimal | undefined {
  if (earlier.length < usualPayslipsMin) return undefined;
  const perDay = earlier
    .map(({ grossPence, days }) => new Decimal(grossPence.toString()).div(days))
    .sort((a, b) => a.comparedTo(b));
  const middle = perDay.length / 2;
  return perDay.length % 2 === 1 ? perDay[Math.floor(middle)] : perDay[middle - 1]!.plus(perDay[middle]!).div(2);
}

function grossReasons(
  payslip: PlausiblePayslip,
  earlier: readonly EarlierPay[],
  thresholds: PayrollThresholds,
): HoldReason[] {
  const { grossPence } = payslip.report;
  const days = daysOf(payslip.report);
  const reason = (kind: HoldKind, limitPence: Money, words: string): HoldReason[] =>
    grossPence <= limitPence
      ? []
      : [
          {
            kind,
            pointer: `/payslips/${payslip.index}/gross`,
            message: `${nameOf(payslip)}: the gross pay is ${poundsText(grossPence)} for ${days} days, more than ${words}.`,
            found: poundsText(grossPence),
            threshold: poundsText(limitPence),
            source: thresholds.source,
          },
        ];
  const perDay = usualPerDay(earlier);
  if (perDay === undefined) {
    const weekPence = thresholds.firstGrossPerWeekPence;
    const limit = wholePence(new Decimal(weekPence.toString()).mul(days).div(7));
    return reason(
      'gross-above-first',
      limit,
      `${poundsText(weekPence)} a week, and there are too few payslips before it to say what is usual`,
    );
  }
  const usual = wholePence(perDay.mul(days));
  const limit = wholePence(perDay.mul(days).mul(thresholds.grossTimesUsual));
  const times = `${thresholds.grossTimesUsual} times the ${poundsText(usual)} that the last ${earlier.length} payslips make usual`;
  return reason('gross-above-usual', limit, times);
}

function hoursReasons(payslip: PlausiblePayslip, thresholds: PayrollThresholds): HoldReason[] {
  const { report } = payslip;
  const named = report.datesWorked?.length ?? 0;
  const days = named > 0 ? named : daysOf(report);
  // A line that takes pay back takes its hours back with it.
  const hours = report.lines.reduce((sum, line) => {
    const own = new Decimal(line.hours ?? 0);
    return line.amountPence < 0n ? sum.minus(own) : sum.plus(own);
  }, new Decimal(0));
  if (hours.lessThanOrEqualTo(new Decimal(thresholds.hoursPerDay).mul(days))) return [];
  const what = named > 0 ? 'days worked' : 'days of the pay period';
  return [
    {
      kind: 'hours-per-day',
      pointer: `/payslips/${payslip.index}/lines`,
      message: `${nameOf(payslip)}: the lines come to ${hours.toString()} hours on ${days} ${what}, more than ${thresholds.hoursPerDay} hours a day.`,
      found: hours.div(days).toDecimalPlaces(2).toString(),
      threshold: thresholds.hoursPerDay,
      source: thresholds.source,
    },
  ];
}

function lineReasons(payslip: PlausiblePayslip, thresholds: PayrollThresholds): HoldReason[] {
  return payslip.report.lines.flatMap(({ description, hours, ratePounds, amountPence }, place): HoldReason[] => {
    if (hours === undefined || ratePounds === undefined) return [];
    const made = wholePence(new Decimal(hours).mul(ratePounds).mul(100));
    const given = amountPence < 0n ? -amountPence : amountPence;
    const difference = given > made ? given - made : made - given;
    if (difference <= thresholds.lineDifferencePence) return [];
    return [
      {
        kind: 'line-amount',
        pointer: `/payslips/${payslip.index}/lines/${place}/amount`,
        message: `${nameOf(payslip)}: “${description}” is ${poundsText(amountPence)}, but ${hours} hours at £${ratePounds} make ${poundsText(made)}.`,
        found: poundsText(difference),
        threshold: poundsText(thresholds.lineDifferencePence),
        source: thresholds.source,
      },
    ];
  });
}

function employerReasons(payslip: PlausiblePayslip, thresholds: PayrollThresholds): HoldReason[] {
  const { grossPence } = payslip.report;
  const costs = employerCostsPence(payslip.report);
  const limit = wholePence(new Decimal(grossPence.toString()).mul(thresholds.employerCostsPercent).div(100));
  if (costs <= limit) return [];
  return [
    {
      kind: 'employer-costs',
      pointer: `/payslips/${payslip.index}/employerNi`,
      message: `${nameOf(payslip)}: the employer’s National Insurance and pension are ${poundsText(costs)}, more than ${thresholds.employerCostsPercent} % of the gross pay of ${poundsText(grossPence)}.`,
      found: poundsText(costs),
      threshold: poundsText(limit),
      source: thresholds.source,
    },
  ];
}

/** Raised at the first payslip with which a stream goes beyond what remains of it, with the sum of the whole run. */
function budgetReasons(
  payslips: readonly PlausiblePayslip[],
  streamYears: readonly StreamYear[],
  thresholds: PayrollThresholds,
): HoldReason[] {
  const years = new Map<
    string,
    { readonly year: StreamYear; readonly parts: { readonly payslip: PlausiblePayslip; readonly costPence: Money }[] }
  >();
  for (const payslip of payslips) {
    for (const { stream, costPence } of payslip.shares) {
      const year = streamYears.find(
        (one) =>
          one.budgetId === payslip.report.budgetId && one.day === payslip.report.periodEnd && one.stream === stream,
      );
      if (!year || costPence <= 0n) continue;
      const key = `${year.budgetId} ${stream} ${year.yearFrom}`;
      const held = years.get(key) ?? { year, parts: [] };
      years.set(key, { year, parts: [...held.parts, { payslip, costPence }] });
    }
  }
  return [...years.values()].flatMap(({ year, parts }): HoldReason[] => {
    const left = year.agreedPence - year.spentPence;
    const limit = left + thresholds.overBudgetPence;
    let sum = 0n;
    const first = parts.find(({ costPence }) => (sum += costPence) > limit);
    const total = parts.reduce((all, { costPence }) => all + costPence, 0n);
    if (!first || total <= limit) return [];
    const beyond = thresholds.overBudgetPence > 0n ? ` and ${poundsText(thresholds.overBudgetPence)} more` : '';
    return [
      {
        kind: 'over-budget',
        pointer: `/payslips/${first.payslip.index}/streams`,
        message: `${nameOf(first.payslip)}: with it the run costs ${streamNames[year.stream]} money of this budget ${poundsText(total)}, more than the ${poundsText(left)} that is left of ${poundsText(year.agreedPence)} for ${longDate(year.yearFrom)} to ${longDate(year.yearTo)}${beyond}.`,
        found: poundsText(total),
        threshold: poundsText(limit),
        source: thresholds.source,
      },
    ];
  });
}

/** "Payslip 2, Ben Brown". */
export function nameOf({ index, payeeName }: Pick<PlausiblePayslip, 'index' | 'payeeName'>): string {
  return `Payslip ${index + 1}, ${payeeName}`;
}

function daysOf({ periodStart, periodEnd }: PayslipReport): number {
  return daysBetween(periodStart, periodEnd) + 1;
}

function wholePence(pence: Decimal): Money {
  return BigInt(pence.toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toFixed());
}
