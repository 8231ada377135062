import { continuityFindingKinds, monthStates } from '@ringfence/statements';
import {
  amount,
  answer,
  date,
  group,
  id,
  instant,
  list,
  month,
  oneOf,
  orNull,
  text,
  whole,
  yesNo,
} from '../http/shapes.js';

export const continuityFinding = answer(
  'ContinuityFinding',
  'Something that the balances of an account’s statements tell about how they follow from one another',
  {
    kind: oneOf(
      continuityFindingKinds,
      'gap: days are missing and the balances differ; break: balances disagree where no days are missing; overlap: two files hold the same days; unproven: a file states no balances',
    ),
    from: date('The last day before it; the first day that is shared, where files overlap'),
    to: date('The first day after it; the last day that is shared, where files overlap'),
    importIds: list(id('An import'), 'The file, or the earlier and the later one'),
    words: text('What was found, where, and the figures, in one sentence'),
    accepted: orNull(
      group('That an officer accepted it; null where nobody did', {
        by: id('The officer'),
        at: instant('When'),
        reason: text('Why, in words that the family would understand'),
      }),
    ),
  },
);

export const statementMonths = answer('StatementMonths', 'Which months of an account its statements hold', {
  designatedAccountId: id('The account'),
  asked: yesNo('Whether its statements are asked for: not those of a card that the authority sees itself'),
  months: list(
    group('A month', {
      month: month('Which one'),
      state: oneOf(
        monthStates,
        'received: all its days, or proven to have been quiet; part-received: some; missing: none; break: balances disagree in it and nobody has accepted that',
      ),
      ended: yesNo('False for the month that is still running'),
      firstDay: orNull(date('Of its lines; null where it has none')),
      lastDay: orNull(date('Of its lines; null where it has none')),
      lines: whole('Lines in the books, each counted once', { minimum: 0 }),
      openingBalance: orNull(amount('Before its first line, where the files tell')),
      closingBalance: orNull(amount('After its last line, where the files tell')),
      importIds: list(id('An import'), 'The files that have a day of it'),
    }),
    'Oldest first, to the last that has ended, or the running one once a file has a day of it',
  ),
  imports: list(
    group('A file in the books', {
      id: id('The import'),
      fileName: text('As it was sent'),
      firstDate: date('Of its lines'),
      lastDate: date('Of its lines'),
    }),
    'By their days',
  ),
  findings: list(continuityFinding, 'By their days'),
});

export const statementReversed = answer('StatementReversed', 'A statement that was taken out of the books', {
  id: id('The import'),
  reversed: whole('Lines that left the account', { minimum: 0 }),
});

export const breakAccepted = answer('BreakAccepted', 'The balance breaks of a statement that were accepted', {
  id: id('The acceptance'),
  importId: id('The import'),
  breaks: list(text('A break'), 'What was accepted, in the words in which it was shown'),
});
