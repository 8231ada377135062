import { continuityFindingKinds, monthStates } from '@ringfence/statements';
import { Type } from 'typebox';
import { amount, choice, component, date, id, instant, month, nullable } from '../http/schemas.js';

export const continuityFinding = component(
  'ContinuityFinding',
  'Something that the balances of an account’s statements tell about how they follow from one another',
  {
    kind: choice(
      continuityFindingKinds,
      'gap: days are missing and the balances differ; break: balances disagree where no days are missing; overlap: two files hold the same days; unproven: a file states no balances',
    ),
    from: date('The last day before it; the first day that is shared, where files overlap'),
    to: date('The first day after it; the last day that is shared, where files overlap'),
    importIds: Type.Array(id('An import'), { description: 'The file, or the earlier and the later one' }),
    words: Type.String({ description: 'What was found, where, and the figures, in one sentence' }),
    accepted: nullable(
      Type.Object(
        {
          by: id('The officer'),
          at: instant('When'),
          reason: Type.String({ description: 'Why, in words that the family would understand' }),
        },
        { description: 'That an officer accepted it; null where nobody did' },
      ),
    ),
  },
);

export const statementMonths = component('StatementMonths', 'Which months of an account its statements hold', {
  designatedAccountId: id('The account'),
  asked: Type.Boolean({
    description: 'Whether its statements are asked for: not those of a card that the authority sees itself',
  }),
  months: Type.Array(
    Type.Object(
      {
        month: month('Which one'),
        state: choice(
          monthStates,
          'received: all its days, or proven to have been quiet; part-received: some; missing: none; break: balances disagree in it and nobody has accepted that',
        ),
        ended: Type.Boolean({ description: 'False for the month that is still running' }),
        firstDay: nullable(date('Of its lines; null where it has none')),
        lastDay: nullable(date('Of its lines; null where it has none')),
        lines: Type.Integer({ minimum: 0, description: 'Posted lines, each counted once' }),
        openingBalance: nullable(amount('Before its first line, where the files tell')),
        closingBalance: nullable(amount('After its last line, where the files tell')),
        importIds: Type.Array(id('An import'), { description: 'The files that have a day of it' }),
      },
      { description: 'A month' },
    ),
    { description: 'Oldest first, to the last that has ended, or the running one once a file has a day of it' },
  ),
  imports: Type.Array(
    Type.Object(
      {
        id: id('The import'),
        fileName: Type.String({ description: 'As it was sent' }),
        firstDate: date('Of its lines'),
        lastDate: date('Of its lines'),
      },
      { description: 'A posted file' },
    ),
    { description: 'By their days' },
  ),
  findings: Type.Array(continuityFinding, { description: 'By their days' }),
});

export const statementReversed = component('StatementReversed', 'A statement that was taken out of the books', {
  id: id('The import'),
  reversed: Type.Integer({ minimum: 0, description: 'Lines that left the account' }),
});

export const breakAccepted = component('BreakAccepted', 'The balance breaks of a statement that were accepted', {
  id: id('The acceptance'),
  importId: id('The import'),
  breaks: Type.Array(Type.String({ description: 'A break' }), {
    description: 'What was accepted, in the words in which it was shown',
  }),
});
