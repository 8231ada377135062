import type { ExcludedSpendRule } from '../rule.js';
import { guideDate, liverpoolDate, putBack, tellUs } from './rule-terms.js';

const council =
  'Councils’ direct payment policies (Oldham, Stockport, South Tyneside), which differ: the national set only asks';

const local = {
  streams: 'all',
  force: 'local-policy',
  approverRole: 'direct payments officer',
  verdict: 'query',
  planLiftsQuery: false,
  validFrom: guideDate,
  validTo: null,
  source: council,
  whatToDo: putBack,
  whatToAsk: tellUs,
} as const satisfies Partial<ExcludedSpendRule>;

const socialCare = ['SOCIAL_CHILD', 'SOCIAL_ADULT'] as const;

/** What authorities decide for themselves. A council's own version may change the verdicts. */
export const localRules: readonly ExcludedSpendRule[] = [
  {
    ...local,
    code: 'OPTICAL',
    name: 'Optical services',
    planLiftsQuery: true,
    reason: 'sight tests and glasses are usually paid for another way, unless the plan includes them',
    signals: {
      receipt: [
        '(sight test|eye test|optician|opticians|optical|optometr~|spectacles|glasses|contact lenses|coloured overlays|coloured lenses)',
      ],
      narrative: ['specsavers~', 'vision express', 'optical express', 'eyecare'],
      mccs: ['8042', '8043'],
      payeeKinds: ['optician'],
      harmless: [
        '(sun|3d|drinking|wine|magnifying|safety|opera|field) glasses',
        'optical (illusion~|cable|mouse|drive|fibre)',
      ],
    },
  },
  {
    ...local,
    code: 'CASH',
    name: 'Cash',
    reason: 'cash leaves no record of what it bought, so whether it may be taken out depends on your agreement',
    whatToAsk: 'Please tell us what it was for and send any receipts.',
    signals: {
      receipt: ['(cashback|cash back|cash withdrawal|cash advance|atm)', '(beer|pocket|spending) money'],
      narrative: ['cash', 'cashpoint', 'atm', 'link atm', 'withdrawal'],
      mccs: ['6010', '6011'],
      harmless: [
        'cash (and|n) carry',
        'cash converters',
        'petty cash (box|tin)',
        'cash (box|tin|register)',
        'cash flow',
      ],
    },
  },
  {
    ...local,
    code: 'FINES_CHARGES',
    name: 'Fines, penalties and bank charges',
    reason: 'fines, late penalties and bank charges are usually not paid from public money',
    signals: {
      receipt: [
        '(parking|speeding|library|bus lane) (fine|fines|penalty)',
        'penalty charge~',
        '(late|hmrc) (payment|filing)? penalt~',
        '(unpaid|returned|overdraft|bank|account) (dd|item)? (fee|fees|charge|charges)',
        'unarranged overdraft',
      ],
      narrative: ['pcn', 'unpaid dd fee', 'unpaid item', 'bank charges', 'overdraft fee'],
      mccs: ['9222'],
    },
  },
  {
    ...local,
    code: 'LIVING_COSTS',
    name: 'Everyday living costs',
    planLiftsQuery: true,
    reason: 'everyday costs such as food, rent, bills, clothes and fuel are usually paid from the family’s own money',
    signals: {
      receipt: [
        '(groceries|grocery|food shop|meal deal|sandwich~|council tax|water bill|gas bill|electricity bill|broadband|mobile phone bill|rent|mortgage|clothes|clothing|petrol|diesel)',
      ],
      narrative: [
        'council tax',
        'british gas',
        'edf energy',
        'octopus energy',
        'thames water',
        'tv licence',
        'vodafone',
        'greggs',
        'mcdonalds',
      ],
      mccs: ['4900', '4814', '6513', '5541', '5542'],
      harmless: ['(room|hall|pool|pitch|studio|venue) rent~', 'rent (of|a) (hall|room|pool|studio) *'],
      mixedBasket: {
        narrative: [
          '(tesco|sainsburys|asda|morrisons|waitrose|aldi|lidl|iceland|co op|ocado)',
          'supermarket',
          'supermarkets',
        ],
        mccs: ['5411'],
      },
    },
  },
  {
    ...local,
    code: 'LONG_STAY_CARE',
    name: 'Long stays in residential care',
    streams: socialCare,
    planLiftsQuery: true,
    reason: 'there is a limit to the nights in residential care that social care money may buy in a year',
    whatToAsk: 'Please tell us the nights that this covers.',
    signals: {
      receipt: ['(care home|nursing home|residential care|residential placement)'],
      payeeKinds: ['care-home'],
    },
  },
  {
    ...local,
    code: 'LA_SERVICE',
    name: 'Services sold by the council',
    streams: socialCare,
    planLiftsQuery: true,
    reason: 'councils differ on whether a direct payment may buy the council’s own services',
    signals: {
      receipt: ['(county|borough|city|district|metropolitan) council'],
      payeeKinds: ['council'],
      harmless: ['council tax'],
    },
  },
  {
    ...local,
    code: 'STATUTORY_EQUIPMENT',
    name: 'Equipment that the NHS or the council provides',
    approverRole: 'occupational therapist or commissioner',
    planLiftsQuery: true,
    reason: 'equipment such as this is often provided by the NHS or the council without charge',
    signals: {
      receipt: ['(wheelchair|wheelchairs|hoist|hoists|stairlift|profiling bed|mobility scooter)'],
      narrative: ['mobility shop', 'mobility centre'],
    },
  },
  {
    ...local,
    code: 'TIPS_BONUS',
    name: 'Tips, bonuses and extra payments',
    reason: 'extra payments to a helper are best agreed first and paid through payroll',
    signals: {
      receipt: [
        '(bonus|bonuses|gratuity|gratuities)',
        '(tip|tips|gift) * (pa|personal assistant|carer|helper|driver|waiter)',
      ],
      narrative: ['bonus payment'],
    },
  },
  {
    ...local,
    code: 'DOUBLE_BENEFIT',
    name: 'Travel that a mobility benefit already covers',
    streams: socialCare,
    approverRole: 'social worker',
    planLiftsQuery: true,
    reason: 'the mobility part of DLA or PIP may already cover travel such as this',
    signals: {
      receipt: ['(taxi|taxis|uber|minicab|train ticket~|rail ticket~|trainline|fuel|motability)'],
      mccs: ['4121'],
    },
  },
  {
    ...local,
    code: 'UNIVERSAL',
    name: 'Services open to everyone',
    force: 'exception',
    approverRole: 'plan co-ordinator',
    planLiftsQuery: true,
    validFrom: liverpoolDate,
    source: 'Liverpool policy 2017, section 3.7',
    reason: 'services that are open to every child are paid for from the budget only when the plan says so',
    signals: { receipt: ['(school trip|library membership|library card)'] },
  },
  {
    ...local,
    code: 'SAVINGS',
    name: 'Money moved to savings',
    force: 'exception',
    approverRole: 'direct payments officer (an approved earmark)',
    source:
      'Making it Personal 2, section 5, on “banking” money for later; Essex, savings planned and agreed in the plan',
    reason: 'money set aside for later needs to be agreed, so that it can be told apart from a surplus',
    whatToAsk: 'Please tell us what it is being saved for and where it is kept.',
    signals: {
      receipt: ['(savings|saver|isa) (account|transfer|pot)', '(to|into) savings'],
      narrative: ['savings', 'instant saver', 'cash isa', 'saver account'],
      harmless: ['savings (stamp|stamps)', '(multibuy|multi buy|clubcard|nectar|offer) savings'],
    },
  },
];
