import { Type } from 'typebox';
import { amount, anyFields, choice, component, date, id, instant, nullable, page } from '../http/schemas.js';

export const statementProfile = component('StatementProfile', 'One version of a layout that the authority added', {
  id: id('This version'),
  name: Type.String({ description: 'What `profile` and an import name it by', example: 'council-card' }),
  version: Type.Integer({ minimum: 1, description: 'From 1; the highest is the one that reads' }),
  replaced: Type.Boolean({ description: 'Whether a later version has taken its place' }),
  retiredOn: nullable(date('The first day on which it reads no more; null while it does')),
  reasons: Type.String({ description: 'Why it was added' }),
  addedBy: id('Who added it'),
  addedAt: instant('When'),
  profile: anyFields('The layout as JSON'),
});
export const statementProfiles = page(statementProfile);

export const statementProfileAdded = component('StatementProfileAdded', 'A layout that reads from now on', {
  id: id('This version'),
  name: Type.String({ description: 'Its name', example: 'council-card' }),
  version: Type.Integer({ minimum: 1, description: '1 for a new layout, else one more than before' }),
});

export const statementProfileRetired = component('StatementProfileRetired', 'A layout that will read no more', {
  id: id('The version'),
  retiredOn: date('The first day on which it reads no more'),
});

const trialLine = Type.Object(
  {
    line: Type.Integer({ description: 'Where it stands in the file, from 1' }),
    date: date('Its day'),
    amount: amount('Signed as the account sees it: money out is negative'),
    balance: nullable(amount('The balance after it')),
    description: Type.String({ description: 'The words' }),
    bankId: nullable(Type.String({ description: 'The card’s or the bank’s own id' })),
    kind: nullable(Type.String({ description: 'The type of transaction' })),
    mcc: nullable(Type.String({ description: 'The merchant category code', example: '5912' })),
    status: choice(['posted', 'pending', 'reverted'], 'Only what is posted becomes a line'),
  },
  { description: 'A row of the file' },
);
const fault = {
  code: Type.String({ description: 'What was found' }),
  message: Type.String({ description: 'In a sentence' }),
  line: nullable(Type.Integer({ description: 'Where in the file, from 1' })),
};

export const statementProfileTrial = component('StatementProfileTrial', 'What a sample would be read as', {
  read: Type.Boolean({ description: 'Whether the layout reads the file' }),
  refusal: nullable(Type.Object(fault, { description: 'Why it does not' })),
  statements: Type.Array(
    Type.Object(
      {
        account: nullable(Type.String({ description: 'As the file names it' })),
        currency: nullable(Type.String({ description: 'ISO 4217', example: 'GBP' })),
        openingBalance: nullable(amount('Stated, or worked out from the balances')),
        closingBalance: nullable(amount('Stated, or worked out from the balances')),
        lineCount: Type.Integer({ description: 'How many lines would be posted' }),
        lines: Type.Array(trialLine, { description: 'The first twenty, oldest first' }),
        notPosted: Type.Array(trialLine, {
          description: 'The first twenty that are pending or were undone by the bank',
        }),
        warnings: Type.Array(Type.Object(fault, { description: 'What a person should look at' }), {
          description: 'In the order of the file',
        }),
      },
      { description: 'One account in one currency' },
    ),
    { description: 'Empty where the file was refused' },
  ),
});
