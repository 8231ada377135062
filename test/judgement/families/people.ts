import type { FundingStream } from '@ringfence/kernel';
import type { PayeeFacts, SpendCandidate } from '@ringfence/spending-rules';
import type { Family } from '../labelled.js';

const spring = [{ from: '2026-01-01', to: '2026-06-30' }];
const before = [{ from: '2024-01-01', to: '2026-05-11' }];
const after = [{ from: '2026-05-13', to: null }];
const always = [{ from: '2020-01-01', to: null }];

function pay(payee: PayeeFacts, more: Partial<SpendCandidate> = {}): Partial<SpendCandidate> {
  return { description: `${payee.name.toUpperCase()} WAGES`, payee, evidenceKind: 'payslip', ...more };
}

function each<T>(over: readonly T[], spend: (one: T) => Partial<SpendCandidate>): Partial<SpendCandidate>[] {
  return over.map(spend);
}

const everyStream: readonly FundingStream[] = ['EDU', 'HEALTH', 'SOCIAL_CHILD', 'SOCIAL_ADULT'];
const relatives = [
  ...['brother', 'sister', 'half-brother', 'aunt', 'uncle', 'grandmother', 'grandfather', 'cousin', 'mother', 'father'],
  ...['step-sister', 'great-aunt', 'niece', 'nephew', 'mother-in-law', 'stepfather', 'nan', 'twin'],
];
const name = 'Ben Brown';

const wordFor: Readonly<Record<string, string>> = {
  DENTAL: 'Dental charge',
  VACCINATION: 'Flu jab',
  GP_SERVICE: 'GP letter',
  ALCOHOL: 'Wine',
  GAMBLING: 'Lottery ticket',
  PRESCRIPTION: 'NHS prescription',
};

/** Who is paid: decided by dated facts, never by a surname. */
export const people: readonly Family[] = [
  {
    name: 'family who lives with the child',
    why: 'employing a family member who lives with the child is excluded without an approval',
    expected: 'excluded',
    rule: 'HOUSEHOLD_FAMILY',
    spends: [
      ...each(relatives, (relationship) => pay({ name, relationship, livesWithChild: spring })),
      ...each(everyStream, (stream) => pay({ name, relationship: 'brother', livesWithChild: always }, { stream })),
      pay({ name, relationship: 'sister', livesWithChild: [{ from: '2026-05-12', to: '2026-05-12' }] }),
      pay({ name, relationship: 'sister', livesWithChild: [{ from: '2026-05-12', to: null }] }),
      pay({ name, relationship: 'sister', livesWithChild: [{ from: '2020-01-01', to: '2026-05-12' }] }),
      pay({ name, relationship: 'partner', livesWithChild: always }),
      pay({ name, relationship: 'spouse-of-recipient', livesWithChild: always }),
    ],
  },
  {
    name: 'family who lived with the child on other days',
    why: 'the day of the work decides, and on it they lived elsewhere',
    expected: 'allowed',
    spends: [
      ...each(relatives.slice(0, 8), (relationship) => pay({ name, relationship, livesWithChild: before })),
      ...each(relatives.slice(0, 8), (relationship) => pay({ name, relationship, livesWithChild: after })),
      ...each(everyStream, (stream) => pay({ name, relationship: 'aunt', livesWithChild: [] }, { stream })),
      pay({ name, relationship: 'brother', livesWithChild: [...before, ...after] }),
    ],
  },
  {
    name: 'strangers who share a home or a surname',
    why: 'a live-in worker is no family, and a surname or an address decides nothing',
    expected: 'allowed',
    spends: [
      ...each(['none', 'unrelated', 'personal-assistant', 'live-in-carer', 'lodger'], (relationship) =>
        pay({ name: 'Ola Kent', relationship, livesWithChild: always }),
      ),
      ...each(['Ann Brown', 'Tom Brown', 'J Brown'], (same) => pay({ name: same, relationship: 'none' })),
      pay({ name: 'Pat Lowe', relationship: 'neighbour' }),
      pay({ name: 'Kim Lowe', relationship: 'friend' }, { stream: 'SOCIAL_CHILD' }),
      pay({ name: 'Kim Lowe', relationship: 'friend', livesWithChild: always }, { stream: 'SOCIAL_CHILD' }),
      pay({ name: 'Kim Lowe', relationship: 'friend', livesWithChild: always }, { stream: 'EDU' }),
    ],
  },
  {
    name: 'family with a written approval',
    why: 'an approval for the rule, the payee and the day lifts it',
    expected: 'allowed',
    spends: each(relatives.slice(0, 10), (relationship) =>
      pay(
        { name, relationship, livesWithChild: always },
        { approvals: [{ rule: 'HOUSEHOLD_FAMILY', payee: name, from: '2026-05-01', to: '2026-05-31' }] },
      ),
    ),
  },
  {
    name: 'family with an approval of something else',
    why: 'an approval of other days, another payee or another rule lifts nothing',
    expected: 'excluded',
    rule: 'HOUSEHOLD_FAMILY',
    spends: each(
      [
        { rule: 'HOUSEHOLD_FAMILY', payee: name, from: '2026-05-13', to: '2026-05-31' },
        { rule: 'HOUSEHOLD_FAMILY', payee: name, from: '2026-04-01', to: '2026-05-11' },
        { rule: 'HOUSEHOLD_FAMILY', payee: 'Ben Browne', from: '2026-05-01', to: '2026-05-31' },
        { rule: 'HOUSEHOLD_FAMILY', payee: 'Ann Brown', from: '2026-05-01', to: '2026-05-31' },
        { rule: 'SELF_PAYMENT', payee: name, from: '2026-05-01', to: '2026-05-31' },
        { rule: 'HOUSEHOLD_FRIEND', payee: name, from: '2026-05-01', to: '2026-05-31' },
      ],
      (approval) => pay({ name, relationship: 'brother', livesWithChild: always }, { approvals: [approval] }),
    ),
  },
  {
    name: 'absolute rules with an approval',
    why: 'nobody can approve what is absolute',
    expected: 'excluded',
    spends: each(['DENTAL', 'VACCINATION', 'GP_SERVICE', 'ALCOHOL', 'GAMBLING', 'PRESCRIPTION'], (rule) => ({
      description: 'ACME',
      payee: { name: 'Acme', relationship: 'none' },
      approvals: [{ rule, payee: 'Acme', from: '2026-01-01', to: '2026-12-31' }],
      amountPence: -1000n,
      receipt: [{ description: wordFor[rule]!, amountPence: 1000n }],
    })),
  },
  {
    name: 'friends who live with the child, from health money',
    why: 'the NHS counts a friend of the household as connected; whether somebody is one is for the ICB to say',
    expected: 'query',
    rule: 'HOUSEHOLD_FRIEND',
    spends: each(['friend', 'family-friend', 'friend-of-the-family'], (relationship) =>
      pay({ name: 'Kim Lowe', relationship, livesWithChild: always }, { stream: 'HEALTH' }),
    ),
  },
  {
    name: 'spouses who live elsewhere, from social care money',
    why: 'social care’s rule on spouses holds when they live apart',
    expected: 'query',
    rule: 'SPOUSE_ELSEWHERE',
    spends: ['SOCIAL_CHILD', 'SOCIAL_ADULT'].flatMap((stream) =>
      each(['spouse', 'husband', 'separated-wife', 'civil-partner'], (relationship) =>
        pay({ name: 'Lee Hart', relationship }, { stream: stream as FundingStream }),
      ),
    ),
  },
  {
    name: 'spouses who live elsewhere, from other money',
    why: 'education and health money test the child’s household alone',
    expected: 'allowed',
    spends: each(['EDU', 'HEALTH'] as const, (stream) =>
      pay({ name: 'Lee Hart', relationship: 'separated-husband', livesWithChild: [] }, { stream }),
    ),
  },
  {
    name: 'former spouses',
    why: 'a divorced parent is no household of the recipient, and with half the week there is something to ask',
    expected: 'query',
    rule: 'HOUSEHOLD_FAMILY',
    spends: each(everyStream, (stream) =>
      pay({ name: 'Lee Hart', relationship: 'ex-husband', livesWithChild: always }, { stream }),
    ),
  },
  {
    name: 'former spouses who live elsewhere',
    why: 'they are of neither household',
    expected: 'allowed',
    spends: each(everyStream, (stream) => pay({ name: 'Lee Hart', relationship: 'divorced-husband' }, { stream })),
  },
  {
    name: 'paying oneself',
    why: 'the holder of the account is not paid from it without approval',
    expected: 'excluded',
    rule: 'SELF_PAYMENT',
    spends: [
      ...each(['recipient', 'self', 'account-manager', 'nominee'], (relationship) =>
        pay({ name: 'Rose Hart', relationship }),
      ),
      ...each(everyStream, (stream) => pay({ name: 'Rose Hart', relationship: 'recipient' }, { stream })),
    ],
  },
  {
    name: 'people whose tie is not clear',
    why: 'foster carers and unrecorded ties are asked about, not judged',
    expected: 'query',
    rule: 'HOUSEHOLD_FAMILY',
    spends: [
      pay({ name: 'Sam Ash', relationship: 'foster-carer' }),
      pay({ name: 'Sam Ash', relationship: 'shared-lives-host' }),
      pay({ name: 'Sam Ash', relationship: 'godmother', livesWithChild: always }),
      pay({ name: 'Sam Ash', livesWithChild: always }),
      pay({ name: 'Sam Ash', relationship: 'cousin' }, { description: 'SAM ASH IN THE ANNEXE, WAGES' }),
    ],
  },
  {
    name: 'family in the recipient’s home',
    why: 'social care tests the recipient’s household too',
    expected: 'excluded',
    rule: 'HOUSEHOLD_FAMILY',
    spends: ['SOCIAL_CHILD', 'SOCIAL_ADULT'].flatMap((stream) =>
      each(['brother', 'aunt', 'mother'], (relationship) =>
        pay(
          { name, relationship, livesWithChild: [], livesWithRecipient: always },
          { stream: stream as FundingStream },
        ),
      ),
    ),
  },
  {
    name: 'transfers that only name a person',
    why: 'wages outside payroll or a reimbursement: somebody must say',
    expected: 'query',
    rule: 'NO_EVIDENCE',
    spends: each(
      [
        'FASTER PAYMENT J SMITH',
        'TRANSFER MRS A JONES',
        'BACS K L PATEL',
        'STANDING ORDER MR T REID',
        'SENT TO R COLE',
      ],
      (description) => ({ description }),
    ),
  },
  {
    name: 'travel money paid to family',
    why: 'a parent’s mileage for school transport is monitored by attendance',
    expected: 'allowed',
    spends: each(['brother', 'mother', 'recipient'], (relationship) =>
      pay({ name, relationship, livesWithChild: always }, { stream: 'TRANSPORT' }),
    ),
  },
];
