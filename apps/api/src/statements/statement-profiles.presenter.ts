import { decimalText, type Money } from '@ringfence/kernel';
import type { ParsedLine, ParseOutcome } from '@ringfence/statement-files';
import type { StatementProfileRow } from '@ringfence/statements';

/** Lines that a trial shows of each statement, and as many of those that are not posted. */
export const trialLinesShownMax = 20;

export function presentProfile(row: StatementProfileRow) {
  return {
    id: row.id,
    name: row.name,
    version: row.version,
    replaced: row.replaced,
    retiredOn: row.retiredOn,
    reasons: row.reasons,
    addedBy: row.addedBy,
    addedAt: row.addedAt.toISOString(),
    profile: row.profile as unknown as Readonly<Record<string, unknown>>,
  };
}

/** What a sample would be read as, or the refusal with its line. */
export function presentTrial(outcome: ParseOutcome) {
  if (!outcome.ok) return { read: false, refusal: outcome.error, statements: [] };
  const statements = outcome.statements.map((statement) => ({
    account: statement.account,
    currency: statement.currency,
    openingBalance: decimalOrNull(statement.openingBalance),
    closingBalance: decimalOrNull(statement.closingBalance),
    lineCount: statement.lines.length,
    lines: statement.lines.slice(0, trialLinesShownMax).map(presentLine),
    notPosted: statement.notPosted.slice(0, trialLinesShownMax).map(presentLine),
    warnings: statement.warnings.map(({ code, message, line }) => ({ code, message, line })),
  }));
  return { read: true, refusal: null, statements };
}

function presentLine(line: ParsedLine) {
  return {
    line: line.sourceLine,
    date: line.date,
    amount: decimalText(line.amountPence),
    balance: decimalOrNull(line.balancePence),
    description: line.description,
    bankId: line.bankId,
    kind: line.kind,
    mcc: line.mcc,
    status: line.status,
  };
}

function decimalOrNull(pence: Money | null): string | null {
  return pence === null ? null : decimalText(pence);
}
