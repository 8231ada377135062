import type { Family } from '../labelled.js';
import { printed } from './practice-two-printed.js';

const unplanned = { planned: false };
const keyword = 'no plan lifts an absolute rule, and a keyword alone asks (domain 5.3)';
const localPolicy = 'local policy, not in the plan';

const healthNames: readonly Family[] = [
  {
    name: 'two: vaccination by its clinic’s name',
    why: keyword,
    expected: 'query',
    rule: 'VACCINATION',
    spends: printed(`
      CARD PAYMENT TO MASTA TRAVEL HEALTH
      POS NOMAD TRAVEL CLINIC BR
      SUMUP *FLU JABS AT WORK
      ZETTLE *YELLOW FEVER VACCI
      VIS CITYDOC TRAVEL CLINIC
    `),
  },
  {
    name: 'two: health screening by its seller’s name',
    why: keyword,
    expected: 'query',
    rule: 'SCREENING',
    spends: printed(`
      CARD PAYMENT TO BLUECREST WELLNESS
      POS RANDOX HEALTH CRUMLIN
      VIS LIFE LINE SCREENING UK
      SUMUP *FULL BODY MRI SCAN
      DD HEALTH SCREENING CLINIC
    `),
  },
  {
    name: 'two: health checks by name',
    why: keyword,
    expected: 'query',
    rule: 'NHS_HEALTH_CHECK',
    spends: printed(`
      SUMUP *WELL WOMAN CHECK
      POS NHS HEALTH CHECK 40PLUS
      CARD PAYMENT TO WELL PERSON CHECK LTD
    `),
  },
  {
    name: 'two: general practice by name',
    why: keyword,
    expected: 'query',
    rule: 'GP_SERVICE',
    spends: printed(`
      POS HARLEY ST PRIVATE GP
      CARD PAYMENT TO BRIARWOOD MEDICAL CENT
      SUMUP *OAK TREE SURGERY
      VIS ASHDOWN MEDICAL PRACTI
      CARD PAYMENT TO ONLINE GP CONSULTATION
      FPO FIT NOTE FEE DR
      CARD PAYMENT TO ST MARYS SURGERY
    `),
  },
  {
    name: 'two: general practice known from the register of practices',
    why: 'a match of names with the register of practices is a keyword, and asks',
    expected: 'query',
    rule: 'GP_SERVICE',
    spends: printed(`
      CARD PAYMENT TO THE FENWICK PARTNERSHIP ALDERTON
      POS HARTLEY MEDICAL CENTRE
      SUMUP *MARLPIT FAMILY PRACTICE ALDERTON
      VIS TARN LANE PRACTICE DUNMERE
      CARD PAYMENT TO DR PELLOW & PARTNERS DUNMERE
    `),
  },
  {
    name: 'two: prescription charges by name',
    why: keyword,
    expected: 'query',
    rule: 'PRESCRIPTION',
    spends: printed(`
      DD NHS PPC 0300 330
      CARD PAYMENT TO NHSBSA PPC NEWCASTLE
      POS NHS PRESCRIPTION CHARGE
      CARD PAYMENT TO NHSBSA PREPAYMENT CERT
    `),
  },
  {
    name: 'two: dental charges by name',
    why: keyword,
    expected: 'query',
    rule: 'DENTAL',
    spends: printed(`
      DD DENPLAN LTD WINCHESTER
      CARD PAYMENT TO MYDENTIST 0412 GOOLE
      POS BUPA DENTAL CARE HULL
      VIS KESTREL ORTHODONTICS
      CARD PAYMENT TO PENHALE AND VOSS DUNMERE
      SUMUP *THE TOOTHERY ALDERTON
      DD PRACTICE PLAN DENTAL
    `),
  },
  {
    name: 'two: urgent and emergency care by name',
    why: keyword,
    expected: 'query',
    rule: 'EMERGENCY_CARE',
    spends: printed(`
      CARD PAYMENT TO PRIVATE A&E LONDON
      POS MINOR INJURY CLINIC
      VIS URGENT CARE CENTRE W1
      FPO PRIVATE AMBULANCE FEE
    `),
  },
  {
    name: 'two: private hospitals by name or by code, and a trust’s private patients',
    why: 'surgical procedures are barred absolutely; the name and the code only ask',
    expected: 'query',
    rule: 'SURGERY',
    spends: [
      { description: 'CARD PAYMENT TO SPIRE LEEDS HOSPITAL', stream: 'HEALTH' },
      { description: 'POS NUFFIELD HOSPITAL YORK', stream: 'HEALTH' },
      { description: 'VIS BUPA CROMWELL HOSPITAL', stream: 'HEALTH' },
      { description: 'FPO ROYAL MARSDEN NHS PPU', stream: 'HEALTH', mcc: '8062' },
      { description: 'CARD PAYMENT TO IMPERIAL PRIVATE PTS', stream: 'HEALTH', mcc: '8062' },
      { description: 'POS HOLLY HOUSE BUCKHURST', stream: 'HEALTH', mcc: '8062' },
    ],
  },
  {
    name: 'two: a health service of the NHS that the plan does not have',
    why: 'other NHS services need the agreement of the plan (domain 5.2)',
    expected: 'query',
    rule: 'NHS_FUNDED_OTHER',
    spends: printed(
      `
      FPO ASCEND PHYSIOTHERAPY
      SUMUP *TALK COUNSELLING RO
    `,
      { stream: 'HEALTH', planned: false },
    ),
  },
  {
    name: 'two: opticians not in the plan',
    why: 'local policy; the plan may have overlays, not this',
    expected: 'query',
    rule: 'OPTICAL',
    spends: [
      { description: 'CARD PAYMENT TO SPECSAVERS 0311 RHYL', stream: 'HEALTH', planned: false },
      { description: 'POS VISION EXPRESS TRAFFOR', stream: 'HEALTH', planned: false },
      { description: 'VIS D & A HALLAM', stream: 'HEALTH', planned: false, mcc: '8042' },
    ],
  },
  {
    name: 'two: a merchant code of the list on a name that says nothing',
    why: 'the code alone asks, and the plan does not answer an absolute rule',
    expected: 'query',
    rule: 'DENTAL',
    spends: [
      { description: 'CARD PAYMENT TO R K HOLDINGS', mcc: '8021' },
      { description: 'SUMUP *BRIGHTER LTD', mcc: '8021' },
    ],
  },
  {
    name: 'two: shops that sell both kinds of thing, without a receipt',
    why: 'domain 5.4: the pharmacy sells both, and there is no evidence',
    expected: 'query',
    rule: 'NO_EVIDENCE',
    spends: [
      { description: 'CARD PAYMENT TO BOOTS 1288 DERBY' },
      { description: 'POS SUPERDRUG STORES 0077' },
      { description: 'CARD PAYMENT TO LLOYDS PHARMACY 611' },
      { description: 'VIS DUNMERE PHARMACY', payee: { name: 'Dunmere Pharmacy', kind: 'pharmacy' } },
    ],
  },
  {
    name: 'two: marketplaces and wallets that hide the merchant, without a receipt',
    why: 'domain 5.4: the merchant is hidden',
    expected: 'query',
    spends: printed(`
      CARD PAYMENT TO AMZNMKTPLACE AMAZON.CO
      DD PAYPAL PAYMENT
      VIS AMAZON.CO.UK*2F81
    `),
  },
];

const vices: readonly Family[] = [
  {
    name: 'two: bookmakers, bingo and lotteries by name',
    why: keyword,
    expected: 'query',
    rule: 'GAMBLING',
    spends: printed(`
      CARD PAYMENT TO BET365
      POS WILLIAM HILL 0872
      PAYPAL *PADDYPOWER
      DD POSTCODE LOTTERY LTD
      VIS NATIONAL LOTTERY ONLIN
      CARD PAYMENT TO MECCA BINGO OLDHAM
      CARD PAYMENT TO LADBROKES 3310
    `),
  },
  {
    name: 'two: the betting merchant code, whatever the name',
    why: 'the one code that decides (domain 5.3)',
    expected: 'excluded',
    rule: 'GAMBLING',
    spends: [
      { description: 'CARD PAYMENT TO HIGH STREET LEISURE', mcc: '7995' },
      { description: 'SUMUP *SUNNY DAYS FAMILY FUN', mcc: '7995' },
      { description: 'RECODE TO ACTIVITIES', mcc: '7995', evidenceKind: 'journal' },
      { description: 'VIS PREMIER ENTERTAINMENT', mcc: '7995', stream: 'UNALLOCATED', planned: false },
    ],
  },
  {
    name: 'two: off-licences, wine merchants and bars',
    why: keyword,
    expected: 'query',
    rule: 'ALCOHOL',
    spends: [
      ...printed(`
        POS MAJESTIC WINE WAREHOUS
        CARD PAYMENT TO BARGAIN BOOZE 3381
        DD NAKED WINES NORWICH
        SUMUP *CORNER OFF LICENCE
        VIS BEER HAWK LTD
      `),
      { description: 'CARD PAYMENT TO J D WETHERSPOON', mcc: '5813' },
      { description: 'POS N PATEL AND SON', mcc: '5921' },
    ],
  },
  {
    name: 'two: tobacconists and vape shops',
    why: keyword,
    expected: 'query',
    rule: 'TOBACCO',
    spends: [
      ...printed(`
        CARD PAYMENT TO VAPE SHOP STOKE
        POS CITY TOBACCONIST
        SUMUP *CIGAR MERCHANTS
      `),
      { description: 'VIS HAVEN RETAIL', mcc: '5993' },
    ],
  },
  {
    name: 'two: loans, cards, catalogues and collectors',
    why: keyword,
    expected: 'query',
    rule: 'DEBT',
    spends: printed(`
      DD BARCLAYCARD
      DD LOWELL FINANCIAL LEEDS
      CARD PAYMENT TO VANQUIS CREDIT CARD
      FPO 118 118 MONEY LOAN
      KLARNA*PAYMENT STOCKHOLM
      DD CABOT FINANCIAL EUROPE
      FPO CREDIT CARD PAYMENT
      DD LENDABLE LOAN LTD
      CLEARPAY INSTALMENT 2 OF 4
      FPO CASH CONVERTERS LOAN
    `),
  },
  {
    name: 'two: fines and bank charges',
    why: 'no provision of any plan: local policy, and officers usually bar it',
    expected: 'query',
    rule: 'FINES_CHARGES',
    spends: [
      ...printed(
        `
        UNPAID DD FEE 14MAY
        CARD PAYMENT TO PARKING FINE PCN LAMBE
        FPO HMRC LATE FILING PENALT
        HMCTS FINES ONLINE
        UNARRANGED OVERDRAFT FEE
      `,
        unplanned,
      ),
      { description: 'CARD PAYMENT TO LB HARINGEY', mcc: '9222', planned: false },
    ],
  },
  {
    name: 'two: cash',
    why: 'a council permits cash per account (domain 5.2)',
    expected: 'query',
    rule: 'CASH',
    spends: [
      ...printed(
        `
        LNK NOTEMACHINE CORNER SHOP
        ATM WITHDRAWAL HSBC LEEDS
        CASH WITHDRAWAL BARCLAYS 12MAY
      `,
        unplanned,
      ),
      { description: 'TESCO EXTRA 2231', mcc: '6011', planned: false },
    ],
  },
];

const living: readonly Family[] = [
  {
    name: 'two: energy, water, telephone and television',
    why: localPolicy,
    expected: 'query',
    rule: 'LIVING_COSTS',
    spends: printed(
      `
      DD BRITISH GAS
      DD OCTOPUS ENERGY LTD
      DD SEVERN TRENT WATER
      DD TV LICENCE MBP
      DD VODAFONE LTD
      DD SCOTTISHPOWER
    `,
      unplanned,
    ),
  },
  {
    name: 'two: rent, mortgage and council tax',
    why: localPolicy,
    expected: 'query',
    rule: 'LIVING_COSTS',
    spends: [
      ...printed(
        `
        SO PEABODY TRUST RENT
        DD NATIONWIDE BS MORTGAGE
        DD WIRRAL MBC COUNCIL TAX
        FPO MR A KHAN LANDLORD RENT
      `,
        unplanned,
      ),
      { description: 'SO HARTFIELD LETTINGS', mcc: '6513', planned: false },
    ],
  },
  {
    name: 'two: supermarket baskets without a receipt',
    why: 'domain 5.4: a supermarket basket on an activity day is a query',
    expected: 'query',
    rule: 'LIVING_COSTS',
    spends: [
      { description: 'CARD PAYMENT TO TESCO STORES 6123' },
      { description: 'POS ASDA SUPERSTORE 4481' },
      { description: 'VIS LIDL GB BURNLEY', planned: false },
      { description: 'CARD PAYMENT TO ALDI 77 WIDNES', planned: false },
      { description: 'SUMUP *VALLEY FOODS', mcc: '5411', planned: false },
    ],
  },
  {
    name: 'two: clothes, furniture, fuel and household goods',
    why: localPolicy,
    expected: 'query',
    rule: 'LIVING_COSTS',
    spends: [
      ...printed(
        `
        CARD PAYMENT TO PRIMARK 112 HULL
        POS IKEA LTD WARRINGTON
        CARD PAYMENT TO CARPETRIGHT 0412
        VIS NEXT RETAIL LTD 0331
        CARD PAYMENT TO ESSO MFG ROADSIDE
        POS GREGGS 1881 BOLTON
      `,
        { planned: false, stream: 'SOCIAL_CHILD' },
      ),
      { description: 'CARD PAYMENT TO PINE ROAD GARAGE', mcc: '5541', planned: false, stream: 'EDU' },
    ],
  },
  {
    name: 'two: taxis, trains and fuel out of social care money',
    why: 'travel may be covered by DLA or PIP mobility; not in the plan',
    expected: 'query',
    rule: 'DOUBLE_BENEFIT',
    spends: [
      { description: 'SQ *ABC TAXIS OLDHAM', stream: 'SOCIAL_ADULT', planned: false },
      { description: 'CARD PAYMENT TO NORTHERN RAIL LEEDS', stream: 'SOCIAL_CHILD', planned: false },
      { description: 'DD MOTABILITY OPERATIONS', stream: 'SOCIAL_ADULT', planned: false },
    ],
  },
  {
    name: 'two: services sold by the council, social care money',
    why: 'allowed by some councils and forbidden by others; not in the plan',
    expected: 'query',
    rule: 'LA_SERVICE',
    spends: [
      { description: 'FPO BURY COUNCIL DAY CENTRE', stream: 'SOCIAL_ADULT', planned: false },
      { description: 'CARD PAYMENT TO WIGAN MBC SHORT BREAK', stream: 'SOCIAL_CHILD', planned: false },
      { description: 'BACS DORSET COUNTY COUNCIL', stream: 'SOCIAL_ADULT', planned: false },
    ],
  },
  {
    name: 'two: mobility shops and hoists not in the plan',
    why: 'the NHS or the council may already give it',
    expected: 'query',
    rule: 'STATUTORY_EQUIPMENT',
    spends: printed(
      `
      CARD PAYMENT TO ABLEWORLD MOBILITY SHO
      POS WHEELCHAIR SERVICES LTD
      FPO PRISM HOIST AND SLING
      CARD PAYMENT TO CLEARWELL MOBILITY
    `,
      unplanned,
    ),
  },
  {
    name: 'two: care homes by name, social care money',
    why: 'long stays are barred above the limit; one payment does not show the nights',
    expected: 'query',
    rule: 'LONG_STAY_CARE',
    spends: [
      { description: 'BACS OAKDENE CARE HOME FEES', stream: 'SOCIAL_ADULT' },
      { description: 'FPO ROSEBANK NURSING HOME', stream: 'SOCIAL_ADULT' },
      { description: 'BACS HC-ONE RESIDENTIAL HOME', stream: 'SOCIAL_ADULT', planned: false },
    ],
  },
  {
    name: 'two: school fees out of education money',
    why: 'element 1 and a school place never; name and code ask',
    expected: 'query',
    rule: 'SCHOOL_PLACE',
    spends: [
      { description: 'DD SCHOOL FEE PLAN LTD', stream: 'EDU' },
      { description: 'BACS ST AUBYNS SCHOOL FEES', stream: 'EDU' },
      { description: 'FPO HOLMWOOD COLLEGE FEES T2', stream: 'EDU' },
      { description: 'CARD PAYMENT TO THE ELMS', stream: 'EDU', mcc: '8211' },
    ],
  },
  {
    name: 'two: an element of school funding charged on to the family',
    why: 'needs the school’s agreement; a narrative asks',
    expected: 'query',
    rule: 'ELEMENT2_NO_CONSENT',
    spends: [{ description: 'BACS FERNHILL ELEMENT 2 RECHARGE', stream: 'EDU' }],
  },
  {
    name: 'two: fostering agencies and children’s homes by name',
    why: keyword,
    expected: 'query',
    rule: 'LAC_PLACEMENT',
    spends: printed(`
      BACS FOSTERING AGENCY NORTH
      FPO HORIZON CHILDRENS HOME
      BACS FOSTER PLACEMENT FEES
    `),
  },
  {
    name: 'two: a service of a block contract',
    why: 'double funding is unlikely to be agreed; not in the plan',
    expected: 'query',
    rule: 'BLOCK_CONTRACT',
    spends: printed('FPO BLOCK CONTRACT RESPITE BEDS', unplanned),
  },
  {
    name: 'two: services open to everyone',
    why: 'universal, and not in the plan',
    expected: 'query',
    rule: 'UNIVERSAL',
    spends: printed(
      `
      PARENTPAY SCHOOL TRIP YR6
      SCHOOLMONEY YR4 CLASS TRIP
      CARD PAYMENT TO CENTRAL LIBRARY CHARGES
    `,
      unplanned,
    ),
  },
  {
    name: 'two: extra money for a personal assistant outside payroll',
    why: 'tips and bonuses are local policy',
    expected: 'query',
    rule: 'TIPS_BONUS',
    spends: printed(
      `
      FPO LEAH MORTON XMAS BONUS
      FPO D PRICE TIP THANK YOU
    `,
      unplanned,
    ),
  },
  {
    name: 'two: money moved to savings',
    why: 'a query unless an earmark was approved (domain 5.4)',
    expected: 'query',
    spends: printed('SO TO SAVINGS ACCOUNT 4471\nTFR INSTANT SAVER 20-11-43', unplanned),
  },
  {
    name: 'two: things of daily life and trades that no plan line names',
    why: 'every spend maps to a budget line or is asked about (domain 2.4)',
    expected: 'query',
    rule: 'NOT_IN_PLAN',
    spends: printed(
      `
      VIS TICKETMASTER UK
      FPO HODGE & LUNN SOLICITORS
      CARD PAYMENT TO INK WELL TATTOO BARNET
      DD NETFLIX.COM
      SUMUP *CURL UP & DYE HAIR
      CARD PAYMENT TO RYANAIR DUBLIN
      POS PETS AT HOME 0210
      CARD PAYMENT TO HERTZ VAN HIRE
      FPO REED RECRUITMENT AGENCY
      SQ *RIVERSIDE VETERINARY
      CARD PAYMENT TO STUDIO YOGA RETREAT
      DD WEDDING PLANNERS LTD
    `,
      unplanned,
    ),
  },
];

export const practiceTwoNames: readonly Family[] = [...healthNames, ...vices, ...living];
