import { decimalText, type Money } from '@ringfence/kernel';
import { quoted } from './bank-text.js';
import { continuity } from './continuity.js';
import { placeOf, type OtherBalance, type ParsedLine, type ParsedStatement, type ParseWarning } from './outcome.js';

/** A statement while its file is being read: lines in the order of the file. */
export interface Draft {
  readonly account: string | null;
  readonly currency: string | null;
  /** What the layout usually does, asked only when neither dates nor balances tell. */
  readonly order: 'oldestFirst' | 'newestFirst';
  readonly lines: ParsedLine[];
  readonly notPosted: ParsedLine[];
  readonly warnings: ParseWarning[];
  readonly otherBalances: OtherBalance[];
  statedOpening: Money | null;
  statedClosing: Money | null;
}

export function newDraft(account: string | null, currency: string | null, order: Draft['order']): Draft {
  return {
    account,
    currency,
    order,
    lines: [],
    notPosted: [],
    warnings: [],
    otherBalances: [],
    statedOpening: null,
    statedClosing: null,
  };
}

/**
 * Puts the lines oldest first and works out the balances that the file states. Lines keep the file's order among
 * themselves: banks write interest days after its date, and sorting by date would break the running balance.
 */
export function statementOf(draft: Draft): ParsedStatement {
  const lines = oldestFirst(draft.lines, draft.order);
  const notPosted = oldestFirst(draft.notPosted, draft.order);
  const openingBalance = draft.statedOpening ?? balanceBefore(lines);
  const closingBalance = draft.statedClosing ?? balanceAfter(lines);
  const statement = {
    account: draft.account,
    currency: draft.currency,
    openingBalance,
    closingBalance,
    lines,
    notPosted,
    ...(draft.otherBalances.length > 0 ? { otherBalances: draft.otherBalances } : {}),
  };
  const warnings = [...draft.warnings, ...notPosted.map(notPostedWarning), ...continuity(statement)];
  return { ...statement, warnings };
}

function oldestFirst(lines: readonly ParsedLine[], usual: Draft['order']): ParsedLine[] {
  const steps = lines.slice(1).map((line, at) => [lines[at] as ParsedLine, line] as const);
  const count = (holds: (a: ParsedLine, b: ParsedLine) => boolean): number =>
    steps.filter(([a, b]) => holds(a, b)).length;
  const byDate = count((a, b) => a.date < b.date) - count((a, b) => a.date > b.date);
  const byBalance = byDate === 0 ? count(follows) - count((a, b) => follows(b, a)) : 0;
  const forward = byDate || byBalance || (usual === 'oldestFirst' ? 1 : -1);
  return forward > 0 ? [...lines] : [...lines].reverse();
}

function follows(earlier: ParsedLine, later: ParsedLine): boolean {
  return earlier.balancePence !== null && earlier.balancePence + later.amountPence === later.balancePence;
}

/** Some banks write a balance only at the end of each day, so the first one stated may stand some lines down. */
function balanceBefore(lines: readonly ParsedLine[]): Money | null {
  let moved = 0n;
  for (const { amountPence, balancePence } of lines) {
    moved += amountPence;
    if (balancePence !== null) return balancePence - moved;
  }
  return null;
}

function balanceAfter(lines: readonly ParsedLine[]): Money | null {
  let moved = 0n;
  for (const { amountPence, balancePence } of [...lines].reverse()) {
    if (balancePence !== null) return balancePence + moved;
    moved += amountPence;
  }
  return null;
}

function notPostedWarning(line: ParsedLine): ParseWarning {
  const { sourceLine, description, amountPence, status } = line;
  const why = status === 'pending' ? 'is not posted yet' : 'was taken back by the bank';
  return {
    code: 'NOT_POSTED',
    message: `${placeOf(line)}: ${quoted(description)}, ${decimalText(amountPence)}, ${why} and is left out.`,
    line: sourceLine,
  };
}
