import type { ExcludedSpendRule } from '../rule.js';
import { guideDate } from './rule-terms.js';

const recordsSource = 'Making it Personal 2, section 5: “keep bank statements, receipts and invoices”';

const record = {
  streams: 'all',
  force: 'exception',
  approverRole: 'direct payments officer',
  verdict: 'query',
  planLiftsQuery: false,
  validFrom: guideDate,
  validTo: null,
  source: recordsSource,
} as const satisfies Partial<ExcludedSpendRule>;

const note = { ...record, force: 'note', verdict: 'allowed', whatToDo: '', whatToAsk: '' } as const;

/** What the plan and the papers say, and marks that make nothing worse. Last in precedence. */
export const recordRules: readonly ExcludedSpendRule[] = [
  {
    ...record,
    code: 'NO_EVIDENCE',
    name: 'No receipt yet',
    reason: 'without a receipt nobody can tell what it bought',
    whatToDo: 'Please send the receipt, or a photograph of it.',
    whatToAsk: 'Please send the receipt, or a photograph of it.',
    signals: {
      harmless: [
        '^boots opticians',
        '(football|walking|wellington|welly|snow|riding|rugby|ski|hiking) boots',
        'amazon (forest|rainforest)',
      ],
      mixedBasket: {
        narrative: [
          '^boots',
          'boots the chemist~',
          'superdrug~',
          'lloydspharmacy',
          'pharmacy~',
          'pharmacies',
          'chemist',
          'chemists',
          'phar…',
          'pharm…',
          'pharma…',
          'pharmac…',
          '(amazon|amzn|amznmktplace|amzn mktp)',
          'paypal~',
          'ebay~',
        ],
        mccs: ['5912'],
      },
      payeeKinds: ['pharmacy', 'marketplace'],
    },
  },
  {
    ...record,
    code: 'NOT_IN_PLAN',
    name: 'Not matched to the plan',
    approverRole: 'plan co-ordinator or social worker',
    source: 'Making it Personal 2, section 5: “buying the support that has been agreed”',
    reason: 'it has not been matched to an agreed line of the plan yet',
    whatToDo: 'Please tell us which outcome it was for, or ask for the plan to be changed.',
    whatToAsk: 'Please tell us which outcome it was for, or ask for the plan to be changed.',
    signals: {},
  },
  {
    ...note,
    code: 'REIMBURSEMENT',
    name: 'Paid back to the person who bought it',
    reason: 'the receipt shows what was bought, so it counts as that purchase',
    signals: {
      narrative: [
        'reimburs~',
        '(paid|pay|paying) back',
        'own (card|money)',
        'refund to (parent|mum|dad|mother|father)',
        'out of pocket',
      ],
    },
  },
  {
    ...note,
    code: 'LATE_CANCELLATION',
    name: 'Charge for a late cancellation',
    source: 'Making it Personal 2, section 7: “last minute cancellations still being charged”',
    reason: 'a cancellation charge can be paid, and is counted so that the arrangement can be reviewed',
    signals: {
      narrative: [
        '(late|last minute|short notice) (cancel~|cancellation~)',
        'cancellation (fee|fees|charge|charges)',
        '(cancelled|missed) (shift|visit|session)',
      ],
    },
  },
  {
    ...note,
    code: 'BANK_INTEREST',
    name: 'Interest from the bank',
    source: 'councils’ direct payment policies; shared between the streams in proportion',
    reason: 'interest belongs to the public money in the account and is shared between its streams',
    signals: {
      narrative: ['(gross|credit|bank|account) interest', 'interest (received|paid to you|earned|credited|paid)'],
    },
  },
];
