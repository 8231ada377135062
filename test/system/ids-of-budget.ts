import type { TestApi } from '../support/api.js';

/** The ids of every row that is of one budget, by table: of the budget, its child and plan, its accounts, and all that names these. */
export type IdsOfBudget = ReadonlyMap<string, readonly string[]>;

/** Rows that name another row of the budget, and are not its own. */
const ofEverybody = ['authorities', 'organisations', 'payers', 'people', 'role_grants', 'api_clients', 'journals'];

/** Follows the references of the tables down from the budget until nothing new is found. */
export async function idsOfBudget(api: TestApi, authorityId: string, budgetId: string): Promise<IdsOfBudget> {
  const { rows: tables } = await api.owner.query<{ name: string; columns: string[] }>(
    `SELECT c.relname AS name, array_agg(a.attname::text) AS columns FROM pg_class c
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND a.atttypid = 'uuid'::regtype AND NOT a.attisdropped
      WHERE c.relnamespace = 'ringfence'::regnamespace AND c.relkind = 'r'
      GROUP BY c.relname HAVING array_agg(a.attname::text) @> '{authority_id,id}'`,
  );
  const found = new Map<string, string[]>([['budgets', [budgetId]]]);
  const add = (table: string, ids: readonly string[]): boolean => {
    const held = found.get(table) ?? [];
    const more = ids.filter((id) => !held.includes(id));
    found.set(table, [...held, ...more]);
    return more.length > 0;
  };
  const ask = async (sql: string, ...values: unknown[]) =>
    (await api.owner.query<{ id: string }>(sql, [authorityId, ...values])).rows.map(({ id }) => id);
  add('people', await ask('SELECT child_id AS id FROM budgets WHERE authority_id = $1 AND id = $2', budgetId));
  add(
    'plan_documents',
    await ask('SELECT plan_document_id AS id FROM budgets WHERE authority_id = $1 AND id = $2', budgetId),
  );
  add(
    'designated_accounts',
    await ask(
      'SELECT designated_account_id AS id FROM designated_account_budgets WHERE authority_id = $1 AND budget_id = $2',
      budgetId,
    ),
  );
  for (let more = true; more;) {
    more = false;
    const known = [...found.values()].flat();
    for (const { name, columns } of tables.filter((table) => !ofEverybody.includes(table.name))) {
      const references = columns.filter((column) => column !== 'authority_id');
      const which = references.map((column) => `${column} = ANY ($2)`).join(' OR ');
      more = add(name, await ask(`SELECT id FROM ${name} WHERE authority_id = $1 AND (${which})`, known)) || more;
    }
    const payslips = found.get('payslips') ?? [];
    add(
      'pay_runs',
      await ask('SELECT pay_run_id AS id FROM payslips WHERE authority_id = $1 AND id = ANY ($2)', payslips),
    );
  }
  add('journals', found.get('manual_journals') ?? []);
  return found;
}
