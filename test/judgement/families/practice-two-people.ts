import type { PayeeFacts, SpendCandidate } from '@ringfence/spending-rules';
import type { Family } from '../labelled.js';
import { basket } from './practice-two-printed.js';

/** Wages to a person on 12 May 2026, unless the spend says another day. */
function wages(
  name: string,
  facts: Omit<PayeeFacts, 'name'>,
  spend: Partial<SpendCandidate> = {},
): Partial<SpendCandidate> {
  return { description: `FPO ${name.toUpperCase()} WAGES`, ...spend, payee: { name, ...facts } };
}

const longSince = [{ from: '2019-02-01' }];
const vacations = [
  { from: '2025-12-13', to: '2026-01-11' },
  { from: '2026-06-20', to: '2026-09-20' },
];
const aboutTheDay = { from: '2026-05-01', to: '2026-05-31' };

const allowed: readonly Family[] = [
  {
    name: 'two: relatives who live elsewhere',
    why: 'no bar on relatives living elsewhere (domain 5.4)',
    expected: 'allowed',
    spends: [
      wages('Ruth Adeyemi', { relationship: 'aunt' }, { stream: 'SOCIAL_CHILD' }),
      wages('Brian Holt', { relationship: 'grandfather' }, { stream: 'HEALTH' }),
      wages('Kim Sharpe', { relationship: 'adult sister' }, { evidenceKind: 'payslip', stream: 'EDU' }),
    ],
  },
  {
    name: 'two: relatives on days when they do not live with the child',
    why: 'the household is dated by the day of work (domain 5.3)',
    expected: 'allowed',
    spends: [
      wages('Owen Brand', { relationship: 'brother', livesWithChild: vacations }, { stream: 'SOCIAL_CHILD' }),
      wages('Iris Cole', { relationship: 'grandmother', livesWithChild: [{ from: '2026-05-13' }] }),
      wages('Neil Okoro', { relationship: 'uncle', livesWithChild: [{ from: '2024-01-01', to: '2026-05-11' }] }),
      wages(
        'Paula Finch',
        { relationship: 'partner of the recipient', livesWithChild: [{ from: '2026-03-01' }] },
        { date: '2026-02-28', stream: 'EDU' },
      ),
    ],
  },
  {
    name: 'two: live-in assistants who are no relation',
    why: 'not family; from health money only a friend is asked about (domain 5.4)',
    expected: 'allowed',
    spends: [
      wages('Marta Nowak', { relationship: 'none', livesWithChild: longSince }, { stream: 'SOCIAL_CHILD' }),
      wages(
        'Tom Reyes',
        { relationship: 'none', livesWithChild: longSince, livesWithRecipient: longSince },
        { stream: 'HEALTH' },
      ),
      wages('Anya Petrova', { relationship: 'none', livesWithRecipient: longSince }, { stream: 'SOCIAL_ADULT' }),
    ],
  },
  {
    name: 'two: friends',
    why: 'a friend is barred only in the household and only from health money (domain 5.2)',
    expected: 'allowed',
    spends: [
      wages('Jade Lowe', { relationship: 'friend', livesWithChild: longSince }, { stream: 'SOCIAL_CHILD' }),
      wages('Luke Barr', { relationship: 'friend' }, { stream: 'HEALTH' }),
      wages(
        'Mina Shah',
        { relationship: 'friend', livesWithChild: [{ from: '2024-05-01', to: '2026-04-30' }] },
        { stream: 'HEALTH' },
      ),
    ],
  },
  {
    name: 'two: same surname or same name, no relation known',
    why: 'nothing is concluded from a surname (domain 5.4, 12)',
    expected: 'allowed',
    spends: [wages('Sunil Patel', {}), wages('Mary Jones', { relationship: 'none' }, { stream: 'HEALTH' })],
  },
  {
    name: 'two: household family approved in writing for the day',
    why: 'an approval of this rule for this person covers the day, both ends included',
    expected: 'allowed',
    spends: [
      wages(
        'Joan Pike',
        { relationship: 'grandmother', livesWithChild: longSince },
        { approvals: [{ rule: 'HOUSEHOLD_FAMILY', payee: 'Joan Pike', ...aboutTheDay }] },
      ),
      wages(
        'Ali Rahman',
        { relationship: 'uncle', livesWithChild: longSince },
        { date: '2026-05-01', approvals: [{ rule: 'HOUSEHOLD_FAMILY', payee: 'Ali Rahman', ...aboutTheDay }] },
      ),
      wages(
        'Beth Rowe',
        { relationship: 'stepsister', livesWithChild: longSince },
        { date: '2026-05-31', approvals: [{ rule: 'HOUSEHOLD_FAMILY', payee: 'Beth Rowe', ...aboutTheDay }] },
      ),
    ],
  },
  {
    name: 'two: other exceptions approved in writing for the day',
    why: 'an exception rule is lifted by its own approval',
    expected: 'allowed',
    spends: [
      wages(
        'Gail Stott',
        { relationship: 'friend', livesWithChild: longSince },
        { stream: 'HEALTH', approvals: [{ rule: 'HOUSEHOLD_FRIEND', payee: 'Gail Stott', ...aboutTheDay }] },
      ),
      wages(
        'Carl Ives',
        { relationship: 'separated husband of the recipient' },
        { stream: 'SOCIAL_ADULT', approvals: [{ rule: 'SPOUSE_ELSEWHERE', payee: 'Carl Ives', ...aboutTheDay }] },
      ),
      basket('FPO TALK TOGETHER SALT', '6500 Speech therapy at Meadow Primary School', {
        stream: 'EDU',
        payee: { name: 'Talk Together' },
        approvals: [{ rule: 'ON_PREMISES_NO_CONSENT', payee: 'Talk Together', ...aboutTheDay }],
      }),
    ],
  },
  {
    name: 'two: spouse living elsewhere, not from social care money',
    why: 'only social care bars a spouse who lives apart (domain 5.2)',
    expected: 'allowed',
    spends: [
      wages('Dean Hobbs', { relationship: 'separated husband of the recipient' }, { stream: 'HEALTH' }),
      wages('Lena Voss', { relationship: 'wife of the recipient, lives elsewhere' }, { stream: 'EDU' }),
    ],
  },
  {
    name: 'two: divorced father who lives elsewhere, without the child',
    why: 'neither the recipient’s spouse nor in the household (domain 5.4)',
    expected: 'allowed',
    spends: [wages('Greg Tully', { relationship: 'divorced father of the child' }, { stream: 'SOCIAL_CHILD' })],
  },
  {
    name: 'two: family member drives the child for travel money',
    why: 'the list is not applied to TRANSPORT outflows (domain 2.9, 5.1)',
    expected: 'allowed',
    spends: [
      wages(
        'Fred Lamb',
        { relationship: 'grandfather', livesWithChild: longSince },
        { stream: 'TRANSPORT', description: 'FPO F LAMB SCHOOL RUN' },
      ),
    ],
  },
  {
    name: 'two: assistant’s wages while the child is at the dentist or the doctor',
    why: 'the service is the assistant’s (domain 5.4)',
    expected: 'allowed',
    spends: [
      wages('Leah Morton', { relationship: 'none' }, { description: 'FPO L MORTON PA WAGES DENTIST TRIP' }),
      wages(
        'Dev Rana',
        { relationship: 'none' },
        { description: 'Hours 12 May: GP appointment with Sam', evidenceKind: 'payslip' },
      ),
    ],
  },
  {
    name: 'two: reimbursement of agreed club fees with the receipt',
    why: 'allowed with a receipt, marked as a reimbursement (domain 5.4)',
    expected: 'allowed',
    spends: [
      basket('FPO REIMBURSE CLUB FEES', '4800 Swimming club fees, summer term', {
        payee: { name: 'Helen Marsh', relationship: 'recipient' },
      }),
    ],
  },
];

const excluded: readonly Family[] = [
  {
    name: 'two: family members who live with the child, no approval',
    why: 'exceptional circumstances only, whatever the stream (domain 5.2)',
    expected: 'excluded',
    rule: 'HOUSEHOLD_FAMILY',
    spends: [
      wages('Olive Grant', { relationship: 'grandmother', livesWithChild: longSince }, { stream: 'HEALTH' }),
      wages(
        'Sean Doyle',
        { relationship: 'stepfather', livesWithChild: longSince },
        { description: 'BACS S DOYLE TUTORING', stream: 'EDU' },
      ),
      wages('Priya Nair', { relationship: 'aunt', livesWithChild: longSince }, { stream: 'SOCIAL_CHILD' }),
      wages(
        'Joe Tate',
        { relationship: 'adult brother', livesWithChild: longSince },
        { evidenceKind: 'payslip', description: 'Basic pay 20.00 h' },
      ),
      wages('Ann Hale', { relationship: 'sister-in-law', livesWithChild: longSince }, { stream: 'SOCIAL_ADULT' }),
      wages(
        'Ken Wray',
        { relationship: 'uncle', livesWithChild: longSince },
        { evidenceKind: 'journal', description: 'Re-code from sundry to respite' },
      ),
      wages(
        'Rosa Diaz',
        { relationship: 'grandmother', livesWithChild: longSince },
        { stream: 'UNALLOCATED', planned: false },
      ),
    ],
  },
  {
    name: 'two: first and last day of living together, and a vacation at home',
    why: 'both days of the span count',
    expected: 'excluded',
    rule: 'HOUSEHOLD_FAMILY',
    spends: [
      wages('Wanda Fry', { relationship: 'aunt', livesWithChild: [{ from: '2026-05-12' }] }),
      wages('Colin Ash', { relationship: 'grandfather', livesWithChild: [{ from: '2025-01-01', to: '2026-05-12' }] }),
      wages('Owen Brand', { relationship: 'brother', livesWithChild: vacations }, { date: '2026-07-03' }),
    ],
  },
  {
    name: 'two: assistant who became the recipient’s partner',
    why: 'excluded from the date of living together (domain 5.4)',
    expected: 'excluded',
    rule: 'HOUSEHOLD_FAMILY',
    spends: [
      wages(
        'Marc Quinn',
        {
          relationship: 'partner of the recipient',
          livesWithChild: [{ from: '2026-03-01' }],
          livesWithRecipient: [{ from: '2026-03-01' }],
        },
        { stream: 'SOCIAL_CHILD' },
      ),
    ],
  },
  {
    name: 'two: family of the recipient’s household, social care money',
    why: 'social care tests the recipient’s household, and the stricter counts (domain 12)',
    expected: 'excluded',
    rule: 'HOUSEHOLD_FAMILY',
    spends: [
      wages('Edna Voss', { relationship: 'mother-in-law', livesWithRecipient: longSince }, { stream: 'SOCIAL_ADULT' }),
      wages(
        'Ravi Sen',
        { relationship: 'brother of the recipient', livesWithRecipient: longSince },
        { stream: 'SOCIAL_CHILD' },
      ),
    ],
  },
  {
    name: 'two: household family whose approval does not fit',
    why: 'an approval counts for its own rule, its own payee and its own days',
    expected: 'excluded',
    rule: 'HOUSEHOLD_FAMILY',
    spends: [
      wages(
        'Tess Bower',
        { relationship: 'grandmother', livesWithChild: longSince },
        { approvals: [{ rule: 'HOUSEHOLD_FAMILY', payee: 'Tess Bower', from: '2026-01-01', to: '2026-05-11' }] },
      ),
      wages(
        'Hugh Lane',
        { relationship: 'grandfather', livesWithChild: longSince },
        { approvals: [{ rule: 'HOUSEHOLD_FAMILY', payee: 'Hugh Lane', from: '2026-05-13', to: '2026-08-31' }] },
      ),
      wages(
        'Nora Flynn',
        { relationship: 'aunt', livesWithChild: longSince },
        { approvals: [{ rule: 'HOUSEHOLD_FAMILY', payee: 'Peter Flynn', ...aboutTheDay }] },
      ),
      wages(
        'Vera Moss',
        { relationship: 'aunt', livesWithChild: longSince },
        { approvals: [{ rule: 'SPOUSE_ELSEWHERE', payee: 'Vera Moss', ...aboutTheDay }] },
      ),
    ],
  },
  {
    name: 'two: approved household carer whose expenses hide a prescription',
    why: 'the approval lifts its own rule only',
    expected: 'excluded',
    rule: 'PRESCRIPTION',
    spends: [
      wages(
        'Stella Rudd',
        { relationship: 'grandmother', livesWithChild: longSince },
        {
          description: 'Expenses: NHS prescription',
          evidenceKind: 'payslip',
          approvals: [{ rule: 'HOUSEHOLD_FAMILY', payee: 'Stella Rudd', ...aboutTheDay }],
        },
      ),
    ],
  },
  {
    name: 'two: recipient who pays herself',
    why: 'nobody pays themselves from the account (domain 5.2)',
    expected: 'excluded',
    rule: 'SELF_PAYMENT',
    spends: [
      wages('Helen Marsh', { relationship: 'recipient' }, { stream: 'SOCIAL_CHILD' }),
      wages(
        'Doris Webb',
        { relationship: 'recipient', livesWithChild: longSince, livesWithRecipient: longSince },
        { stream: 'HEALTH' },
      ),
    ],
  },
  {
    name: 'two: provision on a school’s premises without consent in date',
    why: 'blocked unless written consent is on file and in date; the venue decides (domain 5.4, 12)',
    expected: 'excluded',
    rule: 'ON_PREMISES_NO_CONSENT',
    spends: [
      basket('FPO TALK TOGETHER SALT', '6500 Speech therapy at Meadow Primary School', {
        stream: 'EDU',
        payee: { name: 'Talk Together' },
      }),
      basket('BACS LUNCHTIME PA', '3200 Lunchtime support on school premises, Fernhill', { stream: 'EDU' }),
      basket('FPO KEYNOTES', '2800 Keyboard lesson delivered at school, room 4', {
        stream: 'EDU',
        payee: { name: 'Keynotes' },
        approvals: [{ rule: 'ON_PREMISES_NO_CONSENT', payee: 'Keynotes', from: '2025-09-01', to: '2026-04-30' }],
      }),
    ],
  },
];

const asked: readonly Family[] = [
  {
    name: 'two: friend in the household paid from health money',
    why: 'settled reading of domain 5.4: asked about',
    expected: 'query',
    rule: 'HOUSEHOLD_FRIEND',
    spends: [
      wages('Zoe Carter', { relationship: 'friend', livesWithChild: longSince }, { stream: 'HEALTH' }),
      wages(
        'Max Orme',
        { relationship: 'friend of the family', livesWithChild: [{ from: '2026-05-12' }] },
        { stream: 'HEALTH' },
      ),
      wages(
        'Gail Stott',
        { relationship: 'friend', livesWithChild: longSince },
        {
          stream: 'HEALTH',
          approvals: [{ rule: 'HOUSEHOLD_FRIEND', payee: 'Gail Stott', from: '2025-05-01', to: '2026-04-30' }],
        },
      ),
    ],
  },
  {
    name: 'two: spouse or partner of the recipient who lives elsewhere, social care money',
    why: 'domain 5.4: separated, not divorced, is asked about',
    expected: 'query',
    rule: 'SPOUSE_ELSEWHERE',
    spends: [
      wages('Carl Ives', { relationship: 'separated husband of the recipient' }, { stream: 'SOCIAL_ADULT' }),
      wages('Amy Nash', { relationship: 'wife of the recipient, lives elsewhere' }, { stream: 'SOCIAL_CHILD' }),
      wages(
        'Rob Teal',
        { relationship: 'separated husband of the recipient' },
        {
          stream: 'SOCIAL_CHILD',
          approvals: [{ rule: 'SPOUSE_ELSEWHERE', payee: 'Rob Teal', from: '2026-06-01', to: '2026-12-31' }],
        },
      ),
    ],
  },
  {
    name: 'two: relations whose household is not plain',
    why: 'domain 5.4: an annexe, foster carers and shared-lives hosts are asked about',
    expected: 'query',
    spends: [
      wages('Kit Osborne', { relationship: 'cousin in the annexe at the same address' }, { stream: 'SOCIAL_CHILD' }),
      wages('Bev Tran', { relationship: 'foster carer', livesWithChild: longSince }, { stream: 'SOCIAL_CHILD' }),
      wages('Una Kerr', { relationship: 'shared lives host', livesWithChild: longSince }, { stream: 'SOCIAL_ADULT' }),
    ],
  },
  {
    name: 'two: repayment to the parent without a receipt',
    why: 'domain 5.4: no receipt, asked about',
    expected: 'query',
    spends: [{ description: 'FPO REIMBURSE MUM CLUB FEES', planned: false }],
  },
];

export const practiceTwoPeople: readonly Family[] = [...allowed, ...excluded, ...asked];
