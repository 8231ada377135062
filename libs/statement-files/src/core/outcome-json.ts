import { decimalText, type Money } from '@ringfence/kernel';
import type { ParseOutcome } from './outcome.js';

/**
 * The object that `ringfence statement parse --json` prints for a file, one per line. Amounts are decimal strings
 * with the sign as seen from the account; what the file does not state is null.
 */
export function parseOutcomeJson(file: string, outcome: ParseOutcome): ParseOutcomeJson {
  if (!outcome.ok) {
    const { code, message, line } = outcome.error;
    return { file, ok: false, error: { code, message, line } };
  }
  const statements = outcome.statements.map((statement) => ({
    account: statement.account,
    currency: statement.currency,
    openingBalance: decimalOrNull(statement.openingBalance),
    closingBalance: decimalOrNull(statement.closingBalance),
    lines: statement.lines.map(({ date, amountPence, description, bankId, balancePence, page, within }) => ({
      date,
      amount: decimalText(amountPence),
      description,
      bankId,
      balance: decimalOrNull(balancePence),
      ...(page === undefined ? {} : { page }),
      ...(within === undefined ? {} : { within }),
    })),
    warnings: statement.warnings.map(({ code, message, line }) => ({ code, message, line })),
  }));
  const confirm = outcome.needsConfirmation ? { needsConfirmation: true as const } : {};
  return { file, ok: true, format: outcome.format, profile: outcome.profile, ...confirm, statements };
}

export type ParseOutcomeJson =
  | {
      file: string;
      ok: true;
      format: string;
      profile: string | null;
      /** Of a PDF: a person must compare the lines with the pages. */
      needsConfirmation?: true;
      statements: {
        account: string | null;
        currency: string | null;
        openingBalance: string | null;
        closingBalance: string | null;
        lines: {
          date: string;
          amount: string;
          description: string;
          bankId: string | null;
          balance: string | null;
          /** Of a PDF. */
          page?: number;
          /** The file in an archive. */
          within?: string;
        }[];
        warnings: { code: string; message: string; line: number | null }[];
      }[];
    }
  | { file: string; ok: false; error: { code: string; message: string; line: number | null } };

function decimalOrNull(pence: Money | null): string | null {
  return pence === null ? null : decimalText(pence);
}
