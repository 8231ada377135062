import { payslipLines, receipts, type Family } from '../labelled.js';
import { basket } from './practice-two-printed.js';

const decides = 'a receipt of a listed thing decides, planned or not (domain 5.3)';
const practice = { name: 'Quarry House Surgery', kind: 'gp-practice' };
const dentist = { name: 'Hollybank Dental Care', kind: 'dental-site' };
const pharmacy = { name: 'Dunmere Pharmacy', kind: 'pharmacy' };

const harmless: readonly Family[] = [
  {
    name: 'two: receipts of agreed things whose words sound listed',
    why: 'planned goods and services, and another thing than the word suggests',
    expected: 'allowed',
    spends: receipts(`
      Screen protector for iPad
      Dyslexia screening assessment, specialist teacher
      Sun screen SPF50 for water sports week
      Enhanced DBS check, new personal assistant
      Pre-employment health check for PA
      Communication aid tablet, annual health check of device
      Ginger beer making workshop, children
      Wine gums, reward box
      Alcohol-free hand gel
      Tooth-brushing social story cards
      Doctor role-play dressing up set
      Assistance dog: vet booster at yearly visit
      Bouldering taster, 2 places
      Film tickets, The Screen on the Green
      Bingo dabbers and picture bingo game
      Fine motor skills kit
      Late cancellation charge, 2 hours, care agency
      Tip-tap dance shoes
      Horse riding, half an hour, hat hire
      Coloured overlays A4, set of 5
      Wheelchair rain cover
      Alphabet and number cards
    `),
  },
  {
    name: 'two: receipts of agreed therapies',
    why: 'allowed as agreed in the plan (domain 5.4)',
    expected: 'allowed',
    spends: receipts(
      `
      Physiotherapy home visit, 45 min
      Hydrotherapy block of 6
      Therapeutic massage, 30 min
      Occupational therapy, sensory diet review
      Speech and language therapy, term block
      Counselling session with play therapist
    `,
      { stream: 'HEALTH' },
    ),
  },
  {
    name: 'two: mixed shops with a receipt of agreed things only',
    why: 'the receipt’s lines outrank the shop’s name and code (domain 5.3)',
    expected: 'allowed',
    spends: [
      basket('CARD PAYMENT TO BOOTS 1288', '1350 Wet wipes x12\n899 Swim nappies'),
      basket('POS TESCO STORES 6123', '450 Play dough\n300 Washable felt pens\n225 Bubbles', { mcc: '5411' }),
      basket('AMZNMKTPLACE', '2199 Weighted blanket, child\n1450 Ear defenders'),
      basket('DD PAYPAL PAYMENT', '3600 Sensory swing'),
      basket('POS DUNMERE PHARMACY', '1875 Continence pads', { payee: pharmacy }),
      basket('CARD PAYMENT TO THE RED LION', '2400 Skittle alley hire, disabled youth group', { mcc: '5813' }),
      basket('VIS ARGOS 0442', '1999 Toy drum kit\n2500 Keyboard stand'),
    ],
  },
  {
    name: 'two: a vet’s bill for the assistance dog as planned',
    why: 'not a general practice; the payee’s record outranks the narrative',
    expected: 'allowed',
    spends: [
      { description: 'CARD PAYMENT TO RIVERSIDE SURGERY', payee: { name: 'Riverside', kind: 'vet' } },
      basket('POS CROFT SURGERY', '6200 Vaccination, assistance dog Bramble', {
        payee: { name: 'Croft', kind: 'vet' },
      }),
    ],
  },
  {
    name: 'two: payslip lines of ordinary pay',
    why: 'the service is the assistant’s, wherever the child is taken (domain 5.4)',
    expected: 'allowed',
    spends: payslipLines(`
      Basic pay 16.00 h
      Hours 14 May: took Ella to the dentist
      Mileage 42 miles
      Sleep-in premium, 2 nights
      Statutory sick pay
      Expenses: swimming entry as carer
    `),
  },
];

const excluded: readonly Family[] = [
  {
    name: 'two: receipts of vaccination',
    why: decides,
    expected: 'excluded',
    rule: 'VACCINATION',
    spends: [
      ...receipts(`
        Hepatitis A vaccine, child
        Chickenpox vaccination, 2 doses
        Rabies immunisation course
      `),
      // A practice's travel vaccination is still a vaccination, though the journey is planned.
      basket('CARD PAYMENT 8812', '5200 Travel vaccination before Tenerife'),
    ],
  },
  {
    name: 'two: receipts of health screening',
    why: decides,
    expected: 'excluded',
    rule: 'SCREENING',
    spends: receipts(`
      Full body MRI scan package
      Health screening, cardiac package
      Cancer screening home kit
    `),
  },
  {
    name: 'two: receipts of health checks',
    why: decides,
    expected: 'excluded',
    rule: 'NHS_HEALTH_CHECK',
    spends: receipts('NHS health check\nWell woman check'),
  },
  {
    name: 'two: receipts of general practice',
    why: decides,
    expected: 'excluded',
    rule: 'GP_SERVICE',
    spends: [
      ...receipts(`
        Private GP consultation 15 min
        Fit note fee
        GP medical letter for holiday insurer
      `),
      { description: 'SUMUP *THE LIMES', payee: { name: 'The Limes', kind: 'gp-practice' } },
      { description: 'FPO QUARRY HOUSE', payee: practice, stream: 'UNALLOCATED', planned: false },
    ],
  },
  {
    name: 'two: receipts of prescriptions',
    why: decides,
    expected: 'excluded',
    rule: 'PRESCRIPTION',
    spends: [
      basket('CARD PAYMENT TO BOOTS 0331', '990 NHS prescription\n1350 Wet wipes'),
      basket('POS MEDIQUICK ALDERTON', '1980 NHS prescription charge x 2', { payee: pharmacy }),
      basket('CARD PAYMENT 8812', '11450 Prescription prepayment certificate 12 months'),
      // Children do not pay: the charge is somebody else's, and still excluded.
      basket('VIS LLOYDS PHARMACY', '990 NHS prescription charge, child aged 9', { stream: 'HEALTH' }),
      // A personal assistant's expenses can hide a prescription.
      ...payslipLines('Expenses: NHS prescription charge 9.90'),
    ],
  },
  {
    name: 'two: receipts of dental charges',
    why: decides,
    expected: 'excluded',
    rule: 'DENTAL',
    spends: [
      ...receipts(`
        NHS dental charge band 2
        Dental check-up, adult
        Orthodontic retainer replacement
        Hygienist visit, scale and polish
      `),
      { description: 'CARD PAYMENT TO WHITEGATES', payee: { name: 'Whitegates', kind: 'dental-site' } },
      // No officer can lift an absolute rule.
      basket('CARD PAYMENT 8812', '7540 Dental filling', {
        payee: dentist,
        approvals: [{ rule: 'DENTAL', payee: dentist.name, from: '2026-01-01', to: '2026-12-31' }],
      }),
      // The refund reverses the exception, and is found by the same rule.
      { ...basket('REFUND HOLLYBANK', '-2740 Refund of dental examination'), amountPence: 2740n },
    ],
  },
  {
    name: 'two: receipts of emergency care and of operations',
    why: decides,
    expected: 'excluded',
    spends: receipts(
      `
      Private A&E attendance
      Ambulance call-out fee
      Minor injury clinic treatment fee
      Tonsillectomy, day case surgical procedure
      Cataract surgery, surgeon’s fee
    `,
      { stream: 'HEALTH' },
    ),
  },
  {
    name: 'two: receipts of alcohol among other things',
    why: decides,
    expected: 'excluded',
    rule: 'ALCOHOL',
    spends: [
      basket('POS TESCO STORES 6123', '450 Play dough\n875 Merlot red wine 75cl'),
      basket('CARD PAYMENT TO BOWLPLEX', '2400 Bowling, 2 lanes\n610 Pint of lager'),
      basket('CARD PAYMENT 8812', '1650 Gin 70cl', { stream: 'UNALLOCATED', planned: false }),
      ...payslipLines('Expenses: beer money Paris trip'),
    ],
  },
  {
    name: 'two: receipts of tobacco',
    why: decides,
    expected: 'excluded',
    rule: 'TOBACCO',
    spends: [
      basket('POS CO-OP 0188', '1490 Cigarettes 20 pack\n250 Felt pens'),
      basket('CARD PAYMENT 8812', '2150 Rolling tobacco 30g'),
    ],
  },
  {
    name: 'two: receipts of stakes and lottery tickets',
    why: decides,
    expected: 'excluded',
    rule: 'GAMBLING',
    spends: receipts('National Lottery ticket\nScratchcards x 3\nFootball bet stake'),
  },
  {
    name: 'two: invoices of debt repayment',
    why: decides,
    expected: 'excluded',
    rule: 'DEBT',
    spends: receipts('Loan repayment, instalment 4 of 12\nCredit card payment'),
  },
  {
    name: 'two: invoices of a school place, education money',
    why: 'element 1 never (domain 5.2)',
    expected: 'excluded',
    rule: 'SCHOOL_PLACE',
    spends: receipts('School fees, autumn term, day pupil\nSchool tuition fees, year 9', { stream: 'EDU' }),
  },
  {
    name: 'two: invoices of a looked-after child’s placement',
    why: decides,
    expected: 'excluded',
    rule: 'LAC_PLACEMENT',
    spends: receipts('Fostering agency placement, 4 weeks\nChildren’s home placement fee'),
  },
  {
    name: 'two: invoices for a long stay in a care home',
    why: 'long-term residential care is barred above the limit, and the line says how long',
    expected: 'excluded',
    rule: 'LONG_STAY_CARE',
    spends: receipts('Long-term residential care, 26 weeks\nPermanent nursing home placement', {
      stream: 'SOCIAL_ADULT',
    }),
  },
];

const asked: readonly Family[] = [
  {
    name: 'two: an assistant’s own vaccination as a cost of employment',
    why: 'domain 5.4: an officer must decide',
    expected: 'query',
    rule: 'VACCINATION',
    spends: receipts('Hepatitis B vaccination for PA, employer cost\nFlu jab for personal assistant'),
  },
  {
    name: 'two: goods of a dentist or a pharmacy that no plan line names',
    why: 'goods are no charge, and are not in the plan',
    expected: 'query',
    rule: 'NOT_IN_PLAN',
    spends: [
      basket('CARD PAYMENT 8812', '4500 Electric toothbrush', { planned: false }),
      basket('POS BOOTS 1288', '1150 Hair straightener', { planned: false }),
    ],
  },
  {
    name: 'two: desensitisation at the dentist with a therapist',
    why: 'domain 5.4: therapy, not a charge; asked about',
    expected: 'query',
    spends: receipts('Sensory dental desensitisation with OT', { planned: false, stream: 'HEALTH' }),
  },
  {
    name: 'two: a sight test not in the plan',
    why: 'local policy (domain 5.4)',
    expected: 'query',
    rule: 'OPTICAL',
    spends: receipts('Sight test, adult\nSpectacle frames and lenses', { planned: false, stream: 'HEALTH' }),
  },
  {
    name: 'two: receipts of the household’s food and bills that no plan line names',
    why: 'living costs are local policy',
    expected: 'query',
    rule: 'LIVING_COSTS',
    spends: [
      basket('POS MORRISONS 041', '320 Bread\n450 Milk and eggs\n1100 Chicken', { planned: false }),
      ...receipts('Electricity bill March\nMonthly rent, flat 3', { planned: false }),
    ],
  },
  {
    name: 'two: payslip line of a bonus',
    why: 'bonuses are local policy, and are not in the plan',
    expected: 'query',
    rule: 'TIPS_BONUS',
    spends: payslipLines('Christmas bonus', { planned: false }),
  },
];

export const practiceTwoReceipts: readonly Family[] = [...harmless, ...excluded, ...asked];
