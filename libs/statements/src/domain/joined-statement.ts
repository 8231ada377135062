import { decimalText } from '@ringfence/kernel';
import type { ParsedStatement, ParseWarning } from './outcome.js';

/**
 * Statements of one account and currency as one, oldest first, from the opening balance of the first to the closing
 * one of the last. Where one does not open with what the one before closed with, a `BALANCE_BREAK` says so; one that
 * stands in the file twice, line for line, is taken once.
 */
export function joinedStatement(statements: readonly ParsedStatement[]): ParsedStatement {
  const { once, repeated } = withoutRepeated(statements);
  const ordered = oldestFirst(once);
  const [first] = ordered;
  if (first === undefined) throw new RangeError('joinedStatement needs a statement');
  return {
    account: first.account,
    currency: first.currency,
    openingBalance: first.openingBalance,
    closingBalance: ordered.at(-1)?.closingBalance ?? null,
    lines: ordered.flatMap(({ lines }) => lines),
    notPosted: ordered.flatMap(({ notPosted }) => notPosted),
    otherBalances: ordered.flatMap(({ otherBalances = [] }) => otherBalances),
    warnings: [...ordered.flatMap(({ warnings }) => warnings), ...repeated, ...breaks(ordered)],
  };
}

function withoutRepeated(statements: readonly ParsedStatement[]): {
  once: ParsedStatement[];
  repeated: ParseWarning[];
} {
  const seen = new Set<string>();
  const once: ParsedStatement[] = [];
  const repeated: ParseWarning[] = [];
  for (const statement of statements) {
    const { openingBalance, closingBalance, lines, notPosted } = statement;
    const raws = [...lines, ...notPosted].map(({ raw }) => raw);
    const key = JSON.stringify([String(openingBalance), String(closingBalance), raws]);
    if (!seen.has(key)) once.push(statement);
    else if (raws.length > 0) {
      repeated.push({
        code: 'STATEMENT_REPEATED',
        message: `Line ${lines[0]?.sourceLine ?? 1}: a statement of ${raws.length} lines stands in the file twice, and is taken once.`,
        line: lines[0]?.sourceLine ?? null,
      });
    }
    seen.add(key);
  }
  return { once, repeated };
}

/** In the order of the file, unless the balances, or else the dates, follow better from the last to the first. */
function oldestFirst(statements: readonly ParsedStatement[]): readonly ParsedStatement[] {
  const backwards = [...statements].reverse();
  const better = chained(backwards) - chained(statements) || dated(backwards) - dated(statements);
  return better > 0 ? backwards : statements;
}

function pairs(statements: readonly ParsedStatement[]): (readonly [ParsedStatement, ParsedStatement])[] {
  return statements.slice(1).map((statement, at) => [statements[at] as ParsedStatement, statement]);
}

function chained(statements: readonly ParsedStatement[]): number {
  return pairs(statements).filter(
    ([before, after]) => before.closingBalance !== null && before.closingBalance === after.openingBalance,
  ).length;
}

function dated(statements: readonly ParsedStatement[]): number {
  const days = statements.flatMap(({ lines }) => lines[0]?.date ?? []);
  return days.slice(1).filter((day, at) => day > (days[at] ?? day)).length;
}

function breaks(statements: readonly ParsedStatement[]): ParseWarning[] {
  return pairs(statements).flatMap(([before, after]): ParseWarning[] => {
    const { closingBalance } = before;
    const { openingBalance } = after;
    if (closingBalance === null || openingBalance === null || closingBalance === openingBalance) return [];
    return [
      {
        code: 'BALANCE_BREAK',
        message: `A statement closes with ${decimalText(closingBalance)} and the next opens with ${decimalText(openingBalance)}, so one between them is missing.`,
        line: after.lines[0]?.sourceLine ?? null,
      },
    ];
  });
}
