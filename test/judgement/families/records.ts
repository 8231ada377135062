import { bankLines, list, receipts, type Family } from '../labelled.js';

/** Local rules, papers and the plan. */
export const records: readonly Family[] = [
  {
    name: 'spends that the plan does not know',
    why: 'nothing is wrong with them but that no agreed line was named',
    expected: 'query',
    rule: 'NOT_IN_PLAN',
    spends: bankLines(
      `
      OTTERS SWIM CLUB
      RIDING FOR THE DISABLED ASSOC
      CINEWORLD
      LEGO SHOP
      NATIONAL RAIL
      TOY SHOP
      MUSIC LESSONS
      GARDEN CENTRE
      THE BOOKSHOP
      YOGA FOR KIDS
      BOWLPLEX
      IKEA
      RIVERSIDE VETERINARY SURGERY
      OAKWOOD TREE SURGEONS
      SCREEN ON THE GREEN
      `,
      { planned: false },
    ),
  },
  {
    name: 'receipts that the plan does not know',
    why: 'an electric toothbrush is goods and no charge, but no agreed line was named',
    expected: 'query',
    rule: 'NOT_IN_PLAN',
    spends: receipts('Electric toothbrush\nElectric dental toothbrush\nTrainers\nGame console\nTent\nBirthday cake', {
      planned: false,
    }),
  },
  {
    name: 'shops that sell both kinds of thing',
    why: 'without a receipt nobody knows which kind it was, planned or not',
    expected: 'query',
    rule: 'NO_EVIDENCE',
    spends: [
      ...bankLines(`
        BOOTS
        BOOTS THE CHEMISTS
        SUPERDRUG
        LLOYDSPHARMACY
        WELL PHARMACY
        VILLAGE PHARMACY
        HIGH ST CHEMIST
        AMAZON
        AMZNMKTPLACE
        PAYPAL
        EBAY
        AMAZON MARKETPLACE
      `),
      ...bankLines('GREENS\nHIGH STREET STORES', { mcc: '5912' }),
    ],
  },
  {
    name: 'supermarket baskets',
    why: 'a basket may be a family’s food: the receipt answers',
    expected: 'query',
    rule: 'LIVING_COSTS',
    spends: [
      ...bankLines('TESCO STORES\nSAINSBURYS\nASDA\nMORRISONS\nALDI\nLIDL\nWAITROSE\nCO-OP\nICELAND'),
      ...bankLines('CORNER STORE', { mcc: '5411' }),
    ],
  },
  {
    name: 'baskets with their receipt',
    why: 'the receipt shows agreed things alone',
    expected: 'allowed',
    spends: list('TESCO STORES\nBOOTS\nSUPERDRUG\nAMAZON\nASDA\nPAYPAL\nVILLAGE PHARMACY').map((description, place) => {
      const receipt = [
        {
          description: ['Wet wipes', 'Gloves', 'Bed pads', 'Sensory toy', 'Craft paper'][place % 5]!,
          amountPence: 900n,
        },
        { description: 'Incontinence pads', amountPence: 1450n },
      ];
      return { description, amountPence: -2350n, receipt };
    }),
  },
  {
    name: 'receipts with one excluded line',
    why: 'a receipt splits the payment: the excluded line is excluded for its own amount',
    expected: 'excluded',
    spends: [
      ['BOOTS', 'NHS prescription', 'Wet wipes'],
      ['TESCO STORES', 'Red wine', 'Craft paper'],
      ['SUPERDRUG', 'Vape refill', 'Sun cream'],
      ['WHSMITH', 'Scratchcard', 'Colouring book'],
      ['THE CLINIC', 'Dental hygienist', 'Speech therapy'],
      ['COSTCO', 'Lager', 'Paper cups'],
      ['HARBOUR CLINIC', 'Travel vaccination', 'Physiotherapy'],
      ['ASDA', 'Cigarettes', 'Batteries'],
    ].map(([description, bad, good]) => ({
      description: description!,
      amountPence: -2340n,
      receipt: [
        { description: bad!, amountPence: 990n },
        { description: good!, amountPence: 1350n },
      ],
    })),
  },
  {
    name: 'receipts that do not add up',
    why: 'a part of the payment has no paper',
    expected: 'query',
    rule: 'NO_EVIDENCE',
    spends: list('OTTERS SWIM CLUB\nARGOS\nTOY SHOP\nART SHED\nBOWLPLEX').map((description) => ({
      description,
      amountPence: -3000n,
      receipt: [{ description: 'Swimming lesson', amountPence: 1800n }],
    })),
  },
  {
    name: 'receipts that say nothing',
    why: 'a line that reads "sale" explains nothing, so the shop’s name still asks',
    expected: 'query',
    spends: list('BOOTS\nBEECHWOOD SURGERY\nTHE DENTIST\nVILLAGE PHARMACY').map((description) => ({
      description,
      amountPence: -3000n,
      receipt: [{ description: 'SALE', amountPence: 3000n }],
    })),
  },
  {
    name: 'cash',
    why: 'councils permit it account by account',
    expected: 'query',
    rule: 'CASH',
    spends: [
      ...bankLines('CASHPOINT HIGH ST\nLINK ATM\nCASH WITHDRAWAL\nATM TESCO'),
      ...bankLines('NOTEMACHINE\nBARCLAYS', { mcc: '6011' }),
      ...receipts('Cashback\nSpending money\nPocket money'),
    ],
  },
  {
    name: 'beer money',
    why: 'it is money for alcohol (domain: ambiguous cases)',
    expected: 'excluded',
    rule: 'ALCOHOL',
    spends: receipts('Beer money\nBeer money for PA\nWine money'),
  },
  {
    name: 'fines and charges',
    why: 'usually not paid from public money; councils differ',
    expected: 'query',
    rule: 'FINES_CHARGES',
    spends: [
      ...bankLines('UNPAID DD FEE\nBANK CHARGES\nPCN LEEDS CITY\nOVERDRAFT FEE'),
      ...receipts('Parking fine\nLate filing penalty\nSpeeding fine\nUnpaid item fee'),
      ...bankLines('COURT SERVICES', { mcc: '9222' }),
    ],
  },
  {
    name: 'living costs that the plan does not know',
    why: 'everyday costs are the family’s own',
    expected: 'query',
    rule: 'LIVING_COSTS',
    spends: [
      ...bankLines('BRITISH GAS\nCOUNCIL TAX\nTHAMES WATER\nVODAFONE\nTV LICENCE\nGREGGS\nMCDONALDS', {
        planned: false,
      }),
      ...bankLines('SHELL\nBP', { planned: false, mcc: '5541' }),
      ...receipts('Groceries\nBroadband\nPetrol\nClothes\nMeal deal', { planned: false }),
    ],
  },
  {
    name: 'living costs that the plan allows',
    why: 'the plan answers the question: clothes that wear out, a phone that speaks',
    expected: 'allowed',
    spends: receipts(
      'Clothing, protective\nMobile phone bill for AAC device\nSandwiches on outing\nPetrol for outings',
    ),
  },
  {
    name: 'opticians that the plan does not know',
    why: 'usually paid another way',
    expected: 'query',
    rule: 'OPTICAL',
    spends: [
      ...bankLines('SPECSAVERS\nVISION EXPRESS\nOPTICAL EXPRESS', { planned: false }),
      ...bankLines('EYES R US', { planned: false, mcc: '8043' }),
      ...receipts('Sight test\nGlasses\nContact lenses\nEye test', { planned: false }),
    ],
  },
  {
    name: 'opticians that the plan allows',
    why: 'coloured overlays of section F are agreed',
    expected: 'allowed',
    spends: receipts('Coloured overlays\nColoured lenses\nGlasses, tinted for Irlen', { stream: 'EDU' }),
  },
  {
    name: 'equipment that the plan does not know',
    why: 'it is often provided without charge',
    expected: 'query',
    rule: 'STATUTORY_EQUIPMENT',
    spends: receipts('Wheelchair\nPortable hoist\nMobility scooter\nStairlift\nProfiling bed', { planned: false }),
  },
  {
    name: 'equipment that the plan allows',
    why: 'the plan names it',
    expected: 'allowed',
    spends: receipts('Wheelchair rain cover\nPortable hoist sling\nHoist hire for holiday'),
  },
  {
    name: 'savings and tips',
    why: 'money set aside, and extra payments, are agreed first',
    expected: 'query',
    spends: [
      ...bankLines('TRANSFER TO SAVINGS\nINSTANT SAVER\nCASH ISA'),
      ...receipts('Christmas bonus for PA\nTip for driver\nGift for carer\nGratuity'),
    ],
  },
  {
    name: 'social care’s own rules',
    why: 'long stays, the council’s services and travel that a benefit covers are asked about where the plan is silent',
    expected: 'query',
    spends: receipts(
      'Care home, 3 nights\nNursing home stay\nOakshire County Council day service\nTaxi\nTrain tickets\nMotability',
      {
        stream: 'SOCIAL_CHILD',
        planned: false,
      },
    ),
  },
  {
    name: 'block contracts',
    why: 'paying twice is unlikely to be agreed, whatever the plan',
    expected: 'query',
    rule: 'BLOCK_CONTRACT',
    spends: [
      { description: 'SUNRISE CARE', payee: { name: 'Sunrise Care', kind: 'block-contract-provider' } },
      ...receipts('Short break, block contract place'),
    ],
  },
  {
    name: 'on school premises',
    why: 'the head’s written consent is needed first',
    expected: 'excluded',
    rule: 'ON_PREMISES_NO_CONSENT',
    spends: receipts(
      'PA at school, lunchtimes\nSpeech therapy at school\nTutor at the college\nSupport in nursery\nOne to one at school',
      {
        stream: 'EDU',
      },
    ),
  },
  {
    name: 'near school',
    why: 'it is not on the premises',
    expected: 'allowed',
    spends: receipts(
      'Support in the school holidays\nAfter school club\nTaxi to school\nPick up from school\nBreakfast club before school\nCollege of dance lessons\nTuition outside school',
      { stream: 'EDU' },
    ),
  },
  {
    name: 'school funding without agreement',
    why: 'element 2 is the school’s to agree to',
    expected: 'excluded',
    rule: 'ELEMENT2_NO_CONSENT',
    spends: receipts('Element 2 funding\nNotional SEN budget support', { stream: 'EDU' }),
  },
  {
    name: 'paying somebody back without a receipt',
    why: 'what was bought is not known yet',
    expected: 'query',
    rule: 'NO_EVIDENCE',
    spends: bankLines('REIMBURSEMENT CLUB FEES\nPAYING BACK MUM\nREFUND TO PARENT\nOUT OF POCKET ART MATERIALS').map(
      (spend) => ({ ...spend, payee: { name: 'Rose Hart', relationship: 'aunt' } }),
    ),
  },
  {
    name: 'paying somebody back with a receipt',
    why: 'it counts as what was bought',
    expected: 'allowed',
    spends: list('REIMBURSEMENT CLUB FEES\nPAYING BACK MUM FOR ART\nREIMBURSE SWIM').map((description) => ({
      description,
      amountPence: -2000n,
      receipt: [{ description: 'Club fees', amountPence: 2000n }],
      payee: { name: 'Rose Hart', relationship: 'recipient' },
    })),
  },
  {
    name: 'money that has no stream yet',
    why: 'every rule is tried, and one that depends on the stream only asks',
    expected: 'query',
    spends: [
      ...receipts('School fees\nElement 2 funding', {
        stream: 'UNALLOCATED',
        planned: false,
      }),
      {
        description: 'KIM LOWE WAGES',
        evidenceKind: 'payslip' as const,
        stream: 'UNALLOCATED' as const,
        payee: { name: 'Kim Lowe', relationship: 'friend', livesWithChild: [{ from: '2020-01-01', to: null }] },
      },
    ],
  },
];
