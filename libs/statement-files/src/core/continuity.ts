import type { ParsedStatement, ParseWarning } from './outcome.js';
import { RunningBalance } from './running-balance.js';

export { breaksReportedMax } from './running-balance.js';

/**
 * Whether the balances that the statement states follow from its lines: each running balance from the one before, and
 * the closing balance from the opening one. Answers warnings with code `BALANCE_BREAK` and never throws: a break is a
 * reason to ask a person before the import, not a reason to refuse to read.
 */
export function continuity({
  openingBalance,
  closingBalance,
  lines,
}: Pick<ParsedStatement, 'openingBalance' | 'closingBalance' | 'lines'>): ParseWarning[] {
  const balance = new RunningBalance();
  for (const line of lines) balance.add(line);
  const { breaks, whole } = balance.proved(false, openingBalance, closingBalance);
  return openingBalance === null || closingBalance === null ? breaks : [...breaks, ...whole];
}
