import { importStates, progressSteps } from '@ringfence/statements';
import {
  amount,
  answer,
  date,
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
import { warningsFound } from './account-warnings.responses.js';
import { continuityFinding } from './statement-months.responses.js';

const faultFields = {
  code: text('What kind of fault it is, for programs; further kinds may come'),
  message: text('One sentence: what was found, where, and what to do'),
  line: orNull(whole('The line of the file, from 1; null where it is about the whole file', { minimum: 1 })),
};

const importFields = {
  id: id('The import'),
  designatedAccountId: id('The account that it is for'),
  state: oneOf(importStates, 'Received, read and ready to look at, refused, being posted, in the books, or taken out'),
  fileName: text('What the file was called', 'may.csv'),
  fileHash: text('The SHA-256 of the file, in hexadecimal'),
  format: orNull(text('What the file is; null until it is read', 'csv')),
  profile: orNull(text('The layout that read it', 'hsbc')),
  profileVersion: orNull(whole('Of a layout that the authority added; null where a bank’s read it', { minimum: 1 })),
  parserVersion: orNull(text('The version of the reader; null until it is read')),
  needsConfirmation: yesNo('Whether a person must compare the lines with the file first, as with a scan'),
  firstDate: orNull(date('Of its lines')),
  lastDate: orNull(date('Of its lines')),
  openingBalance: orNull(amount('Before its first line, where the file tells')),
  closingBalance: orNull(amount('After its last line, where the file tells')),
  warnings: list(group('What is odd, and stops nothing', faultFields), 'In the order of the file'),
  refusal: orNull(group('Why the file cannot be taken', { ...faultFields, code: orNull(faultFields.code) })),
  receivedAt: instant('When it came'),
  progress: orNull(
    group('How far a job has come; null where none is at work', {
      step: oneOf(progressSteps, 'Reading the file, comparing it with the books, or posting'),
      done: whole('How much is done, in lines', { minimum: 0 }),
      of: orNull(whole('Of how much; null where that is not known yet', { minimum: 0 })),
    }),
  ),
  commitRefusal: orNull(text('Why the last commit that a job did was refused; null where none was')),
  committedAt: orNull(instant('When its lines were posted')),
  reversed: orNull(
    group('That it was taken out of the books', {
      by: orNull(id('Who did it')),
      at: instant('When'),
      reason: orNull(text('Why, in words that the family would understand')),
    }),
  ),
};

export const statementImport = answer('StatementImport', 'A statement on its way into the books', importFields);
export const statementImports = page(statementImport);

export const statementImportDetail = answer('StatementImportDetail', 'A statement with what its preview shows', {
  ...importFields,
  counts: group('How many lines of the preview are what', {
    new: whole('Lines that the books do not have', { minimum: 0 }),
    alreadyHeld: whole('Lines that the books have', { minimum: 0 }),
    possibleDuplicates: whole('Lines of which a person must say', { minimum: 0 }),
    notPosted: whole('Rows that the bank has not posted or has taken back', { minimum: 0 }),
  }),
  breaks: list(
    continuityFinding,
    'Where its balances do not follow from its lines, or not from those of its neighbours',
  ),
  accountWarnings: warningsFound,
});

export const statementReceived = answer('StatementReceived', 'A statement that waits to be read', {
  id: id('The import: ask for it until it is PARSED or REFUSED'),
});

export const previewLine = answer('PreviewLine', 'A line of a statement before it is posted', {
  position: whole('Its place in the statement, from 0', { minimum: 0 }),
  verdict: oneOf(
    ['NEW', 'HELD', 'POSSIBLE_DUPLICATE', 'NOT_POSTED'],
    'Not in the books, in the books, for a person to say, or not posted by the bank',
  ),
  heldLineId: orNull(id('The line of the books that it is, or may be')),
  why: orNull(text('Why it is not simply new')),
  date: date('The day on which the bank booked it'),
  amount: amount('Money out is negative'),
  description: text('As the bank wrote it', 'CARD PAYMENT SWIM CLUB'),
  bankId: orNull(text('The number that the bank gave it')),
  balance: orNull(amount('The balance after it, where the file tells')),
  line: whole('Where it begins in the file, or on the page', { minimum: 1 }),
  page: orNull(whole('The page of a PDF', { minimum: 1 })),
  within: orNull(text('The file in an archive of files')),
});
export const previewLines = page(previewLine);

export const commitUnderWay = answer(
  'StatementCommitUnderWay',
  'A job posts the lines; the import tells how that goes',
  {
    id: id('The import, whose address is in the Location header'),
    state: oneOf(['COMMITTING'], 'Ask for the import until it is COMMITTED, or PARSED again with a commitRefusal'),
  },
);

export const statementCommitted = answer('StatementCommitted', 'What was posted of a statement', {
  id: id('The import'),
  posted: whole('Lines that were posted', { minimum: 0 }),
  alreadyHeld: whole('Lines that the books had', { minimum: 0 }),
  leftOut: whole('Possible duplicates that nobody accepted: they stay out of the books', { minimum: 0 }),
});
