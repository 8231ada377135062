import type { CalendarDate, FundingStream, Money } from '@ringfence/kernel';
import { accountNumberDigits, sortCodeDigits } from '../domain/bank-numbers.js';
import type {
  AccountKind,
  DeliveryMechanism,
  Frequency,
  Holder,
  InstalmentKind,
  PayeeKind,
  PlanKind,
  PlanSection,
} from '../domain/terms.js';
import {
  accountKinds,
  deliveryMechanisms,
  frequencies,
  holders,
  instalmentKinds,
  payeeKinds,
  planKinds,
  planSections,
} from '../domain/terms.js';
import { accountColumns, instalmentColumns } from './columns.js';
import { CellReader } from './cell-reader.js';
import type { ImportFaults } from './import-faults.js';
import type { FileRow } from './read-file.js';

export interface ImportRow {
  readonly line: number;
  readonly budget: {
    readonly reference: string;
    readonly childName: string;
    readonly childBornOn: CalendarDate;
    readonly recipientName: string;
    readonly recipientEmail: string | null;
    readonly planKind: PlanKind;
    readonly planStartsOn: CalendarDate;
    readonly planEndsOn: CalendarDate | null;
    readonly startsOn: CalendarDate;
    readonly endsOn: CalendarDate | null;
  };
  readonly agreement: { readonly payerCode: string; readonly validFrom: CalendarDate; readonly signedOn: CalendarDate };
  readonly terms: {
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
  };
  /** `description` is null where the row names an outcome that another row describes. */
  readonly outcomes: readonly { readonly reference: string; readonly description: string | null }[];
  readonly payee: { readonly name: string; readonly kind: PayeeKind; readonly relationship: string } | null;
  readonly account: ImportAccount | null;
  readonly schedule: ImportSchedule | null;
}

export interface ImportAccount {
  readonly kind: AccountKind;
  readonly name: string;
  readonly bankName: string;
  readonly sortCode: string | null;
  readonly accountNumber: string | null;
  readonly openedOn: CalendarDate;
  readonly organisation: string | null;
}

export interface ImportSchedule {
  readonly kind: InstalmentKind;
  readonly frequency: Frequency;
  readonly amountPence: Money;
  readonly firstDueOn: CalendarDate;
  readonly lastDueOn: CalendarDate;
  readonly termlyDueOn: readonly CalendarDate[] | null;
}

const streamWords = ['EDU', 'HEALTH', 'SOCIAL_CHILD', 'SOCIAL_ADULT', 'TRANSPORT'] as const satisfies FundingStream[];
/** What councils write for a stream, besides its code. */
const streamSynonyms = { EDUCATION: 'EDU', TRAVEL: 'TRANSPORT' } as const;

/** Reads every cell of a row and collects what is wrong; undefined when anything is. */
export function readImportRow(row: FileRow, faults: ImportFaults): ImportRow | undefined {
  const before = faults.count;
  const cells = new CellReader(row, faults);
  if (row.surplus > 0) {
    faults.add(
      row.line,
      null,
      'The row has more cells than the header has columns: put a cell with a comma in quotation marks.',
    );
  }
  const read = {
    line: row.line,
    budget: {
      reference: cells.text('budget_reference', 60),
      childName: cells.text('child_name', 200),
      childBornOn: cells.day('child_date_of_birth'),
      recipientName: cells.text('recipient_name', 200),
      recipientEmail: cells.email('recipient_email'),
      planKind: cells.word('plan_kind', planKinds),
      planStartsOn: cells.day('plan_starts_on'),
      planEndsOn: cells.dayOrNone('plan_ends_on'),
      startsOn: cells.day('budget_starts_on'),
      endsOn: cells.dayOrNone('budget_ends_on'),
    },
    agreement: {
      payerCode: cells.text('payer_code', 60),
      validFrom: cells.day('agreement_from'),
      signedOn: cells.day('agreement_signed_on'),
    },
    terms: {
      name: cells.text('line_name', 200),
      stream: cells.word('stream', streamWords, streamSynonyms),
      mechanism: cells.word('mechanism', deliveryMechanisms),
      holder: cells.word('holder', holders),
      planSection: cells.word('plan_section', planSections),
      amountPence: cells.money('amount'),
      quantity: cells.quantity('quantity'),
      unit: cells.textOrNone('unit', 40),
      ratePence: cells.given('rate') ? cells.money('rate') : null,
      startsOn: cells.day('line_starts_on'),
      endsOn: cells.day('line_ends_on'),
    },
    outcomes: cells.outcomes('outcomes'),
    payee: cells.given('payee_name') ? readPayee(cells) : null,
    account: cells.givenAny(accountColumns) ? readAccount(cells) : null,
    schedule: cells.givenAny(instalmentColumns) ? readSchedule(cells) : null,
  };
  return faults.count > before ? undefined : read;
}

function readPayee(cells: CellReader) {
  return {
    name: cells.text('payee_name', 200),
    kind: cells.given('payee_kind') ? cells.word('payee_kind', payeeKinds) : ('OTHER' as const),
    relationship: cells.textOrNone('payee_relationship', 60) ?? 'none',
  };
}

function readAccount(cells: CellReader): ImportAccount {
  return {
    kind: cells.word('account_kind', accountKinds),
    name: cells.text('account_name', 200),
    bankName: cells.text('bank_name', 200),
    sortCode: cells.digits('sort_code', sortCodeDigits),
    accountNumber: cells.digits('account_number', accountNumberDigits),
    openedOn: cells.day('account_opened_on'),
    organisation: cells.textOrNone('account_organisation', 200),
  };
}

function readSchedule(cells: CellReader): ImportSchedule {
  const frequency = cells.word('instalment_frequency', frequencies);
  const termly = frequency === 'TERMLY' ? cells.days('instalment_termly_due_on') : null;
  const first = termly ? termly.at(0) : cells.day('instalment_first_due_on');
  // A single payment, and a list of days, say themselves when they end.
  const last = frequency === 'ONE_OFF' ? first : (termly?.at(-1) ?? cells.day('instalment_last_due_on'));
  return {
    kind: cells.given('instalment_kind') ? cells.word('instalment_kind', instalmentKinds) : 'REGULAR',
    frequency,
    amountPence: cells.money('instalment_amount'),
    firstDueOn: first ?? '',
    lastDueOn: last ?? '',
    termlyDueOn: termly,
  };
}
