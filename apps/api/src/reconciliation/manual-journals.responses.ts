import { manualJournalAccounts } from '@ringfence/reconciliation';
import { Type } from 'typebox';
import { amount, choice, component, date, id, instant, nullable, page } from '../http/schemas.js';
import { finding, verdicts } from '../spending-rules/findings.responses.js';
import { manualJournalStreams } from './manual-journals.dto.js';

const assessed = {
  verdict: nullable(choice(verdicts, 'What the spending rules say; null where it spends nothing or was reversed')),
  findings: Type.Array(finding, { description: 'What was found, the strictest first of each entry' }),
};

export const journalPosted = component('ManualJournalPosted', 'A manual journal that was posted', {
  id: id('The journal'),
  ...assessed,
});

export const journalReversed = component('ManualJournalReversed', 'The journal that takes another back', {
  id: id('The reversing journal'),
  reverses: id('The journal that it reverses'),
});

export const manualJournals = page(
  component('ManualJournal', 'A manual journal of a finance officer', {
    id: id('The journal'),
    budgetId: id('The budget'),
    designatedAccountId: id('The account whose book it stands in'),
    sequence: Type.Integer({ minimum: 1, description: 'Its number in the book' }),
    effectiveDate: date('The accounting date'),
    description: Type.String({ description: 'What it is' }),
    reason: Type.String({ description: 'Why it was posted manually' }),
    payeeId: nullable(id('Who was paid, where the officer said so')),
    statementLineId: nullable(id('The bank line that it corrects')),
    postedBy: nullable(Type.String({ description: 'The name of who posted it; null where you may not see it' })),
    postedAt: instant('When it was posted'),
    reversedBy: nullable(id('The journal that reverses it')),
    entries: Type.Array(
      Type.Object(
        {
          account: choice(manualJournalAccounts, 'The account'),
          stream: choice(manualJournalStreams, 'Whose money'),
          amount: amount('A debit is above zero'),
          serviceDate: nullable(date('The day of the service')),
          budgetLineId: nullable(id('What it was spent on')),
          outcomeId: nullable(id('The outcome that it serves')),
        },
        { description: 'An entry' },
      ),
      { description: 'In their order' },
    ),
    ...assessed,
  }),
);
