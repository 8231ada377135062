import type { CalendarDate, Money } from '@ringfence/kernel';
import type { StreamBalance, TrialBalanceRow } from '@ringfence/ledger';
import type { CsvSheet } from './csv-file.js';
import type { Cell } from './domain/csv.js';
import type { StatementRow } from './statement-of-account.js';
import type { WorkListRow } from './work-list.js';

/** A column: its name, as the JSON has it, and its cell of a row. */
type Columns<Row> = Readonly<Record<string, (row: Row) => Cell>>;

export function statementSheet(pages: AsyncIterable<readonly StatementRow[]>): CsvSheet {
  return sheet(statementColumns, pages);
}

export function balancesSheet(at: CalendarDate, streams: readonly StreamBalance[]): CsvSheet {
  return sheet({ ...balancesColumns, at: () => at }, [streams]);
}

export function trialBalanceSheet(rows: readonly TrialBalanceRow[]): CsvSheet {
  return sheet(trialBalanceColumns, [rows]);
}

export function workListSheet(pages: AsyncIterable<readonly WorkListRow[]>): CsvSheet {
  return sheet(workListColumns, pages);
}

/** An `opening` row, the `entry` rows and a `closing` row of each account: sums are of the entries alone. */
const statementColumns: Columns<StatementRow> = {
  row: ({ row }) => row,
  account: ({ account }) => account.code,
  stream: ({ account }) => account.stream,
  effectiveDate: ({ date }) => date,
  kind: ({ entry }) => entry?.kind ?? null,
  description: ({ entry }) => entry?.description ?? null,
  amount: ({ entry }) => (entry ? amount(entry.amountPence) : null),
  balance: ({ balancePence }) => amount(balancePence),
  serviceDate: ({ entry }) => entry?.serviceDate ?? null,
  sequence: ({ entry }) => entry?.sequence.toString() ?? null,
  recordedAt: ({ entry }) => entry?.recordedAt.toISOString() ?? null,
  journalId: ({ entry }) => entry?.journalId ?? null,
  reverses: ({ entry }) => entry?.reverses ?? null,
  sourceType: ({ entry }) => entry?.sourceType ?? null,
  sourceId: ({ entry }) => entry?.sourceId ?? null,
  budgetLineId: ({ entry }) => entry?.budgetLineId ?? null,
  outcomeId: ({ entry }) => entry?.outcomeId ?? null,
  agreementId: ({ entry }) => entry?.agreementId ?? null,
  budgetId: ({ account }) => account.budgetId,
  bookId: ({ account }) => account.bookId,
};

const balancesColumns: Columns<StreamBalance> = {
  stream: ({ stream }) => stream,
  received: ({ receivedPence }) => amount(receivedPence),
  dueFromPayer: ({ dueFromPayerPence }) => amount(dueFromPayerPence),
  spent: ({ spentPence }) => amount(spentPence),
  unevidenced: ({ queriedPence }) => amount(queriedPence),
  recoverable: ({ recoverablePence }) => amount(recoverablePence),
  left: ({ leftPence }) => amount(leftPence),
  bank: ({ bankPence }) => amount(bankPence),
  owed: ({ owedPence }) => amount(owedPence),
  accrued: ({ accruedPence }) => amount(accruedPence),
  familyMoney: ({ familyMoneyPence }) => amount(familyMoneyPence),
  suspense: ({ suspensePence }) => amount(suspensePence),
};

const trialBalanceColumns: Columns<TrialBalanceRow> = {
  account: ({ account }) => account,
  stream: ({ stream }) => stream,
  opening: ({ openingPence }) => amount(openingPence),
  debit: ({ debitPence }) => amount(debitPence),
  credit: ({ creditPence }) => amount(creditPence),
  closing: ({ closingPence }) => amount(closingPence),
};

const workListColumns: Columns<WorkListRow> = {
  reference: ({ reference }) => reference,
  childName: ({ childName }) => childName,
  recipientName: ({ recipientName }) => recipientName,
  streams: ({ streams }) => streams.join(' '),
  excluded: ({ excluded }) => excluded,
  excludedAmount: ({ excludedPence }) => amount(excludedPence),
  reviewsDue: ({ reviewsDue }) => reviewsDue,
  reviewOn: ({ reviewOn }) => reviewOn,
  missingMonths: ({ missingMonths }) => missingMonths,
  queries: ({ queries }) => queries,
  queriesAmount: ({ queryPence }) => amount(queryPence),
  accountQuestions: ({ accountQuestions }) => accountQuestions,
  suspenseLines: ({ suspenseLines }) => suspenseLines,
  suspenseAmount: ({ suspensePence }) => amount(suspensePence),
  budgetId: ({ id }) => id,
};

function sheet<Row>(columns: Columns<Row>, pages: AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>): CsvSheet {
  const cells = Object.values(columns);
  async function* records(): AsyncGenerator<Cell[][]> {
    for await (const page of pages) yield page.map((row) => cells.map((cellOf) => cellOf(row)));
  }
  return { header: Object.keys(columns), pages: records() };
}

function amount(pence: Money): Cell {
  return { pence };
}
