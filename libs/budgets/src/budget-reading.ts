import { Problem, type CalendarDate, type DateRange, type FundingStream, type Money } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';
import {
  accountSql,
  accountsOfBudgetSql,
  agreementsSql,
  budgetSql,
  linesSql,
  payeesSql,
  schedulesSql,
} from './budgets.sql.js';
import type {
  AccountKind,
  DeliveryMechanism,
  Frequency,
  Holder,
  InstalmentKind,
  LivesWith,
  PayeeKind,
  PayerKind,
  PlanKind,
  PlanSection,
} from './domain/terms.js';

export interface BudgetLineRow {
  readonly id: string;
  readonly agreementId: string;
  readonly name: string;
  readonly stream: FundingStream;
  readonly mechanism: DeliveryMechanism;
  readonly holder: Holder;
  readonly planSection: PlanSection;
  readonly amountPence: Money;
  readonly quantity: string | null;
  readonly unit: string | null;
  readonly ratePence: Money | null;
  readonly startsOn: CalendarDate;
  readonly endsOn: CalendarDate;
  readonly payeeId: string | null;
  readonly outcomeIds: readonly string[];
}

export interface PayeeRow {
  readonly id: string;
  readonly budgetId: string;
  readonly name: string;
  readonly kind: PayeeKind;
  /** The ways in which statements and bureaux write the payee. */
  readonly names: readonly string[];
  readonly employeeReference: string | null;
  readonly relationship: string;
  readonly household: readonly {
    readonly id: string;
    readonly livesWith: LivesWith;
    readonly from: CalendarDate;
    readonly to: CalendarDate | null;
  }[];
  readonly livesWithChild: readonly DateRange[];
  readonly livesWithRecipient: readonly DateRange[];
}

export interface AccountRow {
  readonly id: string;
  readonly kind: AccountKind;
  readonly name: string;
  readonly bankName: string;
  readonly sortCode: string | null;
  readonly accountNumber: string | null;
  readonly holderPersonId: string | null;
  readonly holderOrganisationId: string | null;
  readonly openedOn: CalendarDate;
  readonly closedOn: CalendarDate | null;
  readonly bookId: string;
}

export interface AccountWithBudgets extends AccountRow {
  /** Those that the reader may see, with the days on which the account holds them. */
  readonly budgets: readonly {
    readonly budgetId: string;
    readonly validFrom: CalendarDate;
    readonly validTo: CalendarDate | null;
  }[];
}

export interface AgreementRow {
  readonly id: string;
  readonly payer: { readonly id: string; readonly name: string; readonly kind: PayerKind; readonly code: string };
  readonly versions: readonly {
    readonly version: number;
    readonly validFrom: CalendarDate;
    readonly signedOn: CalendarDate;
    readonly changesServices: boolean;
    readonly reason: string;
  }[];
}

export interface ScheduleRow {
  readonly id: string;
  readonly agreementId: string;
  readonly stream: FundingStream;
  readonly kind: InstalmentKind;
  readonly frequency: Frequency;
  readonly amountPence: Money;
  readonly firstDueOn: CalendarDate;
  readonly lastDueOn: CalendarDate;
  readonly instalments: number;
  readonly withdrawn: number;
}

export interface BudgetDetail {
  readonly id: string;
  readonly reference: string;
  readonly startsOn: CalendarDate;
  readonly endsOn: CalendarDate | null;
  readonly child: { readonly id: string; readonly name: string; readonly dateOfBirth?: CalendarDate | null };
  readonly recipient: { readonly id: string; readonly name: string; readonly email: string | null };
  readonly plan: {
    readonly id: string;
    readonly kind: PlanKind;
    readonly startsOn: CalendarDate;
    readonly endsOn: CalendarDate | null;
    readonly outcomes: readonly { readonly id: string; readonly reference: string; readonly description: string }[];
  };
  readonly agreements: readonly AgreementRow[];
  readonly lines: readonly BudgetLineRow[];
  readonly schedules: readonly ScheduleRow[];
  readonly accounts: readonly (AccountRow & {
    readonly validFrom: CalendarDate;
    readonly validTo: CalendarDate | null;
  })[];
  readonly payees: readonly PayeeRow[];
}

/** A budget as it is shown: the fields that every role gets, and of the others those that the reader's role gets. */
export interface ShownBudget extends Pick<BudgetDetail, 'id' | 'reference' | 'startsOn' | 'endsOn'> {
  readonly child?: BudgetDetail['child'];
  readonly recipient: { readonly id: string; readonly name: string; readonly email?: string | null };
  readonly plan?: BudgetDetail['plan'];
  readonly agreements?: readonly AgreementRow[];
  readonly lines: readonly ShownBudgetLine[];
  readonly schedules?: readonly ScheduleRow[];
  readonly accounts: readonly (ShownAccount & Pick<BudgetDetail['accounts'][number], 'validFrom' | 'validTo'>)[];
  readonly payees: readonly PayeeRow[];
}

export type ShownBudgetLine = Pick<BudgetLineRow, 'id' | 'stream' | 'startsOn' | 'endsOn' | 'payeeId'> &
  Partial<BudgetLineRow>;

export type ShownAccount = Pick<AccountRow, 'id' | 'kind' | 'name' | 'openedOn' | 'closedOn'> & Partial<AccountRow>;

/** Everything that was agreed about a budget. Refuses one that the reader cannot see as one that is not there. */
export async function readBudget(tx: Transaction, budgetId: string): Promise<BudgetDetail> {
  const which = [tx.context.authorityId, budgetId];
  type Head = Pick<BudgetDetail, 'id' | 'reference' | 'startsOn' | 'endsOn' | 'child' | 'recipient' | 'plan'>;
  const [head] = await tx.query<Head>(budgetSql, which);
  if (!head) throw new Problem('not-found', `There is no budget ${budgetId} that you can see.`);
  return {
    ...head,
    agreements: await tx.query<AgreementRow>(agreementsSql, which),
    lines: await tx.query<BudgetLineRow>(linesSql, [...which, null]),
    schedules: await tx.query<ScheduleRow>(schedulesSql, which),
    accounts: await tx.query<BudgetDetail['accounts'][number]>(accountsOfBudgetSql, which),
    payees: await payeesOf(tx, budgetId),
  };
}

/** All lines of a budget, past and to come. */
export function budgetLinesOf(tx: Transaction, budgetId: string): Promise<BudgetLineRow[]> {
  return tx.query<BudgetLineRow>(linesSql, [tx.context.authorityId, budgetId, null]);
}

/** Refuses a budget that the reader cannot see as one that is not there; with a pointer, as the fault of that field. */
export async function requireBudget(tx: Transaction, budgetId: string, pointer?: string): Promise<void> {
  const found = await tx.query('SELECT 1 FROM budgets WHERE authority_id = $1 AND id = $2', [
    tx.context.authorityId,
    budgetId,
  ]);
  if (found.length > 0) return;
  const message = `There is no budget ${budgetId} that you can see.`;
  throw pointer === undefined ? new Problem('not-found', message) : Problem.field(pointer, message);
}

/** The lines of a budget that run on a day. */
export function budgetLinesInForce(tx: Transaction, budgetId: string, day: CalendarDate): Promise<BudgetLineRow[]> {
  return tx.query<BudgetLineRow>(linesSql, [tx.context.authorityId, budgetId, day]);
}

/** Whom a budget pays, with the spans on which each lives with the child or with the recipient. */
export async function payeesOf(tx: Transaction, budgetId: string): Promise<PayeeRow[]> {
  type Stored = Omit<PayeeRow, 'livesWithChild' | 'livesWithRecipient'>;
  const rows = await tx.query<Stored>(payeesSql, [tx.context.authorityId, budgetId]);
  const spans = (row: Stored, livesWith: LivesWith): DateRange[] =>
    row.household.filter((span) => span.livesWith === livesWith).map(({ from, to }) => ({ from, to }));
  return rows.map((row) => ({
    ...row,
    livesWithChild: spans(row, 'CHILD'),
    livesWithRecipient: spans(row, 'RECIPIENT'),
  }));
}

/** Somebody whom a payroll bureau pays; in SQL it is employeeSql. */
export function isEmployee({ kind, employeeReference }: Pick<PayeeRow, 'kind' | 'employeeReference'>): boolean {
  return kind === 'PERSONAL_ASSISTANT' || employeeReference !== null;
}

/** A designated account with its book and the budgets in it; undefined when the reader can see none. */
export async function accountOf(tx: Transaction, designatedAccountId: string): Promise<AccountWithBudgets | undefined> {
  const [account] = await tx.query<AccountWithBudgets>(accountSql, [tx.context.authorityId, designatedAccountId]);
  return account;
}
