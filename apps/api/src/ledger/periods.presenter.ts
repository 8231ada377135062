import { financialYearText, type Period } from '@ringfence/ledger';

export function presentPeriod({ month, financialYear, state }: Period) {
  return { month, financialYear: financialYearText(financialYear), state };
}
