import { type ResponseOf } from '../http/schemas.js';
import type {
  previewLine,
  statementCommitted,
  statementImport,
  statementImportDetail,
  statementReceived,
} from './statement-imports.responses.js';

/** A month's statement of two lines, from the upload to the ledger. Everybody in it is invented. */
export const received: ResponseOf<typeof statementReceived> = { id: '01976e3a-5c00-7a10-8f01-3b1d5a7c0004' };

export const listed: ResponseOf<typeof statementImport> = {
  ...received,
  designatedAccountId: '01976e3a-5c00-7a10-8f01-3b1d5a7c0002',
  state: 'PARSED',
  fileName: 'may.csv',
  fileHash: '5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef',
  format: 'csv',
  profile: 'hsbc',
  profileVersion: null,
  parserVersion: '1',
  needsConfirmation: false,
  firstDate: '2026-05-05',
  lastDate: '2026-05-06',
  openingBalance: '480.00',
  closingBalance: '364.00',
  warnings: [],
  refusal: null,
  receivedAt: '2026-06-01T18:20:00.000Z',
  progress: null,
  commitRefusal: null,
  committedAt: null,
  reversed: null,
};

export const shown: ResponseOf<typeof statementImportDetail> = {
  ...listed,
  counts: { new: 2, alreadyHeld: 0, possibleDuplicates: 0, notPosted: 0 },
  breaks: [],
  accountWarnings: [],
};

export const previewed: ResponseOf<typeof previewLine> = {
  position: 0,
  verdict: 'NEW',
  heldLineId: null,
  why: null,
  date: '2026-05-05',
  amount: '-20.00',
  description: 'CARD PAYMENT SWIM CLUB',
  bankId: null,
  balance: '460.00',
  line: 2,
  page: null,
  within: null,
};

export const committed: ResponseOf<typeof statementCommitted> = { ...received, posted: 2, alreadyHeld: 0, leftOut: 0 };
