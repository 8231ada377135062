import { lineStates } from '@ringfence/reconciliation';
import { Type } from 'typebox';
import { amount, choice, component, date, id, instant, nullable, page } from '../http/schemas.js';
import { ledgerStreams } from '../reporting/reports.responses.js';
import { finding, verdicts } from '../spending-rules/findings.responses.js';
import { targetTypes } from './reconciliation.dto.js';

export const suggestedTypes = ['instalment', 'payslip', 'budget-line'] as const;

const allocation = component('Allocation', 'What an amount of a statement line was for, as a person decided', {
  id: id('The allocation, by which it is undone'),
  amount: amount('Signed as the line is: money out is negative'),
  targetType: choice(targetTypes, 'What it was for'),
  targetId: nullable(id('The instalment, the payslip or the budget line; null for the others')),
  budgetId: id('The budget'),
  stream: choice(ledgerStreams, 'Whose money it is'),
  budgetLineId: nullable(id('The budget line that it was spent on')),
  budgetLineName: nullable(Type.String({ description: 'What the budget line is called' })),
  outcomeId: nullable(id('The outcome of the plan that it serves')),
  reasons: Type.String({ description: 'Why, as the person wrote it or as the suggestion gave it' }),
  acceptedAt: instant('When it was decided'),
  acceptedBy: nullable(Type.String({ description: 'The name of who decided; null where you may not see it' })),
});

const suggestion = component('MatchSuggestion', 'What a statement line may have been for', {
  id: id('The suggestion, by which it is accepted or rejected'),
  targetType: choice(suggestedTypes, 'What it may have been for'),
  targetId: id('The instalment, the payslip or the budget line'),
  budgetId: id('The budget'),
  budgetLineName: nullable(Type.String({ description: 'What the budget line is called, where it is one' })),
  score: Type.Integer({
    minimum: 0,
    maximum: 100,
    description: 'For ordering; the reasons are what a person decides by',
  }),
  reasons: Type.Array(Type.String({ description: 'A reason' }), { description: 'What speaks for it' }),
});

export const statementLine = component('StatementLine', 'A line of a bank statement, and what is known of it', {
  id: id('The line'),
  designatedAccountId: id('The account'),
  budgetId: nullable(id('The budget; null in a shared account until a person says whose it is')),
  importId: id('The statement that it came in'),
  kind: choice(['LINE', 'OPENING_BALANCE'], 'A line of the statement, or what was in the account before the first'),
  date: date('The day on which the bank booked it'),
  amount: amount('Money out is negative'),
  remaining: amount('The part that is not allocated yet'),
  description: Type.String({ description: 'As the bank wrote it', example: 'CARD PAYMENT SWIM CLUB' }),
  bankId: nullable(Type.String({ description: 'The number that the bank gave it' })),
  balance: nullable(amount('The balance after it, where the statement has one')),
  originalAmount: nullable(Type.String({ description: 'Of a payment abroad: the amount in its own currency' })),
  originalCurrency: nullable(Type.String({ description: 'Of a payment abroad: the currency', example: 'EUR' })),
  journalId: id('The journal that posted it'),
  state: choice(lineStates, 'Nothing allocated, part of it, or all of it'),
  verdict: nullable(choice(verdicts, 'The strictest of its findings; null until it is assessed')),
  findings: Type.Array(finding, { description: 'What the spending rules say, the strictest first' }),
  receipts: Type.Array(
    Type.Object(
      {
        id: id('The receipt'),
        fileName: Type.String({ description: 'What the file was called' }),
        supplier: nullable(Type.String({ description: 'Who was paid, where somebody said so' })),
      },
      { description: 'A receipt that is linked to it' },
    ),
    { description: 'In the order in which they came' },
  ),
  allocations: Type.Array(allocation, {
    description: 'What it was for, in the order of the decisions; those undone are left out',
  }),
  suggestions: Type.Array(suggestion, {
    description: 'While nothing is allocated: what it may have been for, the likeliest first',
  }),
});
export const statementLines = page(statementLine);

export const allocated = component('Allocated', 'The allocations that were made', {
  allocations: Type.Array(
    Type.Object(
      {
        id: id('The allocation'),
        suggestionId: Type.Optional(
          id('The suggestion that was accepted; left out where a line was allocated manually'),
        ),
      },
      { description: 'An allocation' },
    ),
    { description: 'One for each suggestion or part, in the order in which they were sent' },
  ),
});

export const undone = component('AllocationUndone', 'An allocation that was undone', {
  id: id('The allocation'),
  journalId: id('The journal that reverses it'),
});
