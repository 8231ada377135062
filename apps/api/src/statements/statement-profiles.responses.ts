import {
  amount,
  answer,
  date,
  facts,
  group,
  id,
  instant,
  list,
  oneOf,
  orNull,
  page,
  text,
  whole,
  yesNo,
} from '../http/shapes.js';

export const statementProfile = answer('StatementProfile', 'One version of a layout that the authority added', {
  id: id('This version'),
  name: text('What `profile` and an import name it by', 'council-card'),
  version: whole('From 1; the highest is the one that reads', { minimum: 1 }),
  replaced: yesNo('Whether a later version has taken its place'),
  retiredOn: orNull(date('The first day on which it reads no more; null while it does')),
  reasons: text('Why it was added'),
  addedBy: id('Who added it'),
  addedAt: instant('When'),
  profile: facts('The layout as JSON'),
});
export const statementProfiles = page(statementProfile);

export const statementProfileAdded = answer('StatementProfileAdded', 'A layout that reads from now on', {
  id: id('This version'),
  name: text('Its name', 'council-card'),
  version: whole('1 for a new layout, else one more than before', { minimum: 1 }),
});

export const statementProfileRetired = answer('StatementProfileRetired', 'A layout that will read no more', {
  id: id('The version'),
  retiredOn: date('The first day on which it reads no more'),
});

const trialLine = group('A row of the file', {
  line: whole('Where it stands in the file, from 1'),
  date: date('Its day'),
  amount: amount('Signed as the account sees it: money out is negative'),
  balance: orNull(amount('The balance after it')),
  description: text('The words'),
  bankId: orNull(text('The card’s or the bank’s own id')),
  kind: orNull(text('The type of transaction')),
  mcc: orNull(text('The merchant category code', '5912')),
  status: oneOf(['posted', 'pending', 'reverted'], 'Only what is posted becomes a line'),
});
const fault = {
  code: text('What was found'),
  message: text('In a sentence'),
  line: orNull(whole('Where in the file, from 1')),
};

export const statementProfileTrial = answer('StatementProfileTrial', 'What a sample would be read as', {
  read: yesNo('Whether the layout reads the file'),
  refusal: orNull(group('Why it does not', fault)),
  statements: list(
    group('One account in one currency', {
      account: orNull(text('As the file names it')),
      currency: orNull(text('ISO 4217', 'GBP')),
      openingBalance: orNull(amount('Stated, or worked out from the balances')),
      closingBalance: orNull(amount('Stated, or worked out from the balances')),
      lineCount: whole('How many lines would be posted'),
      lines: list(trialLine, 'The first twenty, oldest first'),
      notPosted: list(trialLine, 'The first twenty that are pending or were taken back'),
      warnings: list(group('What a person should look at', fault), 'In the order of the file'),
    }),
    'Empty where the file was refused',
  ),
});
