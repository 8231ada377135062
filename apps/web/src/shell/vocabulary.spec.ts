import type { Principal } from '@ringfence/identity';
import { audienceOf, vocabulary, type Vocabulary } from './vocabulary.js';

const { officer, family } = vocabulary;

describe('The words of a page', () => {
  it.each<[keyof Vocabulary, string, string]>([
    ['fundingStream', 'Funding stream', 'Pot'],
    ['remaining', 'Remaining', 'Left'],
    ['underQuery', 'Under query', 'We are checking'],
    ['unallocated', 'Unallocated', 'We are sorting this'],
    ['partAllocated', 'Part-allocated', 'Partly sorted'],
    ['allocated', 'Allocated', 'Sorted'],
    ['query', 'Query', 'Question'],
    ['excludedByRule', 'Excluded by rule, decision needed', 'We have a question about this'],
    ['paymentSchedule', 'Payment schedule', 'Payments to you'],
    ['budgetLines', 'Budget lines', 'What was agreed'],
    ['transactions', 'Transactions', 'Payments'],
    ['exportLedger', 'Export ledger (CSV)', 'Download your payments'],
    ['post', 'Post the statement', 'Add these payments'],
    ['reverse', 'Reverse this import', 'Remove this statement'],
    ['received', 'Received', 'We have it'],
    ['receivedToDate', 'Received to date', 'So far'],
    ['partReceived', 'Part-received', 'Some days missing'],
    ['balanceBreak', 'Balance break', 'Does not match the last statement'],
  ])('are those of finance for an officer, and plain for a family: %s', (term, forOfficer, forFamily) => {
    expect([officer[term], family[term]]).toEqual([forOfficer, forFamily]);
  });

  it('keep the terms of finance away from families', () => {
    const words = Object.values(family).flat().join(' ');
    expect(words).not.toMatch(/allocat|ledger|\bpost(ed|ing)?\b|reverse|query|stream|import|instalment|transaction/i);
  });

  it('are an officer’s for whoever sees the whole authority', () => {
    const holding = (role: string) =>
      ({
        today: '2026-06-15',
        grants: [{ role, budgetId: null, validFrom: '2026-01-01', validTo: null }],
      }) as unknown as Principal;
    expect(audienceOf(holding('FINANCE_OFFICER'))).toBe('officer');
  });
});
