import { longDate, poundsText, type CalendarDate, type Fault, type Money } from '@ringfence/kernel';
import { nameOf, type HoldReason, type PlausiblePayslip } from './hold-reasons.js';

/** A payslip on record, posted or waiting, for the same employee and some of the same days. */
export interface RecordedPay {
  /** The place in the run of the payslip that it is like, from 0. */
  readonly index: number;
  readonly grossPence: Money;
  readonly periodStart: CalendarDate;
  readonly periodEnd: CalendarDate;
  /** The run that has it; undefined where the sender may not see that run. */
  readonly run: { readonly id: string; readonly reference: string } | undefined;
}

/**
 * The same gross for the same employee and some of the same days is the same payslip again, under whatever reference
 * and in whatever run: it is refused. Another gross may be a bonus or what was missing: a person looks. A payslip
 * without pay, of a fee or of expenses, doubles nothing.
 */
export function doubles(
  payslips: readonly PlausiblePayslip[],
  recorded: readonly RecordedPay[],
): { readonly faults: Fault[]; readonly reasons: HoldReason[] } {
  const faults: Fault[] = [];
  const reasons: HoldReason[] = [];
  for (const [place, payslip] of payslips.entries()) {
    const { grossPence } = payslip.report;
    if (grossPence === 0n) continue;
    const others = [
      ...payslips
        .slice(0, place)
        .filter((other) => isLike(payslip, other))
        .map(inThisRun),
      ...recorded.filter(({ index }) => index === payslip.index).map(onRecord),
    ].filter((other) => other.grossPence > 0n);
    const same = others.find((other) => other.grossPence === grossPence);
    const other = others[0];
    if (same) faults.push(faultOf(payslip, same));
    else if (other) reasons.push(reasonOf(payslip, other));
  }
  return { faults, reasons };
}

interface Other {
  readonly grossPence: Money;
  readonly periodStart: CalendarDate;
  readonly periodEnd: CalendarDate;
  /** "the run “RUN-7” (0197…)"; undefined where the sender may know no more than that there is one. */
  readonly where: string | undefined;
}

function isLike({ payeeId, report }: PlausiblePayslip, other: PlausiblePayslip): boolean {
  return (
    payeeId === other.payeeId &&
    report.budgetId === other.report.budgetId &&
    report.periodStart <= other.report.periodEnd &&
    report.periodEnd >= other.report.periodStart
  );
}

function inThisRun({ index, report }: PlausiblePayslip): Other {
  const { grossPence, periodStart, periodEnd } = report;
  return { grossPence, periodStart, periodEnd, where: `payslip ${index + 1} of this run` };
}

function onRecord({ run, ...pay }: RecordedPay): Other {
  return { ...pay, where: run && `the run “${run.reference}” (${run.id})` };
}

function faultOf({ index, payeeName, report }: PlausiblePayslip, { periodStart, periodEnd, where }: Other): Fault {
  const pointer = `/payslips/${index}/gross`;
  const as = where === undefined ? 'which is recorded already' : `as ${where} does for ${periodStart} to ${periodEnd}`;
  const message =
    `${pointer} pays ${payeeName} ${poundsText(report.grossPence)} for ${report.periodStart} to ${report.periodEnd}, ${as}: ` +
    'leave this payslip out. A further payment for the same days is sent with the gross and the dates that are its own.';
  return { pointer, message };
}

function reasonOf(payslip: PlausiblePayslip, { grossPence, periodStart, periodEnd, where }: Other): HoldReason {
  const { report } = payslip;
  const other =
    where === undefined
      ? 'other pay that is recorded for some of these days'
      : `${poundsText(grossPence)} that ${where} pays for ${longDate(periodStart)} to ${longDate(periodEnd)}`;
  return {
    kind: 'possible-double',
    pointer: `/payslips/${payslip.index}/gross`,
    message: `${nameOf(payslip)}: ${poundsText(report.grossPence)} for ${longDate(report.periodStart)} to ${longDate(report.periodEnd)} comes on top of ${other}: it may be a further payment, or correct the first.`,
    found: poundsText(report.grossPence),
    threshold: 'one payslip for the same days',
    source: 'Ringfence pays an employee once for the same days, unless a person accepts a further payment',
  };
}
