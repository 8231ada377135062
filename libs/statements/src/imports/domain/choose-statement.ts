import { joined, type Joinable } from './joined-statement.js';
import { type ParsedFile, type ParsedStatement, Refusal } from '@ringfence/statement-files';

/** What is known of the account that a file was uploaded for; digits only. */
export interface AccountNumbers {
  readonly sortCode: string | null;
  readonly accountNumber: string | null;
}

/**
 * The statement of a file in memory that belongs to an account; the statements of several days of one account (MT940,
 * camt) are joined into one. Refuses as {@link statementsOfAccount} does.
 */
export function chooseStatement(file: ParsedFile, account: AccountNumbers): ParsedStatement {
  const chosen = statementsOfAccount(file.statements, account);
  const [only, another] = chosen;
  if (only !== undefined && another === undefined) return only;
  const { parts, ...whole } = joined(chosen.map(joinable));
  return {
    ...whole,
    lines: parts.flatMap(({ statement }) => statement.lines),
    notPosted: parts.flatMap(({ statement }) => statement.notPosted),
  };
}

/**
 * The statements of a file that belong to an account: one, or those of several days of it. A file that names another
 * account, another currency, or several accounts of which none or two could be this one is refused whole: a
 * stranger's lines must never enter these books.
 */
export function statementsOfAccount<T extends { account: string | null; currency: string | null }>(
  statements: readonly T[],
  account: AccountNumbers,
): readonly T[] {
  if (statements.length === 0) {
    throw new Refusal('STATEMENT_MISSING', 'The file holds no statement of an account: download the statement itself.');
  }
  const sterling = statements.filter(({ currency }) => currency === null || currency === 'GBP');
  if (sterling.length === 0) {
    const currencies = [...new Set(statements.map(({ currency }) => currency))].join(', ');
    throw new Refusal(
      'CURRENCY_OTHER',
      `The file is in ${currencies || 'no currency'} and this account is in GBP: upload the statement of this account.`,
    );
  }
  const candidates = sterling.filter((statement) => !contradicts(statement.account, account));
  const [only, another] = candidates;
  if (only === undefined) {
    const named = [...new Set(sterling.map((statement) => ending(statement.account)))].join(', ');
    throw new Refusal(
      'ACCOUNT_OTHER',
      `The file is for the account ${named}, and this one is ${ending(account.accountNumber)}: upload it to the account it belongs to.`,
    );
  }
  if (another === undefined) return [only];
  const certain = candidates.filter((statement) => agrees(statement.account, account));
  const days = certain.length > 0 ? certain : candidates;
  const [first, ...others] = days;
  if (first?.account && others.every((other) => other.account === first.account)) return days;
  throw new Refusal(
    'ACCOUNT_UNCLEAR',
    `The file holds ${candidates.length} accounts and does not say which is this one: download the statement of one account.`,
  );
}

function joinable(statement: ParsedStatement): Joinable & { readonly statement: ParsedStatement } {
  const { account, currency, openingBalance, closingBalance, otherBalances, warnings, lines, notPosted } = statement;
  const raws = [...lines, ...notPosted].map(({ raw }) => raw);
  return {
    statement,
    account,
    currency,
    openingBalance,
    closingBalance,
    ...(otherBalances ? { otherBalances } : {}),
    warnings,
    posted: lines.length,
    apart: notPosted.length,
    begins: lines[0] ?? null,
    digest: JSON.stringify([String(openingBalance), String(closingBalance), raws]),
  };
}

function contradicts(stated: string | null, account: AccountNumbers): boolean {
  return comparison(stated, account) === 'different';
}

function agrees(stated: string | null, account: AccountNumbers): boolean {
  return comparison(stated, account) === 'same';
}

/**
 * Files write an account whole, with its sort code before it, or masked (`XXXX 9876`). Fewer than four digits tell
 * nothing.
 */
function comparison(stated: string | null, account: AccountNumbers): 'same' | 'different' | 'unknown' {
  const digits = (stated ?? '').replace(/\D/g, '');
  if (digits.length < 4 || account.accountNumber === null) return 'unknown';
  const whole = `${account.sortCode ?? ''}${account.accountNumber}`;
  const shorter = Math.min(digits.length, whole.length);
  return digits.slice(-shorter) === whole.slice(-shorter) ? 'same' : 'different';
}

/** Enough of an account to recognise it, and no more. */
function ending(account: string | null): string {
  const digits = (account ?? '').replace(/\D/g, '');
  return digits.length < 4 ? 'without a number' : `ending ${digits.slice(-4)}`;
}
