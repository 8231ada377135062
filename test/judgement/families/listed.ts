import { bankLines, cutLines, payslipLines, receipts, type Family } from '../labelled.js';

/** The policy documents' list, the NHS's and the law's: on papers they decide, on a bank line they ask. */
function both(
  rule: string,
  why: string,
  onReceipt: string,
  onBankLine: string,
  mccs: readonly string[] = [],
): Family[] {
  return [
    { name: `${rule} on a receipt`, why, expected: 'excluded', rule, spends: receipts(onReceipt) },
    {
      name: `${rule} on a bank line`,
      why: `${why}; a bank’s words only ask`,
      expected: 'query',
      rule,
      spends: bankLines(onBankLine),
    },
    {
      name: `${rule} by the card’s code`,
      why: `${why}; a code only asks`,
      expected: 'query',
      rule,
      spends: mccs.flatMap((mcc) => bankLines('M AND P TRADING\nSUMUP THE STUDIO\nA1 SERVICES', { mcc })),
    },
  ];
}

export const listed: readonly Family[] = [
  ...both(
    'VACCINATION',
    'vaccination or immunisation is on the list',
    `
    Hepatitis B vaccination
    Flu jab
    Travel vaccinations, typhoid
    MMR vaccine
    Immunisation course
    Chickenpox vaccine private
    Travel clinic consultation
    Yellow fever vaccination
    Covid booster jab
    Rabies immunisation
    Holiday jabs
    Meningitis B vaccine
    `,
    `
    MASTA TRAVEL HEALTH
    NOMAD TRAVEL CLINIC
    CITY TRAVEL CLINIC
    FLU JAB CLINIC
    VACCINATION CENTRE
    TRAVEL VACCINES DIRECT
    THE VACCINATION CLINIC
    `,
  ),
  ...both(
    'SCREENING',
    'health screening is on the list',
    `
    Health screening package
    Private MRI scan
    Full body scan
    Bone density screening
    Cholesterol screening
    Heart screening
    Health MOT
    Health screen, premium
    `,
    `
    BLUECREST WELLNESS
    RANDOX HEALTH
    LIFELINE HEALTH SCREENING
    UK HEALTH SCREENS
    PRIVATE MRI SCAN CENTRE
    `,
  ),
  ...both(
    'NHS_HEALTH_CHECK',
    'health checks are on the list',
    `
    Well woman check
    Well man clinic
    Health check-up
    Annual health check
    Medical check up
    Wellness check
    Health checks for two
    `,
    `
    HEALTH CHECK CLINIC
    WELL PERSON CLINIC
    PRIVATE HEALTH CHECKS
    `,
  ),
  ...both(
    'GP_SERVICE',
    'what a GP provides is on the list',
    `
    Private GP appointment
    GP letter for holiday insurance
    Doctor's consultation fee
    Fit note
    Medical letter
    GP report fee
    Sick note
    Private GP service
    Doctor's certificate
    `,
    `
    BEECHWOOD SURGERY
    HIGH STREET SURGERY
    LAKESIDE MEDICAL CENTRE
    ABBEY MEDICAL PRACTICE
    VALLEY HEALTH CENTRE
    DRS KHAN AND LEE
    DR PATEL AND PARTNERS
    LONDON DOCTORS CLINIC
    PRIVATE GP SERVICES
    NORTH STREET GROUP PRACTICE
    CENTRAL MEDICAL GROUP
    RIVERSIDE FAMILY PRACTICE
    OAK TREE SURGERY
    `,
    ['8011'],
  ),
  ...both(
    'PRESCRIPTION',
    'prescription charges are on the list',
    `
    NHS prescription
    Prescription charge
    2 x prescriptions
    NHS PPC 12 months
    Prescription prepayment certificate
    NHSBSA PPC
    Prescription items
    `,
    `
    NHS PPC
    NHSBSA PPC
    NHS BSA PRESCRIPTION
    HOSPITAL DISPENSARY
    `,
  ),
  ...both(
    'DENTAL',
    'dental charges are on the list',
    `
    Dental check-up
    NHS dental band 2
    Band 1 treatment
    Dentist
    Orthodontic brace
    Root canal
    Tooth extraction
    Scale and polish
    Hygienist
    Teeth whitening
    Denplan monthly
    Dentures
    Private dentistry
    `,
    `
    DENTAL SURGERY
    MYDENTIST
    BUPA DENTAL CARE
    SMILE CLINIC
    SMITH ORTHODONTICS
    THE DENTIST
    DENPLAN
    HIGH ST DENTALCARE
    ORTHO CENTRE
    OASIS DENTAL
    `,
    ['8021'],
  ),
  ...both(
    'EMERGENCY_CARE',
    'urgent and emergency care is on Plymouth’s list',
    `
    Private A&E attendance fee
    Minor injuries unit treatment
    Ambulance call-out
    Private ambulance
    Emergency medical treatment
    Urgent care centre charge
    `,
    `
    URGENT CARE CENTRE
    MINOR INJURIES CLINIC
    EMERGENCY DEPARTMENT PRIVATE
    AMBULANCE SERVICE LTD
    WALK IN CENTRE
    CASUALTY PLUS
    `,
    ['4119'],
  ),
  ...both(
    'SURGERY',
    'surgery is on the NHS’s list',
    `
    Private operation
    Surgical procedure
    Anaesthetist fee
    Surgeon's fee
    Laser eye surgery
    Day case surgery
    `,
    `
    SPIRE HOSPITAL
    NUFFIELD HOSPITAL
    BUPA HOSPITAL
    RAMSAY HEALTH CARE
    MR JONES SURGEON
    `,
    ['8062'],
  ),
  ...both(
    'ALCOHOL',
    'alcohol is on the NHS’s list',
    `
    Lager 4 pack
    Bottle of wine
    Prosecco
    2 pints of beer
    Gin and tonic
    Vodka 70cl
    Cider
    Real ale
    Whisky
    Champagne
    `,
    `
    MAJESTIC WINE
    OFF LICENCE
    WINE BAR
    THE BREWERY
    THE WINE MERCHANT
    `,
    ['5813', '5921'],
  ),
  ...both(
    'TOBACCO',
    'tobacco is on the NHS’s list',
    `
    Cigarettes 20
    Rolling tobacco
    Vape refill
    Cigars
    E-cigarette
    Rizla
    `,
    `
    VAPE SHOP
    VAPING WORLD
    TOBACCONIST
    VAPE STATION
    `,
    ['5993'],
  ),
  ...both(
    'GAMBLING',
    'gambling is on the NHS’s list',
    `
    Lottery ticket
    Scratchcard
    Euromillions lucky dip
    Casino chips
    Lotto ticket
    Betting slip
    `,
    `
    NATIONAL LOTTERY
    BET365
    LADBROKES
    WILLIAM HILL
    PADDY POWER
    SKYBET
    BETFRED
    MECCA BINGO
    `,
  ),
  ...both(
    'DEBT',
    'debt repayment is on the NHS’s list',
    `
    Loan repayment
    Credit card payment
    Klarna instalment
    Clearpay
    Store card payment
    Payday loan
    Rent arrears
    `,
    `
    BARCLAYCARD
    PROVIDENT
    LOWELL FINANCIAL
    KLARNA
    AMEX PAYMENT
    CAPITAL ONE
    CLEARPAY
    `,
  ),
  {
    name: 'gambling’s own code',
    why: '7995 alone decides, by domain rule',
    expected: 'excluded',
    rule: 'GAMBLING',
    spends: bankLines('THE PALACE\nONLINE GAMES LTD\nSKY\nPP UK\nTHE CLUB', { mcc: '7995' }),
  },
  {
    name: 'excluded on a payslip',
    why: 'an expense on a payslip is a line of a document',
    expected: 'excluded',
    spends: payslipLines(`
      Expenses: prescription for Tim
      Dental charge paid back
      Flu jab for Lisa
      Reimbursed lottery tickets
      Bottle of wine
      GP letter fee
    `),
  },
  {
    name: 'the vaccination of a helper',
    why: 'the list has no limit, yet it is a cost of employing somebody: an officer decides',
    expected: 'query',
    rule: 'VACCINATION',
    spends: receipts(`
      Hepatitis B vaccination for PA
      Flu jab for personal assistant
      Staff flu vaccination
      Occupational health vaccination for carer
    `),
  },
  {
    name: 'therapy about the dentist',
    why: 'desensitisation is therapy and no charge, so it is asked about',
    expected: 'query',
    rule: 'DENTAL',
    spends: receipts(`
      Sensory dental desensitisation with OT
      Dental desensitisation session
      Dental anxiety therapy
    `),
  },
  {
    name: 'school places',
    why: 'element 1 is not the budget’s to pay',
    expected: 'excluded',
    rule: 'SCHOOL_PLACE',
    spends: receipts('School fees, autumn term\nCollege fees\nBoarding school fees\nTermly school fees\nSchool place', {
      stream: 'EDU',
    }),
  },
  {
    name: 'school by the card’s code',
    why: 'a code only asks; an unplanned one is not answered by the plan',
    expected: 'query',
    rule: 'SCHOOL_PLACE',
    spends: bankLines('THE GRANGE\nST ANNES\nPARKLANDS', { stream: 'EDU', mcc: '8211', planned: false }),
  },
  {
    name: 'placements',
    why: 'a looked-after child’s placement is paid for another way',
    expected: 'excluded',
    rule: 'LAC_PLACEMENT',
    spends: receipts(
      'Foster placement weekly fee\nFostering agency fee\nChildrens home fees\nLooked after placement charge',
    ),
  },
  {
    name: 'carers who foster',
    why: 'a foster or shared-lives carer may be a placement or a short break',
    expected: 'query',
    rule: 'LAC_PLACEMENT',
    spends: bankLines('FOSTER CARE ASSOCIATES\nSHARED LIVES SCHEME\nFOSTERING SOLUTIONS\nCHILDRENS HOME'),
  },
  {
    name: 'listed names cut off',
    why: 'banks cut names off, and what is left still asks',
    expected: 'query',
    spends: cutLines(
      `
      ABBEY COURT MEDICAL CENTRE
      THE STATION MEDICAL PRACTICE
      WESTERLEY HEALTH CENTRE
      BARLOW STREET SURGERY LTD
      ST JAMES HEALTH CENTRE
      `,
      20,
    ),
  },
];
