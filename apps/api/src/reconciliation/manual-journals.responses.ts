import { manualJournalAccounts } from '@ringfence/reconciliation';
import { amount, answer, date, group, id, instant, list, oneOf, orNull, page, text, whole } from '../http/shapes.js';
import { finding, verdicts } from '../spending-rules/findings.responses.js';
import { manualJournalStreams } from './manual-journals.dto.js';

const judged = {
  verdict: orNull(oneOf(verdicts, 'What the spending rules say; null where it spends nothing or was reversed')),
  findings: list(finding, 'What was found, the strictest first of each entry'),
};

export const journalPosted = answer('ManualJournalPosted', 'A manual journal that was posted', {
  id: id('The journal'),
  ...judged,
});

export const journalReversed = answer('ManualJournalReversed', 'The journal that takes another back', {
  id: id('The reversing journal'),
  reverses: id('The journal that it takes back'),
});

export const manualJournals = page(
  answer('ManualJournal', 'A manual journal of a finance officer', {
    id: id('The journal'),
    budgetId: id('The budget'),
    designatedAccountId: id('The account whose book it stands in'),
    sequence: whole('Its number in the book', { minimum: 1 }),
    effectiveDate: date('The accounting date'),
    description: text('What it is'),
    reason: text('Why it was posted manually'),
    payeeId: orNull(id('Who was paid, where the officer said so')),
    statementLineId: orNull(id('The bank line that it corrects')),
    postedBy: orNull(text('The name of who posted it; null where you may not see it')),
    postedAt: instant('When it was posted'),
    reversedBy: orNull(id('The journal that takes it back')),
    entries: list(
      group('An entry', {
        account: oneOf(manualJournalAccounts, 'The account'),
        stream: oneOf(manualJournalStreams, 'Whose money'),
        amount: amount('A debit is above zero'),
        serviceDate: orNull(date('The day of the service')),
        budgetLineId: orNull(id('What it was spent on')),
        outcomeId: orNull(id('The outcome that it serves')),
      }),
      'In their order',
    ),
    ...judged,
  }),
);
