import type { CalendarDate, Fault, FundingStream } from '@ringfence/kernel';
import type { PayslipReport } from './pay-run.js';

/** What of a budget line says whether it may pay for a day. */
export interface LineDays {
  readonly stream: FundingStream;
  readonly mechanism: 'DIRECT_PAYMENT' | 'ORGANISED' | 'THIRD_PARTY';
  readonly startsOn: CalendarDate;
  readonly endsOn: CalendarDate;
}

/**
 * A stream bears a payslip only for days on which an agreed line of the budget gives it money: each day worked where
 * the bureau names them, else at least one day of the pay period. An organised line has no money in the account.
 */
export function streamFaults(payslip: PayslipReport, lines: readonly LineDays[], at: string): Fault[] {
  const { datesWorked = [], periodStart, periodEnd } = payslip;
  return payslip.streams.flatMap(({ stream }, place): Fault[] => {
    const paying = lines.filter((line) => line.stream === stream && line.mechanism !== 'ORGANISED');
    const pointer = `${at}/streams/${place}/stream`;
    const ask =
      'name a stream that the agreement pays for on the days worked, or ask the authority to record the line.';
    if (datesWorked.length === 0) {
      if (paying.some((line) => line.startsOn <= periodEnd && line.endsOn >= periodStart)) return [];
      const message = `${pointer} is ${stream}, for which this budget has no line that pays between ${periodStart} and ${periodEnd}: ${ask}`;
      return [{ pointer, message }];
    }
    const bare = [...datesWorked]
      .sort()
      .filter((day) => !paying.some((line) => line.startsOn <= day && line.endsOn >= day));
    if (bare.length === 0) return [];
    const more = bare.length > 1 ? ` and ${bare.length - 1} more of the days worked` : '';
    const message = `${pointer} is ${stream}, for which this budget has no line that pays on ${bare[0]}${more}: ${ask}`;
    return [{ pointer, message }];
  });
}
