import { projectFolder } from '@ringfence/platform';
import { readEntityUses, readFunctionTexts, readOwners, readSourceTexts, usesOf, type TableUse } from './sql-texts.js';

/**
 * A table is written by one library, whose SQL it is. The migration that makes the table names its owner, and a view
 * belongs to the library in whose folder it stands. Other libraries use what the owner exports. Every other use of a
 * table stands here with its reason.
 */
interface Exception {
  /** The library or app whose SQL it is. */
  readonly by: string;
  readonly access: TableUse['access'];
  /** The library that owns the tables. */
  readonly of: string;
  readonly tables: readonly string[];
  readonly reason: string;
}

const names = 'lists show the names of people and organisations, in the statement that reads the list';
const agreed = 'lists are filtered and sorted by what was agreed, in one statement for a page of them';

const exceptions: readonly Exception[] = [
  // What the policies of a table ask of another: a policy is SQL, and cannot call a library.
  {
    ...{ by: 'identity', access: 'reads', of: 'budgets', tables: ['budgets', 'designated_account_budgets'] },
    reason: 'who may see a person or an account follows from the budgets that name them',
  },
  {
    ...{ by: 'ledger', access: 'reads', of: 'budgets', tables: ['designated_account_budgets'] },
    reason: 'who may see a book, or post to it, follows from the budgets of its account',
  },
  {
    ...{ by: 'ledger', access: 'reads', of: 'identity', tables: ['role_grants'] },
    reason: 'set_period() itself checks that an approver re-opens a month, whoever calls it',
  },
  {
    ...{ by: 'platform', access: 'reads', of: 'identity', tables: ['authorities'] },
    reason: 'jobs for every authority are found by the list of authorities; their own policy stands with the others',
  },

  // One statement instead of a call for each row.
  { by: 'budgets', access: 'reads', of: 'identity', tables: ['organisations', 'people'], reason: names },
  {
    ...{ by: 'spending-rules', access: 'reads', of: 'budgets', tables: ['budgets', 'outcomes', 'payees'] },
    reason: agreed,
  },
  { by: 'spending-rules', access: 'reads', of: 'identity', tables: ['people'], reason: names },
  {
    ...{ by: 'ledger', access: 'reads', of: 'identity', tables: ['authorities'] },
    reason: 'an operator verifies the books of one authority, or of all in the order of their codes',
  },
  {
    ...{ by: 'statements', access: 'reads', of: 'budgets' },
    tables: ['budgets', 'designated_account_budgets', 'designated_accounts', 'payees'],
    reason: 'whose account it is, and whom its budgets pay, is asked for every line of a statement',
  },
  { by: 'statements', access: 'reads', of: 'identity', tables: ['people'], reason: names },
  {
    ...{ by: 'evidence', access: 'reads', of: 'budgets', tables: ['designated_account_budgets'] },
    reason: 'a receipt belongs to a line of an account that serves its budget',
  },
  {
    ...{ by: 'evidence', access: 'reads', of: 'statements', tables: ['statement_lines'] },
    reason: 'a receipt is checked against its line under the lock of the line',
  },
  {
    ...{ by: 'payroll', access: 'reads', of: 'budgets' },
    tables: ['budget_lines', 'budgets', 'designated_account_budgets', 'payees'],
    reason: agreed,
  },
  { by: 'payroll', access: 'reads', of: 'identity', tables: ['organisations', 'people'], reason: names },
  {
    ...{ by: 'payroll', access: 'reads', of: 'ledger', tables: ['journal_entries', 'ledger_accounts'] },
    reason: 'streams_in_year() returns one sum of what was spent to a bureau that may not read the books',
  },
  {
    ...{ by: 'reconciliation', access: 'reads', of: 'budgets' },
    tables: [
      ...['agreements', 'budget_line_outcomes', 'budget_lines', 'budgets', 'designated_account_budgets'],
      ...['instalments', 'payers'],
    ],
    reason: 'lines are matched with what was agreed in one statement for all of them',
  },
  { by: 'reconciliation', access: 'reads', of: 'identity', tables: ['people'], reason: names },
  {
    ...{ by: 'reconciliation', access: 'reads', of: 'ledger' },
    tables: ['journal_entries', 'journals', 'ledger_accounts'],
    reason: 'what was allocated, and what an account owes, is summed in the database under the lock of the book',
  },
  {
    ...{ by: 'reconciliation', access: 'reads', of: 'statements', tables: ['statement_lines'] },
    reason: 'lines are matched, locked and allocated in one statement for all of them',
  },
  {
    ...{ by: 'reconciliation', access: 'reads', of: 'spending-rules', tables: ['spend_verdicts'] },
    reason: 'lists of lines show their verdicts, in the statement that reads the list',
  },
  {
    ...{ by: 'reconciliation', access: 'reads', of: 'evidence', tables: ['receipts'] },
    reason: 'lists of lines count their receipts, in the statement that reads the list',
  },
  {
    ...{ by: 'reconciliation', access: 'reads', of: 'payroll', tables: ['payslips'] },
    reason: 'lines are matched with payslips in one statement for all of them',
  },

  // Reviews and reports are views over everything below them.
  {
    ...{ by: 'reviews', access: 'reads', of: 'budgets' },
    tables: ['agreement_versions', 'agreements', 'budget_lines', 'budgets', 'instalment_schedules'],
    reason: 'what is due to be reviewed follows from what was agreed, for all budgets in one statement',
  },
  {
    ...{ by: 'reviews', access: 'reads', of: 'statements', tables: ['statement_lines'] },
    reason: 'the figures of a review are counted in the database',
  },
  {
    ...{ by: 'reviews', access: 'reads', of: 'spending-rules', tables: ['spend_verdicts'] },
    reason: 'the figures of a review are counted in the database',
  },
  {
    ...{ by: 'reviews', access: 'reads', of: 'evidence', tables: ['receipts'] },
    reason: 'the figures of a review are counted in the database',
  },
  {
    ...{ by: 'reviews', access: 'reads', of: 'payroll', tables: ['payslips'] },
    reason: 'the figures of a review are counted in the database',
  },
  {
    ...{ by: 'reviews', access: 'reads', of: 'reconciliation', tables: ['allocations'] },
    reason: 'the figures of a review are counted in the database',
  },
  {
    ...{ by: 'reporting', access: 'reads', of: 'budgets', tables: ['budget_lines', 'budgets', 'designated_accounts'] },
    reason: 'a report is one statement over what it reports',
  },
  { by: 'reporting', access: 'reads', of: 'identity', tables: ['people'], reason: names },
  {
    ...{ by: 'reporting', access: 'reads', of: 'ledger', tables: ['journal_entries', 'journals', 'ledger_accounts'] },
    reason: 'a report is one statement over what it reports',
  },
  {
    ...{ by: 'reporting', access: 'reads', of: 'spending-rules', tables: ['spend_verdicts'] },
    reason: 'a report is one statement over what it reports',
  },
  {
    ...{ by: 'reporting', access: 'reads', of: 'statements' },
    tables: ['account_questions', 'line_budgets', 'missing_statements', 'statement_lines'],
    reason: 'a report is one statement over what it reports',
  },
  {
    ...{ by: 'reporting', access: 'reads', of: 'evidence', tables: ['receipts'] },
    reason: 'a report is one statement over what it reports',
  },
  {
    ...{ by: 'reporting', access: 'reads', of: 'payroll', tables: ['payslips'] },
    reason: 'a report is one statement over what it reports',
  },
  {
    ...{ by: 'reporting', access: 'reads', of: 'reconciliation', tables: ['allocations', 'line_states'] },
    reason: 'a report is one statement over what it reports',
  },
  {
    ...{ by: 'reporting', access: 'reads', of: 'reviews', tables: ['reviews'] },
    reason: 'a report is one statement over what it reports',
  },

  // Against the order of the libraries: a lower one reads what a higher one owns.
  {
    ...{ by: 'spending-rules', access: 'reads', of: 'reviews', tables: ['reviews'] },
    reason: 'an exception ends by the next review of its budget',
  },
  {
    ...{ by: 'statements', access: 'reads', of: 'reconciliation', tables: ['allocations', 'match_suggestions'] },
    reason:
      'an account query is settled where its line has been explained: the view account_questions says so in one place',
  },
  {
    ...{ by: 'statements', access: 'reads', of: 'spending-rules', tables: ['spend_verdicts'] },
    reason: 'an account query is settled where a spending rule asks the same',
  },

  // Writes.
  {
    ...{ by: 'identity', access: 'writes', of: 'budgets', tables: ['payers'] },
    reason: 'an authority that is set up is the first payer of its own budgets',
  },
];

const root = projectFolder();
const owners = readOwners(root);
const sources = readSourceTexts(root);
const uses = [...usesOf([...sources, ...readFunctionTexts(root)], owners), ...readEntityUses(root)].filter(
  ({ by, table }) => by !== owners.get(table) && !by.startsWith('apps/'),
);
const listed = exceptions.flatMap(({ by, access, of, tables }) => tables.map((table) => ({ by, access, of, table })));

const keyOf = ({ by, access, table }: Pick<TableUse, 'by' | 'access' | 'table'>) => `${by} ${access} ${table}`;

describe('a table', () => {
  it('has an owner, which is a library', () => {
    expect(owners.size).toBeGreaterThan(60);
    expect([...new Set(owners.values())].sort()).toEqual([
      ...['budgets', 'evidence', 'identity', 'ledger', 'payroll', 'platform', 'reconciliation', 'reviews'],
      ...['spending-rules', 'statements'],
    ]);
  });

  it('is written and read by its owner, or by whom the list allows', () => {
    const allowed = new Set(listed.map(keyOf));
    const found = uses.filter((use) => !allowed.has(keyOf(use)));
    expect(found.map((use) => `${keyOf(use)} of ${owners.get(use.table)} in ${use.file}`)).toEqual([]);
  });

  it('is not in the list without need, and under its owner', () => {
    const found = new Set(uses.map(keyOf));
    expect(listed.filter((entry) => !found.has(keyOf(entry))).map(keyOf)).toEqual([]);
    expect(listed.filter(({ of, table }) => owners.get(table) !== of).map(keyOf)).toEqual([]);
  });
});

describe('an app', () => {
  it('holds no SQL', () => {
    expect(sources.filter(({ by }) => by.startsWith('apps/')).map(({ file }) => file)).toEqual([]);
  });
});

describe('the reading of SQL', () => {
  const used = (sql: string) =>
    usesOf([{ by: 'x', file: 'f', sql }], owners)
      .map(({ access, table }) => `${access} ${table}`)
      .sort();

  it.each([
    ['SELECT 1 FROM budgets b JOIN ringfence.payees p ON true', ['reads budgets', 'reads payees']],
    ['SELECT 1 FROM budgets b, payees AS p WHERE true', ['reads budgets', 'reads payees']],
    ['INSERT INTO payees (id) SELECT id FROM people', ['reads people', 'writes payees']],
    ['UPDATE payees p SET name = b.name FROM budgets b', ['reads budgets', 'writes payees']],
    ['DELETE FROM payees USING budgets b', ['reads budgets', 'writes payees']],
    ['WITH gone AS (DELETE FROM payees RETURNING id) SELECT * FROM gone', ['writes payees']],
    ['SELECT id FROM budgets FOR UPDATE', ['reads budgets']],
    ['INSERT INTO payees VALUES (1) ON CONFLICT (id) DO UPDATE SET name = 1', ['writes payees']],
    ['SELECT a IS DISTINCT FROM budgets', []],
    ['CREATE TRIGGER t BEFORE UPDATE OF name ON payees', []],
  ])('finds in %s what is used', (sql, expected) => {
    expect(used(sql)).toEqual(expected);
  });
});
