import { fundingStreams } from '@ringfence/kernel';
import { accountCodes, journalKinds } from '@ringfence/ledger';
import { Type } from 'typebox';
import { amount, choice, component, date, id, instant, nullable } from '../http/schemas.js';

/** In the ledger money may also be the family's own, or not yet allocated. */
export const ledgerStreams = [...fundingStreams, 'FAMILY', 'UNALLOCATED'] as const;

const stream = choice(ledgerStreams, 'Whose money it is');
const account = choice(accountCodes, 'The account of the ledger');

export const streamBalances = component('StreamBalances', 'What each stream of a budget holds at the end of a day', {
  items: Type.Array(
    Type.Object(
      {
        stream,
        received: amount('What the payer has paid'),
        dueFromPayer: amount('What fell due and has not come'),
        spent: amount('On agreed provision, wages that are accrued included'),
        unevidenced: amount('Spent, with no acceptable document yet'),
        recoverable: amount('What a named debtor must pay back'),
        left: amount('What is left'),
        bank: amount('What is in the designated account'),
        owed: amount('Wages, tax, pensions, fees and invoices owed and not yet paid'),
        accrued: amount('Accrued for holiday and redundancy'),
        familyMoney: amount('The family’s own money in the account'),
        suspense: amount('Unallocated bank lines; money out counts positive'),
      },
      { description: 'One stream: received is spent, unevidenced, recoverable and left together' },
    ),
    { description: 'Streams that were never touched are left out' },
  ),
});

export const statementOfAccount = component('StatementOfAccount', 'The ledger accounts of a budget between two days', {
  items: Type.Array(
    Type.Object(
      {
        bookId: id('The book'),
        account,
        budgetId: nullable(id('The budget; null for shared money that is not yet allocated')),
        stream,
        opening: amount('The balance before the first day'),
        closing: amount('The balance at the end of the last day'),
        entries: Type.Array(
          Type.Object(
            {
              journalId: id('The journal'),
              sequence: Type.String({
                description: 'Its number in the book, without gaps: a whole number of any length',
                example: '117',
              }),
              kind: choice(journalKinds, 'What the journal records'),
              description: Type.String({ description: 'In the words of the bank or of who posted it' }),
              source: Type.Object(
                {
                  type: Type.String({ description: 'What kind of record', example: 'allocation' }),
                  id: Type.String({ description: 'The id of the record' }),
                },
                { description: 'What it was posted for' },
              ),
              reverses: nullable(id('The journal that it reverses')),
              recordedAt: instant('When it was posted'),
              effectiveDate: date('The day on which it counts'),
              serviceDate: nullable(date('The day of the service')),
              amount: amount('Debits are positive'),
              balance: amount('The balance of the account after it'),
              budgetLineId: nullable(id('The budget line')),
              outcomeId: nullable(id('The outcome of the plan')),
              agreementId: nullable(id('The agreement')),
            },
            { description: 'One entry of a journal' },
          ),
          { description: 'By the day on which they count' },
        ),
      },
      { description: 'An account with its entries; debits are positive' },
    ),
    { description: 'Accounts with no balance and no entry are left out' },
  ),
});

export const trialBalance = component('TrialBalance', 'The trial balance of the authority', {
  items: Type.Array(
    Type.Object(
      {
        account,
        stream,
        opening: amount('Before the month; debits are positive'),
        debit: amount('The debits of the month, or of all time'),
        credit: amount('The credits of the month, or of all time'),
        closing: amount('After the month; debits are positive'),
      },
      { description: 'An account in a stream' },
    ),
    { description: 'By account and stream' },
  ),
});
