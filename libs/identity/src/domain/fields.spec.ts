import { fieldsByRole, shownFields } from './fields.js';

describe('what is shown of a budget', () => {
  it('is the fields of the reader’s roles, and nothing in the place of the others', () => {
    const value = { id: '1', childName: 'Kit', amountPence: 500n, streams: ['EDU'], surprise: 1 };
    expect(shownFields('BudgetSummary', ['PAYROLL_BUREAU'], value)).toEqual({ id: '1', streams: ['EDU'] });
    expect(shownFields('BudgetSummary', ['PAYROLL_BUREAU', 'RECIPIENT'], value)).toEqual({
      id: '1',
      childName: 'Kit',
      amountPence: 500n,
      streams: ['EDU'],
    });
  });

  it('goes by the table inside lists and groups too', () => {
    const value = { plan: { outcomes: [] }, lines: [{ id: '1', name: 'Speech therapy', ratePence: 1n }], payees: [] };
    expect(shownFields('Budget', ['PAYROLL_BUREAU'], value)).toEqual({ lines: [{ id: '1' }], payees: [] });
    expect(shownFields('Budget', ['AUDITOR'], value)).toEqual(value);
  });

  it('keeps from a bureau the day of birth, the care and the bank', () => {
    const budget: Readonly<Record<string, readonly string[]>> = fieldsByRole.Budget;
    const given = Object.keys(budget).filter((path) => budget[path]!.includes('PAYROLL_BUREAU'));
    expect(
      given.filter((path) => /^(child|plan|agreements|schedules)\b|outcome|\.name$|sortCode|Number/.test(path)),
    ).toEqual(['recipient.name', 'accounts.name', 'payees.name']);
  });

  it('is nothing for somebody without a role', () => {
    expect(shownFields('Payee', [], { id: '1', name: 'Ben' })).toEqual({});
  });
});
