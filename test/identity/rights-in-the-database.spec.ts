import { accessTable, authorityRoles, roles, type Action, type Role } from '@ringfence/identity';
import { newClient, postgresCode } from '@ringfence/platform';
import type pg from 'pg';
import { populateAuthority, type PopulatedAuthority } from '../system/populate.js';
import { startApi, type TestApi } from '../support/api.js';
import { seedBudget, seedGrant, seedPerson, type SeededBudget } from '../support/seed.js';

/**
 * What the rows of a budget take, each of these actions being enough. Several where a use case computes with rows that
 * its list does not show. A new table with a budget_id takes a line here.
 */
const actionsOf: Readonly<Record<string, readonly Action[]>> = {
  agreements: ['agreements.read'],
  allocations: ['statements.read'],
  budget_line_outcomes: ['budgets.read'],
  budget_lines: ['budgets.read'],
  designated_account_budgets: ['budgets.read'],
  exception_approvals: ['exceptions.read', 'spend-checks.make', 'pay-runs.submit'],
  manual_journals: ['ledger.read'],
  household_memberships: ['budgets.read'],
  instalment_schedules: ['agreements.read'],
  instalments: ['agreements.read'],
  journal_entries: ['ledger.read'],
  ledger_accounts: ['ledger.read'],
  match_suggestions: ['statements.read'],
  payees: ['budgets.read'],
  payslips: ['pay-runs.read'],
  premises_consents: ['consents.read', 'spend-checks.make', 'pay-runs.submit'],
  receipts: ['receipts.read'],
  reviews: ['reviews.read'],
  spend_verdicts: ['statements.read', 'pay-runs.read', 'receipts.read', 'ledger.read'],
  statement_lines: ['statements.read'],
};

/** Tables whose budget is not what decides who sees a row. */
const notByBudget: Readonly<Record<string, string>> = {
  held_payslips: 'a run that waits is seen by the officers who read pay runs and by the client that sent it',
  kept_uploads: 'its sender alone sees it, until they send it in',
  policy_trials: 'those who set the policy see every trial',
  role_grant_proposals: 'those who see grants see what is proposed',
  role_grants: 'everybody sees their own, and those who give roles all',
};

let api: TestApi;
let app: pg.Client;
let authority: PopulatedAuthority;

beforeAll(async () => {
  api = await startApi();
  authority = await populateAuthority(api, 'Oakshire');
  app = newClient({ connectionString: api.databaseUrl, options: '-c role=ringfence_app -c search_path=ringfence' });
  await app.connect();
}, 120_000);

afterAll(async () => {
  await app?.end();
  await api?.stop();
});

/** In a transaction of this person that is undone. Returns the SQLSTATE where it was refused. */
async function as<T>(personId: string, work: () => Promise<T>): Promise<T | string> {
  await app.query('BEGIN');
  try {
    await app.query(
      `SELECT set_config('ringfence.authority_id', $1, true), set_config('ringfence.principal_kind', 'person', true),
              set_config('ringfence.principal_id', $2, true), set_config('ringfence.now', '2026-06-15T09:00:00Z', true)`,
      [authority.id, personId],
    );
    return await work();
  } catch (error) {
    return postgresCode(error) ?? String(error);
  } finally {
    await app.query('ROLLBACK');
  }
}

async function count(table: string, where = 'true', ...values: unknown[]): Promise<number> {
  const { rows } = await app.query<{ n: number }>(`SELECT count(*)::integer AS n FROM ${table} WHERE ${where}`, values);
  return rows[0]!.n;
}

async function holder(...held: readonly (readonly [Role, string])[]): Promise<string> {
  const { id } = await seedPerson(api, authority.id, 'Somebody');
  for (const [role, budgetId] of held) {
    await seedGrant(api, authority.id, role, { personId: id }, authorityRoles.includes(role) ? undefined : budgetId);
  }
  return id;
}

const allows = (role: Role, actions: readonly Action[]) =>
  actions.some((action) => (accessTable[action] as readonly Role[]).includes(role));

describe('the rows of a budget', () => {
  it('have in every table an action that they take', async () => {
    const { rows } = await api.owner.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'budget_id'
        WHERE c.relnamespace = 'ringfence'::regnamespace AND c.relkind = 'r'
          AND has_table_privilege('ringfence_app', c.oid, 'SELECT') ORDER BY 1`,
    );
    expect(rows.map(({ name }) => name)).toEqual([...Object.keys(actionsOf), ...Object.keys(notByBudget)].sort());
  });

  it.each(roles)(
    'are there for %s where one of the actions is the role’s, on the budget of the grant',
    async (role) => {
      const [first, second] = authority.families;
      const person = await holder([role, first!.id]);
      const everywhere = authorityRoles.includes(role);
      const wrong: string[] = [];
      for (const [table, actions] of Object.entries(actionsOf)) {
        const seen = await as(person, async () => [
          (await count(table, 'budget_id = $1', first!.id)) > 0,
          (await count(table, 'budget_id = $1', second!.id)) > 0,
        ]);
        const expected = [allows(role, actions), allows(role, actions) && everywhere];
        if (String(seen) !== String(expected)) wrong.push(`${table}: ${String(seen)}, expected ${String(expected)}`);
      }
      expect(wrong).toEqual([]);
    },
  );

  it('of the plan, and the child, are not there for a bureau; those of pay are not there for a plan co-ordinator', async () => {
    const [first] = authority.families;
    const bureau = await holder(['PAYROLL_BUREAU', first!.id]);
    const seen = await as(bureau, async () => [
      await count('plan_documents'),
      await count('outcomes'),
      await count('people', 'id = $1', first!.childId),
      await count('people', 'id = $1', first!.recipient.id),
    ]);
    expect(seen).toEqual([0, 0, 0, 1]);
    const planner = await holder(['PLAN_COORDINATOR', first!.id]);
    const tables = ['pay_runs', 'payslips', 'payslip_lines', 'payslip_shares', 'statement_profiles', 'policy_trials'];
    for (const table of tables) expect([table, await as(planner, () => count(table))]).toEqual([table, 0]);
    const also = await holder(['PLAN_COORDINATOR', first!.id], ['RECIPIENT', first!.id]);
    expect(await as(also, () => count('payslips'))).toBe(1);
  });

  it('of a shared account are seen, with its files, by whom every budget in it is opened for statements', async () => {
    const sister = await shareAccount(authority.families[0]!);
    const mixed = await holder(['RECIPIENT', authority.families[0]!.id], ['PAYROLL_BUREAU', sister.id]);
    const whole = await holder(['RECIPIENT', authority.families[0]!.id], ['MANAGED_ACCOUNT_PROVIDER', sister.id]);
    expect(await as(mixed, () => count('statement_imports'))).toBe(0);
    expect(await as(whole, () => count('statement_imports'))).toBeGreaterThan(0);
  });
});

async function shareAccount({ designatedAccountId }: SeededBudget): Promise<SeededBudget> {
  return seedBudget(api, authority, { designatedAccountId });
}

describe('a row is written', () => {
  const insufficientPrivilege = '42501';
  const writes: readonly (readonly [string, Role, Role])[] = [
    ['receipts', 'RECIPIENT', 'AUDITOR'],
    ['exception_approvals', 'APPROVER', 'FINANCE_OFFICER'],
    ['premises_consents', 'PLAN_COORDINATOR', 'APPROVER'],
    ['payees', 'FINANCE_OFFICER', 'RECIPIENT'],
    ['budget_lines', 'PLAN_COORDINATOR', 'AUDITOR'],
    ['household_memberships', 'PLAN_COORDINATOR', 'APPROVER'],
    ['reviews', 'FINANCE_OFFICER', 'APPROVER'],
    ['manual_journals', 'FINANCE_OFFICER', 'PLAN_COORDINATOR'],
  ];
  it.each(writes)('of %s by %s, and not by %s', async (table, may, mayNot) => {
    const [first] = authority.families;
    const { rows } = await api.owner.query<{ row: object }>(
      `SELECT to_jsonb(t) || jsonb_build_object('id', gen_random_uuid()) AS row FROM ${table} t WHERE budget_id = $1 LIMIT 1`,
      [first!.id],
    );
    const insert = () =>
      app.query(`INSERT INTO ${table} SELECT * FROM jsonb_populate_record(NULL::${table}, $1)`, [rows[0]!.row]);
    // The copy may break another rule of its table, which is asked after the policies.
    const [allowed, refused] = [await holder([may, first!.id]), await holder([mayNot, first!.id])];
    expect(await as(allowed, insert)).not.toBe(insufficientPrivilege);
    expect(await as(refused, insert)).toBe(insufficientPrivilege);
  });
});
