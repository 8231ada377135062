import type { SpendCandidate, Verdict } from '@ringfence/spending-rules';
import type { Family } from '../labelled.js';

type Spend = Partial<SpendCandidate>;
type Stream = SpendCandidate['stream'];
type Payee = NonNullable<SpendCandidate['payee']>;
/** What happened, in words, and the spend itself. */
type Case = readonly [situation: string, spend: Spend];

/** Labelled from the domain's rules alone, a case for every situation, each under a name of its own. */
export const practice: readonly Family[] = [
  ...flagged('query', 'VACCINATION', 'a narrative alone never excludes (5.3)', [
    ['travel clinic by its brand, cut', bank('HEALTH', 95_00n, 'CARD PAYMENT TO MASTA TRAVEL CLIN')],
    ['flu jab on a card line', bank('SOCIAL_ADULT', 19_99n, 'POS 4471 FLU JAB SERVICE DUNMERE')],
    ['immunisation clinic through a card reader', bank('EDU', 60_00n, 'SUMUP *BAYSIDE IMMUNISATIO')],
    [
      'a family asks whether a chickenpox vaccine may be bought',
      bank('SOCIAL_CHILD', 65_00n, 'Could the budget pay for a chickenpox vaccine at the chemist?'),
    ],
  ]),
  ...flagged('excluded', 'VACCINATION', 'the line of a document says that it is a vaccination (5.3)', [
    // 5.4: the trip is planned, the vaccination before it is not lifted by that.
    [
      'travel vaccination before an agreed trip abroad',
      bill('HEALTH', 'CARD PAYMENT TO HARTLEY MED CTR', { 'Hepatitis A travel vaccination before Tenerife': 58_00n }),
    ],
    [
      'flu vaccination between two planned items',
      bill('SOCIAL_CHILD', 'BOOTS 1182 DUNMERE', {
        'Wet wipes x12': 13_50n,
        'Flu vacc service': 19_99n,
        'Disposable bed pads': 8_25n,
      }),
    ],
    [
      'invoice for an MMR immunisation',
      bill('EDU', 'FPO HALLOWCARE LTD', { 'MMR immunisation, private, dose 2': 85_00n }),
    ],
    [
      'vaccination that hides in a booking for a trip',
      bill('SOCIAL_ADULT', 'VIS WAYFARE TRAVEL', {
        'Coach, return, 2 seats': 84_00n,
        'Yellow fever jab, 1 person': 72_00n,
      }),
    ],
    ['child’s flu jab among the expenses of a payslip', slip('SOCIAL_CHILD', 16_00n, 'EXPENSES - FLU JAB FOR CHILD')],
  ]),
  ...flagged('query', 'VACCINATION', 'an employer’s vaccination of an assistant is for an officer (5.4)', [
    [
      'hepatitis B course for a new assistant',
      bill('SOCIAL_CHILD', 'BACS WELLWORK OCC HEALTH', { 'Hepatitis B vaccination for PA (employee)': 55_00n }),
    ],
    [
      'winter flu vaccination of the assistants as an employer',
      bill('HEALTH', 'CARD PAYMENT 2210', { 'Staff flu vaccination voucher, personal assistant': 14_99n }),
    ],
  ]),
  ...flagged('query', 'SCREENING', 'a narrative alone never excludes (5.3)', [
    ['screening company by name', bank('HEALTH', 149_00n, 'BLUECREST WELLNESS WORTHING')],
    ['laboratory behind a payment processor', bank('SOCIAL_ADULT', 295_00n, 'PAYPAL *RANDOX HEALTH')],
    ['health screen in a direct debit', bank('EDU', 24_00n, 'DD HEALTH SCREEN PLAN 00381')],
    [
      'a question about a private scan package',
      bank('HEALTH', 350_00n, 'We would like an MRI scan package for him, is that all right?'),
    ],
  ]),
  ...flagged('excluded', 'SCREENING', 'the line of a document names a health screening', [
    [
      'heart screening on an invoice',
      bill('SOCIAL_ADULT', 'FPO CALDER DIAGNOSTICS', { 'Cardiac health screening, standard': 199_00n }),
    ],
    [
      'whole body scan package on a receipt',
      bill('HEALTH', 'CARD PAYMENT 0417', { 'Full body MRI scan package': 1_250_00n }),
    ],
    [
      'screening beside an agreed swim',
      bill('SOCIAL_CHILD', 'VIS FERNLEY LEISURE', { 'Swim, child': 4_20n, 'Cholesterol health screening': 25_00n }),
    ],
  ]),
  ...flagged('query', 'NHS_HEALTH_CHECK', 'a narrative alone never excludes (5.3)', [
    ['health check by a chemist in a bank line', bank('SOCIAL_ADULT', 30_00n, 'CARD PAYMENT TO NHS HEALTH CHECK')],
    ['well person check, cut short', bank('HEALTH', 89_00n, 'POS WELL PERSON CHECK DUN')],
  ]),
  ...flagged('excluded', 'NHS_HEALTH_CHECK', 'the line of a document names a health check of a person', [
    [
      'over-forties check on a receipt',
      bill('SOCIAL_ADULT', 'CARD PAYMENT 6120', { 'NHS Health Check 40-74': 35_00n }),
    ],
    ['well woman check on an invoice', bill('HEALTH', 'FPO LARKSPUR WELLBEING', { 'Well woman check': 120_00n })],
    ['health check among the expenses of a payslip', slip('EDU', 45_00n, 'EXPENSES: NHS HEALTH CHECK FOR MOTHER')],
  ]),
  ...flagged('query', 'GP_SERVICE', 'a name or a category alone never excludes (5.3)', [
    ['registered practice with a card prefix', bank('HEALTH', 25_00n, 'CARD PAYMENT TO QUARRY HOUSE SURGERY')],
    ['registered partnership with its town', bank('SOCIAL_CHILD', 40_00n, 'VIS THE FENWICK PARTNERSHIP ALDERTON')],
    ['registered name, ampersand and cut at 22', bank('EDU', 32_00n, 'BRACKEN & MILLBROOK HE')],
    ['registered house name with its own town', bank('SOCIAL_ADULT', 28_00n, 'POS SORREL HOUSE ALDERTON GB')],
    ['doctor and partners, abbreviated', bank('SOCIAL_CHILD', 35_00n, 'BACS DR PELLOW & PTNRS DUNMERE')],
    ['registered practice through a card reader', bank('HEALTH', 20_00n, 'SUMUP *TARN LANE PRACTICE')],
    ['registered health centre written HC', bank('EDU', 18_00n, 'SAXON GATE HC 0093 DUNMERE')],
    [
      'saint’s name with an apostrophe and Centre in full',
      bank('HEALTH', 45_00n, "CONTACTLESS ST WINNOLD'S MEDICAL CENTRE"),
    ],
    ['family practice with its last letter cut', bank('SOCIAL_ADULT', 30_00n, 'MARLPIT FAMILY PRACTIC')],
    ['one doctor with the town of the register', bank('SOCIAL_CHILD', 50_00n, 'FPO DR OKAFOR WEST HALLOW')],
    ['unregistered practice that says medical practice', bank('HEALTH', 27_00n, 'VIS TARRANT VALE MEDICAL PRACTICE')],
    ['unregistered surgery, town after it', bank('EDU', 22_00n, 'MILL BANK SURGERY THORNABY')],
    ['private GP service on the telephone', bank('SOCIAL_CHILD', 59_00n, 'PRIVATE GP ONLINE CONSULT')],
    ['fit note fee as a narrative', bank('SOCIAL_ADULT', 20_00n, 'FIT NOTE FEE REF 22817')],
    ['doctors’ category on a meaningless name', bank('HEALTH', 75_00n, 'SQ *HALDEN AND CO', { mcc: '8011' })],
    // 5.4: a tree surgeon or a general practice, nobody can tell.
    ['tree in the name of a surgery', bank('SOCIAL_CHILD', 60_00n, 'CARD PAYMENT TO OAK TREE SURGERY')],
    ['practice not yet allocated to a stream', bank('UNALLOCATED', 42_00n, 'COPPICE ROW GROUP PRACTICE WEST HALLOW')],
    [
      'a question about the doctor’s letter',
      bank('EDU', 30_00n, 'Our GP charges 30 pounds for a medical letter. Can it come from this money?'),
    ],
  ]),
  ...flagged('excluded', 'GP_SERVICE', 'the document or the payee’s own record says that it is a GP', [
    ['fit note on a receipt', bill('SOCIAL_ADULT', 'CARD PAYMENT 0032', { 'Private fit note fee': 25_00n })],
    [
      'private GP appointment on an invoice',
      bill('HEALTH', 'VIS BEACON ONLINE', { 'Private GP consultation, 20 min': 79_00n }),
    ],
    [
      'GP’s letter beside harmless copying',
      bill('EDU', 'FPO ALDER ADMIN', { 'Photocopying, 40 sheets': 4_00n, 'Medical letter from GP': 35_00n }),
    ],
    [
      'payee confirmed as a practice, nothing in the narrative',
      paid(
        'HEALTH',
        '2026-02-17',
        { name: 'Elmhurst', kind: 'gp-practice' },
        { description: 'FPO ELMHURST REF 10023' },
      ),
    ],
    ['practice’s charge among an assistant’s expenses', slip('SOCIAL_ADULT', 30_00n, 'EXPENSES: GP LETTER FEE')],
    // 5.2: force A is absolute; an approval does not open it.
    [
      'practice with an approval that no officer can give',
      paid(
        'SOCIAL_CHILD',
        '2026-03-04',
        { name: 'Cranleigh Road', kind: 'gp-practice' },
        {
          description: 'BACS CRANLEIGH ROAD',
          approvals: [approval('GP_SERVICE', 'Cranleigh Road', '2026-01-01', '2026-06-30')],
        },
      ),
    ],
    [
      'journal that moves a practice’s bill to another line',
      paid(
        'EDU',
        '2026-04-22',
        { name: 'Haven Court', kind: 'gp-practice' },
        { description: 'Re-coding: Haven Court moved to equipment', evidenceKind: 'journal' },
      ),
    ],
  ]),
  ...flagged('query', 'PRESCRIPTION', 'a narrative alone never excludes (5.3)', [
    ['prepayment certificate by direct debit', bank('SOCIAL_ADULT', 11_45n, 'DD NHSBSA PPC 4410298')],
    ['certificate by its long name', bank('HEALTH', 32_05n, 'NHS PRESCRIPTION PREPAYMENT CERT')],
    ['prescription delivery named on the bank line', bank('SOCIAL_CHILD', 9_90n, 'POS NHS PRESCRIPTION CHGE')],
  ]),
  ...flagged('excluded', 'PRESCRIPTION', 'the line of a document names a prescription charge', [
    // 5.4: split by the receipt's lines; the planned part passes, the charge does not.
    [
      'prescription beside planned wipes',
      bill('SOCIAL_CHILD', 'BOOTS 0417 ALDERTON', { 'NHS prescription': 9_90n, 'Wet wipes': 13_50n }),
    ],
    [
      'two charges on one receipt of a supermarket’s counter',
      bill('EDU', 'CARD PAYMENT 7731', { 'NHS Rx charge x2': 19_80n }),
    ],
    [
      'certificate bought for a year',
      bill('SOCIAL_ADULT', 'CARD PAYMENT 1009', { 'Prescription pre-payment certificate, 12 months': 114_50n }),
    ],
    // 5.3: a PA's expenses on the payslip can hide a prescription.
    ['prescription among an assistant’s expenses', slip('HEALTH', 9_90n, 'PA EXPENSES - PRESCRIPTION')],
    [
      'mother paid back for a prescription',
      paid(
        'HEALTH',
        '2026-05-02',
        { name: 'Helen Draycott', relationship: 'mother', livesWithChild: since('2015-06-01') },
        { ...bill('HEALTH', 'FPO H DRAYCOTT REIMBURSEMENT', { 'Prescription charge': 9_90n }) },
      ),
    ],
    [
      'journal over a receipt that holds a prescription',
      bill(
        'SOCIAL_ADULT',
        'Correction: chemist moved from HEALTH',
        { 'NHS prescription charge': 9_90n, 'Continence pads': 22_00n },
        { evidenceKind: 'journal' },
      ),
    ],
    [
      'prescription written with capitals and a code',
      bill('HEALTH', 'VIS MEDIQUICK ALDERTON', {
        'NHS PRESCRIPTION LEVY 000417': 9_90n,
        'BARRIER CREAM 100G': 6_75n,
        BAG: 10n,
      }),
    ],
  ]),
  ...flagged('query', 'DENTAL', 'a name or a category alone never excludes (5.3)', [
    ['dental practice in a card line', bank('HEALTH', 27_40n, 'CARD PAYMENT TO HOLLYBANK DENTAL')],
    ['registered dentist with initials and town', bank('SOCIAL_CHILD', 75_30n, 'FPO S J PENHALE DUNMERE')],
    ['registered practice that is only an address', bank('EDU', 27_40n, 'VIS 14 COPPER ROW ALDERTON')],
    ['registered brand through a terminal', bank('SOCIAL_ADULT', 45_00n, 'ZETTLE *THE TOOTHERY')],
    ['orthodontist, cut', bank('HEALTH', 220_00n, 'KESTREL ORTHODONT')],
    ['dental plan by direct debit', bank('SOCIAL_CHILD', 16_85n, 'DENPLAN LTD DD')],
    ['monthly direct debit to a registered practice', bank('EDU', 14_99n, 'DDR LINDEN SMILES ALDERTON')],
    ['dental category on a house name', bank('HEALTH', 326_70n, 'POS NO 9 THE CRESCENT', { mcc: '8021' })],
    ['dentist abroad on an agreed trip', bank('SOCIAL_ADULT', 60_00n, 'CLINICA DENTIST TENERIFE NON-STG FEE 1.64')],
    ['dental line not allocated yet', bank('UNALLOCATED', 27_40n, 'FERRY STREET DENTAL ST')],
    [
      'a question about a dentist’s bill',
      bank('HEALTH', 75_30n, 'Can we pay the dentist from the health money, he needs a filling?'),
    ],
  ]),
  ...flagged('excluded', 'DENTAL', 'the document or the payee’s own record says that it is a dental charge', [
    ['band charge on a receipt', bill('SOCIAL_CHILD', 'CARD PAYMENT 5518', { 'NHS dental charge, band 2': 75_30n })],
    ['hygienist on an invoice', bill('SOCIAL_ADULT', 'SQ *WHITEGATES', { 'Dental hygienist visit': 68_00n })],
    [
      'brace on an instalment invoice',
      bill('EDU', 'FPO KO LTD', { 'Orthodontic fixed brace, instalment 3 of 12': 180_00n }),
    ],
    // 5.4: dental bill and toothbrush, charge v goods; the charge decides the verdict.
    [
      'dental bill together with a toothbrush',
      bill('HEALTH', 'VIS 14 COPPER ROW', { 'Dental examination': 27_40n, 'Electric toothbrush': 35_00n }),
    ],
    [
      'payee confirmed as a dental site',
      paid('SOCIAL_CHILD', '2026-01-20', { name: 'R Voss', kind: 'dental-site' }, { description: 'FPO R VOSS' }),
    ],
    // 5.2: force A; 5.3: approvals belong to the exception route.
    [
      'dental receipt with an approval for dental charges',
      paid(
        'HEALTH',
        '2026-05-12',
        { name: 'The Toothery' },
        {
          ...bill('HEALTH', 'ZETTLE *THE TOOTHERY', { 'Dental crown': 326_70n }),
          approvals: [approval('DENTAL', 'The Toothery', '2026-01-01', '2026-12-31')],
        },
      ),
    ],
    [
      'journal that calls a dental site household goods',
      paid(
        'SOCIAL_ADULT',
        '2026-03-11',
        { name: 'Penhale and Voss', kind: 'dental-site' },
        { description: 'Correction: moved to sundry goods', evidenceKind: 'journal' },
      ),
    ],
    [
      'dental charge among payslip expenses',
      slip('SOCIAL_CHILD', 27_40n, 'REFUND TO PA: DENTIST CHECK-UP FEE FOR CHILD'),
    ],
  ]),
  // 5.4: a therapy, not a charge, but an officer must look.
  ...flagged('query', undefined, 'therapy about dental care is for an officer (5.4)', [
    [
      'sensory dental desensitisation by an occupational therapist',
      bill('HEALTH', 'FPO OT TOGETHER', { 'OT session: sensory dental desensitisation': 85_00n }),
    ],
  ]),
  ...flagged('query', 'EMERGENCY_CARE', 'a narrative alone never excludes (5.3)', [
    ['private emergency department', bank('HEALTH', 180_00n, 'CARD PAYMENT TO PRIVATE A&E WESTON')],
    ['minor injuries clinic', bank('SOCIAL_CHILD', 95_00n, 'POS MINOR INJURY CLINIC 02')],
    ['ambulance call-out', bank('SOCIAL_ADULT', 240_00n, 'BACS AMBULANCE CALL OUT FEE')],
  ]),
  ...flagged('excluded', 'EMERGENCY_CARE', 'the line of a document names emergency care', [
    [
      'minor injury treatment on a receipt',
      bill('SOCIAL_CHILD', 'CARD PAYMENT 3305', { 'Minor injury assessment and dressing, urgent care': 110_00n }),
    ],
    ['private ambulance on an invoice', bill('HEALTH', 'FPO TRANSMED', { 'Emergency ambulance fee': 310_00n })],
    [
      'urgent care consultation within a holiday bill',
      bill('SOCIAL_ADULT', 'VIS CALA RESORT', {
        'Accessible room, 2 nights': 240_00n,
        'Private A&E attendance': 150_00n,
      }),
    ],
  ]),
  ...flagged('query', 'SURGERY', 'a name or a category alone never excludes (5.3)', [
    ['private hospital by its brand', bank('HEALTH', 1_900_00n, 'BACS SPIRE HOSPITAL METHLEY')],
    ['hospital category on an unknown name', bank('HEALTH', 640_00n, 'VIS HARCOURT HOUSE', { mcc: '8062' })],
  ]),
  ...flagged('excluded', 'SURGERY', 'the line of a document names a private operation', [
    [
      'day-case operation on an invoice',
      bill('HEALTH', 'FPO HARCOURT HOUSE', { 'Private surgery: grommets, day case': 1_650_00n }),
    ],
    [
      'deposit for an elective procedure',
      bill('HEALTH', 'CARD PAYMENT 8120', { 'Deposit, elective surgical procedure (hernia repair)': 500_00n }),
    ],
  ]),
  ...flagged('query', 'OPTICAL', 'optical services are not for health money without an officer (5.2, 5.4)', [
    ['optician by its brand', bank('HEALTH', 45_00n, 'CARD PAYMENT TO SPECSAVERS 0392')],
    ['second brand, cut', bank('HEALTH', 79_00n, 'VISION EXPRESS (UK) DUNM')],
    ['optician’s category on a family name', bank('HEALTH', 25_00n, 'SQ *HARGREAVE AND DAUGHTER', { mcc: '8042' })],
    ['sight test on a receipt', bill('HEALTH', 'CARD PAYMENT 1410', { 'Sight test': 25_00n })],
  ]),
  ...flagged('query', 'SCHOOL_PLACE', 'school fees by name or category only (5.3)', [
    ['school fees on a bank line', bank('EDU', 1_850_00n, 'BACS ST HILDAS SCHOOL FEES AUT')],
    ['school category with a fee reference', bank('EDU', 940_00n, 'THE MOUNT DUNMERE', { mcc: '8211' })],
  ]),
  ...flagged('excluded', 'SCHOOL_PLACE', 'the line of a document names the school place', [
    ['term’s fees on an invoice', bill('EDU', 'FPO ST HILDAS', { 'School fees, autumn term': 4_200_00n })],
    [
      'school place in a bill with an agreed tutor',
      bill('EDU', 'BACS THE MOUNT', { 'Dyslexia tutor, 6 sessions': 240_00n, 'School place (element 1)': 600_00n }),
    ],
  ]),
  ...flagged(
    'query',
    'ON_PREMISES_NO_CONSENT',
    'support in a setting waits for the head teacher; words alone only ask (5.3, 5.4)',
    [
      [
        'lunchtime assistant at school, no consent on file',
        bank('EDU', 62_00n, 'PA LUNCHTIME SUPPORT AT SCHOOL WK 19'),
      ],
      ['lunchtime assistant at school after the consent ended', inSchool('2026-04-21')],
    ],
  ),
  ...passes('consent', 'the head teacher’s consent is on file and in date (5.4)', [
    ['lunchtime assistant at school on the last day of the consent', inSchool('2026-03-31')],
  ]),
  ...flagged(
    'query',
    'ELEMENT2_NO_CONSENT',
    'the school’s own money needs the school’s agreement; words alone only ask (5.2, 5.3)',
    [['element 2 paid from the family’s account', bank('EDU', 500_00n, 'BACS ELEMENT 2 SEN SUPPORT SCHOOL')]],
  ),
  ...flagged('query', 'LAC_PLACEMENT', 'a narrative alone never excludes (5.3)', [
    ['fostering agency in a transfer', bank('SOCIAL_CHILD', 780_00n, 'BACS HEARTHSIDE FOSTERING AGENCY')],
    ['children’s home in a transfer', bank('EDU', 1_200_00n, "FPO ROOKWOOD CHILDREN'S HOME")],
  ]),
  ...flagged('excluded', 'LAC_PLACEMENT', 'the invoice names a looked-after placement', [
    [
      'foster placement on an invoice',
      bill('SOCIAL_CHILD', 'FPO HEARTHSIDE', { 'Foster placement, looked-after child, week 14': 780_00n }),
    ],
  ]),
  ...flagged('query', 'LONG_STAY_CARE', 'a home’s name does not say how many nights (5.2)', [
    ['nursing home in a transfer', bank('SOCIAL_ADULT', 1_100_00n, 'BACS ROWAN LODGE NURSING HOME')],
    ['residential care home, cut', bank('SOCIAL_CHILD', 890_00n, 'ASHDENE RESIDENTIAL CARE HO')],
  ]),
  ...flagged('query', 'UNIVERSAL', 'open to everyone and in no plan (5.2)', [
    ['library charge outside the plan', bank('EDU', 6_00n, 'ALDERTON LIBRARY CHARGES', { planned: false })],
    [
      'school trip that the whole year goes on',
      bank('EDU', 28_00n, 'SCHOOL TRIP YEAR 4 ALL PUPILS', { planned: false }),
    ],
  ]),
  ...flagged('query', 'LA_SERVICE', 'the council sells the service and the money is its own (5.2)', [
    ['council’s day centre', bank('SOCIAL_ADULT', 48_00n, 'BACS DUNMERE COUNCIL DAY CENTRE')],
    ['county council’s invoice', bank('SOCIAL_CHILD', 130_00n, 'HALLOW COUNTY COUNCIL INV 88120')],
  ]),
  ...flagged(
    'query',
    'STATUTORY_EQUIPMENT',
    'the NHS or the council may provide it already and the plan does not list it',
    [
      ['mobility shop outside the plan', bank('SOCIAL_CHILD', 420_00n, 'POS WREKIN MOBILITY SHOP', { planned: false })],
      ['hoist bought outside the plan', bank('HEALTH', 1_450_00n, 'FPO HOIST AND LIFT SUPPLIES', { planned: false })],
    ],
  ),
  ...flagged('query', 'NOT_IN_PLAN', 'harmless in itself, but no agreed line takes it (5.2)', [
    [
      'drum kit that no outcome names',
      bill('EDU', 'CARD PAYMENT 2214', { 'Junior drum kit': 189_00n }, { planned: false }),
    ],
    ['theme park outside the plan', bank('SOCIAL_CHILD', 96_00n, 'VIS WILDERWOOD PARK ENTRY', { planned: false })],
    // 5.4: a vet is no GP, yet somebody must say that there is an assistance dog.
    [
      'vet with no assistance dog in the plan',
      bank('HEALTH', 64_00n, 'RIVERSIDE VETERINARY SURGERY', { planned: false }),
    ],
    [
      'payee confirmed as a vet, dog not in the plan',
      paid(
        'SOCIAL_ADULT',
        '2026-02-02',
        { name: 'Pawsome House', kind: 'vet' },
        { description: 'PAWSOME HOUSE 0114', planned: false },
      ),
    ],
    // 5.4: the toothbrush is goods, not a charge.
    [
      'electric toothbrush that nobody agreed',
      bill('HEALTH', 'CARD PAYMENT 1186', { 'Electric toothbrush, child': 29_99n }, { planned: false }),
    ],
    [
      'private physiotherapy that the plan does not hold',
      bank('HEALTH', 55_00n, 'FPO MOVEWELL PHYSIOTHERAPY', { planned: false }),
    ],
    ['family gym tied to no outcome', bank('SOCIAL_ADULT', 62_00n, 'DD FERNLEY GYM FAMILY', { planned: false })],
    [
      'a question about a hot tub',
      bank('SOCIAL_CHILD', 2_400_00n, 'May we buy a hot tub for the garden?', { planned: false }),
    ],
  ]),
  ...flagged('query', 'NO_EVIDENCE', 'a pharmacy sells both kinds of thing and there is no receipt (5.4)', [
    ['Boots without a receipt', bank('SOCIAL_CHILD', 23_40n, 'CARD PAYMENT TO BOOTS 1182')],
    ['registered pharmacy under a family name', bank('HEALTH', 17_25n, 'VIS TANNER AND SONS LTD WEST HALLOW')],
    ['registered pharmacy with a made-up name', bank('EDU', 8_40n, 'CONTACTLESS MEDIQUICK ALDERTON')],
    ['chain in the register with a store number', bank('SOCIAL_ADULT', 12_10n, 'WRENS 0231 ALDERTON')],
    [
      'payee confirmed as a pharmacy, narrative silent',
      paid('HEALTH', '2026-05-19', { name: 'P G Ashby', kind: 'pharmacy' }, { description: 'SQ *PG ASHBY' }),
    ],
    ['chemist in words, not in any register', bank('SOCIAL_CHILD', 31_00n, 'POS CORNER CHEMIST THORNABY')],
    ['pharmacist’s category on a plain name', bank('EDU', 15_60n, 'GREENLEAF 0077', { mcc: '5912' })],
    // 5.3: the bank line is split; the part without a receipt is still a pharmacy without a receipt.
    [
      'receipt for only half of a chemist’s payment',
      bill('SOCIAL_ADULT', 'BOOTS 0417 ALDERTON', { 'Wet wipes': 8_00n }, { amountPence: -23_40n }),
    ],
  ]),
  ...flagged('query', undefined, 'the merchant is hidden or the payment says too little (5.4)', [
    ['PayPal and nobody behind it', bank('SOCIAL_CHILD', 34_99n, 'PAYPAL PAYMENT 35314369001')],
    ['Amazon marketplace without a receipt', bank('EDU', 41_98n, 'AMZNMKTPLACE AMAZON.CO.UK')],
    ['pay-later company', bank('SOCIAL_ADULT', 25_00n, 'KLARNA*PAY IN 3 LONDON')],
    ['standing order to a savings account without an earmark', bank('HEALTH', 100_00n, 'STO TO SAVINGS ACCOUNT 4471')],
    // 5.4: a reimbursement without a receipt is asked about; it is not yet work by the mother.
    [
      'reimbursement to a parent without a receipt',
      paid(
        'SOCIAL_CHILD',
        '2026-04-03',
        { name: 'Helen Draycott', relationship: 'mother', livesWithChild: since('2015-06-01') },
        { description: 'FPO H DRAYCOTT REIMB CLUB FEES' },
      ),
    ],
    [
      'foster carer paid for care',
      paid(
        'SOCIAL_CHILD',
        '2026-04-09',
        { name: 'Ruth Ames', relationship: 'foster carer', livesWithChild: since('2024-02-01') },
        { description: 'BACS R AMES WEEKEND CARE' },
      ),
    ],
    [
      'shared lives host paid for support',
      paid(
        'SOCIAL_ADULT',
        '2026-04-16',
        { name: 'Colin Tarrant', relationship: 'shared lives host', livesWithChild: since('2025-01-05') },
        { description: 'FPO C TARRANT SUPPORT' },
      ),
    ],
  ]),
  ...flagged('query', 'ALCOHOL', 'a name or a category alone never excludes (5.3)', [
    ['bar by its category', bank('SOCIAL_ADULT', 18_60n, 'SUMUP *THE LANTERN', { mcc: '5813' })],
    ['off-licence in words', bank('SOCIAL_CHILD', 14_50n, 'POS NIGHTJAR OFF LICENCE')],
    ['wine merchant', bank('SOCIAL_ADULT', 36_00n, 'MAJESTIC WINE 0181', { mcc: '5921' })],
  ]),
  ...flagged('excluded', 'ALCOHOL', 'the line of a document names a drink', [
    [
      'lager at the end of an activity day',
      bill('SOCIAL_ADULT', 'VIS TENPIN DUNMERE', { 'Bowling, 2 games': 17_00n, 'Pint of lager': 5_80n }),
    ],
    ['bottle of wine on a receipt', bill('SOCIAL_CHILD', 'CARD PAYMENT 4419', { 'Merlot red wine 75cl': 8_50n })],
    // 5.4 and the story of Josh in Paris.
    ['beer money for the assistant in Paris', slip('SOCIAL_ADULT', 20_00n, 'EXPENSES: BEER MONEY, PARIS TRIP')],
  ]),
  ...flagged('query', 'TOBACCO', 'a category alone never excludes (5.3)', [
    ['tobacconist’s category', bank('SOCIAL_ADULT', 15_85n, 'HALLOW KIOSK 11', { mcc: '5993' })],
  ]),
  ...flagged('excluded', 'TOBACCO', 'the line of a document names it', [
    [
      'cigarettes beside bus fares',
      bill('SOCIAL_ADULT', 'CARD PAYMENT 0090', { 'Bus day ticket': 5_00n, '20 cigarettes': 15_85n }),
    ],
    ['rolling tobacco in expenses', slip('SOCIAL_CHILD', 24_00n, 'EXPENSES - ROLLING TOBACCO 30G')],
  ]),
  ...flagged('query', 'GAMBLING', 'a narrative alone never excludes (5.3)', [
    ['lottery by name', bank('SOCIAL_ADULT', 10_00n, 'NATIONAL LOTTERY INTERACTIVE')],
    ['bookmaker by name', bank('SOCIAL_CHILD', 20_00n, 'POS WILLIAM HILL 3321')],
  ]),
  ...flagged(
    'excluded',
    'GAMBLING',
    'the betting category is the one code that excludes by itself (5.3), or a document says it',
    [
      ['betting category on an innocent name', bank('SOCIAL_ADULT', 15_00n, 'PAYPAL *SKYLARK GAMES', { mcc: '7995' })],
      [
        'betting category before the line is allocated',
        bank('UNALLOCATED', 30_00n, 'VIS TRKSIDE LTD', { mcc: '7995' }),
      ],
      [
        'betting category on health money, with an approval',
        paid(
          'HEALTH',
          '2026-05-12',
          { name: 'Clubhouse' },
          {
            ...bank('HEALTH', 12_00n, 'CLUBHOUSE', { mcc: '7995' }),
            approvals: [approval('GAMBLING', 'Clubhouse', '2026-05-01', '2026-05-31')],
          },
        ),
      ],
      [
        'scratchcards beside craft paper',
        bill('SOCIAL_CHILD', 'CARD PAYMENT 2290', { 'Craft paper': 3_50n, 'Lottery scratchcard x2': 4_00n }),
      ],
    ],
  ),
  ...flagged('query', 'DEBT', 'a narrative alone never excludes (5.3)', [
    ['loan repayment by direct debit', bank('SOCIAL_ADULT', 85_00n, 'DD LOAN REPAYMENT 00417')],
    ['credit card paid from the account', bank('SOCIAL_CHILD', 150_00n, 'CREDIT CARD PAYMENT 5521')],
  ]),
  ...flagged('excluded', 'DEBT', 'the line of a document names a debt', [
    [
      'loan instalment on a statement of the lender',
      bill('SOCIAL_ADULT', 'FPO CREDWELL', { 'Personal loan repayment, instalment 4': 62_00n }),
    ],
  ]),
  ...flagged('excluded', 'ILLEGAL', 'force A on every stream (5.2)', [
    ['drugs on a written note', bill('SOCIAL_ADULT', 'FPO D K', { 'Cannabis, 3.5g': 40_00n })],
  ]),
  ...flagged('query', 'FINES_CHARGES', 'local policy decides (5.2)', [
    ['fee for an unpaid direct debit', bank('SOCIAL_CHILD', 15_00n, 'UNPAID DD FEE 04MAY')],
    ['fines category', bank('SOCIAL_ADULT', 35_00n, 'HALLOW PCN 99120', { mcc: '9222' })],
    ['parking fine on an outing', bank('EDU', 60_00n, 'VIS PARKING FINE ONLINE')],
  ]),
  ...flagged('query', 'CASH', 'the council permits cash for each account (5.2)', [
    ['cash machine by its category', bank('SOCIAL_CHILD', 50_00n, 'LNK HIGH ST DUNMERE', { mcc: '6011' })],
    ['cash machine in words', bank('HEALTH', 30_00n, 'ATM WITHDRAWAL 12MAY 10.32')],
    ['cashback at a till', bank('SOCIAL_ADULT', 20_00n, 'POS CASHBACK 20.00')],
  ]),
  ...flagged('query', 'LIVING_COSTS', 'food and the home are ordinary costs until the plan says otherwise (5.2, 5.4)', [
    ['supermarket on an activity day', bank('SOCIAL_CHILD', 26_15n, 'TESCO STORES 3312 ALDERTON')],
    ['supermarket’s category on a village shop', bank('EDU', 11_20n, 'LONGACRE FOODS', { mcc: '5411' })],
    ['electricity by direct debit', bank('HEALTH', 94_00n, 'DD BRITISH GAS ELECTRICITY', { mcc: '4900' })],
    ['telephone bill by category', bank('SOCIAL_ADULT', 18_00n, 'HALOTEL LTD', { mcc: '4814' })],
    ['rent to a letting agent', bank('SOCIAL_ADULT', 650_00n, 'STO RENT MARLOW LETTINGS', { mcc: '6513' })],
    ['petrol for daily use', bank('SOCIAL_CHILD', 45_00n, 'SHELL ALDERTON RD', { mcc: '5541' })],
    ['mortgage in words', bank('SOCIAL_ADULT', 720_00n, 'DD MORTGAGE 0091288')],
    ['groceries on a receipt', bill('SOCIAL_CHILD', 'CARD PAYMENT 0931', { 'Groceries: bread, milk, eggs': 9_40n })],
  ]),
  ...flagged('query', 'TIPS_BONUS', 'a payment to an assistant outside the payroll (5.2)', [
    ['Christmas bonus by transfer', bank('SOCIAL_CHILD', 100_00n, 'FPO XMAS BONUS KELLY PA')],
    ['tip to a carer', bank('SOCIAL_ADULT', 20_00n, 'FPO TIP FOR CARER')],
  ]),
  ...flagged('query', 'DOUBLE_BENEFIT', 'the mobility part of a benefit pays for this (5.2)', [
    ['Motability lease from social care money', bank('SOCIAL_ADULT', 75_75n, 'DD MOTABILITY OPERATIONS')],
  ]),
  ...flagged(
    'excluded',
    'HOUSEHOLD_FAMILY',
    'a relative who lives with the child on the day of the work, with no approval that fits',
    [
      [
        'brother at home works as the assistant',
        family('SOCIAL_CHILD', '2026-05-12', 'brother', since('2008-04-02'), 'FPO L DRAYCOTT PA WAGES'),
      ],
      [
        'stepfather in the household tutors',
        family('EDU', '2026-03-19', 'stepfather', since('2021-09-01'), 'FPO MATHS TUITION'),
      ],
      [
        'grandmother in the household gives respite',
        family('HEALTH', '2026-02-08', 'grandmother', since('2019-01-01'), 'BACS RESPITE CARE FEB'),
      ],
      [
        'student brother in the weeks at home',
        family('SOCIAL_CHILD', '2026-08-03', 'brother', [{ from: '2026-07-10', to: '2026-09-20' }], 'FPO PA HOURS'),
      ],
      [
        'aunt on the very day she moves in',
        family('HEALTH', '2026-06-01', 'aunt', since('2026-06-01'), 'FPO WAKING NIGHT'),
      ],
      [
        'uncle on the last day in the household',
        family('EDU', '2026-06-30', 'uncle', [{ from: '2025-11-01', to: '2026-06-30' }], 'FPO SPELLING COACHING'),
      ],
      [
        'assistant who became the recipient’s partner and moved in',
        family('SOCIAL_CHILD', '2026-04-12', 'partner of the recipient', since('2026-03-01'), 'BACS WAGES WK 2'),
      ],
      [
        'sister in her second spell at home',
        family(
          'SOCIAL_ADULT',
          '2026-05-20',
          'sister',
          [{ from: '2024-01-01', to: '2024-12-31' }, { from: '2026-05-01' }],
          'FPO COMMUNITY SUPPORT',
        ),
      ],
      // 4.3: social care tests the household of the recipient; section 12, rule 3: the stricter of the two.
      [
        'relative in the recipient’s household but not the child’s',
        paid(
          'SOCIAL_CHILD',
          '2026-05-05',
          {
            name: 'Joan Pettifer',
            relationship: 'grandmother',
            livesWithChild: [],
            livesWithRecipient: since('2020-01-01'),
          },
          { description: 'FPO J PETTIFER CARE' },
        ),
      ],
      // 5.3: the payroll is a posting too; going through it cures nothing.
      [
        'sister at home on the payroll',
        {
          ...family('SOCIAL_CHILD', '2026-05-28', 'sister', since('2010-01-01'), 'BASIC PAY 32.00 HRS'),
          evidenceKind: 'payslip',
        },
      ],
      [
        'mother’s own business with a proper invoice',
        {
          ...family('EDU', '2026-05-14', 'mother', since('2014-02-02'), 'FPO LITTLE NOTES MUSIC'),
          ...bill('EDU', 'FPO LITTLE NOTES MUSIC', { 'Piano lesson, 45 minutes': 32_00n }),
        },
      ],
      [
        'sister-in-law who lives in the same home',
        family('SOCIAL_ADULT', '2026-05-03', 'sister-in-law', since('2023-03-01'), 'BACS CARE 8 HRS'),
      ],
      [
        'approval that ended the day before',
        withApproval(
          family('SOCIAL_CHILD', '2026-04-01', 'brother', since('2010-01-01'), 'FPO INTERIM COVER'),
          'HOUSEHOLD_FAMILY',
          '2026-01-01',
          '2026-03-31',
        ),
      ],
      [
        'approval that begins after the work',
        withApproval(
          family('HEALTH', '2026-04-10', 'father', since('2012-01-01'), 'FPO NIGHT CARE'),
          'HOUSEHOLD_FAMILY',
          '2026-04-11',
          '2026-07-10',
        ),
      ],
      [
        'approval for another rule',
        withApproval(
          family('HEALTH', '2026-04-14', 'aunt', since('2022-01-01'), 'FPO PERSONAL CARE'),
          'HOUSEHOLD_FRIEND',
          '2026-01-01',
          '2026-12-31',
        ),
      ],
      [
        'approval for another person',
        {
          ...family('SOCIAL_ADULT', '2026-04-17', 'uncle', since('2018-01-01'), 'FPO DRIVING TO COLLEGE'),
          approvals: [approval('HOUSEHOLD_FAMILY', 'Somebody Else', '2026-01-01', '2026-12-31')],
        },
      ],
      [
        'work is agreed in the plan, the person is not',
        family('EDU', '2026-01-22', 'grandfather', since('2017-07-07'), 'FPO WOODWORK TUITION 1:1'),
      ],
      [
        'journal that moves wages of a relative at home to another line',
        {
          ...family(
            'SOCIAL_CHILD',
            '2026-03-27',
            'half-sister',
            since('2011-11-11'),
            'Re-coding: wages moved to holiday club',
          ),
          evidenceKind: 'journal',
        },
      ],
      // 5.1: the policy says a family member, without the closed list that the regulations have.
      [
        'family asks whether a cousin in the home may cover',
        family(
          'SOCIAL_CHILD',
          '2026-06-06',
          'cousin',
          since('2025-10-01'),
          'Can she cover Saturdays while our assistant is ill?',
        ),
      ],
    ],
  ),
  ...flagged('query', 'HOUSEHOLD_FRIEND', 'health money also asks about a friend in the household (4.2)', [
    [
      'friend in the home paid from health money',
      family('HEALTH', '2026-05-12', 'friend', since('2025-08-01'), 'FPO WAKING NIGHTS'),
    ],
    [
      'friend moved in during the month of the work',
      family('HEALTH', '2026-05-20', 'friend', since('2026-05-15'), 'BACS SUPPORT HRS'),
    ],
    // 5.3: a re-coding runs the test again, now with the rules of the new stream.
    [
      'friend’s pay moved from social care to health',
      {
        ...family('HEALTH', '2026-05-22', 'friend', since('2025-08-01'), 'Re-coding from SOCIAL to HEALTH'),
        evidenceKind: 'journal',
      },
    ],
    [
      'friend with an approval that has run out',
      withApproval(
        family('HEALTH', '2026-06-02', 'friend', since('2025-08-01'), 'FPO CARE'),
        'HOUSEHOLD_FRIEND',
        '2026-02-01',
        '2026-05-31',
      ),
    ],
  ]),
  ...flagged('query', 'SPOUSE_ELSEWHERE', 'social care bars a spouse wherever they live (4.4, 5.4)', [
    [
      'separated husband of the recipient',
      family('SOCIAL_CHILD', '2026-05-12', 'separated husband of the recipient', [], 'FPO WEEKEND SUPPORT'),
    ],
    [
      'wife who lives elsewhere, adult money',
      family('SOCIAL_ADULT', '2026-03-12', 'wife of the recipient', [], 'BACS SUPPORT HOURS'),
    ],
  ]),
  ...flagged('excluded', 'SELF_PAYMENT', 'nobody pays themselves from the account (5.2)', [
    [
      'recipient pays her own account',
      paid(
        'EDU',
        '2026-05-01',
        { name: 'Helen Draycott', relationship: 'recipient' },
        { description: 'FPO H DRAYCOTT CURRENT AC' },
      ),
    ],
    [
      'recipient pays herself a wage',
      paid(
        'SOCIAL_CHILD',
        '2026-05-08',
        { name: 'Helen Draycott', relationship: 'recipient' },
        { description: 'STO MONTHLY WAGE' },
      ),
    ],
    [
      'approval to pay himself that has not begun',
      paid(
        'SOCIAL_ADULT',
        '2026-04-30',
        { name: 'Paul Senn', relationship: 'recipient' },
        {
          description: 'FPO ADMINISTRATION',
          approvals: [approval('SELF_PAYMENT', 'Paul Senn', '2026-05-01', '2026-10-31')],
        },
      ),
    ],
  ]),
  ...flagged('excluded', undefined, 'the recipient pays herself and lives with the child: either rule (5.4)', [
    [
      'grandmother who is the recipient pays herself',
      paid(
        'SOCIAL_CHILD',
        '2026-05-17',
        {
          name: 'Joan Pettifer',
          relationship: 'grandmother and recipient',
          livesWithChild: since('2018-01-01'),
          livesWithRecipient: since('2018-01-01'),
        },
        { description: 'FPO J PETTIFER CARE' },
      ),
    ],
  ]),

  ...passes('people', 'no bar stands against this person on this day', [
    [
      'aunt who lives elsewhere on a weekend away',
      family('SOCIAL_CHILD', '2026-05-12', 'aunt', [], 'FPO WEEKEND AWAY COVER'),
    ],
    [
      'student brother in term',
      family('SOCIAL_CHILD', '2026-10-14', 'brother', [{ from: '2026-07-10', to: '2026-09-20' }], 'FPO PA HOURS'),
    ],
    [
      'uncle on the day after he moved out',
      family('EDU', '2026-07-01', 'uncle', [{ from: '2025-11-01', to: '2026-06-30' }], 'FPO COACHING'),
    ],
    [
      'aunt on the day before she moves in',
      family('HEALTH', '2026-05-31', 'aunt', since('2026-06-01'), 'FPO WAKING NIGHT'),
    ],
    [
      'sister between two spells at home',
      family(
        'SOCIAL_CHILD',
        '2025-06-11',
        'sister',
        [{ from: '2024-01-01', to: '2024-12-31' }, { from: '2026-05-01' }],
        'FPO SUPPORT',
      ),
    ],
    [
      'live-in assistant who is no relation, social care',
      family('SOCIAL_ADULT', '2026-05-12', 'none', since('2026-01-05'), 'BACS LIVE IN PA'),
    ],
    // 5.4: in HEALTH only a friend is asked about.
    [
      'live-in assistant who is no relation, health',
      family('HEALTH', '2026-05-13', 'none', since('2026-01-05'), 'BACS LIVE IN PA'),
    ],
    [
      'friend in the home, social care for adults',
      family('SOCIAL_ADULT', '2026-05-14', 'friend', since('2025-08-01'), 'FPO GARDEN CLUB SUPPORT'),
    ],
    [
      'friend in the home, education',
      family('EDU', '2026-05-15', 'friend', since('2025-08-01'), 'FPO READING SUPPORT'),
    ],
    ['friend who lives elsewhere, health', family('HEALTH', '2026-05-16', 'friend', [], 'FPO RESPITE')],
    [
      'friend before moving in, health',
      family('HEALTH', '2026-05-14', 'friend', since('2026-05-15'), 'BACS SUPPORT HRS'),
    ],
    // 5.2: SPOUSE_ELSEWHERE is a rule of the social care streams only.
    [
      'spouse living elsewhere, education',
      family('EDU', '2026-05-12', 'husband of the recipient', [], 'FPO SIGN LANGUAGE TUTOR'),
    ],
    [
      'assistant with the family’s surname and no relation',
      paid(
        'SOCIAL_CHILD',
        '2026-05-12',
        { name: 'Mark Draycott', relationship: 'none', livesWithChild: [], livesWithRecipient: [] },
        { description: 'BACS M DRAYCOTT WAGES' },
      ),
    ],
    [
      'brother at home within an approval',
      withApproval(
        family('SOCIAL_CHILD', '2026-02-14', 'brother', since('2010-01-01'), 'FPO INTERIM COVER'),
        'HOUSEHOLD_FAMILY',
        '2026-01-01',
        '2026-03-31',
      ),
    ],
    [
      'father on the first day of an approval',
      withApproval(
        family('HEALTH', '2026-04-11', 'father', since('2012-01-01'), 'FPO NIGHT CARE'),
        'HOUSEHOLD_FAMILY',
        '2026-04-11',
        '2026-07-10',
      ),
    ],
    [
      'aunt on the last day of an approval',
      withApproval(
        family('EDU', '2026-07-10', 'aunt', since('2020-01-01'), 'FPO BRAILLE TUITION'),
        'HOUSEHOLD_FAMILY',
        '2026-04-11',
        '2026-07-10',
      ),
    ],
    [
      'friend in the home within an approval, health',
      withApproval(
        family('HEALTH', '2026-03-01', 'friend', since('2025-08-01'), 'FPO CARE'),
        'HOUSEHOLD_FRIEND',
        '2026-02-01',
        '2026-05-31',
      ),
    ],
    [
      'separated wife within an approval',
      withApproval(
        family('SOCIAL_ADULT', '2026-03-05', 'separated wife of the recipient', [], 'FPO SUPPORT'),
        'SPOUSE_ELSEWHERE',
        '2026-02-01',
        '2026-05-31',
      ),
    ],
    [
      'recipient within an approval to administer',
      paid(
        'SOCIAL_ADULT',
        '2026-05-01',
        { name: 'Paul Senn', relationship: 'recipient' },
        {
          description: 'FPO ADMINISTRATION',
          approvals: [approval('SELF_PAYMENT', 'Paul Senn', '2026-05-01', '2026-10-31')],
        },
      ),
    ],
    // 5.4: marked as a reimbursement; the receipt says what the money bought.
    [
      'mother paid back for club fees, receipt there',
      paid(
        'SOCIAL_CHILD',
        '2026-04-03',
        { name: 'Helen Draycott', relationship: 'mother', livesWithChild: since('2015-06-01') },
        bill('SOCIAL_CHILD', 'FPO H DRAYCOTT REIMBURSEMENT', { 'Gymnastics club, summer term fee': 84_00n }),
      ),
    ],
    // 5.4, Sabine: a benefit to a member of the household is not employing one.
    [
      'brother’s driving lessons agreed for an outcome',
      bill('SOCIAL_ADULT', 'FPO PASSRIGHT SCHOOL OF MOTORING', { 'Driving lessons for brother, block of 5': 190_00n }),
    ],
    ['family gym membership agreed for an outcome', bank('SOCIAL_ADULT', 62_00n, 'DD FERNLEY GYM FAMILY')],
    [
      'grandparent elsewhere on the payroll',
      { ...family('SOCIAL_CHILD', '2026-06-26', 'grandmother', [], 'BASIC PAY 10.00 HRS'), evidenceKind: 'payslip' },
    ],
    [
      'neighbour who is known to be no relation',
      paid('EDU', '2026-05-22', { name: 'A Lowe', relationship: 'none' }, { description: 'FPO A LOWE TYPING COACH' }),
    ],
  ]),
  ...passes('payroll and employing', 'the cost of employing somebody, or the assistant’s own work', [
    // 5.4: the service is the assistant's.
    [
      'hours in which the assistant took the child to the dentist',
      slip('SOCIAL_CHILD', 38_13n, '3.00 HRS - TOOK CHILD TO DENTIST'),
    ],
    ['mileage to fetch a prescription', slip('SOCIAL_ADULT', 5_40n, 'MILEAGE 12 MILES, COLLECTED PRESCRIPTION')],
    ['wages for waiting at the GP surgery', slip('HEALTH', 25_42n, 'PAY 2.00 HRS ACCOMPANIED TO GP SURGERY')],
    ['basic pay', slip('EDU', 203_36n, 'BASIC 16.00 HRS @ 12.71')],
    ['sleep-in premium', slip('HEALTH', 60_00n, 'SLEEP-IN ALLOWANCE X1')],
    ['holiday pay', slip('SOCIAL_CHILD', 88_97n, 'HOLIDAY PAY 7.00 HRS')],
    ['sick pay', slip('SOCIAL_ADULT', 123_25n, 'STATUTORY SICK PAY')],
    ['employer’s National Insurance', slip('HEALTH', 41_20n, 'EMPLOYER NIC')],
    ['background check of a new assistant', bank('SOCIAL_CHILD', 49_50n, 'DBS CHECK ONLINE UCHECK')],
    // 5.4: an employment cost, not an NHS health check.
    [
      'health check before employment',
      bill('SOCIAL_ADULT', 'FPO WELLWORK OCC HEALTH', { 'Pre-employment health check for PA': 45_00n }),
    ],
    ['payroll bureau by direct debit', bank('SOCIAL_ADULT', 412_77n, 'DD PENDERELS PAYROLL')],
    ['tax for a quarter', bank('SOCIAL_CHILD', 318_40n, 'BACS HMRC PAYE 123PA00045678')],
    ['workplace pension', bank('EDU', 36_12n, 'DD NEST PENSION')],
    ['employers’ liability insurance for a year', bank('HEALTH', 89_00n, 'HOMEHELP INSURANCE EMPLOYERS LIAB')],
    ['recruitment advert', bank('SOCIAL_CHILD', 60_00n, 'CARD PAYMENT TO HALLOW GAZETTE ADVERTS')],
    [
      'wages by bank transfer to a person on the register',
      paid(
        'HEALTH',
        '2026-05-29',
        { name: 'Tola Adeyemi', relationship: 'none' },
        { description: 'BACS T ADEYEMI WAGES' },
      ),
    ],
    // 5.4: allowed, with a mark that it is waste.
    [
      'late cancellation charged by an agency',
      bill('SOCIAL_CHILD', 'FPO BRIGHTWAY CARE AGENCY', { 'Late cancellation charge, 4 hours': 88_00n }),
    ],
    [
      'emergency cover by an agency is not emergency care',
      bill('SOCIAL_ADULT', 'BACS BRIGHTWAY CARE', { 'Emergency cover shift, personal assistant, 6 hrs': 132_00n }),
    ],
    [
      'moving-and-handling training of assistants',
      bill('HEALTH', 'SQ *SAFEHANDS', { 'Moving and handling course, 2 PAs': 150_00n }),
    ],
    [
      'first aid course from an ambulance charity',
      bill('SOCIAL_CHILD', 'ST JOHN AMBULANCE', { 'Paediatric first aid course for PA': 120_00n }),
    ],
  ]),
  ...passes('names like doctors’', 'not a practice of any kind', [
    ['tree surgeon, plural', bank('SOCIAL_CHILD', 140_00n, 'VIS HALLOW TREE SURGEONS LTD')],
    ['gallery in a street called Surgery', bank('EDU', 12_00n, 'SURGERY STREET GALLERY')],
    ['telephone repair that calls itself a surgery', bank('EDU', 45_00n, 'SUMUP *PHONE SCREEN SURGERY')],
    ['bicycle doctor', bank('SOCIAL_CHILD', 38_00n, 'THE BIKE DOCTOR DUNMERE')],
    ['hospital for dolls', bank('SOCIAL_CHILD', 22_50n, 'ZETTLE *DOLLS HOSPITAL')],
    ['karting named after a grand prix', bank('SOCIAL_ADULT', 30_00n, 'POS GP KARTING 0202')],
    ['veterinary centre of an assistance dog', bank('HEALTH', 64_00n, 'CARD PAYMENT TO MEADOW VETERINARY CENTRE')],
    ['equine clinic of a riding project', bank('SOCIAL_CHILD', 55_00n, 'HARROWGATE EQUINE CLINIC')],
    // 5.3: the payee's register comes before the narrative and the category.
    [
      'surgery known on the register as a vet',
      paid(
        'HEALTH',
        '2026-05-12',
        { name: 'Riverside Surgery', kind: 'vet' },
        { description: 'CARD PAYMENT TO RIVERSIDE SURGERY' },
      ),
    ],
    [
      'vet behind a doctors’ category',
      paid(
        'SOCIAL_ADULT',
        '2026-05-12',
        { name: 'Paws and Co', kind: 'vet' },
        { description: 'PAWS AND CO 118', mcc: '8011' },
      ),
    ],
    ['educational psychologist with a doctor’s title', bank('EDU', 480_00n, 'FPO DR OKAFOR-BELL ED PSYCHOLOGIST')],
    [
      'riding group at a house with a practice’s name',
      bank('SOCIAL_CHILD', 35_00n, 'SORREL HOUSE RIDING FOR DISABLED'),
    ],
    ['garden centre with a practice’s name', bank('SOCIAL_ADULT', 18_00n, 'THE LIMES GARDEN CENTRE HORTICULTURE')],
    ['alpacas at a farm with a practice’s word', bank('SOCIAL_CHILD', 24_00n, 'SQ *GROVE FARM ALPACA WALKS')],
    ['pottery in a practice’s street', bank('EDU', 16_00n, 'COPPICE ROW POTTERY')],
    ['climbing wall in a practice’s house', bank('SOCIAL_CHILD', 14_00n, 'QUARRY HOUSE CLIMBING WALL')],
    ['stables with a partnership’s name', bank('SOCIAL_ADULT', 40_00n, 'FPO FENWICK STABLES')],
    ['music practice room', bank('EDU', 9_00n, 'SUMUP *BAND PRACTICE STUDIOS')],
    ['wildlife rescue that calls itself a hospital', bank('SOCIAL_ADULT', 10_00n, 'HEDGEHOG HOSPITAL ADOPT')],
    ['plant surgery at a horticulture project', bank('SOCIAL_ADULT', 15_00n, 'HORTICULTURE PLANT DOCTOR WORKSHOP')],
    ['car park of a hospital on the way to an appointment', bank('HEALTH', 4_80n, 'POS HOSPITAL CAR PARK P4')],
    [
      'swimming at a gym of a hospital’s brand',
      bill('HEALTH', 'NUFFIELD HEALTH 0441', { 'Hydrotherapy pool session': 18_00n }),
    ],
    [
      'parents’ sensory group in a room of a medical centre',
      bill('SOCIAL_CHILD', 'BRIAR MEDICAL CENTRE LEEDS', { 'Room hire, sensory play group': 25_00n }),
    ],
  ]),
  ...passes('names like dentists’ and opticians’', 'not a dental or an optical charge', [
    ['repair of a powerchair with dents', bank('HEALTH', 80_00n, 'DENT MAGIC POWERCHAIR REPAIR')],
    ['sailing club called Trident', bank('SOCIAL_CHILD', 26_00n, 'TRIDENT SAILING TRUST')],
    ['student support with letters inside', bank('EDU', 55_00n, 'BACS STUDENT SUPPORT HUB')],
    ['orthotics that hold an ankle', bank('HEALTH', 145_00n, 'VIS STRIDE ORTHOTICS LTD')],
    ['orthopaedic cushion on a receipt', bill('HEALTH', 'CARD PAYMENT 0613', { 'Orthopaedic seat cushion': 39_00n })],
    ['surf school with a dentist’s family name', bank('SOCIAL_CHILD', 45_00n, 'PENHALE SURF SCHOOL')],
    ['farm trail with a dental site’s name', bank('SOCIAL_CHILD', 11_00n, 'WHITEGATES FARM TRAIL AND MAZE')],
    ['sailing with an orthodontist’s first name', bank('SOCIAL_ADULT', 34_00n, 'KESTREL SAILING CLUB')],
    ['smiling drama group', bank('EDU', 12_00n, 'SQ *BIG SMILE DRAMA')],
    [
      'electric toothbrush in the plan',
      bill('HEALTH', 'CARD PAYMENT 1186', { 'Electric toothbrush, sensory': 29_99n }),
    ],
    // 5.3: the receipt's line comes before the category.
    [
      'chewy toothbrush behind a dental category',
      bill('SOCIAL_CHILD', 'POS NO 9 THE CRESCENT', { 'Three-sided toothbrush x2': 9_00n }, { mcc: '8021' }),
    ],
    [
      'toothbrush from a confirmed dental site',
      paid(
        'HEALTH',
        '2026-05-12',
        { name: 'Whitegates', kind: 'dental-site' },
        bill('HEALTH', 'SQ *WHITEGATES', { 'Adapted toothbrush handle': 7_50n }),
      ),
    ],
    [
      'coloured overlays in section F from an optician',
      bill('EDU', 'VISION EXPRESS (UK) DUNM', { 'Coloured overlays for reading, A4 set': 32_00n }),
    ],
    [
      'hearing aid batteries from an optician',
      bill('HEALTH', 'SPECSAVERS HEARCARE', { 'Hearing aid batteries, 60': 18_00n }),
    ],
    ['spectacular show', bank('SOCIAL_ADULT', 21_00n, 'SPECTACLE THEATRE CO')],
    ['film club with the word vision inside', bank('EDU', 8_00n, 'TELEVISION AND FILM CLUB')],
  ]),
  ...passes('names like screening and jabs', 'no screening, no health check and no vaccination', [
    ['cinema in Islington', bank('SOCIAL_ADULT', 15_50n, 'SCREEN ON THE GREEN N1')],
    ['protector for an iPad’s screen', bill('EDU', 'CARD PAYMENT 2044', { 'Screen protector for iPad': 12_99n })],
    ['sun cream', bill('SOCIAL_CHILD', 'CARD PAYMENT 8008', { 'Sunscreen SPF50 for holiday club': 9_00n })],
    ['screen printing course', bank('EDU', 65_00n, 'ZETTLE *INKWELL SCREEN PRINTING')],
    ['screen reader licence', bill('EDU', 'FPO TECHABLE', { 'Screen reader licence, 1 year': 180_00n })],
    ['screening of a film that is relaxed', bank('SOCIAL_CHILD', 7_00n, 'RELAXED FILM SCREENINGS ALDERTON')],
    // 5.1 lists health screening; a test for dyslexia is an educational assessment.
    ['dyslexia screener', bill('EDU', 'FPO LITERACY PARTNERS', { 'Dyslexia screener and report': 60_00n })],
    ['flute lessons', bank('EDU', 34_00n, 'FPO FLUTE LESSONS MRS BANN')],
    ['booster seat', bill('SOCIAL_CHILD', 'CARD PAYMENT 4141', { 'Booster seat with harness': 79_00n })],
    ['drama group called Jabberwocky', bank('SOCIAL_CHILD', 15_00n, 'JABBERWOCKY YOUTH DRAMA')],
    [
      'boxing lesson in jabs',
      bill('SOCIAL_ADULT', 'SQ *RINGSIDE', { 'Non-contact boxing: jab and footwork class': 8_00n }),
    ],
    ['health check of a wheelchair', bill('HEALTH', 'FPO WHEELWISE', { 'Powerchair annual health check': 65_00n })],
    [
      'health check of a bicycle',
      bill('SOCIAL_CHILD', 'SUMUP *PEDALWORKS', { 'Trike health check and new brakes': 48_00n }),
    ],
    ['health check of a laptop', bill('EDU', 'CARD PAYMENT 3131', { 'Laptop health check': 30_00n })],
    ['MRI in a story book', bill('HEALTH', 'CARD PAYMENT 0007', { 'Social story book: My MRI Visit': 8_99n })],
    ['travel agency that is no clinic', bank('SOCIAL_ADULT', 320_00n, 'ACCESSIBLE TRAVEL CO FLIGHTS PARIS')],
  ]),
  ...passes('therapies and health by agreement', 'privately bought as agreed in the plan (5.4)', [
    ['physiotherapy from health money', bank('HEALTH', 55_00n, 'FPO MOVEWELL PHYSIOTHERAPY')],
    // 2.2: the stream follows the section of the plan, not the supplier.
    [
      'physiotherapy from education money',
      bill('EDU', 'BACS MOVEWELL', { 'Physiotherapy, section F, 2 sessions': 110_00n }),
    ],
    ['hydrotherapy', bank('HEALTH', 30_00n, 'WARM WATER HYDROTHERAPY')],
    ['massage therapy', bill('HEALTH', 'ZETTLE *STILLWATER', { 'Massage therapy for muscle tone, 1 hr': 48_00n })],
    // 5.4: a card scheme's block of a category is not an exclusion.
    [
      'massage under a category that cards block',
      bank('HEALTH', 48_00n, 'STILLWATER MASSAGE THERAPY', { mcc: '7297' }),
    ],
    ['speech and language therapy', bank('EDU', 82_00n, 'SPEECH & LANGUAGE THERAPY')],
    ['music therapy', bank('EDU', 45_00n, 'FPO HARMONIA MUSIC THERAPY')],
    ['occupational therapy assessment', bill('EDU', 'FPO OT TOGETHER', { 'Sensory integration assessment': 350_00n })],
    ['counselling that the plan names', bill('HEALTH', 'FPO J MERROW', { 'Counselling session': 55_00n })],
    ['art therapist', bank('SOCIAL_CHILD', 40_00n, 'SUMUP *PAINTBOX ART THERAPY')],
    ['riding therapy', bank('HEALTH', 32_00n, 'HIPPOTHERAPY AT LONG MEADOW')],
    [
      'exercise class that calls itself prescribed',
      bill('HEALTH', 'FERNLEY LEISURE', { 'Social prescribing walking group, 6 weeks': 18_00n }),
    ],
    // 5.4, Jacobs.
    ['taxi to a hospital appointment', bank('HEALTH', 28_00n, 'A1 TAXIS HOSPITAL RUN')],
    ['rain covers for a wheelchair', bill('HEALTH', 'CARD PAYMENT 5150', { 'Wheelchair rain cover x2': 57_00n })],
    [
      'gloves and aprons for care',
      bill('HEALTH', 'CARD PAYMENT 6006', { 'Nitrile gloves 200, disposable aprons 100': 24_50n }),
    ],
    ['sensory swing', bill('HEALTH', 'PAYPAL PAYMENT 7781', { 'Therapy swing, indoor': 135_00n })],
    [
      'a question about a tablet’s screen cover',
      bank('EDU', 14_00n, 'Can we buy a screen protector for her communication tablet?'),
    ],
    [
      'a question about an agreed swimming teacher',
      bank('SOCIAL_CHILD', 22_00n, 'May the swimming teacher be paid from the short breaks money?'),
    ],
  ]),
  ...passes('mixed shops and hidden merchants', 'the receipt says what was bought, and it is agreed (5.3)', [
    [
      'chemist with a receipt for pads',
      bill('SOCIAL_ADULT', 'BOOTS 1182 DUNMERE', { 'Continence pads, 3 packs': 27_00n }),
    ],
    [
      'registered pharmacy with a receipt of three harmless lines',
      bill('HEALTH', 'MEDIQUICK ALDERTON', { 'Barrier cream': 6_75n, 'Bed pads': 8_25n, 'Carrier bag': 10n }),
    ],
    [
      'payee confirmed as a pharmacy with a receipt for wipes',
      paid(
        'SOCIAL_CHILD',
        '2026-05-12',
        { name: 'P G Ashby', kind: 'pharmacy' },
        bill('SOCIAL_CHILD', 'SQ *PG ASHBY', { 'Sensitive wipes, case': 15_00n }),
      ),
    ],
    [
      'pharmacist’s category with a receipt for a pill crusher',
      bill('HEALTH', 'GREENLEAF 0077', { 'Pill crusher and weekly organiser': 11_50n }, { mcc: '5912' }),
    ],
    [
      'Amazon with a receipt for a weighted blanket',
      bill('EDU', 'AMZNMKTPLACE AMAZON.CO.UK', { 'Weighted blanket 4kg': 41_98n }),
    ],
    [
      'PayPal with a receipt for ear defenders',
      bill('SOCIAL_CHILD', 'PAYPAL PAYMENT 35314', { 'Ear defenders, child': 17_99n }),
    ],
    [
      'supermarket with a receipt for craft paper and glue',
      bill('SOCIAL_CHILD', 'TESCO STORES 3312 ALDERTON', { 'Craft paper': 3_50n, 'Glue sticks x6': 4_00n }),
    ],
    ['hand gel that holds alcohol', bill('HEALTH', 'CARD PAYMENT 1212', { 'Alcohol hand gel 500ml x6': 21_00n })],
    ['alcohol markers for art', bill('EDU', 'CARD PAYMENT 7070', { 'Alcohol marker pens, set of 24': 26_00n })],
    ['guitar made from a cigar box', bill('EDU', 'SUMUP *STRINGALONG', { 'Cigar box guitar kit': 44_00n })],
    [
      'vibrating smoke alarm',
      bill('SOCIAL_ADULT', 'CARD PAYMENT 0302', { 'Vibrating smoke alarm pad for deaf users': 68_00n }),
    ],
    ['bingo as a speech game', bill('EDU', 'CARD PAYMENT 9191', { 'Picture bingo board game, speech sounds': 14_00n })],
    [
      'doctors in a set for role play',
      bill('EDU', 'CARD PAYMENT 1611', { 'Doctors and nurses role play set': 19_00n }),
    ],
  ]),
  ...passes('names like vices and money', 'the letters of a bad word, another thing', [
    ['leisure centre called Better', bank('SOCIAL_CHILD', 38_00n, 'BETTER LEISURE SWIM GLL')],
    ['playgroup with the alphabet', bank('EDU', 18_00n, 'ALPHABET SOUP PLAYGROUP')],
    ['farm called Bethany', bank('SOCIAL_ADULT', 25_00n, 'FPO BETHANY CARE FARM')],
    ['climbing wall called Atmosphere', bank('SOCIAL_CHILD', 16_00n, 'ATMOSPHERE CLIMBING WALL')],
    ['riding with the Cashmores', bank('SOCIAL_ADULT', 30_00n, 'FPO CASHMORE RIDING')],
    ['fine art materials', bank('EDU', 23_00n, 'FINE ART SUPPLIES HALLOW')],
    [
      'deposit for a loan of a switch toy',
      bill('EDU', 'BACS TOY LIBRARY', { 'Switch toy loan deposit, term': 12_00n }),
    ],
    ['drama at a former brewery', bank('SOCIAL_ADULT', 10_00n, 'OLD BREWERY ARTS CENTRE DRAMA')],
    ['inn in the name of a playground', bank('SOCIAL_CHILD', 7_50n, 'SQ *INNER SPACE SOFT PLAY')],
    ['barn dance class', bank('SOCIAL_ADULT', 6_00n, 'BARN DANCE CLASS BARFORD')],
    ['spirit of adventure trust', bank('SOCIAL_CHILD', 240_00n, 'SPIRIT OF ADVENTURE TRUST')],
    ['football with a betting-like shout', bank('SOCIAL_CHILD', 5_00n, 'GOALS POWERCHAIR FOOTBALL')],
    ['game shop for a board game club', bank('SOCIAL_ADULT', 4_00n, 'LUCKY DICE BOARD GAME CLUB')],
  ]),
  ...passes('schools that teach something', 'not the school place', [
    ['dance school', bank('EDU', 32_00n, 'FPO STARLIGHT SCHOOL OF DANCE')],
    ['swim school', bank('EDU', 28_00n, 'ASHBY SWIM SCHOOL')],
    ['after-school club for disabled children', bank('SOCIAL_CHILD', 18_00n, 'AFTER SCHOOL CLUB SEND')],
    ['forest school in the holidays', bank('EDU', 40_00n, 'SUMUP *ACORN FOREST SCHOOL')],
    ['tutor at home for a school subject', bill('EDU', 'FPO N QURESHI', { 'Maths tuition at home, 4 hours': 140_00n })],
    ['holiday childminder', bank('SOCIAL_CHILD', 96_00n, 'FPO SUNNYBANK CHILDMINDING')],
    // 5.2: LA_SERVICE stands for social care money only.
    ['council’s music service, education money', bank('EDU', 54_00n, 'HALLOW COUNCIL MUSIC SERVICE')],
    ['toy library', bank('EDU', 5_00n, 'ALDERTON TOY LIBRARY')],
  ]),
  ...passes('leisure, clubs and breaks', 'ordinary agreed provision', [
    ['trampolining', bank('SOCIAL_CHILD', 11_00n, 'POS 3310 REBOUND TRAMPOLINE')],
    ['wheelchair basketball', bank('SOCIAL_ADULT', 6_00n, 'DUNMERE WHEELCHAIR BASKETB')],
    ['horticulture project', bank('SOCIAL_ADULT', 42_00n, 'BACS GREEN FINGERS HORTICULTURE')],
    ['Scouts', bank('SOCIAL_CHILD', 45_00n, 'FPO 3RD HALLOW SCOUT GROUP')],
    ['caravan for a short break', bank('SOCIAL_CHILD', 380_00n, 'HAVENSEA CARAVANS DEPOSIT')],
    ['agency in Spain with a bank’s fee', bank('SOCIAL_CHILD', 212_00n, 'CUIDADOS SOL SL MALAGA EUR 245.00')],
    [
      'zoo with a carer ticket',
      bill('SOCIAL_CHILD', 'CARD PAYMENT 7272', { 'Child ticket': 18_00n, 'Essential carer ticket': 2_00n }),
    ],
    [
      'hotel and flights of the assistant',
      bill('SOCIAL_ADULT', 'VIS WAYFARE TRAVEL', { 'Flight, PA': 96_00n, 'Hotel, twin room, 2 nights': 210_00n }),
    ],
    [
      'camping equipment replaced',
      bill('SOCIAL_CHILD', 'CARD PAYMENT 4004', { 'Family tent, 4 berth': 189_00n, 'Sleeping bag': 34_00n }),
    ],
    ['adapted trike', bill('EDU', 'FPO WHEELWISE', { 'Adapted trike': 1_150_00n })],
    [
      'share of an activity refunded by another family',
      bank('SOCIAL_CHILD', -20_00n, 'FPO FROM K MOSS HALF OF CANOE HIRE'),
    ],
    ['supplier’s refund of a cancelled lesson', bank('EDU', -34_00n, 'REFUND FLUTE LESSON CANCELLED')],
    [
      'swimming moved between lines by a journal',
      bank('SOCIAL_CHILD', 24_00n, 'Re-coding: swimming moved from PA hours', { evidenceKind: 'journal' }),
    ],
  ]),
  ...passes('travel budget', 'checked by attendance, not by receipts; the policy’s list does not reach it (2.9, 5.1)', [
    ['petrol by its category', bank('TRANSPORT', 45_00n, 'ESSO HALLOW RD', { mcc: '5541' })],
    ['taxi to school', bank('TRANSPORT', 14_00n, 'A1 TAXIS SCHOOL RUN')],
    ['receipt with a prescription', bill('TRANSPORT', 'BOOTS 0417', { 'NHS prescription': 9_90n })],
    ['dental practice in a narrative', bank('TRANSPORT', 27_40n, 'HOLLYBANK DENTAL CARE')],
    [
      'payee confirmed as a practice',
      paid('TRANSPORT', '2026-05-12', { name: 'Elmhurst', kind: 'gp-practice' }, { description: 'FPO ELMHURST' }),
    ],
    ['rail season ticket', bank('TRANSPORT', 88_00n, 'TRAINLINE SEASON TICKET')],
  ]),
];

function flagged(expected: Verdict, rule: string | undefined, why: string, cases: readonly Case[]): Family[] {
  return cases.map(([situation, spend]) => ({
    name: `practice: ${situation}`,
    why,
    expected,
    ...(rule === undefined ? {} : { rule }),
    spends: [spend],
  }));
}

function passes(kind: string, why: string, cases: readonly Case[]): Family[] {
  return cases.map(([situation, spend]) => ({
    name: `practice: ${kind}: ${situation}`,
    why,
    expected: 'allowed',
    spends: [spend],
  }));
}

/** A bank line; pence that left the account are written without a sign. */
function bank(stream: Stream, pence: bigint, description: string, more: Spend = {}): Spend {
  return { stream, amountPence: -pence, description, ...more };
}

/** A bank line with a receipt for all of it, unless another amount is given. */
function bill(stream: Stream, description: string, lines: Record<string, bigint>, more: Spend = {}): Spend {
  const receipt = Object.entries(lines).map(([text, amountPence]) => ({ description: text, amountPence }));
  const amountPence = -receipt.reduce((sum, line) => sum + line.amountPence, 0n);
  return { stream, amountPence, description, receipt, ...more };
}

function slip(stream: Stream, pence: bigint, description: string): Spend {
  return { stream, amountPence: -pence, description, evidenceKind: 'payslip' };
}

function paid(stream: Stream, date: string, payee: Payee, more: Spend): Spend {
  return { amountPence: -64_00n, ...more, stream, date, payee };
}

/** Work by one person whose home with the child is known; the recipient's home is the child's. */
function family(
  stream: Stream,
  date: string,
  relationship: string,
  home: Payee['livesWithChild'],
  text: string,
): Spend {
  const payee = { name: 'Lee Draycott', relationship, livesWithChild: home, livesWithRecipient: home };
  return paid(stream, date, payee, { description: text });
}

/** Support in school under a consent of the spring term. */
function inSchool(date: string): Spend {
  const payee = { name: 'Tola Adeyemi', relationship: 'none' };
  const spend = paid('EDU', date, payee, { description: 'PA LUNCHTIME SUPPORT AT SCHOOL' });
  return withApproval(spend, 'ON_PREMISES_NO_CONSENT', '2026-01-05', '2026-03-31');
}

function withApproval(spend: Spend, rule: string, from: string, to: string): Spend {
  return { ...spend, approvals: [approval(rule, spend.payee!.name, from, to)] };
}

function approval(rule: string, payee: string, from: string, to: string) {
  return { rule, payee, from, to };
}

function since(from: string) {
  return [{ from }];
}
