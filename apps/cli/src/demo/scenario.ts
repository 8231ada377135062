import { penceFromText, type CalendarDate, type FundingStream, type Money } from '@ringfence/kernel';
import type { BankAccount, BankMove } from './bank/bank-statement.js';

/** What a family's year is told in. Keys are names inside the demo; ids are the service's, and come when it answers. */
export type AuthorityKey = 'council' | 'icb';

export interface Family {
  readonly key: string;
  readonly authority: AuthorityKey;
  readonly recipient: DemoPerson;
  readonly account: FamilyAccount;
  readonly budgets: readonly BudgetScenario[];
  /** In the order in which the bank has them. */
  readonly movements: readonly Movement[];
  readonly payRuns: readonly PayRunScenario[];
  /** Runs with a slip of the pen, which wait for an officer: nothing of them is posted. */
  readonly heldRuns?: readonly PayRunScenario[] | undefined;
  readonly documents: readonly SupportingDocument[];
  /** Months, by their place in the year from 0, whose statements never came. */
  readonly missingMonths: readonly number[];
  /** A month whose file is sent a second time. */
  readonly sentTwice?: number | undefined;
}

export interface DemoPerson {
  readonly name: string;
  /** With an email address they can sign in. */
  readonly email?: string | undefined;
  readonly dateOfBirth?: CalendarDate | undefined;
  /** One line of who they are, for the list of sign-ins. */
  readonly says?: string | undefined;
}

export interface FamilyAccount extends BankAccount {
  readonly kind: 'OWN_BANK' | 'MANAGED';
  /** What the family calls it. */
  readonly name: string;
  /** The key of the organisation that holds it; without it the recipient does. */
  readonly organisation?: string | undefined;
  readonly openedOn: CalendarDate;
  readonly uploadedBy: 'recipient' | 'organisation' | 'officer';
}

export interface BudgetScenario {
  readonly key: string;
  readonly reference: string;
  readonly child: DemoPerson;
  readonly plan: 'EHC_PLAN' | 'NHS_CARE_PLAN' | 'CHILD_IN_NEED_PLAN' | 'ADULT_CARE_AND_SUPPORT_PLAN';
  readonly outcomes: readonly { readonly reference: string; readonly description: string }[];
  readonly payees: readonly PayeeScenario[];
  readonly agreements: readonly AgreementScenario[];
  /** The bureau, by key, that runs this budget's payroll. */
  readonly bureau?: string | undefined;
}

export interface PayeeScenario {
  readonly key: string;
  readonly name: string;
  readonly kind: 'PERSONAL_ASSISTANT' | 'AGENCY' | 'CHILDMINDER' | 'THERAPIST' | 'CLUB' | 'SHOP' | 'INSURER' | 'OTHER';
  readonly names?: readonly string[] | undefined;
  readonly employeeReference?: string | undefined;
  readonly relationship?: string | undefined;
  readonly livesWithChild?: { readonly from: CalendarDate; readonly to: CalendarDate } | undefined;
}

export interface AgreementScenario {
  readonly payer: AuthorityKey;
  readonly from: CalendarDate;
  readonly changes: readonly {
    readonly from: CalendarDate;
    readonly signedOn: CalendarDate;
    readonly changesServices: boolean;
    readonly reason: string;
  }[];
  readonly lines: readonly LineScenario[];
  readonly schedules: readonly ScheduleScenario[];
}

export interface LineScenario {
  readonly key: string;
  readonly name: string;
  readonly stream: FundingStream;
  readonly section: 'F' | 'G' | 'H1' | 'OTHER';
  readonly holder: 'FAMILY' | 'ORGANISATION';
  readonly outcome: string;
  readonly amountPence: Money;
  readonly hours?: { readonly quantity: string; readonly unit: string; readonly ratePence: Money } | undefined;
  readonly payee?: string | undefined;
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

export interface ScheduleScenario {
  readonly key: string;
  readonly stream: FundingStream;
  readonly kind: 'REGULAR' | 'START_UP' | 'UPLIFT';
  readonly frequency: 'FOUR_WEEKLY' | 'MONTHLY' | 'TERMLY' | 'ONE_OFF';
  readonly amountPence: Money;
  readonly firstDueOn: CalendarDate;
  readonly lastDueOn: CalendarDate;
  readonly termlyDueOn?: readonly CalendarDate[] | undefined;
}

/** One line of the bank, and the truth about it, which the service does not know and people tell it. */
export interface Movement {
  /** Unique in the family; documents and tests name it. */
  readonly key: string;
  readonly date: CalendarDate;
  readonly amountPence: Money;
  readonly move: BankMove;
  readonly who: string;
  readonly reference?: string | undefined;
  readonly original?: { readonly amount: string; readonly currency: string } | undefined;
  readonly about: About;
}

/** `left` is work that nobody has done yet. `parts` are allocated manually, and may leave some of the line undecided. */
export type About =
  | { readonly kind: 'instalment'; readonly schedule: string; readonly dueOn: CalendarDate }
  | { readonly kind: 'payslip'; readonly run: string; readonly employee: string }
  | { readonly kind: 'line'; readonly line: string }
  | { readonly kind: 'parts'; readonly parts: readonly PartScenario[]; readonly reasons: string }
  | { readonly kind: 'left'; readonly why: string };

export type PartScenario = { readonly amountPence: Money } & (
  | { readonly line: string; readonly serviceDate?: CalendarDate | undefined }
  | { readonly control: 'HMRC' | 'PENSION' | 'PAYROLL_FEE'; readonly budget: string; readonly stream: FundingStream }
  | { readonly familyMoneyOf: string }
);

export interface PayRunScenario {
  readonly bureau: string;
  readonly reference: string;
  readonly payDate: CalendarDate;
  readonly payslips: readonly PayslipScenario[];
  /** The refusal that is expected: the bureau then sends the run again without whom it named. */
  readonly refused?: { readonly type: 'spend-excluded'; readonly employee: string } | undefined;
}

export interface PayslipScenario {
  readonly budget: string;
  /** The payee's key. */
  readonly employee: string;
  readonly employeeReference: string;
  readonly dateOfBirth: CalendarDate;
  readonly niCategory: 'A' | 'M';
  readonly periodStart: CalendarDate;
  readonly periodEnd: CalendarDate;
  readonly lines: readonly {
    readonly description: string;
    readonly hours?: string | undefined;
    readonly ratePounds?: string | undefined;
    readonly amountPence: Money;
  }[];
  readonly grossPence: Money;
  readonly taxPence: Money;
  readonly employeeNiPence: Money;
  readonly employeePensionPence: Money;
  readonly employerNiPence: Money;
  readonly employmentAllowancePence: Money;
  readonly employerPensionPence: Money;
  readonly feePence: Money;
  readonly netPence: Money;
  readonly streams: readonly { readonly stream: FundingStream; readonly percent: string; readonly line: string }[];
}

/** A receipt or an invoice, as a file and as somebody has typed it. */
export interface SupportingDocument {
  readonly movement: string;
  readonly budget: string;
  readonly form: 'pdf' | 'png';
  readonly title: string;
  readonly supplier: string;
  readonly date: CalendarDate;
  readonly lines: readonly { readonly description: string; readonly amountPence: Money }[];
}

/** The payslips that stand: without whom a refusal named. */
export function payslipsAccepted(run: PayRunScenario): PayRunScenario['payslips'] {
  return run.payslips.filter(({ employee }) => employee !== run.refused?.employee);
}

/** Pounds and pence as they are written in a scenario. */
export function pounds(text: string): Money {
  const pence = penceFromText(text);
  if (pence === undefined) throw new RangeError(`${text} is no amount.`);
  return pence;
}

/** Bank days in order; movements of one day keep the order in which they are told. */
export function inBankOrder(movements: readonly Movement[]): Movement[] {
  return [...movements].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}
