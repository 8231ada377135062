import { importStates, progressSteps } from '@ringfence/statements';
import { Type } from 'typebox';
import { amount, choice, component, date, id, instant, nullable, page } from '../http/schemas.js';
import { warningsFound } from './account-warnings.responses.js';
import { continuityFinding } from './statement-months.responses.js';

const faultFields = {
  code: Type.String({ description: 'What kind of fault it is, for programs; further kinds may come' }),
  message: Type.String({ description: 'One sentence: what was found, where, and what to do' }),
  line: nullable(
    Type.Integer({ minimum: 1, description: 'The line of the file, from 1; null where it is about the whole file' }),
  ),
};

const importFields = {
  id: id('The import'),
  designatedAccountId: id('The account that it is for'),
  state: choice(importStates, 'Received, read and ready to look at, refused, being posted, posted, or reversed'),
  fileName: Type.String({ description: 'What the file was called', example: 'may.csv' }),
  fileHash: Type.String({ description: 'The SHA-256 of the file, in hexadecimal' }),
  format: nullable(Type.String({ description: 'What the file is; null until it is read', example: 'csv' })),
  profile: nullable(Type.String({ description: 'The layout that read it', example: 'hsbc' })),
  profileVersion: nullable(
    Type.Integer({ minimum: 1, description: 'Of a layout that the authority added; null where a bank’s read it' }),
  ),
  parserVersion: nullable(Type.String({ description: 'The version of the reader; null until it is read' })),
  needsConfirmation: Type.Boolean({
    description: 'Whether a person must compare the lines with the file first, as with a scan',
  }),
  firstDate: nullable(date('Of its lines')),
  lastDate: nullable(date('Of its lines')),
  openingBalance: nullable(amount('Before its first line, where the file tells')),
  closingBalance: nullable(amount('After its last line, where the file tells')),
  warnings: Type.Array(Type.Object(faultFields, { description: 'What is odd, and stops nothing' }), {
    description: 'In the order of the file',
  }),
  refusal: nullable(
    Type.Object({ ...faultFields, code: nullable(faultFields.code) }, { description: 'Why the file cannot be taken' }),
  ),
  receivedAt: instant('When it came'),
  progress: nullable(
    Type.Object(
      {
        step: choice(progressSteps, 'Reading the file, comparing it with the books, or posting'),
        done: Type.Integer({ minimum: 0, description: 'How much is done, in lines' }),
        of: nullable(Type.Integer({ minimum: 0, description: 'Of how much; null where that is not known yet' })),
      },
      { description: 'How far a job has come; null where none is at work' },
    ),
  ),
  commitRefusal: nullable(
    Type.String({ description: 'Why the last commit that a job did was refused; null where none was' }),
  ),
  committedAt: nullable(instant('When its lines were posted')),
  reversed: nullable(
    Type.Object(
      {
        by: nullable(id('Who did it')),
        at: instant('When'),
        reason: nullable(Type.String({ description: 'Why, in words that the family would understand' })),
      },
      { description: 'That it was taken out of the books' },
    ),
  ),
};

export const statementImport = component('StatementImport', 'A statement on its way to the ledger', importFields);
export const statementImports = page(statementImport);

export const statementImportDetail = component('StatementImportDetail', 'A statement with what its preview shows', {
  ...importFields,
  counts: Type.Object(
    {
      new: Type.Integer({ minimum: 0, description: 'Lines that the books do not have' }),
      alreadyHeld: Type.Integer({ minimum: 0, description: 'Lines that the books have' }),
      possibleDuplicates: Type.Integer({ minimum: 0, description: 'Lines of which a person must say' }),
      notPosted: Type.Integer({ minimum: 0, description: 'Rows that the bank has not posted or has undone' }),
    },
    { description: 'How many lines of the preview are what' },
  ),
  breaks: Type.Array(continuityFinding, {
    description: 'Where its balances do not follow from its lines, or not from those of its neighbours',
  }),
  accountWarnings: warningsFound,
});

export const statementReceived = component('StatementReceived', 'A statement that waits to be read', {
  id: id('The import: ask for it until it is PARSED or REFUSED'),
});

export const previewLine = component('PreviewLine', 'A line of a statement before it is posted', {
  position: Type.Integer({ minimum: 0, description: 'Its place in the statement, from 0' }),
  verdict: choice(
    ['NEW', 'HELD', 'POSSIBLE_DUPLICATE', 'NOT_POSTED'],
    'Not posted, posted, for a person to say, or not posted by the bank',
  ),
  heldLineId: nullable(id('The line of the books that it is, or may be')),
  why: nullable(Type.String({ description: 'Why it is not simply new' })),
  date: date('The day on which the bank booked it'),
  amount: amount('Money out is negative'),
  description: Type.String({ description: 'As the bank wrote it', example: 'CARD PAYMENT SWIM CLUB' }),
  bankId: nullable(Type.String({ description: 'The number that the bank gave it' })),
  balance: nullable(amount('The balance after it, where the file tells')),
  line: Type.Integer({ minimum: 1, description: 'Where it begins in the file, or on the page' }),
  page: nullable(Type.Integer({ minimum: 1, description: 'The page of a PDF' })),
  within: nullable(Type.String({ description: 'The file in an archive of files' })),
});
export const previewLines = page(previewLine);

export const commitUnderWay = component(
  'StatementCommitUnderWay',
  'A job posts the lines; the import tells how that goes',
  {
    id: id('The import, whose address is in the Location header'),
    state: choice(['COMMITTING'], 'Ask for the import until it is COMMITTED, or PARSED again with a commitRefusal'),
  },
);

export const statementCommitted = component('StatementCommitted', 'What was posted of a statement', {
  id: id('The import'),
  posted: Type.Integer({ minimum: 0, description: 'Lines that were posted' }),
  alreadyHeld: Type.Integer({ minimum: 0, description: 'Lines that the books had' }),
  leftOut: Type.Integer({
    minimum: 0,
    description: 'Possible duplicates that nobody accepted: they stay out of the books',
  }),
});
