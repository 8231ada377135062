import { lineStates } from '@ringfence/reconciliation';
import {
  amount,
  answer,
  date,
  group,
  id,
  instant,
  list,
  oneOf,
  orNull,
  page,
  sometimes,
  text,
  whole,
} from '../http/shapes.js';
import { ledgerStreams } from '../reporting/reports.responses.js';
import { finding, verdicts } from '../spending-rules/findings.responses.js';
import { targetTypes } from './reconciliation.dto.js';

export const suggestedTypes = ['instalment', 'payslip', 'budget-line'] as const;

const allocation = answer('Allocation', 'What an amount of a statement line was for, as a person decided', {
  id: id('The allocation, by which it is undone'),
  amount: amount('Signed as the line is: money out is negative'),
  targetType: oneOf(targetTypes, 'What it was for'),
  targetId: orNull(id('The instalment, the payslip or the budget line; null for the others')),
  budgetId: id('The budget'),
  stream: oneOf(ledgerStreams, 'Whose money it is'),
  budgetLineId: orNull(id('The budget line that it was spent on')),
  budgetLineName: orNull(text('What the budget line is called')),
  outcomeId: orNull(id('The outcome of the plan that it serves')),
  reasons: text('Why, as the person wrote it or as the suggestion gave it'),
  acceptedAt: instant('When it was decided'),
  acceptedBy: orNull(text('The name of who decided; null where you may not see it')),
});

const suggestion = answer('MatchSuggestion', 'What a statement line may have been for', {
  id: id('The suggestion, by which it is accepted or rejected'),
  targetType: oneOf(suggestedTypes, 'What it may have been for'),
  targetId: id('The instalment, the payslip or the budget line'),
  budgetId: id('The budget'),
  budgetLineName: orNull(text('What the budget line is called, where it is one')),
  score: whole('For ordering; the reasons are what a person decides by', { minimum: 0, maximum: 100 }),
  reasons: list(text('A reason'), 'What speaks for it'),
});

export const statementLine = answer('StatementLine', 'A line of a bank statement, and what is known of it', {
  id: id('The line'),
  designatedAccountId: id('The account'),
  budgetId: orNull(id('The budget; null in a shared account until a person says whose it is')),
  importId: id('The statement that it came in'),
  kind: oneOf(['LINE', 'OPENING_BALANCE'], 'A line of the statement, or what was in the account before the first'),
  date: date('The day on which the bank booked it'),
  amount: amount('Money out is negative'),
  remaining: amount('The part that is not allocated yet'),
  description: text('As the bank wrote it', 'CARD PAYMENT SWIM CLUB'),
  bankId: orNull(text('The number that the bank gave it')),
  balance: orNull(amount('The balance after it, where the statement has one')),
  originalAmount: orNull(text('Of a payment abroad: the amount in its own currency')),
  originalCurrency: orNull(text('Of a payment abroad: the currency', 'EUR')),
  journalId: id('The journal that posted it'),
  state: oneOf(lineStates, 'Nothing understood, part of it, or all of it'),
  verdict: orNull(oneOf(verdicts, 'The strictest of its findings; null until it is judged')),
  findings: list(finding, 'What the spending rules say, the strictest first'),
  receipts: list(
    group('A receipt that is linked to it', {
      id: id('The receipt'),
      fileName: text('What the file was called'),
      supplier: orNull(text('Who was paid, where somebody said so')),
    }),
    'In the order in which they came',
  ),
  allocations: list(allocation, 'What it was for, in the order of the decisions; those undone are left out'),
  suggestions: list(suggestion, 'While nothing is allocated: what it may have been for, the likeliest first'),
});
export const statementLines = page(statementLine);

export const allocated = answer('Allocated', 'The allocations that were made', {
  allocations: list(
    group('An allocation', {
      id: id('The allocation'),
      suggestionId: sometimes(id('The suggestion that was accepted; left out where a line was allocated manually')),
    }),
    'One for each suggestion or part, in the order in which they were sent',
  ),
});

export const undone = answer('AllocationUndone', 'An allocation that was undone', {
  id: id('The allocation'),
  journalId: id('The journal that reverses it'),
});
