import type { ExcludedSpendRule } from '../engine/rule.js';
import { otherTradeMccs } from './other-trades.js';
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
        '^boots (opticians|hearingcare|hearing care|riding|n braces)',
        '^boots and (saddles|saddle|paws|bridles|bikes|braces|suits|spurs)',
        '(football|walking|wellington|wellington s|welly|wellie|snow|riding|rugby|ski|hiking|cowboy|dance|work|moon|ugg|jodhpur|puss in|wet|golf|roller|steel toe|ballet|orthopaedic|piedro|chelsea|muck) boots',
        'amazon (forest|rainforest|adventure~|jungle|theatre|zoo|basin)',
        '(ebay|amazon|chemist|chemists|pharmacy) (road|street|lane|court|close)',
        '(old|former) (pharmacy|chemist|chemists) (cafe|bar|gallery|studio~|tea~)',
        'wish (tree|upon|list|academy|dance)',
      ],
      otherTrade: [
        '(bar|bars|kitchen|cafe|coffee|theatre|gallery|books|bookshop|museum|music|dance|arts|records|gin|cocktail|cocktails|brewery|distillery|tattoo|clothing|fashion|vets|veterinary|equine|tutor~|tuition|escape|hair|barbers)',
      ],
      otherTradeMccs,
      mixedBasket: {
        narrative: [
          '^boots',
          'boots the chemist~',
          'boots (pharmacy|uk|chemist|retail|com|store|stores)',
          'superdrug~',
          'superdr…ug',
          'lloydspharmacy~',
          'lloyds (pharmacy|chemist)',
          'pharmacy~',
          'pharmacies',
          'pharmacist~',
          'chemist',
          'chemists',
          'phar…macy',
          'pharm…acy',
          'pharma…cy',
          'pharmac…y',
          'pha…rmacy',
          'chem…ist',
          'pharm',
          '(rowlands|day lewis|cohens|jhoots|kamsons|weldricks|paydens|allcures|medicx|gorgemead|imaan|peak|touchwood|hmsl|knights) (pharm~|chem~|healthcare|pharmacy|chemist~)',
          '(chemist4u|chemist 4 u|pharmacy2u|chemistdirect|chemist direct|simple online pharmacy|oxford online pharmacy|echo by lloyds~)',
          '(amazon|amzn|amznmktplace|amzn mktp|amazonuk|amz|amznprime)',
          'amznmkt…place',
          'paypal~',
          'pypl~',
          'ebay~',
          '(temu|temu com|aliexpress|alipay~|etsy|etsy com|etsy co uk|vinted~|gumtree|wish com|facebook marketplace|onbuy|depop)',
        ],
        mccs: ['5912', '5122'],
      },
      payeeKinds: ['pharmacy', 'marketplace', 'chemist'],
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
        '(reimb|reimbt|reimbmt|reimburs)',
        '(paid|pay|paying|pd|money) back',
        'own (card|money|bank card)',
        '(refund|repay|repaid|repayment|repaying) (to|of)? * (parent|mum|dad|mother|father|recipient|me|expenses|own card)',
        'out of pocket',
        '(expenses|receipt|receipts) (claim|refund|repaid|owed)',
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
        '(late|short notice) (canc|cancel|cancelled|cxl)',
        '(cancelled|missed|aborted|no show) (shift|visit|session|appointment|call|booking)',
        'cancellation (fee|fees|charge|charges|invoice)',
        'no show (fee|charge)',
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
