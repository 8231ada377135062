import { joinedStatement } from './joined-statement.js';
import { Refusal, type ParsedFile, type ParsedStatement } from './outcome.js';

/** What is known of the account that a file was uploaded for; digits only. */
export interface AccountNumbers {
  readonly sortCode: string | null;
  readonly accountNumber: string | null;
}

/**
 * The statement of a file that belongs to an account; the statements of several days of one account (MT940, camt) are
 * joined into one. A file that names another account, another currency, or several
 * accounts of which none or two could be this one is refused whole: a stranger's lines must never enter these books.
 */
export function chooseStatement(file: ParsedFile, account: AccountNumbers): ParsedStatement {
  if (file.statements.length === 0) {
    throw new Refusal('STATEMENT_MISSING', 'The file holds no statement of an account: download the statement itself.');
  }
  const sterling = file.statements.filter(({ currency }) => currency === null || currency === 'GBP');
  if (sterling.length === 0) {
    const currencies = [...new Set(file.statements.map(({ currency }) => currency))].join(', ');
    throw new Refusal(
      'CURRENCY_OTHER',
      `The file is in ${currencies || 'no currency'} and this account is in GBP: upload the statement of this account.`,
    );
  }
  const candidates = sterling.filter((statement) => !contradicts(statement.account, account));
  const [only, another] = candidates;
  if (only === undefined) {
    const named = sterling.map((statement) => ending(statement.account)).join(', ');
    throw new Refusal(
      'ACCOUNT_OTHER',
      `The file is for the account ${named}, and this one is ${ending(account.accountNumber)}: upload it to the account it belongs to.`,
    );
  }
  if (another === undefined) return only;
  const certain = candidates.filter((statement) => agrees(statement.account, account));
  const days = certain.length > 0 ? certain : candidates;
  const [first, ...others] = days;
  if (first?.account && others.every((other) => other.account === first.account)) return joinedStatement(days);
  throw new Refusal(
    'ACCOUNT_DOUBTFUL',
    `The file holds ${candidates.length} accounts and does not say which is this one: download the statement of one account.`,
  );
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
