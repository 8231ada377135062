import { accountWarningCodes, questionSettlements } from '@ringfence/statements';
import { Type } from 'typebox';
import { amount, choice, component, date, id, instant, nullable, page } from '../http/schemas.js';

const code = choice(accountWarningCodes, 'What kind of question it is');
const name = Type.String({ description: 'The kind in words', example: 'Wages paid in' });
const question = Type.String({ description: 'What to ask, plainly; nothing follows from it by itself' });

export const accountWarning = component('AccountWarning', 'A question that only a separate account can raise', {
  id: id('The question'),
  code,
  name,
  question,
  source: Type.String({ description: 'Document and section' }),
  evidence: Type.Object(
    {
      statementLineId: id('The line'),
      importId: id('The import that brought it'),
      date: date('Its day'),
      amount: amount('Signed as the account sees it'),
      balance: nullable(amount('The balance after it, where the file states one')),
      description: Type.String({ description: 'The bank’s words' }),
      seen: Type.String({ description: 'The words, the code or the balance that gave rise to the question' }),
    },
    { description: 'The line that raised it' },
  ),
  foundAt: instant('When the statement was read'),
  settledBy: nullable(
    choice(
      questionSettlements,
      'An officer’s answer, a spending rule that asks the same of the line, or what the line turned out to be; null while it is open',
    ),
  ),
  answer: nullable(
    Type.Object(
      {
        by: id('Who answered'),
        at: instant('When'),
        reasons: Type.String({ description: 'In words that the family would understand' }),
      },
      { description: 'What an officer found out' },
    ),
  ),
});
export const accountWarnings = page(accountWarning);

export const accountWarningAnswered = component('AccountWarningAnswered', 'A question that was answered', {
  id: id('The question'),
  answered: Type.Integer({ minimum: 1, description: 'How many were answered, with those alike' }),
});

/** Part of an import. */
export const warningsFound = Type.Array(
  Type.Object(
    {
      code,
      name,
      question,
      lines: Type.Integer({ minimum: 1, description: 'How many lines raise it' }),
      examples: Type.Array(
        Type.Object(
          {
            position: Type.Integer({ description: 'Its place in the preview' }),
            date: date('Its day'),
            amount: amount('Signed as the account sees it'),
            description: Type.String({ description: 'The bank’s words' }),
            seen: Type.String({ description: 'What gave rise to it' }),
          },
          { description: 'A line' },
        ),
        { description: 'The first three' },
      ),
    },
    { description: 'A kind of question' },
  ),
  { description: 'What the new lines would raise; once they are posted, what is still open' },
);
