import type { FundingStream } from '@ringfence/kernel';
import type { PayeeFacts, SpendCandidate, Verdict } from '@ringfence/spending-rules';
import { type Family } from '../labelled.js';

type Spend = Partial<SpendCandidate>;
type Stream = FundingStream | 'UNALLOCATED';
type Lines = readonly (readonly [string, bigint])[];

const unplanned: Spend = { planned: false };

// --- The policy documents' list on lines of documents: excluded in every stream but TRANSPORT (5.1, 5.3 rank 1) ---

const listedOnDocuments: readonly Family[] = [
  bar(
    'VACCINATION',
    'pharmacy receipt for a flu vaccination',
    'a vaccination on a receipt line',
    till('SOCIAL_CHILD', 'BOOTS 0873 HEXHAM', [['FLU VACCINATION SERVICE', 1799n]]),
  ),
  bar(
    'VACCINATION',
    'travel immunisation invoiced before the Tenerife fortnight',
    // 5.4: GP travel vaccination before the Tenerife trip is excluded, although the trip itself is agreed.
    'the policy lists vaccination without limit',
    till('HEALTH', 'CARD PAYMENT TO SUMUP *TRAVELWELL', [
      ['Typhoid immunisation', 4200n],
      ['Consultation, destination Tenerife', 1500n],
    ]),
  ),
  bar(
    'VACCINATION',
    'chickenpox vaccine in two doses on the education account',
    'the list holds for every stream (5.1)',
    till('EDU', 'VIS CHEMIST4U', [['CHICKENPOX VACCINE 2 X DOSE', 13800n]]),
  ),
  bar(
    'VACCINATION',
    'meningitis jab hidden between nappies and wipes',
    'one excluded line of several; the others are planned',
    till('SOCIAL_CHILD', 'ASDA PHARMACY 4612', [
      ['PULL UPS AGE 8-15', 1450n],
      ['MENB JAB CHILD', 11000n],
      ['BABY WIPES 12PK', 700n],
    ]),
  ),
  bar(
    'VACCINATION',
    'rabies and hepatitis A immunisation when the stream is not known yet',
    'list 1 holds for all streams; a line without a stream is not spared',
    till('UNALLOCATED', 'CARD PAYMENT 5512', [['Rabies + Hep A immunisation', 12950n]]),
  ),
  bar(
    'SCREENING',
    'invoice of a full body scan package',
    'health screening',
    till('HEALTH', 'FPO WELLSCAN LTD', [['Full body MRI scan package', 89500n]]),
  ),
  bar(
    'SCREENING',
    'heart health screen for the mother paid from respite money',
    'health screening in social care money',
    till('SOCIAL_CHILD', 'SQ *HEARTWISE', [['Health screen: cardiac, 1 adult', 14900n]]),
  ),
  bar(
    'SCREENING',
    'private health screening on a payslip as expenses',
    'the payroll line is tested too (5.3)',
    slip('SOCIAL_ADULT', 'Expenses: private health screening appointment'),
  ),
  bar(
    'NHS_HEALTH_CHECK',
    'well woman check on a receipt',
    'well person check',
    till('SOCIAL_ADULT', 'CARD PAYMENT TO ZETTLE_*THE WELL CO', [['Well woman check', 9900n]]),
  ),
  bar(
    'NHS_HEALTH_CHECK',
    'NHS health check booked through a pharmacy',
    'named by the list',
    till('HEALTH', 'LLOYDSPHARM 1180', [['NHS HEALTH CHECK 40-74', 2500n]]),
  ),
  bar(
    'GP_SERVICE',
    'private doctor appointment on a receipt',
    'a GP service on a receipt line',
    till('SOCIAL_CHILD', 'POS LIVI HEALTH', [['Private GP appointment, 15 minutes', 5900n]]),
  ),
  bar(
    'GP_SERVICE',
    'fit note fee for a sick assistant claimed as expenses',
    'a fit note fee is the GP’s; it hides on a payslip',
    slip('EDU', 'Expenses: GP fit note fee'),
  ),
  bar(
    'GP_SERVICE',
    'surgery charge for a medical letter to the college',
    'the medical letter is a signal of the table',
    till('EDU', 'CARD PAYMENT 3390', [['Medical letter (GP) supporting application', 3500n]]),
  ),
  bar(
    'PRESCRIPTION',
    'pharmacy receipt split between a prescription and wipes',
    // 5.4: excluded 9.90, the wipes allowed if planned; the strictest line decides the whole.
    'line-level split',
    till('HEALTH', 'BOOTS THE CHEMIST 621', [
      ['NHS PRESCRIPTION', 990n],
      ['WET WIPES 6 PACK', 1350n],
    ]),
  ),
  bar(
    'PRESCRIPTION',
    'three prescription items at the standing charge',
    'prescription charges',
    till('SOCIAL_ADULT', 'WELL PHARMACY STOCKPORT', [['NHS PRESCRIPT CHARGE X 3', 2970n]]),
  ),
  bar(
    'PRESCRIPTION',
    'twelve-month pre-payment certificate on an invoice',
    'pre-payment certificates',
    till('SOCIAL_CHILD', 'CARD PAYMENT 0071', [['Prescription prepayment certificate, 12 months', 11450n]]),
  ),
  bar(
    'PRESCRIPTION',
    'prescription charge on the account of a child under sixteen',
    // 5.4: children do not pay, so it is somebody else’s; excluded with a note.
    'children do not pay',
    till('EDU', 'SUPERDRUG 0412 PHARM', [['Prescription charge (mum)', 990n]]),
  ),
  bar(
    'PRESCRIPTION',
    'assistant’s prescription paid back through the payslip',
    '5.3: a PA’s expenses on the payslip can hide a prescription',
    slip('HEALTH', 'Reimbursed NHS prescription charge'),
  ),
  bar(
    'PRESCRIPTION',
    'receipt line judged on its own as evidence',
    'rank 1 evidence in its own candidate',
    doc('SOCIAL_CHILD', 'NHS PRESCRIPTION CHARGE 1 ITEM', 'receipt-line'),
  ),
  bar(
    'PRESCRIPTION',
    'journal re-codes a pharmacy payment and its receipt has a prescription',
    'a correction must re-run the test (5.3)',
    till('EDU', 'Re-code pharmacy from Unevidenced to Equipment', [['NHS prescription', 990n]], {
      evidenceKind: 'journal',
    }),
  ),
  bar(
    'DENTAL',
    'dental band two charge on a receipt',
    'NHS band amounts',
    till('SOCIAL_ADULT', 'CARD PAYMENT 9104', [['NHS dental charge band 2', 7530n]]),
  ),
  bar(
    'DENTAL',
    'orthodontic brace instalment on an invoice in health money',
    'dental charges',
    till('HEALTH', 'FPO KO LTD REF 8813', [['Orthodontic treatment, instalment 4 of 18', 12500n]]),
  ),
  bar(
    'DENTAL',
    'hygienist visit at a dentist beside a travel line',
    'dental charge among harmless lines',
    till('HEALTH', 'CARD PAYMENT TO PAYPAL *LSMILES', [
      ['Dental hygienist 30 min', 6500n],
      ['Car park', 250n],
    ]),
  ),
  bar(
    'DENTAL',
    'an officer’s approval does not lift a dental charge',
    // 5.2: force A; only rules of force E have an exception route.
    'absolute',
    till('SOCIAL_CHILD', 'CARD PAYMENT 9105', [['Dentist: extraction', 7530n]], {
      payee: { name: 'Hillview Practice' },
      approvals: [{ rule: 'DENTAL', payee: 'Hillview Practice', from: '2026-01-01', to: '2026-12-31' }],
    }),
  ),
  bar(
    'EMERGENCY_CARE',
    'ambulance call-out fee on an invoice',
    'emergency care',
    till('HEALTH', 'FPO MEDI CALL UK', [['Private ambulance call-out fee', 24000n]]),
  ),
  bar(
    'EMERGENCY_CARE',
    'private accident and emergency visit on holiday with a carer',
    'emergency care holds for all streams',
    till('SOCIAL_CHILD', 'CARD PAYMENT 7718', [['Private A&E consultation', 19500n]]),
  ),
  bar(
    'EMERGENCY_CARE',
    'minor injury unit bill in education money',
    'emergency care',
    till('EDU', 'CARD PAYMENT 7719', [['Minor injury clinic - sprained wrist', 8500n]]),
  ),
  bar(
    'SURGERY',
    'private grommet operation in health money',
    'surgical procedure on a receipt line',
    till('HEALTH', 'FPO NORTHGATE HOSP', [['Grommets - private surgical procedure', 189500n]]),
  ),
  bar(
    'SURGERY',
    'hospital invoice for elective surgery of a young adult',
    'elective private surgery',
    till('HEALTH', 'BACS SPIRE HEALTHCARE', [['Elective surgery: knee arthroscopy', 312000n]]),
  ),
  bar(
    'LAC_PLACEMENT',
    'fostering agency’s weekly placement fee',
    'a looked-after placement on an invoice',
    till('SOCIAL_CHILD', 'BACS HORIZON LTD', [['Foster placement fee w/c 4 May 2026', 89000n]]),
  ),
  bar(
    'LAC_PLACEMENT',
    'children’s home placement invoiced to the education account',
    'all streams',
    till('EDU', 'BACS BEECHWOOD CARE', [["Children's home placement, May 2026", 412000n]]),
  ),
  bar(
    'SCHOOL_PLACE',
    'independent school’s termly fees on an invoice',
    'school place in EDU',
    till('EDU', 'BACS ST EDITHS TRUST', [['School fees, summer term 2026', 521000n]]),
  ),
  bar(
    'SCHOOL_PLACE',
    'sixth-form college tuition place billed as element one',
    'element 1 never',
    till('EDU', 'BACS ABBEYDALE 6TH FORM', [['Element 1 place funding, college place', 400000n]]),
  ),
];

// --- Alcohol, tobacco, gambling, debt, illegal things on documents (5.1 list 2) ---

const forbiddenOnDocuments: readonly Family[] = [
  bar(
    'ALCOHOL',
    'two pints with the planned bowling',
    'alcohol beside a planned activity',
    till('SOCIAL_ADULT', 'TENPIN LTD FEXXBR', [
      ['BOWLING 1 GAME X2', 1700n],
      ['PINT CARLING X2', 1160n],
    ]),
  ),
  bar(
    'ALCOHOL',
    'wine on a supermarket receipt of planned cooking ingredients',
    'alcohol on one line',
    till('EDU', 'TESCO STORES 3021', [
      ['PLAIN FLOUR 1.5KG', 75n],
      ['SAUVIGNON BLANC WINE 75CL', 799n],
    ]),
  ),
  bar(
    'ALCOHOL',
    'bottle of prosecco as a thank-you at the till',
    'alcohol whoever drinks it',
    till('SOCIAL_CHILD', 'CO-OP GROUP 070411', [['PROSECCO 75CL', 899n]]),
  ),
  bar(
    'ALCOHOL',
    'vodka miniature in a holiday receipt in health money',
    'alcohol',
    till('HEALTH', 'WDF STANSTED', [
      ['SUN CREAM SPF50', 1150n],
      ['SMIRNOFF VODKA 5CL', 499n],
    ]),
  ),
  bar(
    'ALCOHOL',
    'beer in the assistant’s payslip expenses',
    // 5.4: “beer money” from the account is excluded, flights and hotel are not.
    'beer money of the Paris story',
    slip('SOCIAL_CHILD', 'Expenses Paris: beer'),
  ),
  bar(
    'TOBACCO',
    'cigarettes on a corner-shop receipt',
    'tobacco',
    till('SOCIAL_ADULT', 'CARD PAYMENT TO PREMIER NEWS', [
      ['MARLBORO GOLD CIGARETTES 20', 1685n],
      ['MILK 2PT', 145n],
    ]),
  ),
  bar(
    'TOBACCO',
    'rolling tobacco in payroll expenses',
    'tobacco on a payslip',
    slip('HEALTH', 'Expenses - rolling tobacco 30g'),
  ),
  bar(
    'GAMBLING',
    'scratch card beside the planned magazine',
    'gambling on a receipt line',
    till('SOCIAL_ADULT', 'WHSMITH 2210', [
      ['NATIONAL GEOGRAPHIC KIDS', 499n],
      ['LOTTERY SCRATCHCARD £5', 500n],
    ]),
  ),
  bar(
    'GAMBLING',
    'lottery tickets on a garage receipt',
    'gambling',
    till('SOCIAL_CHILD', 'MFG KETTERING', [['EUROMILLIONS LOTTERY TICKET X2', 500n]]),
  ),
  bar(
    'GAMBLING',
    'card paid a merchant with the gambling code',
    // 5.3: gambling MCC 7995 is the one code that decides alone.
    'MCC 7995 decides without a receipt',
    bank('CARD PAYMENT TO SKILLONNET', 'SOCIAL_ADULT', { mcc: '7995' }),
  ),
  bar(
    'GAMBLING',
    'gambling code under a name that sounds like an amusement',
    'the code decides, not the pleasant name',
    bank('SUMUP *FUNLAND PIER', 'SOCIAL_CHILD', { mcc: '7995' }),
  ),
  bar(
    'GAMBLING',
    'gambling code in education money though marked as planned',
    'a plan never lifts an exclusion',
    bank('VIS 4417 GIB', 'EDU', { mcc: '7995', planned: true }),
  ),
  bar(
    'DEBT',
    'repayment of a payday loan on a statement of the lender',
    'debt repayment',
    till('SOCIAL_CHILD', 'FPO QF LTD', [['Payday loan repayment 3 of 6', 8400n]]),
  ),
  bar(
    'DEBT',
    'credit card bill settled from health money',
    'debt repayment',
    till('HEALTH', 'BACS CUST SERV', [['Credit card payment - outstanding balance', 15000n]]),
  ),
];

// --- Payees whose kind is confirmed on their record (5.3 rank 3) ---

const confirmedPayees: readonly Family[] = [
  bar(
    'GP_SERVICE',
    'payee confirmed as a doctors’ practice under a name that says nothing',
    'payee register with known type',
    bank('FPO THE MALTINGS', 'SOCIAL_CHILD', { payee: { name: 'The Maltings', kind: 'gp-practice' } }),
  ),
  bar(
    'GP_SERVICE',
    'confirmed doctors’ practice paid by card in health money',
    'every stream',
    bank('CARD PAYMENT TO MARLPIT FAMILY PR', 'HEALTH', {
      payee: { name: 'Marlpit Family Practice', kind: 'gp-practice' },
    }),
  ),
  bar(
    'DENTAL',
    'confirmed dental site with an address for a name',
    'payee register with known type',
    bank('POS 14 COPPER ROW', 'EDU', { payee: { name: '14 Copper Row', kind: 'dental-site' } }),
  ),
  bar(
    'DENTAL',
    'monthly direct debit to a confirmed dental site in adult money',
    'payee register',
    bank('DD WHITEGATES CARE PLAN', 'SOCIAL_ADULT', { payee: { name: 'Whitegates', kind: 'dental-site' } }),
  ),
  ask(
    'NO_EVIDENCE',
    'confirmed pharmacy without a receipt though planned',
    // 5.4: a pharmacy sells both, so without a receipt nobody can tell.
    'pharmacy sells both',
    bank('MEDIQUICK ALDERTON', 'SOCIAL_CHILD', { payee: { name: 'Mediquick', kind: 'pharmacy' } }),
  ),
  pass(
    'confirmed pharmacy with a receipt of continence pads only',
    'the receipt outranks the register, and the pads are planned',
    till('HEALTH', 'RX EXPRESS DUNMERE', [['TENA PADS NORMAL 24', 899n]], {
      payee: { name: 'RX Express Dunmere', kind: 'pharmacy' },
    }),
  ),
  bar(
    'PRESCRIPTION',
    'confirmed pharmacy with a receipt of pads and a prescription',
    'the receipt decides line by line',
    till(
      'SOCIAL_ADULT',
      'P G ASHBY LTD',
      [
        ['TENA PADS NORMAL 24', 899n],
        ['NHS PRESCRIPTION X1', 990n],
      ],
      { payee: { name: 'P G Ashby Ltd', kind: 'pharmacy' } },
    ),
  ),
  pass(
    'confirmed vet called a surgery, paid for the agreed assistance dog',
    'a vet is not a GP (5.4), and the dog is planned',
    bank('OAKLEIGH SURGERY LTD', 'SOCIAL_CHILD', { payee: { name: 'Oakleigh Surgery Ltd', kind: 'vet' } }),
  ),
  ask(
    'NOT_IN_PLAN',
    'confirmed vet called a surgery, no budget line',
    '5.4: not a GP; the question is the plan',
    bank('RIVERSIDE VET SURGERY', 'SOCIAL_CHILD', {
      ...unplanned,
      payee: { name: 'Riverside Veterinary Surgery', kind: 'vet' },
    }),
  ),
  ask(
    'NOT_IN_PLAN',
    'electric toothbrush bought over the counter and not in the plan',
    // 5.4: a dental bill is a charge; a toothbrush is goods.
    'goods, not a dental charge',
    till('SOCIAL_CHILD', 'ARGOS 0217', [['ORAL-B ELECTRIC TOOTHBRUSH', 3999n]], unplanned),
  ),
];

// --- Words alone: a question, never an exclusion (5.3). A budget line does not answer for what nobody may allow (5.2,
// force A); where force is P or E the spend has no budget line here, so that a question is right either way ---

const wordsThatAsk: readonly Family[] = [
  ask('VACCINATION', 'card at a travel clinic', 'keyword alone', bank('MASTA TRAVEL CLINIC LEEDS', 'HEALTH')),
  ask('VACCINATION', 'flu jab in the reference of a transfer', 'keyword', bank('FPO FLU JAB S KHAN', 'SOCIAL_CHILD')),
  ask(
    'VACCINATION',
    'vaccination centre in unlabelled money',
    'keyword',
    bank('VACCINATION CENTRE BATH', 'UNALLOCATED'),
  ),
  ask(
    'VACCINATION',
    'hepatitis B vaccination of a new assistant as an employer’s cost',
    // 5.4: the policy lists vaccination without limit, but as an employer's cost it needs an officer: query.
    'needs an officer',
    till('SOCIAL_CHILD', 'FPO OCC HEALTH NORTH', [
      ['Hepatitis B vaccination for personal assistant (employer cost)', 5500n],
    ]),
  ),
  ask('SCREENING', 'screening firm on a card line', 'keyword', bank('BLUECREST WELLNESS', 'SOCIAL_ADULT')),
  ask('SCREENING', 'laboratory’s health arm', 'keyword', bank('RANDOX HEALTH LIVERPOOL', 'HEALTH')),
  ask('SCREENING', 'health screen by direct debit', 'keyword', bank('DD HEALTH SCREEN UK', 'SOCIAL_CHILD')),
  ask('NHS_HEALTH_CHECK', 'health check on a card line', 'keyword', bank('VIS NHS HEALTH CHECK', 'SOCIAL_ADULT')),
  ask(
    'NHS_HEALTH_CHECK',
    'well person check in a payment reference',
    'keyword',
    bank('FPO WELL PERSON CHECK MAY', 'EDU', unplanned),
  ),
  ask('GP_SERVICE', 'medical centre with its town', 'keyword', bank('HOLLINS MEDICAL CENTRE OLDHAM', 'SOCIAL_CHILD')),
  ask(
    'GP_SERVICE',
    'medical practice cut short by the bank',
    'keyword',
    bank('CARD PAYMENT TO WESTBURY MEDICAL PRA', 'EDU'),
  ),
  ask('GP_SERVICE', 'road’s surgery without another word', 'keyword', bank('PARK LANE SURGERY', 'SOCIAL_ADULT')),
  ask('GP_SERVICE', 'private doctor service paid through PayPal', 'keyword', bank('PAYPAL *PRIVATE GP', 'HEALTH')),
  ask('GP_SERVICE', 'fit note fee by transfer', 'keyword', bank('FPO FIT NOTE FEE', 'SOCIAL_CHILD')),
  ask(
    undefined,
    'tree’s name before the word surgery',
    // 5.4: “Oak Tree Surgery” is a query: tree surgeon or GP.
    'may be a tree surgeon or a GP',
    bank('ELM TREE SURGERY', 'SOCIAL_CHILD'),
  ),
  ask(
    undefined,
    'tree’s name before the word surgery on a card reader',
    '5.4: tree surgeon or GP',
    bank('ZETTLE_*YEW TREE SURGER', 'HEALTH'),
  ),
  ask('PRESCRIPTION', 'prescription service by direct debit', 'keyword', bank('DD NHSBSA PPC', 'SOCIAL_ADULT')),
  ask('PRESCRIPTION', 'prescription pre-payment spelled out', 'keyword', bank('NHS PRESCRIPTION PREPAY', 'HEALTH')),
  ask('DENTAL', 'dental plan by direct debit', 'keyword', bank('DD DENPLAN LTD', 'SOCIAL_ADULT')),
  ask('DENTAL', 'dental practice cut after twenty characters', 'keyword', bank('HARBOUR VIEW DENTAL P', 'EDU')),
  ask('DENTAL', 'orthodontist behind a card reader', 'keyword', bank('SQ *BRIGHT ORTHODONTIC', 'HEALTH')),
  ask('EMERGENCY_CARE', 'private urgent care centre', 'keyword', bank('PRIVATE URGENT CARE CTR', 'HEALTH')),
  ask('EMERGENCY_CARE', 'minor injury clinic on the card', 'keyword', bank('MINOR INJURY CLINIC YORK', 'SOCIAL_CHILD')),
  ask('SURGERY', 'private hospital by its name', 'keyword', bank('SPIRE HOSPITAL LEEDS', 'HEALTH')),
  ask('SURGERY', 'hospital group taken by BACS', 'keyword', bank('BACS NUFFIELD HOSPITAL', 'HEALTH')),
  ask(
    'OPTICAL',
    'optician in health money without a budget line',
    'keyword',
    bank('SPECSAVERS 1182', 'HEALTH', unplanned),
  ),
  ask('OPTICAL', 'optical chain cut short', 'keyword', bank('CARD PAYMENT TO VISION EXPRESS 0', 'HEALTH', unplanned)),
  ask(
    'OPTICAL',
    'sight test on a receipt with no section F line',
    '5.4: query OPTICAL; allowed if section F',
    till('HEALTH', 'CARD PAYMENT 6631', [['Sight test (private)', 2500n]], unplanned),
  ),
  ask('ALCOHOL', 'wine merchant on a card line', 'keyword', bank('MAJESTIC WINE 114', 'SOCIAL_ADULT')),
  ask('TOBACCO', 'vape and tobacco shop', 'keyword', bank('SUMUP *CLOUD TOBACCO', 'SOCIAL_ADULT')),
  ask(
    'GAMBLING',
    'bookmaker with a shop number',
    'keyword without the code',
    bank('WILLIAM HILL 2251', 'SOCIAL_ADULT'),
  ),
  ask('GAMBLING', 'online betting by card', 'keyword', bank('VIS BET365 STOKE', 'SOCIAL_ADULT', unplanned)),
  ask(
    'GAMBLING',
    'national lottery by direct debit',
    'keyword',
    bank('DD NATIONAL LOTTERY', 'SOCIAL_CHILD', unplanned),
  ),
  ask('DEBT', 'loan payment in a bank narrative', 'keyword', bank('DD LOAN PAYMENT 5541', 'SOCIAL_CHILD', unplanned)),
  ask('DEBT', 'card company’s monthly payment', 'keyword', bank('CREDIT CARD PAYMENT', 'SOCIAL_ADULT')),
  ask(
    undefined,
    'pay-later firm hides the shop',
    '5.4: merchant hidden; Klarna may be DEBT',
    bank('KLARNA*STOCKHOLM', 'SOCIAL_CHILD', unplanned),
  ),
  ask(undefined, 'marketplace hides the goods', '5.4: merchant hidden', bank('AMZNMKTPLACE LONDON', 'EDU', unplanned)),
  ask(undefined, 'wallet hides the merchant', '5.4: merchant hidden', bank('PAYPAL PAYMENT', 'HEALTH', unplanned)),
  ask('SCHOOL_PLACE', 'school fees in a standing order', 'keyword', bank('STO SCHOOL FEES SUMMER', 'EDU')),
  ask(
    'ON_PREMISES_NO_CONSENT',
    'lunchtime assistant at the school without a consent on file',
    // 5.4: blocked unless consent; here only a narrative, so a question. A plan line is not the head's consent.
    'the place decides',
    bank('FPO 1-1 LUNCHTIME SUPPORT AT SCHOOL', 'EDU'),
  ),
  ask(
    'LAC_PLACEMENT',
    'fostering agency on a bank line',
    'keyword',
    bank('BACS NORTHERN FOSTERING', 'SOCIAL_CHILD', unplanned),
  ),
  ask('LAC_PLACEMENT', 'children’s home on a bank line', 'keyword', bank("FPO ELMS CHILDREN'S HOME", 'SOCIAL_CHILD')),
  ask(
    'BLOCK_CONTRACT',
    'short break sold under the council’s block contract',
    'keyword',
    bank('BLOCK CONTRACT SHORT BREAK', 'SOCIAL_CHILD', unplanned),
  ),
  ask(
    'UNIVERSAL',
    'school trip that all pupils go on',
    'open to everyone',
    bank('PARENTPAY SCHOOL TRIP YR 6', 'EDU', unplanned),
  ),
  ask(
    'UNIVERSAL',
    'public library’s charge',
    'open to everyone',
    bank('CITY LIBRARY SERVICES', 'SOCIAL_CHILD', unplanned),
  ),
  ask(
    'LONG_STAY_CARE',
    'nursing home on a bank line',
    'keyword',
    bank('BACS SEAVIEW NURSING HOME', 'SOCIAL_ADULT', unplanned),
  ),
  ask(
    'LA_SERVICE',
    'service bought from the city council',
    'payee is the council',
    bank('LEEDS CITY COUNCIL', 'SOCIAL_CHILD', unplanned),
  ),
  ask(
    'LA_SERVICE',
    'borough council by direct debit in adult money',
    'payee is the council',
    bank('DD BOLTON BOROUGH COUNCIL', 'SOCIAL_ADULT', unplanned),
  ),
  ask(
    'STATUTORY_EQUIPMENT',
    'wheelchair shop on a card line',
    'keyword',
    bank('ABLE WHEELCHAIRS LTD', 'SOCIAL_CHILD', unplanned),
  ),
  ask(
    'STATUTORY_EQUIPMENT',
    'mobility shop in health money',
    'keyword',
    bank('CARD PAYMENT TO MOBILITY SHOP BURY', 'HEALTH', unplanned),
  ),
  ask(
    'STATUTORY_EQUIPMENT',
    'hoist supplier by transfer',
    'keyword',
    bank('FPO CEILING HOIST SUPPLY', 'SOCIAL_ADULT', unplanned),
  ),
  ask(
    'TIPS_BONUS',
    'christmas bonus outside payroll',
    'extra payment to an assistant',
    bank('FPO KAYLEIGH XMAS BONUS', 'SOCIAL_CHILD', { ...unplanned, amountPence: -10000n }),
  ),
  ask(
    'TIPS_BONUS',
    'tip for the carer by transfer',
    'tips',
    bank('FPO TIP FOR CARER', 'SOCIAL_ADULT', { ...unplanned, amountPence: -2000n }),
  ),
  ask(
    'DOUBLE_BENEFIT',
    'taxi in social care money',
    'mobility benefit may cover it',
    bank('A2B TAXIS BLACKBURN', 'SOCIAL_CHILD', unplanned),
  ),
  ask(
    'DOUBLE_BENEFIT',
    'adapted car payment in adult money',
    'mobility benefit',
    bank('DD MOTABILITY OPS', 'SOCIAL_ADULT', unplanned),
  ),
  ask(
    'FINES_CHARGES',
    'bank’s fee for an unpaid direct debit',
    'table’s own signal',
    bank('UNPAID DD FEE', 'SOCIAL_CHILD', unplanned),
  ),
  ask('FINES_CHARGES', 'parking fine', 'fine', bank('CARD PAYMENT TO PARKING FINE 8813', 'HEALTH', unplanned)),
  ask(
    'FINES_CHARGES',
    'late filing penalty of the tax office',
    'late HMRC penalty usually barred',
    bank('HMRC LATE FILING PENALTY', 'EDU', unplanned),
  ),
  ask(
    'CASH',
    'cash machine on the high street',
    'cash is local policy',
    bank('LINK ATM HIGH ST', 'SOCIAL_CHILD', unplanned),
  ),
  ask('CASH', 'cash withdrawal at the bank’s own machine', 'cash', bank('CASH WDL NATWEST 14MAY', 'HEALTH', unplanned)),
  ask(
    'CASH',
    'cashback named on the bank line',
    'cashback is cash',
    bank('TESCO 2281 INC CASHBACK', 'SOCIAL_ADULT', unplanned),
  ),
  ask(
    'LIVING_COSTS',
    'supermarket basket on an activity day',
    '5.4',
    bank('SAINSBURYS S/MKTS 0412', 'SOCIAL_CHILD', unplanned),
  ),
  ask('LIVING_COSTS', 'gas bill by direct debit', 'utility', bank('DD BRITISH GAS', 'SOCIAL_ADULT', unplanned)),
  ask(
    'LIVING_COSTS',
    'mortgage of the family home',
    'mortgage',
    bank('DD HALIFAX MORTGAGE', 'SOCIAL_CHILD', unplanned),
  ),
  ask('LIVING_COSTS', 'rent to a letting agent', 'rent', bank('STO RENT 12 MILL ROAD', 'SOCIAL_ADULT', unplanned)),
  ask('LIVING_COSTS', 'water bill of the house', 'utility', bank('DD THAMES WATER', 'EDU', unplanned)),
  ask(
    'SELF_PAYMENT',
    'transfer to the recipient’s own current account',
    'narrative only, no record of the payee',
    bank('TFR TO OWN ACCOUNT', 'SOCIAL_CHILD', unplanned),
  ),
  ask(
    undefined,
    'standing order to a savings account with no earmark',
    '5.4: query unless an earmark is approved',
    bank('STO SAVINGS ACCOUNT', 'SOCIAL_CHILD', unplanned),
  ),
  ask(
    undefined,
    'physiotherapy in health money without a budget line',
    '5.2: depends on the plan; without a line a question either by NHS_FUNDED_OTHER or by NOT_IN_PLAN',
    bank('FPO ACTIVE PHYSIO LTD', 'HEALTH', unplanned),
  ),
  ask(
    undefined,
    'counselling in health money without a budget line',
    '5.2 NHS_FUNDED_OTHER: depends on the plan',
    bank('SQ *TALK IT OUT COUNSELL', 'HEALTH', unplanned),
  ),
  ask(
    undefined,
    'desensitisation to the dentist with an occupational therapist',
    '5.4: query; therapy, not a charge',
    till('HEALTH', 'FPO SENSE OT LTD', [['Sensory dental desensitisation session with OT', 6500n]], unplanned),
  ),
];

// --- Pharmacies and other mixed shops without a receipt ---

const mixedShops: readonly Family[] = [
  ask(
    'NO_EVIDENCE',
    'chain chemist with a branch number',
    '5.4 Boots without a receipt',
    bank('BOOTS 0144 CARLISLE', 'SOCIAL_CHILD', { amountPence: -2340n }),
  ),
  ask('NO_EVIDENCE', 'chain chemist in education money', 'sells both', bank('CARD PAYMENT TO SUPERDRUG 0712', 'EDU')),
  ask('NO_EVIDENCE', 'independent pharmacy by its trade word', 'sells both', bank('SUMUP *PATEL PHARMACY', 'HEALTH')),
  ask(
    'NO_EVIDENCE',
    'late night chemist of the register',
    'registered pharmacy, sells both',
    bank('HALLOW LATE NIGHT CHEMIST', 'SOCIAL_ADULT'),
  ),
  ask(
    'NO_EVIDENCE',
    'town’s pharmacy of the register with a contactless mark',
    'sells both',
    bank('CONTACTLESS DUNMERE PHARMACY', 'SOCIAL_CHILD'),
  ),
  ask(
    'NO_EVIDENCE',
    'chemist’s receipt accounts for less than was paid',
    // 5.3: the bank line is split by its receipt lines; the rest of a pharmacy payment has no receipt.
    'nine pounds ninety at a chemist have no line',
    {
      description: 'BOOTS 0873 HEXHAM',
      stream: 'HEALTH',
      amountPence: -2340n,
      receipt: [{ description: 'WET WIPES 6 PACK', amountPence: 1350n }],
    },
  ),
];

// --- Doctors’, dentists’ and pharmacies’ names of the registers, met only in a narrative: a question ---

const registeredNames: readonly Family[] = [
  ask(
    'GP_SERVICE',
    'registered partnership with its town',
    'a match of names asks',
    bank('THE FENWICK PARTNERSHIP ALDERTON', 'SOCIAL_CHILD'),
  ),
  ask(
    'GP_SERVICE',
    'registered surgery with a card prefix',
    'match of names',
    bank('CARD PAYMENT TO QUARRY HOUSE SURGERY', 'EDU'),
  ),
  ask(
    'GP_SERVICE',
    'registered doctors with an ampersand',
    'match of names',
    bank('DR PELLOW & PARTNERS DUNMERE', 'HEALTH'),
  ),
  ask(
    'GP_SERVICE',
    'registered practice without a medical word, in its town',
    'match of names',
    bank('POS TARN LANE PRACTICE DUNMERE', 'SOCIAL_CHILD'),
  ),
  ask(
    'GP_SERVICE',
    'registered group practice by transfer',
    'match of names',
    bank('FPO COPPICE ROW GROUP PRACTICE', 'EDU'),
  ),
  ask(
    'GP_SERVICE',
    'registered double partnership in its town',
    'match of names',
    bank('OTTERFORD AND BLYTHE PARTNERSHIP DUNMERE', 'HEALTH'),
  ),
  ask(
    'GP_SERVICE',
    'registered health centre with initials',
    'match of names',
    bank('SAXON GATE HC DUNMERE', 'SOCIAL_ADULT'),
  ),
  ask(
    'DENTAL',
    'registered orthodontist in its town',
    'match of names',
    bank('KESTREL ORTHODONTICS DUNMERE', 'SOCIAL_CHILD'),
  ),
  ask(
    'DENTAL',
    'registered dentists with two surnames in their town',
    'match of names',
    bank('PENHALE AND VOSS DUNMERE', 'HEALTH'),
  ),
  ask(
    'DENTAL',
    'registered dentist with a playful name in its town',
    'match of names',
    bank('SUMUP *THE TOOTHERY ALDERTON', 'EDU'),
  ),
  ask(
    'DENTAL',
    'registered smile clinic in its town',
    'match of names',
    bank('LINDEN SMILES ALDERTON', 'SOCIAL_ADULT'),
  ),
  ask(
    'DENTAL',
    'registered dental studio with a store number',
    'match of names',
    bank('FERRY STREET DENTAL STUDIO 0021', 'SOCIAL_CHILD'),
  ),
  ask(
    'DENTAL',
    'registered dental care cut at twenty characters',
    'match of names',
    bank('HOLLYBANK DENTAL CAR', 'HEALTH'),
  ),
];

// --- Merchant codes ---

const codes: readonly Family[] = [
  ask(
    'DENTAL',
    'dentists’ code under a trading name',
    'MCC alone',
    bank('SQ *SMITH AND CO', 'SOCIAL_CHILD', { mcc: '8021' }),
  ),
  ask(
    'GP_SERVICE',
    'doctors’ code under initials',
    'MCC alone',
    bank('HCS LTD 0114', 'EDU', { mcc: '8011', ...unplanned }),
  ),
  ask(
    'SURGERY',
    'hospitals’ code in health money',
    'MCC alone',
    bank('CARD PAYMENT TO RAMSAY UK', 'HEALTH', { mcc: '8062', ...unplanned }),
  ),
  ask(
    'OPTICAL',
    'opticians’ code in health money without a plan line',
    'MCC alone',
    bank('ZETTLE_*J WARD', 'HEALTH', { mcc: '8043', ...unplanned }),
  ),
  ask(
    'ALCOHOL',
    'drinking place’s code with no receipt',
    'MCC alone',
    bank('THE RED LION', 'SOCIAL_ADULT', { mcc: '5813', ...unplanned }),
  ),
  ask(
    'ALCOHOL',
    'liquor store’s code with no receipt',
    'MCC alone',
    bank('SUMUP *HIGHFIELD', 'SOCIAL_CHILD', { mcc: '5921', ...unplanned }),
  ),
  ask(
    'TOBACCO',
    'cigar store’s code with no receipt',
    'MCC alone',
    bank('VIS NEWSPOINT', 'HEALTH', { mcc: '5993', ...unplanned }),
  ),
  ask(
    'CASH',
    'cash machine’s code under a shop name',
    'MCC alone',
    bank('CO-OP FOODSTORE', 'SOCIAL_CHILD', { mcc: '6011', ...unplanned }),
  ),
  ask(
    'FINES_CHARGES',
    'fines’ code under a council department',
    'MCC alone',
    bank('ONLINE SERVICES', 'HEALTH', { mcc: '9222', ...unplanned }),
  ),
  ask(
    'SCHOOL_PLACE',
    'schools’ code in education money',
    'MCC alone',
    bank('THE BURSAR', 'EDU', { mcc: '8211', ...unplanned }),
  ),
  ask(
    'LIVING_COSTS',
    'grocers’ code under a first name',
    'MCC alone',
    bank('SQ *ALI', 'SOCIAL_ADULT', { mcc: '5411', ...unplanned }),
  ),
  ask('LIVING_COSTS', 'utilities’ code', 'MCC alone', bank('OVO', 'SOCIAL_CHILD', { mcc: '4900', ...unplanned })),
  pass(
    'doctors’ code but the receipt is agreed physiotherapy',
    'the receipt outranks the code; private physiotherapy is allowed in the plan',
    till('HEALTH', 'CARD PAYMENT TO MOVEWELL', [['Physiotherapy session 45 min', 5500n]], { mcc: '8011' }),
  ),
  pass(
    'drinking place’s code but the receipt is a disco ticket',
    'the receipt outranks the code',
    till('SOCIAL_ADULT', 'THE STATION', [['Inclusive disco entry x1', 500n]], { mcc: '5813' }),
  ),
  pass(
    'health spa’s code for the agreed massage therapy',
    '5.4: a card scheme’s block is not an exclusion',
    bank('SERENITY MASSAGE THERAPY', 'HEALTH', { mcc: '7297' }),
  ),
  pass(
    'grocers’ code but the receipt is agreed sensory play material',
    'the receipt outranks the code',
    till(
      'EDU',
      'TESCO STORES 3021',
      [
        ['PLAY-DOH 10 POTS', 899n],
        ['COLOURED SAND', 350n],
      ],
      { mcc: '5411' },
    ),
  ),
  pass(
    'recreation code for an agreed trampoline session',
    'harmless code',
    bank('GRAVITY MAX', 'SOCIAL_CHILD', { mcc: '7999' }),
  ),
  pass(
    'veterinary code for the agreed assistance dog',
    'a vet is no GP',
    bank('ABBEY SURGERY', 'SOCIAL_CHILD', { mcc: '0742', payee: { name: 'Abbey Surgery', kind: 'vet' } }),
  ),
];

// --- People: dated household, relation, recipient, approvals (4.2-4.4, 5.2, 5.4, 12.3-12.5) ---

const people: readonly Family[] = [
  bar(
    'HOUSEHOLD_FAMILY',
    'brother paid as assistant while he lives at home',
    'lives with the child',
    wage('SOCIAL_CHILD', '2026-05-12', {
      name: 'Daniel Prior',
      relationship: 'brother',
      livesWithChild: [{ from: '2012-03-01' }],
    }),
  ),
  pass(
    'brother paid for work done in term, before he came home',
    'the day of the work decides',
    wage('SOCIAL_CHILD', '2026-06-05', {
      name: 'Daniel Prior',
      relationship: 'brother',
      livesWithChild: [{ from: '2026-06-20', to: '2026-09-18' }],
    }),
  ),
  bar(
    'HOUSEHOLD_FAMILY',
    'brother’s work on the first day home for the summer',
    'both ends of a span count',
    wage('EDU', '2026-06-20', {
      name: 'Daniel Prior',
      relationship: 'brother',
      livesWithChild: [{ from: '2026-06-20', to: '2026-09-18' }],
    }),
  ),
  bar(
    'HOUSEHOLD_FAMILY',
    'brother’s work in the second of two holidays at home',
    'several spans',
    wage('SOCIAL_CHILD', '2026-04-08', {
      name: 'Owen Tait',
      relationship: 'brother',
      livesWithChild: [
        { from: '2025-12-13', to: '2026-01-09' },
        { from: '2026-03-28', to: '2026-04-19' },
      ],
    }),
  ),
  pass(
    'brother’s work between two holidays at home',
    'several spans, and none covers the day',
    wage('SOCIAL_CHILD', '2026-02-10', {
      name: 'Owen Tait',
      relationship: 'brother',
      livesWithChild: [
        { from: '2025-12-13', to: '2026-01-09' },
        { from: '2026-03-28', to: '2026-04-19' },
      ],
    }),
  ),
  bar(
    'HOUSEHOLD_FAMILY',
    'grandmother who moved in last winter',
    'family in the household, in health money',
    wage('HEALTH', '2026-05-12', {
      name: 'Irena Nowak',
      relationship: 'grandmother',
      livesWithChild: [{ from: '2025-11-02' }],
    }),
  ),
  pass(
    'grandmother’s work before she moved in',
    'dated household',
    wage('HEALTH', '2025-10-28', {
      name: 'Irena Nowak',
      relationship: 'grandmother',
      livesWithChild: [{ from: '2025-11-02' }],
    }),
  ),
  pass(
    'grandfather’s work after he moved out',
    'dated household',
    wage('EDU', '2026-03-02', {
      name: 'Leslie Hume',
      relationship: 'grandfather',
      livesWithChild: [{ from: '2019-01-01', to: '2026-02-28' }],
    }),
  ),
  pass(
    'aunt who lives elsewhere paid for a weekend away',
    '5.4: aunt elsewhere',
    wage('SOCIAL_CHILD', '2026-05-16', {
      name: 'Meera Shah',
      relationship: 'aunt',
      livesWithChild: [],
      livesWithRecipient: [],
    }),
  ),
  pass(
    'uncle of the same surname living three streets off',
    'relatives elsewhere are allowed',
    wage('HEALTH', '2026-05-12', { name: 'Robert Prior', relationship: 'uncle', livesWithChild: [] }),
  ),
  pass(
    'assistant of the family’s own surname who is no relation',
    'no match on a surname',
    wage('SOCIAL_CHILD', '2026-05-12', { name: 'Shelley Prior', relationship: 'none' }),
  ),
  bar(
    'HOUSEHOLD_FAMILY',
    'step-father in the home tutors for money from the plan',
    'education too',
    wage('EDU', '2026-05-12', {
      name: 'Gary Munn',
      relationship: 'step-father',
      livesWithChild: [{ from: '2023-08-01' }],
    }),
  ),
  bar(
    'HOUSEHOLD_FAMILY',
    'adult sister with whom an adult recipient lives',
    '4.4 others in the same household',
    wage('SOCIAL_ADULT', '2026-05-12', {
      name: 'Ruth Ames',
      relationship: 'sister',
      livesWithRecipient: [{ from: '2024-01-01' }],
    }),
  ),
  bar(
    'HOUSEHOLD_FAMILY',
    'aunt in the recipient’s home though not in the child’s',
    '12.3: test both, apply the stricter; social care tests the recipient’s household',
    wage('SOCIAL_CHILD', '2026-05-12', {
      name: 'Joan Peel',
      relationship: 'aunt',
      livesWithChild: [],
      livesWithRecipient: [{ from: '2022-05-01' }],
    }),
  ),
  bar(
    'HOUSEHOLD_FAMILY',
    'assistant since she became the father’s partner and moved in',
    '5.4: from the date of living together',
    wage('SOCIAL_CHILD', '2026-04-01', {
      name: 'Carla Reyes',
      relationship: "recipient's partner",
      livesWithChild: [{ from: '2026-04-01' }],
      livesWithRecipient: [{ from: '2026-04-01' }],
    }),
  ),
  pass(
    'assistant’s health-paid work before she became the father’s partner',
    '5.4: from the date of living together; SPOUSE_ELSEWHERE is not for HEALTH',
    wage('HEALTH', '2026-03-20', {
      name: 'Carla Reyes',
      relationship: "recipient's partner",
      livesWithChild: [{ from: '2026-04-01' }],
      livesWithRecipient: [{ from: '2026-04-01' }],
    }),
  ),
  bar(
    'HOUSEHOLD_FAMILY',
    'half-brother in the household',
    'a family member in plain words',
    wage('HEALTH', '2026-05-12', {
      name: 'Kyle Brand',
      relationship: 'half-brother',
      livesWithChild: [{ from: '2021-01-01', to: null }],
    }),
  ),
  bar(
    'HOUSEHOLD_FAMILY',
    'nan in the household, as the family calls her',
    'a family member in plain words',
    wage('EDU', '2026-05-12', { name: 'Betty Cole', relationship: 'nan', livesWithChild: [{ from: '2024-06-01' }] }),
  ),
  bar(
    'HOUSEHOLD_FAMILY',
    'bicycle bought from the brother in the house',
    '12.4: employing or buying from',
    bank('FPO D PRIOR BIKE', 'SOCIAL_CHILD', {
      payee: { name: 'Daniel Prior', relationship: 'brother', livesWithChild: [{ from: '2012-03-01' }] },
    }),
  ),
  bar(
    'HOUSEHOLD_FAMILY',
    'mother’s wages on a payslip',
    'a family member can be paid through payroll',
    slip('HEALTH', 'Basic pay 20 hours', {
      payee: { name: 'Anne Doyle', relationship: 'mother', livesWithChild: [{ from: '2015-06-10' }] },
    }),
  ),
  bar(
    'HOUSEHOLD_FAMILY',
    'journal moves the live-in grandmother’s pay to another budget line',
    'a re-coding re-runs the test',
    doc('EDU', 'Re-code I Nowak May hours to tuition', 'journal', {
      payee: { name: 'Irena Nowak', relationship: 'grandmother', livesWithChild: [{ from: '2025-11-02' }] },
    }),
  ),
  pass(
    'live-in grandmother approved in writing for the summer',
    'exception route',
    wage(
      'SOCIAL_CHILD',
      '2026-07-20',
      { name: 'Irena Nowak', relationship: 'grandmother', livesWithChild: [{ from: '2025-11-02' }] },
      [{ rule: 'HOUSEHOLD_FAMILY', payee: 'Irena Nowak', from: '2026-07-01', to: '2026-08-31' }],
    ),
  ),
  pass(
    'live-in grandmother on the last day of her approval',
    'both days included',
    wage(
      'HEALTH',
      '2026-08-31',
      { name: 'Irena Nowak', relationship: 'grandmother', livesWithChild: [{ from: '2025-11-02' }] },
      [{ rule: 'HOUSEHOLD_FAMILY', payee: 'Irena Nowak', from: '2026-07-01', to: '2026-08-31' }],
    ),
  ),
  bar(
    'HOUSEHOLD_FAMILY',
    'live-in grandmother the day after her approval ended',
    'dated approval',
    wage(
      'HEALTH',
      '2026-09-01',
      { name: 'Irena Nowak', relationship: 'grandmother', livesWithChild: [{ from: '2025-11-02' }] },
      [{ rule: 'HOUSEHOLD_FAMILY', payee: 'Irena Nowak', from: '2026-07-01', to: '2026-08-31' }],
    ),
  ),
  bar(
    'HOUSEHOLD_FAMILY',
    'work done the day before the approval begins',
    'dated approval',
    wage(
      'EDU',
      '2026-06-30',
      { name: 'Irena Nowak', relationship: 'grandmother', livesWithChild: [{ from: '2025-11-02' }] },
      [{ rule: 'HOUSEHOLD_FAMILY', payee: 'Irena Nowak', from: '2026-07-01', to: '2026-08-31' }],
    ),
  ),
  bar(
    'HOUSEHOLD_FAMILY',
    'approval given to another member of the household',
    'an approval names its payee',
    wage(
      'SOCIAL_CHILD',
      '2026-07-20',
      { name: 'Daniel Prior', relationship: 'brother', livesWithChild: [{ from: '2012-03-01' }] },
      [{ rule: 'HOUSEHOLD_FAMILY', payee: 'Irena Nowak', from: '2026-07-01', to: '2026-08-31' }],
    ),
  ),
  bar(
    'HOUSEHOLD_FAMILY',
    'approval for a friend used for a sister',
    'an approval names its rule',
    wage(
      'HEALTH',
      '2026-07-20',
      { name: 'Ruth Ames', relationship: 'sister', livesWithChild: [{ from: '2010-01-01' }] },
      [{ rule: 'HOUSEHOLD_FRIEND', payee: 'Ruth Ames', from: '2026-07-01', to: '2026-08-31' }],
    ),
  ),
  pass(
    'approval that the second of two covers',
    'any approval that covers the day',
    wage(
      'SOCIAL_ADULT',
      '2026-05-12',
      { name: 'Ruth Ames', relationship: 'sister', livesWithRecipient: [{ from: '2024-01-01' }] },
      [
        { rule: 'HOUSEHOLD_FAMILY', payee: 'Ruth Ames', from: '2025-01-01', to: '2025-06-30' },
        { rule: 'HOUSEHOLD_FAMILY', payee: 'Ruth Ames', from: '2026-04-01', to: '2026-06-30' },
      ],
    ),
  ),
  bar(
    'PRESCRIPTION',
    'approved live-in grandmother is also paid a prescription',
    'the approval lifts its own rule only',
    till(
      'HEALTH',
      'FPO I NOWAK',
      [
        ['Care, 3 hours', 3900n],
        ['NHS prescription', 990n],
      ],
      {
        date: '2026-07-20',
        payee: { name: 'Irena Nowak', relationship: 'grandmother', livesWithChild: [{ from: '2025-11-02' }] },
        approvals: [{ rule: 'HOUSEHOLD_FAMILY', payee: 'Irena Nowak', from: '2026-07-01', to: '2026-08-31' }],
      },
    ),
  ),
  pass(
    'live-in assistant who is no relation, social care',
    '5.4: not family',
    wage('SOCIAL_CHILD', '2026-05-12', {
      name: 'Blessing Adeyemi',
      relationship: 'none',
      livesWithChild: [{ from: '2025-09-01' }],
    }),
  ),
  pass(
    'live-in assistant who is no relation, health',
    '5.4: in HEALTH a question only if a friend',
    wage('HEALTH', '2026-05-12', {
      name: 'Blessing Adeyemi',
      relationship: 'none',
      livesWithChild: [{ from: '2025-09-01' }],
    }),
  ),
  pass(
    'live-in assistant who is a friend, child’s social care',
    'friend in the household is barred in HEALTH only',
    wage('SOCIAL_CHILD', '2026-05-12', {
      name: 'Tess Wynn',
      relationship: 'friend',
      livesWithChild: [{ from: '2025-09-01' }],
    }),
  ),
  pass(
    'friend in the adult recipient’s household',
    '4.4: friend not barred, unlike NHS',
    wage('SOCIAL_ADULT', '2026-05-12', {
      name: 'Ola Berg',
      relationship: 'friend',
      livesWithRecipient: [{ from: '2025-01-01' }],
    }),
  ),
  pass(
    'friend in the household paid for tuition from education money',
    'HEALTH only',
    wage('EDU', '2026-05-12', { name: 'Ola Berg', relationship: 'friend', livesWithChild: [{ from: '2025-01-01' }] }),
  ),
  pass(
    'friend who lives elsewhere paid from health money',
    'not in the household',
    wage('HEALTH', '2026-05-12', { name: 'Tess Wynn', relationship: 'friend', livesWithChild: [] }),
  ),
  pass(
    'friend in health money after moving out',
    'dated household',
    wage('HEALTH', '2026-05-12', {
      name: 'Tess Wynn',
      relationship: 'friend',
      livesWithChild: [{ from: '2024-09-01', to: '2026-01-31' }],
    }),
  ),
  pass(
    'friend in the household whom the health board approved',
    'exception route of HOUSEHOLD_FRIEND',
    wage(
      'HEALTH',
      '2026-05-12',
      { name: 'Tess Wynn', relationship: 'friend', livesWithChild: [{ from: '2025-09-01' }] },
      [{ rule: 'HOUSEHOLD_FRIEND', payee: 'Tess Wynn', from: '2026-04-01', to: '2026-06-30' }],
    ),
  ),
  ask(
    'SPOUSE_ELSEWHERE',
    'separated wife living elsewhere, adult social care',
    '5.4: separated, not divorced',
    wage('SOCIAL_ADULT', '2026-05-12', {
      name: 'Helen Frost',
      relationship: 'separated wife',
      livesWithRecipient: [],
      livesWithChild: [],
    }),
  ),
  ask(
    'SPOUSE_ELSEWHERE',
    'husband who works away, child’s social care',
    'SOCIAL_*: spouse wherever they live',
    wage('SOCIAL_CHILD', '2026-05-12', {
      name: 'Mark Frost',
      relationship: 'husband',
      livesWithRecipient: [],
      livesWithChild: [],
    }),
  ),
  pass(
    'separated wife living elsewhere, health money',
    'SPOUSE_ELSEWHERE is for SOCIAL_* only',
    wage('HEALTH', '2026-05-12', {
      name: 'Helen Frost',
      relationship: 'separated wife',
      livesWithRecipient: [],
      livesWithChild: [],
    }),
  ),
  pass(
    'separated husband living elsewhere, education money',
    'SPOUSE_ELSEWHERE is for SOCIAL_* only',
    wage('EDU', '2026-05-12', {
      name: 'Mark Frost',
      relationship: 'separated husband',
      livesWithRecipient: [],
      livesWithChild: [],
    }),
  ),
  pass(
    'separated wife approved for the term',
    'exception route',
    wage(
      'SOCIAL_ADULT',
      '2026-05-12',
      { name: 'Helen Frost', relationship: 'separated wife', livesWithRecipient: [] },
      [{ rule: 'SPOUSE_ELSEWHERE', payee: 'Helen Frost', from: '2026-05-01', to: '2026-07-31' }],
    ),
  ),
  bar(
    'HOUSEHOLD_FAMILY',
    'husband in the adult recipient’s home',
    'spouse in the household',
    wage('SOCIAL_ADULT', '2026-05-12', {
      name: 'Tom Frost',
      relationship: 'husband',
      livesWithRecipient: [{ from: '2018-01-01' }],
    }),
  ),
  bar(
    'SELF_PAYMENT',
    'recipient pays herself for care',
    '5.4',
    wage('SOCIAL_CHILD', '2026-05-12', { name: 'Anne Doyle', relationship: 'recipient' }),
  ),
  bar(
    'SELF_PAYMENT',
    'recipient pays himself for tuition',
    'all streams',
    wage('EDU', '2026-05-12', { name: 'Paul Ince', relationship: 'recipient' }),
  ),
  pass(
    'recipient’s approved administration payment under the Care Act',
    'E: administration payment',
    wage('SOCIAL_ADULT', '2026-05-12', { name: 'Jo Marsh', relationship: 'recipient' }, [
      { rule: 'SELF_PAYMENT', payee: 'Jo Marsh', from: '2026-04-01', to: '2026-09-30' },
    ]),
  ),
  bar(
    undefined,
    'grandmother who is the recipient and lives with the child pays herself',
    '5.4: SELF_PAYMENT or HOUSEHOLD_FAMILY',
    wage('HEALTH', '2026-05-12', {
      name: 'Irena Nowak',
      relationship: 'recipient',
      livesWithChild: [{ from: '2025-11-02' }],
    }),
  ),
  pass(
    'recipient paid back for club fees, with the club’s receipt',
    '5.4: reimbursement with a receipt',
    till('SOCIAL_CHILD', 'FPO A DOYLE REIMBURSE CLUB', [['Drama club fees, half term', 4500n]], {
      payee: { name: 'Anne Doyle', relationship: 'recipient' },
    }),
  ),
  ask(
    undefined,
    'foster carer paid for respite',
    '5.4: query',
    wage('SOCIAL_CHILD', '2026-05-12', {
      name: 'Wendy Holt',
      relationship: 'foster carer',
      livesWithChild: [{ from: '2024-02-01' }],
    }),
  ),
  ask(
    undefined,
    'shared-lives host of a young adult',
    '5.4: query',
    wage('SOCIAL_ADULT', '2026-05-12', {
      name: 'Graham Tull',
      relationship: 'shared lives host',
      livesWithRecipient: [{ from: '2024-02-01' }],
    }),
  ),
  pass(
    'brother in the house gains driving lessons from a school',
    '5.4: benefit to a household member is not employing one',
    bank('RED DRIVING SCHOOL', 'SOCIAL_ADULT', { payee: { name: 'RED Driving School', relationship: 'none' } }),
  ),
  pass(
    'sister-in-law who has never lived in either home',
    'relatives elsewhere',
    wage('EDU', '2026-05-12', {
      name: 'Priya Rao',
      relationship: 'sister-in-law',
      livesWithChild: [],
      livesWithRecipient: [],
    }),
  ),
  pass(
    'neighbour who lives at the next number of the same road',
    'no conclusion from an address',
    wage('HEALTH', '2026-05-12', {
      name: 'Maud Eve',
      relationship: 'neighbour',
      livesWithChild: [],
      livesWithRecipient: [],
    }),
  ),
  bar(
    'HOUSEHOLD_FAMILY',
    'approval for the wrong rule of a household uncle',
    'an approval for off-plan spending does not lift the household bar',
    wage(
      'SOCIAL_CHILD',
      '2026-05-12',
      { name: 'Ken Roe', relationship: 'uncle', livesWithChild: [{ from: '2020-01-01' }] },
      [{ rule: 'NOT_IN_PLAN', payee: 'Ken Roe', from: '2026-01-01', to: '2026-12-31' }],
    ),
  ),
  ask(
    'NOT_IN_PLAN',
    'wages of an unrelated assistant for a task that no line agrees',
    'allowed person, no budget line',
    { ...wage('EDU', '2026-05-12', { name: 'Shelley Prior', relationship: 'none' }), ...unplanned },
  ),
  pass(
    'consent of the head on file for lunchtime support at school',
    'ON_PREMISES consent names the payee and covers the day',
    bank('FPO LUNCHTIME SUPPORT AT SCHOOL', 'EDU', {
      payee: { name: 'Jade Orme', relationship: 'none' },
      approvals: [{ rule: 'ON_PREMISES_NO_CONSENT', payee: 'Jade Orme', from: '2026-04-20', to: '2026-07-22' }],
    }),
  ),
  ask(
    'ON_PREMISES_NO_CONSENT',
    'head’s consent ran out at Easter',
    'consent must be in date',
    bank('FPO LUNCHTIME SUPPORT AT SCHOOL', 'EDU', {
      payee: { name: 'Jade Orme', relationship: 'none' },
      approvals: [{ rule: 'ON_PREMISES_NO_CONSENT', payee: 'Jade Orme', from: '2026-01-05', to: '2026-03-27' }],
    }),
  ),
];

// --- Travel money: no test of excluded spend by default (2.9, 5.1) ---

const travel: readonly Family[] = [
  pass('taxi to school from the travel budget', '2.9', bank('A2B TAXIS BLACKBURN', 'TRANSPORT')),
  pass(
    'fuel for the school run from the travel budget',
    '2.9',
    bank('SHELL ROUNDHAY 0443', 'TRANSPORT', { mcc: '5541' }),
  ),
  pass(
    'father’s own mileage paid from the travel budget',
    '5.1: list 1 does not reach TRANSPORT',
    bank('FPO MILEAGE MAY', 'TRANSPORT', {
      payee: { name: 'Paul Ince', relationship: 'father', livesWithChild: [{ from: '2014-01-01' }] },
    }),
  ),
  pass(
    'dentist’s receipt in travel money',
    '5.1: list 1 does not reach TRANSPORT',
    till('TRANSPORT', 'CARD PAYMENT 1204', [['Dental check-up', 2740n]]),
  ),
  pass(
    'pharmacy without a receipt in travel money',
    '2.9: no receipt needed',
    bank('BOOTS 0144 CARLISLE', 'TRANSPORT'),
  ),
  pass('medical centre’s name in travel money', 'no test by default', bank('HOLLINS MEDICAL CENTRE', 'TRANSPORT')),
  pass('annual bus pass for a sibling who walks him to school', '2.9', bank('FIRST WEST YORKS MTICKET', 'TRANSPORT')),
];

// --- Off plan and nothing else: NOT_IN_PLAN, and no accusation ---

const offPlan: readonly Family[] = [
  ask(
    'NOT_IN_PLAN',
    'trampoline park without a line',
    'no budget line',
    bank('OXYGEN FREEJUMPING', 'SOCIAL_CHILD', unplanned),
  ),
  ask(
    'NOT_IN_PLAN',
    'music therapist without a line',
    'no budget line',
    bank('FPO HARMONY MUSIC THERAPY', 'EDU', unplanned),
  ),
  ask(
    'NOT_IN_PLAN',
    'tree surgeon without a line',
    'not a GP, yet no line',
    till('SOCIAL_CHILD', 'SUMUP *CANOPY', [['Tree surgery: crown reduction of oak', 24000n]], unplanned),
  ),
  ask('NOT_IN_PLAN', 'cinema film without a line', 'not screening', bank('VUE BSL LTD', 'SOCIAL_ADULT', unplanned)),
  ask(
    'NOT_IN_PLAN',
    'tablet bought on one receipt without a line',
    'no budget line',
    till('EDU', 'CURRYS 0881', [['APPLE IPAD 64GB', 32900n]], unplanned),
  ),
  ask(
    'NOT_IN_PLAN',
    'riding lessons without a line',
    'no budget line',
    bank('SQ *MEADOW RIDING SCHOOL', 'HEALTH', unplanned),
  ),
  ask(
    'NOT_IN_PLAN',
    'journal moves a pottery class out of its line',
    'a re-coding is tested again',
    doc('SOCIAL_ADULT', 'Pottery class moved to unplanned', 'journal', unplanned),
  ),
];

// --- Harmless bank lines: planned, and another thing than a word in the name suggests ---

const harmlessLines: readonly Family[] = [
  pass('tree surgeons spelled out', 'trees', bank('HEARTWOOD TREE SURGEONS LT', 'SOCIAL_CHILD')),
  pass('stump grinder and tree surgeon on a card reader', 'trees', bank('SUMUP *BARK TREE SURGEON', 'EDU')),
  pass('art gallery in Surgery Street', 'a street, not a surgery', bank('SURGERY STREET GALLERY', 'EDU')),
  pass('repairer of dolls and bears', 'toys', bank('THE DOLLS SURGERY TOY REPAIR', 'SOCIAL_CHILD')),
  pass('bicycle repairer called doctor', 'bicycles', bank('DR BIKE CYCLE REPAIRS', 'HEALTH')),
  pass('bicycle workshop called hospital', 'bicycles', bank('ZETTLE_*BICYCLE HOSPITAL', 'SOCIAL_ADULT')),
  pass('piano tuner called doctor', 'pianos', bank('THE PIANO DOCTOR LEWES', 'EDU')),
  pass('phone repairer called clinic', 'phones', bank('IPHONE CLINIC REPAIRS', 'SOCIAL_CHILD')),
  pass('phone screen repair by its shop', 'screens of phones', bank('POS ISMASH SCREEN REPAIR', 'EDU')),
  pass('laptop repair called surgery', 'computers', bank('PC SURGERY LAPTOP REPAIR', 'SOCIAL_ADULT')),
  pass('open-air cinema', 'films', bank('STARLIT OPEN AIR CINEMA SCR', 'SOCIAL_CHILD')),
  pass('arthouse cinema with screen in the name', 'films', bank('SCREEN ON THE CANAL', 'SOCIAL_ADULT')),
  pass('screen printing workshop', 'printing', bank('SQ *INKY SCREEN PRINTING', 'EDU')),
  pass('course for young film makers', 'films', bank('SCREENWRITERS YOUTH LAB', 'SOCIAL_CHILD')),
  pass('vet of the agreed assistance dog', 'a vet', bank('PAWS VETERINARY SURGERY', 'SOCIAL_CHILD')),
  pass('equine clinic for the agreed riding pony', 'horses', bank('DOWNLAND EQUINE CLINIC', 'HEALTH')),
  pass('equine dentist for the therapy horse', 'horses', bank('FPO R COLE EQUINE DENTIST', 'EDU')),
  pass('charity that trains detection dogs', 'dogs', bank('MEDICAL DETECTION DOGS', 'SOCIAL_CHILD')),
  pass('music practice rooms', 'practice of music', bank('SOUNDBOX PRACTICE ROOMS', 'EDU')),
  pass('golf practice ground', 'practice of golf', bank('GREENFIELD GOLF PRACTICE', 'SOCIAL_ADULT')),
  pass('karting track with GP in its name', 'Grand Prix', bank('TEAMSPORT GP KARTING', 'SOCIAL_CHILD')),
  pass(
    'accidental damage cover of the communication aid',
    'accidental holds the letters of dental',
    bank('DD ACCIDENTAL DAMAGE COVER', 'EDU'),
  ),
  pass('orthotics maker for agreed insoles', 'feet, not teeth', bank('ORTHOTIC INSOLES DIRECT', 'HEALTH')),
  pass('orthopaedic cushion maker', 'cushions, not teeth', bank('ORTHOPAEDIC CUSHION CO', 'SOCIAL_ADULT')),
  pass('swimming school in the town of Denton', 'a town', bank('DENTON SWIM SCHOOL', 'SOCIAL_CHILD')),
  pass('drama group with jab in the name', 'letters in a word', bank('JABBERWOCKY YOUTH DRAMA', 'EDU')),
  pass('boxing class with jab in the name', 'boxing', bank('SUMUP *JAB AND HOOK BOXING', 'SOCIAL_ADULT')),
  pass('museum of the first vaccinator', 'a museum', bank('DR JENNERS HOUSE MUSEUM', 'EDU')),
  pass('first aid course of the ambulance charity', 'training', bank('ST JOHN AMBULANCE TRAINING', 'SOCIAL_CHILD')),
  pass(
    'emergency respite by an agency',
    'respite, not medical care',
    bank('FPO EMERGENCY RESPITE CARE AGENCY', 'SOCIAL_CHILD'),
  ),
  pass('arts centre in an old brewery', 'theatre', bank('BREWERY ARTS CENTRE KENDAL', 'SOCIAL_ADULT')),
  pass('caravan park at Beer in Devon', 'a village', bank('BEER HEAD CARAVAN PARK', 'SOCIAL_CHILD')),
  pass('leisure centre at Bitterne', 'letters in a word', bank('BITTERNE LEISURE CENTRE', 'HEALTH')),
  pass('riding at a vineyard road', 'an address', bank('VINEYARD LANE RIDING', 'EDU')),
  pass(
    'scout group of a village with ale in its name',
    'letters in a word',
    bank('1ST ALEHAM SCOUT GROUP', 'SOCIAL_CHILD'),
  ),
  pass('guitar workshop with cigar boxes', 'music', bank('CIGAR BOX GUITAR WORKSHOP', 'EDU')),
  pass('narrow-gauge railway with smoke in its name', 'a railway', bank('SMOKEY JOES RAILWAY', 'SOCIAL_ADULT')),
  pass('tea room called Betty', 'letters in a word', bank('BETTYS CRAFT AFTERNOON', 'SOCIAL_ADULT')),
  pass('water park with coral in its name', 'swimming, not a bookmaker', bank('CORAL REEF WATERWORLD', 'SOCIAL_CHILD')),
  pass('alphabet tutor', 'letters in a word', bank('SQ *ALPHABET TUTORS', 'EDU')),
  pass('slot car racing club', 'model cars', bank('SLOT CAR RACING CLUB', 'SOCIAL_ADULT')),
  pass('toy library’s loan subscription', 'lending of toys', bank('TOY LOAN SCHEME SUBS', 'SOCIAL_CHILD')),
  pass('swimming pool at Crediton', 'letters in a word', bank('CREDITON SWIM LESSONS', 'EDU')),
  pass('football club with penalty in its name', 'football', bank('PENALTY SHOOTERS INCLUSIVE FC', 'SOCIAL_CHILD')),
  pass('fine art class', 'art', bank('SQ *FINE ART FOR ALL', 'EDU')),
  pass(
    'hospital car park on an appointment day',
    '5.4: travel to hospital appointments is allowed in HEALTH',
    bank('RVI HOSPITAL CAR PARK', 'HEALTH'),
  ),
  pass(
    'taxi to a hospital appointment, agreed in the care plan',
    '5.4: travel to hospital appointments, HEALTH',
    bank('BLUE LINE TAXIS HOSPITAL RUN', 'HEALTH'),
  ),
  pass('cashmere weaving workshop', 'letters in a word', bank('CASHMERE WEAVING WKSHOP', 'SOCIAL_ADULT')),
  pass('trampolines called Atmosphere', 'letters in a word', bank('ATMOSPHERE TRAMPOLINE PK', 'SOCIAL_CHILD')),
  pass('art museum named after a grocer', 'a museum', bank('SAINSBURY CENTRE NORWICH ART', 'EDU')),
  pass('campsite called Shell Island', 'camping', bank('SHELL ISLAND CAMPSITE', 'SOCIAL_CHILD')),
  pass('baby swimming school with water in its name', 'swimming', bank('WATER BABIES SWIMMING', 'HEALTH')),
  pass('indoor skydiving', 'an activity, not a television bill', bank('IFLY INDOOR SKYDIVING', 'SOCIAL_ADULT')),
  pass('parent and carer forum’s course', 'rent is within parent', bank('PARENT CARER TRAINING', 'SOCIAL_CHILD')),
  pass('powerchair football club', 'sport', bank('POWERCHAIR FOOTBALL LEAGUE', 'SOCIAL_CHILD')),
  pass('climbing wall with a clinic in its name', 'coaching', bank('THE CLIMBING CLINIC WALL', 'EDU')),
  pass('climbing wall with a store number', 'climbing', bank('DEPOT CLIMBING 0021 LEEDS', 'SOCIAL_ADULT')),
  pass('horticultural therapy garden', 'therapy agreed', bank('THRIVE HORTICULTURAL THERAPY', 'HEALTH')),
  pass('care farm with community growing', 'growing', bank('SUMUP *ROOTS CARE FARM', 'SOCIAL_ADULT')),
  pass(
    'social prescribing art group',
    'art, not a prescription charge',
    bank('SOCIAL PRESCRIBING ART GROUP', 'SOCIAL_ADULT'),
  ),
  pass(
    'gym of a hospital group',
    'a gym in the plan, not surgery',
    bank('NUFFIELD HEALTH FITNESS & WELLBEING GYM', 'SOCIAL_ADULT'),
  ),
  pass('school holiday club', 'a club, not a school place', bank('SCHOOLS OUT HOLIDAY CLUB', 'SOCIAL_CHILD')),
  pass('payroll bureau’s fee', 'employment cost', bank('DD PENDERELS TRUST PAYROLL', 'SOCIAL_CHILD')),
  pass('tax of the assistants for the quarter', 'employment cost', bank('HMRC PAYE 475PW00123456', 'SOCIAL_ADULT')),
  pass('pension of the assistants', 'employment cost', bank('DD NEST PENSION', 'HEALTH')),
  pass(
    'employers’ liability insurance for the year',
    'employment cost',
    bank('FISH INSURANCE EMP LIAB', 'SOCIAL_CHILD'),
  ),
  pass(
    'criminal record check of a new assistant',
    '5.4: DBS check is an employment cost',
    bank('GBG DBS CHECK ONLINE', 'EDU'),
  ),
  pass('pre-employment health check of an assistant', '5.4', bank('PRE-EMPLOYMENT HEALTH CHECK PA', 'SOCIAL_CHILD')),
  pass(
    'agency’s late-cancellation charge',
    '5.4: allowed, a waste indicator only',
    bank('FPO CARE AGENCY LATE CANCELLATION', 'SOCIAL_CHILD'),
  ),
  pass(
    'wages for the afternoon at the dentist',
    '5.4: the service is the assistant’s',
    slip('SOCIAL_CHILD', 'Wages: 3 hours supporting at dentist appointment'),
  ),
  pass(
    'wages for waiting at the doctors',
    '5.4: the same holds at the surgery',
    slip('HEALTH', 'PA wages 2 hours, accompanied to GP appointment', {
      payee: { name: 'Shelley Prior', relationship: 'none' },
    }),
  ),
  pass('agency in Spain paid in euros', 'the Jacobs story', bank('CUIDADOS COSTA SL ALICANTE EUR', 'SOCIAL_CHILD')),
  pass(
    'rehabilitation pass bought ahead for Tenerife',
    'the Johnny story',
    bank('REHAB PASS ARONA TENERIFE', 'SOCIAL_ADULT'),
  ),
  pass(
    'family gym membership for an agreed outcome',
    'the Sabine story',
    bank('DD BETTER GYM FAMILY MEMB', 'SOCIAL_CHILD'),
  ),
  pass(
    'childminder’s invoice for two siblings',
    'the Daisy and Tim story',
    bank('FPO LITTLE ACORNS CHILDMIND', 'SOCIAL_CHILD'),
  ),
  pass('speech and language therapist from section F', 'therapy may be EDU', bank('FPO CHATTERBOX SALT LTD', 'EDU')),
  pass(
    'private physiotherapy in section F',
    '2.2: a physiotherapist’s invoice can be EDU',
    bank('SQ *BOUNCE PHYSIOTHERAPY', 'EDU'),
  ),
  pass(
    'physiotherapy in the care plan',
    'private physiotherapy is allowed if in the plan',
    bank('KIDS PHYSIO WORKS', 'HEALTH'),
  ),
  pass('hydrotherapy in the care plan', '5.4', bank('AQUA HYDROTHERAPY POOL', 'HEALTH')),
  pass('massage therapy in the care plan', '5.4', bank('ZETTLE_*CALM MASSAGE THER', 'HEALTH')),
  pass('occupational therapist’s sensory integration', 'agreed therapy', bank('FPO SENSORY OT ASSOCIATES', 'EDU')),
  pass('counselling agreed in the care plan', '5.2: depends on the plan', bank('SUMUP *OPENMIND COUNSELLI', 'HEALTH')),
  pass('psychologist with a doctor’s title', 'agreed therapy, no GP', bank('DR AMINA YUSUF PSYCHOLOGIST', 'EDU')),
  pass('rebound therapy on trampolines', 'agreed therapy', bank('REBOUND THERAPY LEICESTER', 'HEALTH')),
  pass('escape room called hospital', 'a game', bank('HAUNTED HOSPITAL ESCAPE ROOM', 'SOCIAL_ADULT')),
  pass('theatre performance called emergency', 'theatre', bank('EMERGENCY EXIT ARTS', 'EDU')),
  pass('drumming lessons', 'rum is within drum', bank('DRUM TUITION J BELL', 'EDU')),
];

// --- Names of the registers met as another thing, or in another town ---

const registersNotMeant: readonly Family[] = [
  pass('stables called as a dentist is', 'another kind of place', bank('WHITEGATES STABLES RIDING', 'EDU')),
  pass('farm park called as a doctors’ house is', 'another kind of place', bank('THE LIMES FARM PARK', 'SOCIAL_CHILD')),
  pass('theatre called as a practice is', 'another kind of place', bank('GROVE THEATRE EASTBOURNE', 'SOCIAL_ADULT')),
  pass(
    'riding school called as a practice is, far away',
    'another kind of place and town',
    bank('SORREL HOUSE RIDING HEREFORD', 'HEALTH'),
  ),
  pass('bird park called as a chain of chemists is', 'birds', bank('WRENS NEST NATURE RESERVE', 'SOCIAL_CHILD')),
  pass('museum called as a pharmacy is', 'another kind of place', bank('TANNERS YARD MUSEUM', 'EDU')),
  pass('climbing quarry called as a surgery', 'climbing', bank('QUARRY CLIMBING CENTRE', 'SOCIAL_ADULT')),
  pass('bird of prey centre called as an orthodontist', 'birds', bank('KESTREL FALCONRY DAYS', 'SOCIAL_CHILD')),
  pass('Hartley’s music school', 'another kind of place', bank('HARTLEY MUSIC SCHOOL', 'EDU')),
  pass('ferry company beside a dental studio’s street', 'a boat', bank('FERRY STREET BOAT TRIPS', 'SOCIAL_ADULT')),
];

// --- Harmless lines of receipts and payslips ---

const harmlessDocuments: readonly Family[] = [
  pass(
    'glass protector for the tablet’s screen',
    '5.4',
    till('EDU', 'CEX 0214', [['SCREEN PROTECTOR IPAD 10.9', 1299n]]),
  ),
  pass(
    'relaxed film screening for autistic children',
    'films',
    till('SOCIAL_CHILD', 'ODEON 112', [['Autism friendly screening: Paddington', 550n]]),
  ),
  pass(
    'sun screen for the summer club',
    'goods',
    till('SOCIAL_CHILD', 'BOOTS 0873 HEXHAM', [['SUN SCREEN SPF50 200ML', 850n]]),
  ),
  pass(
    'folding privacy screen for the sensory corner',
    'furniture',
    till('EDU', 'IKEA LTD', [['FOLDING PRIVACY SCREEN', 4500n]]),
  ),
  pass(
    'chemist’s receipt with continence wipes only',
    'line-level, planned',
    till('HEALTH', 'BOOTS 0144 CARLISLE', [['WET WIPES 12 PACK', 1350n]]),
  ),
  pass(
    'chemist’s receipt with a sensory chew',
    'line-level, planned',
    till('EDU', 'SUPERDRUG 0712', [['CHEW BUDDY SENSORY', 1095n]]),
  ),
  pass(
    'alcohol hand gel for the assistants',
    'hygiene',
    till('HEALTH', 'WILKO 334', [['ALCOHOL HAND GEL 500ML', 399n]]),
  ),
  pass(
    'alcohol-free wipes for the wheelchair tray',
    'hygiene',
    till('SOCIAL_ADULT', 'CARD PAYMENT 4410', [['ALCOHOL FREE SURFACE WIPES', 225n]]),
  ),
  pass(
    'sweets called wine gums on the agreed cinema trip',
    'sweets',
    till('SOCIAL_CHILD', 'VUE BSL LTD', [
      ['FILM CHILD + CARER', 899n],
      ['WINE GUMS 130G', 150n],
    ]),
  ),
  pass(
    'cider vinegar for the cookery class',
    'an ingredient',
    till('EDU', 'SQ *COOKERY CLUB', [
      ['Cookery class with pickling', 1800n],
      ['Cider vinegar for class', 165n],
    ]),
  ),
  pass(
    'ginger beer ingredients in the science kit',
    'a soft drink kit',
    till('EDU', 'PAYPAL *SCIKIT', [['Ginger beer plant science kit', 1499n]]),
  ),
  pass('bingo set for the communication group', 'a game', till('EDU', 'THE WORKS 441', [['PICTURE BINGO GAME', 600n]])),
  pass('scratch art cards', 'crafts', till('SOCIAL_CHILD', 'HOBBYCRAFT 07', [['SCRATCH ART CARDS 10PK', 500n]])),
  pass(
    'smoke alarm for the sensory room',
    'safety',
    till('SOCIAL_ADULT', 'SCREWFIX 221', [['SMOKE ALARM VIBRATING PAD', 4299n]]),
  ),
  pass(
    'health check of the communication tablet',
    'computers',
    till('EDU', 'FPO GIZMO', [['Laptop health check and clean', 3500n]]),
  ),
  pass(
    'health check of the assistance dog',
    'a dog',
    till('SOCIAL_CHILD', 'PETS CORNER VETS', [['Dog annual health check', 3900n]]),
  ),
  pass('annual of the television doctor', 'a book', till('EDU', 'WATERSTONES 61', [['DOCTOR WHO ANNUAL 2026', 999n]])),
  pass('toy doctor’s kit', 'a toy', till('HEALTH', 'SMYTHS 081', [['DOCTORS ROLE PLAY SET', 1799n]])),
  pass(
    'toy dentist in modelling dough',
    'a toy',
    till('SOCIAL_CHILD', 'SMYTHS 081', [['PLAY-DOH DENTIST PLAYSET', 1999n]]),
  ),
  pass(
    'picture book about the dentist',
    'a book',
    till('EDU', 'WATERSTONES 61', [['BOOK: PEPPA PIG DENTIST TRIP', 499n]]),
  ),
  pass(
    'social story cards about a flu vaccination',
    'cards that prepare, not a vaccination',
    till('EDU', 'TWINKL LTD', [['Social story book: going for a vaccination', 650n]]),
  ),
  pass('wheelchair rain cover', '5.4', till('HEALTH', 'FPO RAINY', [['WHEELCHAIR RAIN COVER', 4599n]])),
  pass(
    'coloured overlays of section F',
    '5.4: allowed if section F',
    till('EDU', 'CROSSBOW EDUCATION', [['Coloured overlays pack of 10', 1895n]]),
  ),
  pass(
    'flights and hotel of an assistant in Paris',
    '5.4: allowed if planned',
    till('SOCIAL_CHILD', 'LASTMINUTE.COM', [
      ['Flight LTN-CDG carer', 8400n],
      ['Hotel 2 nights carer', 17200n],
    ]),
  ),
  pass(
    'speech therapist’s invoice with a report',
    'agreed therapy',
    till('EDU', 'FPO S L T LTD', [
      ['Speech and language therapy x 4', 26000n],
      ['Written report', 9000n],
    ]),
  ),
  pass(
    'advert for a personal assistant',
    'start-up cost',
    till('SOCIAL_CHILD', 'INDEED', [['Job advert: PA for disabled child', 7500n]]),
  ),
  pass(
    'first aid training of two assistants',
    'training',
    till('HEALTH', 'ZETTLE_*LIFESKILL', [['Emergency first aid at work course x2', 17000n]]),
  ),
  pass(
    'training in giving emergency medicine',
    'training of assistants',
    till('HEALTH', 'FPO EPI', [['Epilepsy rescue medicine training for PAs', 24000n]]),
  ),
  pass(
    'camping kit replaced for the family',
    'the Lyrena story',
    till('SOCIAL_CHILD', 'GO OUTDOORS 19', [
      ['TENT 4 PERSON', 19900n],
      ['SLEEPING BAG X4', 12000n],
    ]),
  ),
  pass(
    'garden swings and a music player for a small child',
    'the Alexa story',
    till('HEALTH', 'ARGOS 0217', [
      ['GARDEN SWING X2', 15998n],
      ['CD PLAYER', 3499n],
    ]),
  ),
  pass(
    'brother’s driving lessons for an agreed outcome',
    'the Sabine story',
    till('SOCIAL_ADULT', 'FPO PASS 1ST', [['Driving lessons x5 (brother)', 17500n]]),
  ),
  pass(
    'mileage of an assistant on the payslip',
    'reimbursement through payroll',
    slip('SOCIAL_CHILD', 'Mileage 32 miles at 45p'),
  ),
  pass('holiday pay on a payslip', 'employment cost', slip('SOCIAL_ADULT', 'Holiday pay 12.07%')),
  pass('sick pay of an assistant', 'employment cost, no health spend', slip('HEALTH', 'Statutory sick pay 2 days')),
  pass(
    'swimming entry of an assistant in the expenses',
    'planned activity',
    slip('SOCIAL_CHILD', 'Expenses: swimming entry with J'),
  ),
  pass('pension of an assistant on a payslip', 'employment cost', slip('EDU', 'Employer pension contribution')),
  pass('waking night on a payslip', 'wages', slip('HEALTH', 'Waking night 10 hours at premium')),
  pass(
    'receipt line of a planned music lesson on its own',
    'planned',
    doc('EDU', 'KEYBOARD LESSON 30 MIN', 'receipt-line'),
  ),
  pass(
    'receipt line of a Grand Prix museum on its own',
    'letters GP',
    doc('SOCIAL_ADULT', 'MOTO GP MUSEUM ENTRY ADULT', 'receipt-line'),
  ),
  pass(
    'journal moves swimming to the line that agreed it',
    're-coding of a harmless thing',
    doc('SOCIAL_CHILD', 'Re-code swimming from activities to health outcome', 'journal'),
  ),
  pass(
    'journal splits an assistant’s hours between two funders',
    're-coding of wages',
    doc('HEALTH', 'Split S Prior May hours 60/40 with EDU', 'journal', {
      payee: { name: 'Shelley Prior', relationship: 'none' },
    }),
  ),
  pass(
    'accidental damage cover on the tablet’s receipt',
    'letters of dental',
    till('EDU', 'CURRYS 0881', [
      ['IPAD CASE', 3999n],
      ['ACCIDENTAL DAMAGE COVER 2YR', 4999n],
    ]),
  ),
  pass(
    'orthopaedic pillow on a receipt',
    'goods, not orthodontics',
    till('HEALTH', 'DUNELM 0311', [['ORTHOPAEDIC PILLOW', 2500n]]),
  ),
  pass(
    'monthly subscription of a sensory box',
    'subscription shares letters with prescription',
    till('EDU', 'WHISTLEFISH', [['Monthly subscription, sensory box', 1995n]]),
  ),
  pass(
    'joined activity shared with another family',
    '2.8',
    till('SOCIAL_CHILD', 'SQ *CANOE DAY', [['Half share of canoe day', 4250n]]),
  ),
  pass('share of a canoe day refunded by the other family', '2.8: a refund reduces the expense', {
    description: 'FPO HARPER SHARE OF CANOE DAY',
    stream: 'SOCIAL_CHILD',
    amountPence: 4250n,
  }),
  pass('refund of a cancelled riding lesson', 'supplier’s refund of a planned thing', {
    description: 'REFUND MEADOW RIDING SCHOOL',
    stream: 'EDU',
    amountPence: 3200n,
  }),
];

export const sealed: readonly Family[] = [
  ...listedOnDocuments,
  ...forbiddenOnDocuments,
  ...confirmedPayees,
  ...wordsThatAsk,
  ...mixedShops,
  ...registeredNames,
  ...codes,
  ...people,
  ...travel,
  ...offPlan,
  ...harmlessLines,
  ...registersNotMeant,
  ...harmlessDocuments,
];

function pass(name: string, why: string, spend: Spend): Family {
  return one('allowed', undefined, name, why, spend);
}

function ask(rule: string | undefined, name: string, why: string, spend: Spend): Family {
  return one('query', rule, name, why, spend);
}

function bar(rule: string | undefined, name: string, why: string, spend: Spend): Family {
  return one('excluded', rule, name, why, spend);
}

/** One situation, in words; the rule is left out where more than one may rightly be named. */
function one(expected: Verdict, rule: string | undefined, name: string, why: string, spend: Spend): Family {
  return { name, why, expected, ...(rule === undefined ? {} : { rule }), spends: [spend] };
}

function bank(description: string, stream: Stream, more: Spend = {}): Spend {
  return { description, stream, ...more };
}

/** A payment whose receipt has these lines, in pence, and nothing besides. */
function till(stream: Stream, description: string, lines: Lines, more: Spend = {}): Spend {
  const receipt = lines.map(([text, amountPence]) => ({ description: text, amountPence }));
  return { description, stream, receipt, amountPence: -lines.reduce((sum, [, pence]) => sum + pence, 0n), ...more };
}

function slip(stream: Stream, description: string, more: Spend = {}): Spend {
  return doc(stream, description, 'payslip', more);
}

function doc(
  stream: Stream,
  description: string,
  evidenceKind: 'receipt-line' | 'payslip' | 'journal',
  more: Spend = {},
): Spend {
  return { description, stream, evidenceKind, ...more };
}

/** Wages for work on this day, as the bank prints them. */
function wage(stream: Stream, date: string, payee: PayeeFacts, approvals: SpendCandidate['approvals'] = []): Spend {
  return {
    date,
    stream,
    amountPence: -26400n,
    description: `BACS ${payee.name.toUpperCase()} WAGES`,
    payee,
    approvals,
  };
}
