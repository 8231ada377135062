import { nationalPolicy, type Signals } from '@ringfence/spending-rules';

export const accountWarningCodes = [
  'OVERDRAWN',
  'BENEFITS_IN',
  'WAGES_IN',
  'CASH_IN',
  'FROM_OWN_ACCOUNT',
  'TO_SAVINGS',
  'TO_OWN_ACCOUNT',
  'CASH_OUT',
  'HOUSEHOLD_BILL',
] as const;
export type AccountWarningCode = (typeof accountWarningCodes)[number];

/** What a line may turn out to be: the targets of an allocation or of a suggestion. */
type Explanation = 'instalment' | 'payslip' | 'budget-line' | 'payroll-control' | 'family-money';

/**
 * One kind of question that a separate account raises: not whether a spend is allowed, which the spending rules ask, but
 * whether the account is kept for the direct payment only. It accuses nobody and nothing follows from it by itself.
 */
export interface AccountWarningKind {
  readonly code: AccountWarningCode;
  /** For lists and headings, the same for officers and families. */
  readonly name: string;
  /** Of what a line must be: money in, money out, or its running balance, which no words decide. */
  readonly of: 'in' | 'out' | 'balance';
  /** Plain, kind, to be put to the family as it stands. */
  readonly question: string;
  /** Document and section. */
  readonly source: string;
  /**
   * Not asked of an account that an organisation manages: the money of a managed account need not be kept apart
   * (SI 2017/219 reg 2(3)).
   */
  readonly soleUseOnly?: true;
  /** Rules that ask the same of a single spend: where one speaks about the line, the account does not ask again. */
  readonly askedByRules: readonly string[];
  readonly explainedBy: readonly Explanation[];
  /** In the language of the spending rules' phrases. */
  readonly words?: readonly string[];
  readonly mccs?: readonly string[];
  /** The bank's own types of transaction, in capitals. */
  readonly bankTypes?: readonly string[];
  /** What looks like it and is not: struck out before the words are looked for. */
  readonly exclusions?: readonly string[];
  /** Whether the name of a holder or recipient, or the account's own sort code, is a hint too. */
  readonly ownNames?: true;
}

const separate =
  'Making it Personal 2, section 5: “You must have a separate bank account”; SI 2010/1000 reg 13 (an account held only for direct payments)';
const anySpend: readonly Explanation[] = ['payslip', 'budget-line', 'payroll-control', 'family-money'];

/** Words of cash and of savings are those of the spending rules, so that there is one list of each. */
const cash = signalsOf('CASH');
const savings = signalsOf('SAVINGS');

/** In order: a line raises the first that fits it, and the balance may raise another. */
export const accountWarningKinds: readonly AccountWarningKind[] = [
  {
    code: 'OVERDRAWN',
    name: 'The account was overdrawn',
    of: 'balance',
    question: 'The account went below zero. Was a payment late, or was something paid that it was not meant for?',
    source: 'Councils’ direct payment policies: no overdraft on a prepaid card; bank charges are not paid from it',
    askedByRules: [],
    explainedBy: [],
  },
  {
    code: 'BENEFITS_IN',
    name: 'Benefits paid in',
    of: 'in',
    question:
      'This looks like a benefit paid into the account. Could it be paid into another account, so that the direct payment can be told apart?',
    source: separate,
    soleUseOnly: true,
    askedByRules: [],
    explainedBy: ['instalment'],
    words: [
      'dwp~',
      'dept (for|of) work and pensions',
      'department for work and pensions',
      'universal credit',
      '(child|housing|bereavement|incapacity) benefit~',
      '(child|working) tax credit~',
      'hmrc (child|tax credit~|chb|ctc|wtc)',
      'tax credits',
      '(personal independence|pip|dla|esa|jsa|uc) (payment|pymt|pmt)',
      'disability living allowance',
      '(carers|carer|attendance|maternity|jobseekers|widowed parents) allowance',
      'employment (and)? support allowance',
      'income support',
      '(state pension|pension credit|pension service)',
      '(winter fuel|cold weather|cost of living) (payment|pymt|pmt)',
    ],
    exclusions: ['dwp * access to work', 'access to work * dwp', 'dla piper', '(in aid of|charity) *'],
  },
  {
    code: 'WAGES_IN',
    name: 'Wages paid in',
    of: 'in',
    question:
      'This looks like somebody’s pay coming in. Could it be paid into another account, so that the direct payment can be told apart?',
    source: separate,
    soleUseOnly: true,
    askedByRules: [],
    explainedBy: ['instalment'],
    words: ['(salary|salaries|wages|wage|payroll|net pay|monthly pay|weekly pay)'],
    exclusions: [
      '(return|returned|rtd|refund|refunded|recall~|reject~|revers~|unpaid|repaid|overpaid|overpayment) * (salary|wages|wage|payroll|net pay)',
      '(salary|wages|wage|payroll|net pay) * (return|returned|rtd|refund|refunded|recall~|reject~|revers~|unpaid|repaid|overpaid|overpayment)',
      'payroll (bureau|service|services|company)',
    ],
  },
  {
    code: 'CASH_IN',
    name: 'Cash paid in',
    of: 'in',
    question: 'Cash was paid in. Where did it come from: was money put back, or was it your own?',
    source: `${separate}; councils’ closer look at high amounts of cash`,
    soleUseOnly: true,
    askedByRules: [],
    explainedBy: ['instalment', 'family-money'],
    words: [
      'cash',
      '(coin|coins) (paid in|deposit~|credit)',
      '(counter|branch|post office|paypoint|machine) * (deposit~|paid in|pd in)',
      'paid in at',
    ],
    bankTypes: ['CSH', 'CASH', 'CDM', 'CASH DEPOSIT'],
    exclusions: [
      '(cashback|cash back)',
      'cash (isa|reward|rewards|bonus|prize|refund|flow|book)',
      'cash (and|n) carry',
      'cash converters',
      'cash (for|4) *',
      '(refund~|revers~) * cash *',
    ],
  },
  {
    code: 'FROM_OWN_ACCOUNT',
    name: 'Money from the recipient’s other account',
    of: 'in',
    question:
      'This seems to come from an account in your own name. Was money put back, is it your own contribution, or something else?',
    source: `${separate}; a transfer between accounts is not income`,
    askedByRules: [],
    explainedBy: ['instalment', 'payslip', 'budget-line', 'payroll-control', 'family-money'],
    words: [
      'from * (savings|saver|isa)',
      '^(savings|saver)',
      '(my|own|personal|joint|household) (account|current account|bank account)',
    ],
    bankTypes: ['POT TRANSFER'],
    exclusions: ['(interest|refund~) *'],
    ownNames: true,
  },
  {
    code: 'TO_SAVINGS',
    name: 'Money moved to savings',
    of: 'out',
    question: 'This seems to go to savings. What is it being saved for, and where is it kept?',
    source: 'Making it Personal 2, section 5, on “banking” money for later',
    askedByRules: ['SAVINGS'],
    explainedBy: anySpend,
    words: savings.narrative ?? [],
    bankTypes: ['POT TRANSFER'],
    exclusions: savings.exclusions ?? [],
  },
  {
    code: 'TO_OWN_ACCOUNT',
    name: 'Money to the recipient’s other account',
    of: 'out',
    question:
      'This seems to go to an account in your own name. Was it to pay back something that you had bought for the plan?',
    source: `${separate}; a recipient is not paid from the account`,
    // NO_EVIDENCE asks of any transfer to a person whether it pays somebody back.
    askedByRules: ['SELF_PAYMENT', 'REIMBURSEMENT', 'NO_EVIDENCE'],
    explainedBy: anySpend,
    words: ['(my|own|personal|joint|household) (account|current account|bank account)'],
    ownNames: true,
  },
  {
    code: 'CASH_OUT',
    name: 'Cash taken out',
    of: 'out',
    question: 'Cash was taken out. What was it for, and are there receipts?',
    source: 'Councils’ direct payment policies (Oldham: “NO cash withdrawals”), which differ',
    askedByRules: ['CASH'],
    explainedBy: anySpend,
    words: cash.narrative ?? [],
    mccs: cash.mccs ?? [],
    bankTypes: ['CPT', 'C/L', 'CSH', 'ATM', 'CASH WITHDRAWAL', 'ATM WITHDRAWAL'],
    exclusions: cash.exclusions ?? [],
  },
  {
    code: 'HOUSEHOLD_BILL',
    name: 'A household bill',
    of: 'out',
    question: 'This looks like a bill of the household. Could it be paid from another account, or is it in the plan?',
    source: `${separate}; councils’ direct payment policies on bills (Oldham, Stockport), which differ`,
    soleUseOnly: true,
    askedByRules: ['LIVING_COSTS'],
    explainedBy: anySpend,
    words: [
      'council tax',
      '(british gas|edf|eon|e on|ovo|scottish power|scottishpower|sse|utilita|utility warehouse)',
      '(octopus|bulb|shell|so|good|outfox|ecotricity|ovo) energy',
      '(gas|electric|electricity|energy|water|phone|broadband) (bill|bills)',
      '(thames|anglian|yorkshire|southern|wessex|welsh|northumbrian|affinity|bristol|south west|south east|portsmouth|cambridge) water',
      '(severn trent|united utilities|scottish water)',
      '(tv|television) (licence|license|licensing|lic)',
      '(vodafone|giffgaff|talktalk|plusnet|virgin media|hyperoptic|telefonica uk|h3g|lebara|tesco mobile|sky mobile|id mobile)',
      '(three|o2|ee) (mobile|uk|limited|ltd|bill|payg)',
      '^bt (group|plc|broadband|bill)',
      '^sky (digital|uk|tv|broadband|subscri~)',
      '(netflix|spotify|disney plus)',
      'mortgage~',
      'rent',
      '(housing association|ground rent|estate service charge)',
      '(home|house|contents|buildings|car|motor|life|pet|boiler|travel) (insurance|ins|assurance|cover)',
      '(dvla|vehicle tax|car tax)',
    ],
    mccs: ['4900', '4814', '4899', '6513'],
    exclusions: [
      '(room|hall|pool|pitch|studio|venue|church|court|chapel|field|gym|office|equipment|hoist|wheelchair) (rent|hire)',
      'rent (of|a|an|the) *',
      '(refund|deposit) * rent',
      '(employers|employer|public|carers|carer|pa) (liability)? (insurance|ins|cover)',
      'sse (arena|hydro)',
      '(mobility|wheelchair|scooter|hoist) (insurance|ins|cover)',
    ],
  },
];

export function accountWarningKind(code: AccountWarningCode): AccountWarningKind {
  const kind = accountWarningKinds.find((one) => one.code === code);
  if (!kind) throw new RangeError(`there is no account warning ${code}`);
  return kind;
}

function signalsOf(code: string): Signals {
  return nationalPolicy.rules.find((rule) => rule.code === code)?.signals ?? {};
}
