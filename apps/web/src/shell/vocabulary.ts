import { seesWholeAuthority, type Principal } from '@ringfence/identity';

/** Who reads a page: finance officers have the words of finance, families plain ones. */
export type Audience = 'officer' | 'family';

export function audienceOf(principal: Principal): Audience {
  return seesWholeAuthority(principal) ? 'officer' : 'family';
}

/** The words that a principal reads. */
export function termsOf(principal: Principal): Vocabulary {
  return vocabulary[audienceOf(principal)];
}

/** The words that differ by audience. Whatever is called the same for everybody stands where it is used. */
export interface Vocabulary {
  readonly fundingStream: string;
  readonly remaining: string;
  readonly underQuery: string;
  readonly unallocated: string;
  readonly partAllocated: string;
  readonly allocated: string;
  readonly query: string;
  readonly withQuery: string;
  /** A payment that a rule excludes and of which nobody has decided yet. */
  readonly excludedByRule: string;
  readonly withExcluded: string;
  readonly instalment: string;
  readonly paymentSchedule: string;
  readonly budgetLines: string;
  readonly transactions: string;
  readonly olderTransactions: string;
  readonly accountQueries: string;
  readonly exportLedger: string;
  readonly nothingAllocated: string;
  readonly possibleDuplicates: string;
  readonly possibleDuplicate: readonly [one: string, many: string];
  readonly willBePosted: string;
  readonly postedBefore: string;
  readonly post: string;
  readonly posting: string;
  readonly postingTitle: string;
  readonly postedTitle: string;
  readonly posted: string;
  readonly postedLater: string;
  readonly notPosted: string;
  readonly reverse: string;
  readonly reversed: string;
  readonly reversedTitle: string;
  readonly received: string;
  readonly receivedToDate: string;
  readonly partReceived: string;
  readonly balanceBreak: string;
  readonly balanceBreaks: string;
  readonly statementsReceived: string;
  readonly monthsReceived: string;
}

export const vocabulary: Readonly<Record<Audience, Vocabulary>> = {
  officer: {
    fundingStream: 'Funding stream',
    remaining: 'Remaining',
    underQuery: 'Under query',
    unallocated: 'Unallocated',
    partAllocated: 'Part-allocated',
    allocated: 'Allocated',
    query: 'Query',
    withQuery: 'Under query',
    excludedByRule: 'Excluded by rule, decision needed',
    withExcluded: 'Excluded by rule, decision needed',
    instalment: 'instalment',
    paymentSchedule: 'Payment schedule',
    budgetLines: 'Budget lines',
    transactions: 'Transactions',
    olderTransactions: 'Older transactions',
    accountQueries: 'Account queries',
    exportLedger: 'Export ledger (CSV)',
    nothingAllocated: 'Nothing is allocated yet.',
    possibleDuplicates: 'Possible duplicates',
    possibleDuplicate: ['possible duplicate', 'possible duplicates'],
    willBePosted: 'These will be posted.',
    postedBefore: 'These came with an earlier statement and will not be posted again.',
    post: 'Post the statement',
    posting: 'Posting',
    postingTitle: 'The statement is being posted',
    postedTitle: 'The statement is posted',
    posted: 'The statement is posted',
    postedLater: 'The statement is long: its lines are being posted now.',
    notPosted: 'The statement was not posted',
    reverse: 'Reverse this import',
    reversed: 'This import was reversed',
    reversedTitle: 'The import was reversed',
    received: 'Received',
    receivedToDate: 'Received to date',
    partReceived: 'Part-received',
    balanceBreak: 'Balance break',
    balanceBreaks: 'Balance breaks',
    statementsReceived: 'Statements are received',
    monthsReceived: 'See which months are received',
  },
  family: {
    fundingStream: 'Pot',
    remaining: 'Left',
    underQuery: 'We are checking',
    unallocated: 'We are sorting this',
    partAllocated: 'Partly sorted',
    allocated: 'Sorted',
    query: 'Question',
    withQuery: 'With a question',
    excludedByRule: 'We have a question about this',
    withExcluded: 'With a question about the rules',
    instalment: 'payment from the council',
    paymentSchedule: 'Payments to you',
    budgetLines: 'What was agreed',
    transactions: 'Payments',
    olderTransactions: 'Older payments',
    accountQueries: 'Questions about the account',
    exportLedger: 'Download your payments',
    nothingAllocated: 'We have not sorted any money in the account yet.',
    possibleDuplicates: 'These may be there already',
    possibleDuplicate: ['payment that may be there already', 'payments that may be there already'],
    willBePosted: 'These will be added.',
    postedBefore: 'These came with an earlier statement and will not be added again.',
    post: 'Add these payments',
    posting: 'Adding these payments',
    postingTitle: 'We are adding these payments',
    postedTitle: 'Your payments are added',
    posted: 'Your payments are added',
    postedLater: 'The statement is long: its payments are being added now.',
    notPosted: 'These payments were not added',
    reverse: 'Remove this statement',
    reversed: 'This statement was removed',
    reversedTitle: 'This statement was removed',
    received: 'We have it',
    receivedToDate: 'So far',
    partReceived: 'Some days missing',
    balanceBreak: 'Does not match the last statement',
    balanceBreaks: 'Does not match the last statement',
    statementsReceived: 'We have statements',
    monthsReceived: 'See which months we have',
  },
};
