import { fundingStreams } from '@ringfence/kernel';
import { accountCodes, journalKinds } from '@ringfence/ledger';
import { amount, answer, date, group, id, instant, list, oneOf, orNull, text } from '../http/shapes.js';

/** In the ledger money may also be the family's own, or not yet allocated. */
export const ledgerStreams = [...fundingStreams, 'FAMILY', 'UNALLOCATED'] as const;

const stream = oneOf(ledgerStreams, 'Whose money it is');
const account = oneOf(accountCodes, 'The account of the ledger');

export const streamBalances = answer('StreamBalances', 'What each stream of a budget holds at the end of a day', {
  items: list(
    group('One stream: received is spent, unevidenced, recoverable and left together', {
      stream,
      received: amount('What the payer has paid'),
      dueFromPayer: amount('What fell due and has not come'),
      spent: amount('On agreed provision, wages that are accrued included'),
      unevidenced: amount('Spent, with no acceptable document yet'),
      recoverable: amount('What a named debtor must pay back'),
      left: amount('What is left'),
      bank: amount('What is in the designated account'),
      owed: amount('Wages, tax, pensions, fees and invoices owed and not yet paid'),
      accrued: amount('Set aside for holiday and redundancy'),
      familyMoney: amount('The family’s own money in the account'),
      suspense: amount('Unallocated bank lines; money out counts positive'),
    }),
    'Streams that were never touched are left out',
  ),
});

export const statementOfAccount = answer('StatementOfAccount', 'The ledger accounts of a budget between two days', {
  items: list(
    group('An account with its entries; debits are positive', {
      bookId: id('The book'),
      account,
      budgetId: orNull(id('The budget; null for shared money that is not yet allocated')),
      stream,
      opening: amount('The balance before the first day'),
      closing: amount('The balance at the end of the last day'),
      entries: list(
        group('One entry of a journal', {
          journalId: id('The journal'),
          sequence: text('Its number in the book, without gaps: a whole number of any length', '117'),
          kind: oneOf(journalKinds, 'What the journal records'),
          description: text('In the words of the bank or of who posted it'),
          source: group('What it was posted for', {
            type: text('What kind of record', 'allocation'),
            id: text('The id of the record'),
          }),
          reverses: orNull(id('The journal that it takes back')),
          recordedAt: instant('When it was posted'),
          effectiveDate: date('The day on which it counts'),
          serviceDate: orNull(date('The day of the service')),
          amount: amount('Debits are positive'),
          balance: amount('The balance of the account after it'),
          budgetLineId: orNull(id('The budget line')),
          outcomeId: orNull(id('The outcome of the plan')),
          agreementId: orNull(id('The agreement')),
        }),
        'By the day on which they count',
      ),
    }),
    'Accounts with no balance and no entry are left out',
  ),
});

export const trialBalance = answer('TrialBalance', 'The trial balance of the authority', {
  items: list(
    group('An account in a stream', {
      account,
      stream,
      opening: amount('Before the month; debits are positive'),
      debit: amount('The debits of the month, or of all time'),
      credit: amount('The credits of the month, or of all time'),
      closing: amount('After the month; debits are positive'),
    }),
    'By account and stream',
  ),
});
