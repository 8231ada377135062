import { ageOn, longDate, type CalendarDate } from '@ringfence/kernel';
import { Decimal } from 'decimal.js';
import type { PayslipReport } from './pay-run.js';

/** Hourly rates in pounds, from a day. A rate counts for pay periods that begin on or after that day. */
export interface MinimumWageRates {
  readonly validFrom: CalendarDate;
  readonly source: string;
  readonly from21: string;
  readonly from18: string;
  readonly under18: string;
  readonly apprentice: string;
}

/** Dated data, newest first. Each 1 April's rates are added above. */
export const minimumWageRates: readonly MinimumWageRates[] = [
  {
    validFrom: '2026-04-01',
    source: 'National Minimum Wage Regulations 2015 (SI 2015/621), rates from 1 April 2026',
    from21: '12.71',
    from18: '10.85',
    under18: '8.00',
    apprentice: '8.00',
  },
  {
    validFrom: '2025-04-01',
    source: 'National Minimum Wage Regulations 2015 (SI 2015/621), rates from 1 April 2025',
    from21: '12.21',
    from18: '10.00',
    under18: '7.55',
    apprentice: '7.55',
  },
  {
    validFrom: '2024-04-01',
    source: 'National Minimum Wage Regulations 2015 (SI 2015/621), rates from 1 April 2024',
    from21: '11.44',
    from18: '8.60',
    under18: '6.40',
    apprentice: '6.40',
  },
];

/**
 * A sentence for each pay line whose hourly rate is below the National Minimum Wage. Age and rates are those of the
 * first day of the pay period. Where the age is not known only a rate below every rate is named. It warns and does
 * not refuse: paying the right wage is between the employer, the bureau and HMRC.
 */
export function minimumWageWarnings(payslip: PayslipReport): string[] {
  const rates = minimumWageRates.find(({ validFrom }) => validFrom <= payslip.periodStart);
  if (!rates) return [];
  const { rate, who } = rateFor(payslip, rates);
  return payslip.lines.flatMap(({ description, ratePounds, amountPence }) => {
    if (ratePounds === undefined || amountPence <= 0n || !new Decimal(ratePounds).lessThan(rate)) return [];
    return [
      `“${description}” is paid at £${pounds(ratePounds)} an hour, below the National Minimum Wage of £${rate} ${who} from ${longDate(rates.validFrom)}: ask the employer and the bureau to check it (${rates.source}).`,
    ];
  });
}

function rateFor(payslip: PayslipReport, rates: MinimumWageRates): { rate: string; who: string } {
  if (payslip.apprentice) return { rate: rates.apprentice, who: 'for apprentices' };
  if (payslip.employeeDateOfBirth === undefined) {
    const lowest = new Decimal(rates.under18).lessThan(rates.apprentice) ? rates.under18 : rates.apprentice;
    return { rate: lowest, who: 'for the youngest workers' };
  }
  const age = ageOn(payslip.employeeDateOfBirth, payslip.periodStart);
  if (age >= 21) return { rate: rates.from21, who: 'for ages 21 and over' };
  if (age >= 18) return { rate: rates.from18, who: 'for ages 18 to 20' };
  return { rate: rates.under18, who: 'for ages 16 and 17' };
}

function pounds(rate: string): string {
  const decimal = new Decimal(rate);
  return decimal.toFixed(Math.max(2, decimal.decimalPlaces()));
}
