import { financialYearText, type Period } from '@ringfence/ledger';

export interface PeriodView {
  readonly month: string;
  /** `2026-27` from 1 April 2026 to 31 March 2027. */
  readonly financialYear: string;
  readonly state: Period['state'];
}

export function presentPeriod(period: Period): PeriodView {
  return {
    month: period.month,
    financialYear: financialYearText(period.financialYear),
    state: period.state,
  };
}
