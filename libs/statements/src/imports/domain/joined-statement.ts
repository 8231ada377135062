import { decimalText } from '@ringfence/kernel';
import type { ParsedStatement, ParseWarning, StatementHead } from '@ringfence/statement-files';

/** What joining asks of a statement. */
export type Joinable = Pick<
  StatementHead,
  'account' | 'currency' | 'openingBalance' | 'closingBalance' | 'otherBalances' | 'warnings' | 'begins' | 'digest'
> & { readonly posted: number; readonly apart: number };

export interface Joined<T> extends Omit<ParsedStatement, 'lines' | 'notPosted'> {
  /** The statements whose lines follow each other, the oldest first; without those that stand in the file twice. */
  readonly parts: readonly T[];
}

/**
 * Statements of one account and currency as one, oldest first, from the opening balance of the first to the closing
 * one of the last. Where one does not open with what the one before closed with, a `BALANCE_BREAK` says so; one that
 * stands in the file twice, line for line, is taken once.
 */
export function joined<T extends Joinable>(statements: readonly T[]): Joined<T> {
  const { once, repeated } = withoutRepeated(statements);
  const parts = oldestFirst(once);
  const [first] = parts;
  if (first === undefined) throw new RangeError('joined needs a statement');
  const others = parts.flatMap(({ otherBalances = [] }) => otherBalances);
  return {
    parts,
    account: first.account,
    currency: first.currency,
    openingBalance: first.openingBalance,
    closingBalance: parts.at(-1)?.closingBalance ?? null,
    ...(parts.length > 1 || others.length > 0 ? { otherBalances: others } : {}),
    warnings: [...parts.flatMap(({ warnings }) => warnings), ...repeated, ...breaks(parts)],
  };
}

function withoutRepeated<T extends Joinable>(statements: readonly T[]): { once: T[]; repeated: ParseWarning[] } {
  const seen = new Set<string>();
  const once: T[] = [];
  const repeated: ParseWarning[] = [];
  for (const statement of statements) {
    const { digest, begins } = statement;
    const records = statement.posted + statement.apart;
    if (!seen.has(digest)) once.push(statement);
    else if (records > 0) {
      repeated.push({
        code: 'STATEMENT_REPEATED',
        message: `Line ${begins?.sourceLine ?? 1}: a statement of ${records} lines stands in the file twice, and is taken once.`,
        line: begins?.sourceLine ?? null,
      });
    }
    seen.add(digest);
  }
  return { once, repeated };
}

/** In the order of the file, unless the balances, or else the dates, follow better from the last to the first. */
function oldestFirst<T extends Joinable>(statements: readonly T[]): readonly T[] {
  const backwards = [...statements].reverse();
  const better = chained(backwards) - chained(statements) || dated(backwards) - dated(statements);
  return better > 0 ? backwards : statements;
}

function pairs<T>(statements: readonly T[]): (readonly [T, T])[] {
  return statements.slice(1).map((statement, at) => [statements[at] as T, statement]);
}

function chained(statements: readonly Joinable[]): number {
  return pairs(statements).filter(
    ([before, after]) => before.closingBalance !== null && before.closingBalance === after.openingBalance,
  ).length;
}

function dated(statements: readonly Joinable[]): number {
  const days = statements.flatMap(({ begins }) => begins?.date ?? []);
  return days.slice(1).filter((day, at) => day > (days[at] ?? day)).length;
}

function breaks(statements: readonly Joinable[]): ParseWarning[] {
  return pairs(statements).flatMap(([before, after]): ParseWarning[] => {
    const { closingBalance } = before;
    const { openingBalance } = after;
    if (closingBalance === null || openingBalance === null || closingBalance === openingBalance) return [];
    return [
      {
        code: 'BALANCE_BREAK',
        message: `A statement closes with ${decimalText(closingBalance)} and the next opens with ${decimalText(openingBalance)}, so one between them is missing.`,
        line: after.begins?.sourceLine ?? null,
      },
    ];
  });
}
