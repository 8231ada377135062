import { decimalText, type Money } from '@ringfence/kernel';
import { placeOf, type ParsedStatement, type ParseWarning } from './outcome.js';

/** Breaks that are told one by one; a file in disorder would otherwise give a warning for every line. */
export const breaksReportedMax = 20;

/**
 * Whether the balances that the statement states follow from its lines: each running balance from the one before, and
 * the closing balance from the opening one. Answers warnings with code `BALANCE_BREAK` and never throws: a break is a
 * reason to ask a person before the import, not a reason to refuse to read.
 */
export function continuity(
  statement: Pick<ParsedStatement, 'openingBalance' | 'closingBalance' | 'lines'>,
): ParseWarning[] {
  const { openingBalance, closingBalance, lines } = statement;
  const warnings: ParseWarning[] = [];
  let running: Money | null = openingBalance;
  let breaks = 0;
  for (const line of lines) {
    const { amountPence, balancePence, sourceLine } = line;
    const expected: Money | null = running === null ? null : running + amountPence;
    if (expected !== null && balancePence !== null && balancePence !== expected) {
      breaks += 1;
      if (breaks <= breaksReportedMax) {
        warnings.push({
          code: 'BALANCE_BREAK',
          message: `${placeOf(line)}: the balance is ${decimalText(balancePence)} where ${decimalText(expected)} follows from the line before, so a line is missing, changed or out of order.`,
          line: sourceLine,
        });
      }
    }
    running = balancePence ?? expected;
  }
  if (breaks > breaksReportedMax) {
    warnings.push({
      code: 'BALANCE_BREAK',
      message: `The balance breaks at ${breaks - breaksReportedMax} more lines.`,
      line: null,
    });
  }
  if (openingBalance !== null && closingBalance !== null) {
    const expected = lines.reduce((sum, { amountPence }) => sum + amountPence, openingBalance);
    if (expected !== closingBalance) {
      warnings.push({
        code: 'BALANCE_BREAK',
        message: `The opening balance ${decimalText(openingBalance)} and the lines make ${decimalText(expected)}, and the closing balance is ${decimalText(closingBalance)}.`,
        line: null,
      });
    }
  }
  return warnings;
}
