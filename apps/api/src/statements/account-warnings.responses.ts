import { accountWarningCodes, questionSettlements } from '@ringfence/statements';
import { amount, answer, date, group, id, instant, list, oneOf, orNull, page, text, whole } from '../http/shapes.js';

const code = oneOf(accountWarningCodes, 'What kind of question it is');
const name = text('The kind in words', 'Wages paid in');
const question = text('What to ask, plainly; nothing follows from it by itself');

export const accountWarning = answer('AccountWarning', 'A question that only a separate account can raise', {
  id: id('The question'),
  code,
  name,
  question,
  source: text('Document and section'),
  evidence: group('The line that raised it', {
    statementLineId: id('The line'),
    importId: id('The import that brought it'),
    date: date('Its day'),
    amount: amount('Signed as the account sees it'),
    balance: orNull(amount('The balance after it, where the file states one')),
    description: text('The bank’s words'),
    seen: text('The words, the code or the balance that gave rise to the question'),
  }),
  foundAt: instant('When the statement was read'),
  settledBy: orNull(
    oneOf(
      questionSettlements,
      'An officer’s answer, a spending rule that asks the same of the line, or what the line turned out to be; null while it is open',
    ),
  ),
  answer: orNull(
    group('What an officer found out', {
      by: id('Who answered'),
      at: instant('When'),
      reasons: text('In words that the family would understand'),
    }),
  ),
});
export const accountWarnings = page(accountWarning);

export const accountWarningAnswered = answer('AccountWarningAnswered', 'A question that was answered', {
  id: id('The question'),
  answered: whole('How many were answered, with those alike', { minimum: 1 }),
});

/** Part of an import. */
export const warningsFound = list(
  group('A kind of question', {
    code,
    name,
    question,
    lines: whole('How many lines raise it', { minimum: 1 }),
    examples: list(
      group('A line', {
        position: whole('Its place in the preview'),
        date: date('Its day'),
        amount: amount('Signed as the account sees it'),
        description: text('The bank’s words'),
        seen: text('What gave rise to it'),
      }),
      'The first three',
    ),
  }),
  'What the new lines would raise; once they are in the books, what is still open',
);
