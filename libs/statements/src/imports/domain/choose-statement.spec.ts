import { chooseStatement } from './choose-statement.js';
import { type ParsedFile, type ParsedStatement, Refusal } from '@ringfence/statement-files';

const account = { sortCode: '201845', accountNumber: '12345678' };

function statement(named: string | null, currency: string | null = 'GBP'): ParsedStatement {
  return {
    account: named,
    currency,
    openingBalance: null,
    closingBalance: null,
    lines: [],
    notPosted: [],
    warnings: [],
  };
}

function file(...statements: ParsedStatement[]): ParsedFile {
  return { ok: true, format: 'csv', profile: 'sample', parserVersion: '1', statements };
}

function refusal(...statements: ParsedStatement[]): [string, string] {
  try {
    chooseStatement(file(...statements), account);
  } catch (error) {
    if (error instanceof Refusal) return [error.code, error.message];
    throw error;
  }
  throw new Error('it was accepted');
}

describe('the statement of a file that belongs to an account', () => {
  it.each(['20-18-45 12345678', '12345678', 'XXXX XXXX 5678', null])('is taken when the file says %s', (named) => {
    const only = statement(named);
    expect(chooseStatement(file(only), account)).toBe(only);
  });

  it('is found among several', () => {
    const ours = statement('20-18-45 12345678');
    expect(chooseStatement(file(statement('20-18-45 87654321'), ours), account)).toBe(ours);
  });

  it('is refused when the file names another account, showing only the last four digits', () => {
    expect(refusal(statement('20-18-45 87654321'))).toEqual([
      'ACCOUNT_OTHER',
      'The file is for the account ending 4321, and this one is ending 5678: upload it to the account it belongs to.',
    ]);
  });

  it('is refused in another currency', () => {
    expect(refusal(statement(null, 'EUR'))).toEqual([
      'CURRENCY_OTHER',
      'The file is in EUR and this account is in GBP: upload the statement of this account.',
    ]);
  });

  it('is refused when there is none', () => {
    expect(refusal()).toEqual([
      'STATEMENT_MISSING',
      'The file holds no statement of an account: download the statement itself.',
    ]);
  });

  it('is refused when several accounts could be this one', () => {
    expect(refusal(statement(null), statement(null))).toEqual([
      'ACCOUNT_UNCLEAR',
      'The file holds 2 accounts and does not say which is this one: download the statement of one account.',
    ]);
  });
});
