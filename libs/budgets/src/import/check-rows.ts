import type { Fault } from '@ringfence/kernel';
import { accountFaults } from '../account-register.js';
import { holdsCash, lineFaults } from '../domain/budget-line.js';
import { instalmentsDue, scheduleFaults } from '../domain/schedule.js';
import { accountColumns, agreementColumns, budgetColumns, type ImportColumn } from './columns.js';
import type { ImportFaults } from './import-faults.js';
import { readImportRow, type ImportAccount, type ImportRow } from './import-row.js';
import type { FileRow } from './read-file.js';

export const importInstalmentsMax = 100_000;

/** Reads and checks every row by itself and against the others; what needs the database is checked later. */
export function checkRows(fileRows: readonly FileRow[], faults: ImportFaults): ImportRow[] {
  const filled = fillDown(fileRows, faults);
  const rows = filled.flatMap((row) => readImportRow(row, faults) ?? []);
  for (const row of rows) {
    checkLine(row, faults);
    if (row.account) checkAccount(row, row.account, faults);
    checkSchedule(row, faults);
  }
  checkRepeats(rows, faults);
  checkAccountsAgree(rows, faults);
  checkPayeesAgree(rows, faults);
  const instalments = rows.reduce((sum, row) => sum + (row.schedule ? instalmentsDue(row.schedule).length : 0), 0);
  if (instalments > importInstalmentsMax) {
    faults.add(1, null, `The file makes ${instalments} instalments: import ${importInstalmentsMax} at a time.`);
  }
  return rows;
}

/**
 * Further rows of a budget may leave the budget's columns empty, and further rows of an agreement the agreement's:
 * they are those of the first. What they repeat must be the same. A schedule without an account has the last named.
 */
function fillDown(rows: readonly FileRow[], faults: ImportFaults): FileRow[] {
  const firsts = new Map<string, FileRow>();
  const accounts = new Map<string, FileRow>();
  const fill = (key: string, row: FileRow, columns: readonly ImportColumn[], what: string): FileRow => {
    const first = firsts.get(key);
    if (!first) {
      firsts.set(key, row);
      return row;
    }
    const cells = { ...row.cells };
    for (const column of columns) {
      const [own, above] = [cells[column] ?? '', first.cells[column] ?? ''];
      if (own === '') cells[column] = above;
      else if (own !== above) {
        faults.add(
          row.line,
          column,
          `${JSON.stringify(own)} was found, and line ${first.line} has ${JSON.stringify(above)} for the same ${what}: make them agree.`,
        );
        cells[column] = above;
      }
    }
    return { ...row, cells };
  };
  return rows.map((row) => {
    const reference = row.cells.budget_reference ?? '';
    if (reference === '') return row;
    let filled = fill(`budget ${reference}`, row, budgetColumns, 'budget');
    const payer = filled.cells.payer_code || firsts.get(`budget ${reference}`)?.cells.payer_code || '';
    filled = { ...filled, cells: { ...filled.cells, payer_code: payer } };
    filled = fill(`agreement ${reference} ${payer}`, filled, agreementColumns, 'agreement');
    if (accountColumns.some((column) => filled.cells[column])) accounts.set(reference, filled);
    else if (filled.cells.instalment_frequency) {
      const account = accounts.get(reference);
      const cells = Object.fromEntries(accountColumns.map((column) => [column, account?.cells[column] ?? '']));
      filled = { ...filled, cells: { ...filled.cells, ...cells } };
    }
    return filled;
  });
}

const lineFields: Readonly<Record<string, ImportColumn>> = {
  '/name': 'line_name',
  '/amount': 'amount',
  '/quantity': 'quantity',
  '/rate': 'rate',
  '/planSection': 'plan_section',
  '/holder': 'holder',
  '/outcomes': 'outcomes',
  '/startsOn': 'line_starts_on',
  '/endsOn': 'line_ends_on',
};

function checkLine({ line, budget, agreement, terms, outcomes }: ImportRow, faults: ImportFaults): void {
  if (budget.planEndsOn !== null && budget.planEndsOn < budget.planStartsOn) {
    faults.add(
      line,
      'plan_ends_on',
      `The plan ends on ${budget.planEndsOn}, before it starts on ${budget.planStartsOn}.`,
    );
  }
  if (budget.endsOn !== null && budget.endsOn < budget.startsOn) {
    faults.add(line, 'budget_ends_on', `The budget ends on ${budget.endsOn}, before it starts on ${budget.startsOn}.`);
  }
  if (terms.startsOn < agreement.validFrom) {
    faults.add(
      line,
      'line_starts_on',
      `line_starts_on is ${terms.startsOn}, and the agreement is in force from ${agreement.validFrom}: begin the line then.`,
    );
  }
  const found = lineFaults(
    { ...terms, outcomes: outcomes.length },
    {
      planKind: budget.planKind,
      budgetStartsOn: budget.startsOn,
      budgetEndsOn: budget.endsOn,
      childBornOn: budget.childBornOn,
    },
  );
  addAll(faults, line, found, lineFields);
}

const accountFields: Readonly<Record<string, ImportColumn>> = {
  '/kind': 'account_kind',
  '/name': 'account_name',
  '/bankName': 'bank_name',
  '/sortCode': 'sort_code',
  '/accountNumber': 'account_number',
  '/openedOn': 'account_opened_on',
  '/holderOrganisationId': 'account_organisation',
};

function checkAccount({ line }: ImportRow, account: ImportAccount, faults: ImportFaults): void {
  if (account.kind === 'MANAGED' && account.organisation === null) {
    faults.add(
      line,
      'account_organisation',
      'The cell is empty: a MANAGED account names the organisation that holds it.',
    );
  }
  const holder = account.organisation === null ? { holderPersonId: '-' } : { holderOrganisationId: '-' };
  addAll(faults, line, accountFaults({ ...account, ...holder, budgetIds: ['-'] }).all, accountFields);
}

const scheduleFields: Readonly<Record<string, ImportColumn>> = {
  '/frequency': 'instalment_frequency',
  '/amount': 'instalment_amount',
  '/firstDueOn': 'instalment_first_due_on',
  '/lastDueOn': 'instalment_last_due_on',
  '/termlyDueOn': 'instalment_termly_due_on',
};

function checkSchedule({ line, budget, agreement, terms, account, schedule }: ImportRow, faults: ImportFaults): void {
  if (!schedule) return;
  addAll(faults, line, scheduleFaults(schedule), scheduleFields);
  const first = schedule.frequency === 'TERMLY' ? 'instalment_termly_due_on' : 'instalment_first_due_on';
  if (!holdsCash(terms.mechanism)) {
    faults.add(
      line,
      'instalment_frequency',
      'An ORGANISED line is paid by its holder: no instalment goes to an account.',
    );
  }
  if (!account) {
    faults.add(line, 'account_name', 'The cell is empty: instalments need the account that they are paid into.');
  } else if (schedule.firstDueOn < account.openedOn) {
    faults.add(line, first, `${first} is ${schedule.firstDueOn}, and the account is opened on ${account.openedOn}.`);
  }
  if (schedule.firstDueOn < agreement.validFrom) {
    faults.add(
      line,
      first,
      `${first} is ${schedule.firstDueOn}, and the agreement is in force from ${agreement.validFrom}.`,
    );
  }
  if (budget.endsOn !== null && schedule.lastDueOn > budget.endsOn) {
    const last = schedule.frequency === 'TERMLY' ? first : 'instalment_last_due_on';
    faults.add(line, last, `${last} is ${schedule.lastDueOn}, and the budget ends on ${budget.endsOn}.`);
  }
}

/** The same row pasted twice would double a family's money. */
function checkRepeats(rows: readonly ImportRow[], faults: ImportFaults): void {
  const seen = new Map<string, number>();
  for (const { line, budget, agreement, terms } of rows) {
    const key = JSON.stringify([
      budget.reference,
      agreement.payerCode,
      terms.name.toLowerCase(),
      terms.stream,
      terms.startsOn,
      terms.endsOn,
    ]);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, line);
    else faults.add(line, 'line_name', `This repeats line ${first}: delete one of them, or give it another name.`);
  }
}

/** By its number, or without one by its name. */
export function accountKey(account: Pick<ImportAccount, 'sortCode' | 'accountNumber' | 'name'>): string {
  const { sortCode, accountNumber, name } = account;
  return sortCode && accountNumber ? `${sortCode} ${accountNumber}` : `named ${name.toLowerCase()}`;
}

function checkAccountsAgree(rows: readonly ImportRow[], faults: ImportFaults): void {
  const seen = new Map<string, { line: number; text: string }>();
  for (const { line, account } of rows) {
    if (!account) continue;
    const key = accountKey(account);
    const text = JSON.stringify(account);
    const first = seen.get(key);
    if (!first) seen.set(key, { line, text });
    else if (first.text !== text) {
      faults.add(
        line,
        'account_name',
        `Line ${first.line} tells of the same account otherwise: make the account columns agree.`,
      );
    }
  }
}

function checkPayeesAgree(rows: readonly ImportRow[], faults: ImportFaults): void {
  const seen = new Map<string, { line: number; text: string }>();
  for (const { line, budget, payee } of rows) {
    if (!payee) continue;
    const key = JSON.stringify([budget.reference, payee.name]);
    const text = JSON.stringify(payee);
    const first = seen.get(key);
    if (!first) seen.set(key, { line, text });
    else if (first.text !== text) {
      faults.add(
        line,
        'payee_kind',
        `Line ${first.line} tells of ${JSON.stringify(payee.name)} otherwise: make the payee columns agree.`,
      );
    }
  }
}

function addAll(
  faults: ImportFaults,
  line: number,
  found: readonly Fault[],
  fields: Readonly<Record<string, ImportColumn>>,
): void {
  for (const { pointer = '', message } of found) {
    const field = `/${pointer.split('/')[1] ?? ''}`;
    const column = fields[field] ?? null;
    faults.add(line, column, column ? message.replaceAll(pointer, column) : message);
  }
}
