import { newClient, postgresCode } from '@ringfence/platform';
import type pg from 'pg';
import { startApi, type TestApi } from '../support/api.js';
import { populateAuthority, type PopulatedAuthority } from './populate.js';

/** Tables of the installation, not of an authority. Each is named here with what guards it. */
const tablesWithoutAuthority: Readonly<Record<string, string>> = {
  access_rights: 'the same for every authority: the functions of the policies read it, and nobody else',
  authorities: 'its own id is the authority',
  file_namers: 'which tables name files; nobody but the owner reads it',
  file_sweeps: 'when files without a row were swept; functions alone reach it',
  installation: 'one id, which a function tells',
  migration_texts: 'nobody but the owner reads it',
  reference_names: 'public registers, read by whoever acts for some authority',
  reference_registers: 'public registers, read by whoever acts for some authority',
  web_sessions: 'a row is reached by knowing its id alone',
};

/** Tables that nothing in populate.ts writes to. Write there rather than here. */
const notPopulated: readonly string[] = [];

const ledgerTables = [
  'account_months',
  'book_heads',
  'books',
  'journal_entries',
  'journals',
  'ledger_accounts',
  'period_events',
  'periods',
];

const insufficientPrivilege = '42501';

/** A trigger of the table looks for what the row belongs to under the same policies, and refuses before they do. */
const refusedByItsTrigger: Readonly<Record<string, string>> = {
  allocations: 'RF101',
  invitations: '23514',
  role_grant_proposals: '23514',
  role_grants: '23514',
};

interface Table {
  readonly name: string;
  readonly ownedByApp: boolean;
  readonly secured: boolean;
  readonly policies: number;
  readonly ofAuthority: boolean;
  readonly ofBudget: boolean;
}

type Who = { readonly kind: 'person' | 'client' | 'system'; readonly id: string };

let api: TestApi;
let app: pg.Client;
let tables: Table[];
let mine: PopulatedAuthority;
let theirs: PopulatedAuthority;

beforeAll(async () => {
  api = await startApi();
  mine = await populateAuthority(api, 'Oakshire');
  theirs = await populateAuthority(api, 'Elmshire');
  await api.owner.query(
    `INSERT INTO web_sessions (id, content, expires_at) VALUES ('somebody', '{}', now() + interval '1 hour')`,
  );
  await api.owner.query(
    `WITH register AS (INSERT INTO reference_registers VALUES ('mcc', 'codes.csv', repeat('0', 64), 1, now()))
     INSERT INTO reference_names VALUES ('mcc', '5912', 'Chemists', '{}')`,
  );
  app = newClient({ connectionString: api.databaseUrl, options: '-c role=ringfence_app -c search_path=ringfence' });
  await app.connect();
  tables = await tablesOfTheSchema();
}, 120_000);

afterAll(async () => {
  await app?.end();
  await api?.stop();
});

async function tablesOfTheSchema(): Promise<Table[]> {
  const { rows } = await api.owner.query<Table>(
    `SELECT c.relname AS name, c.relrowsecurity AS secured, c.relowner = 'ringfence_app'::regrole AS "ownedByApp",
            (SELECT count(*)::integer FROM pg_policy p WHERE p.polrelid = c.oid) AS policies,
            EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'authority_id') AS "ofAuthority",
            EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'budget_id') AS "ofBudget"
       FROM pg_class c WHERE c.relnamespace = 'ringfence'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY c.relname`,
  );
  return rows;
}

/** In a transaction that is undone, under a context or under none. Returns the SQLSTATE where it was refused. */
async function tried<T>(who: Who | null, work: () => Promise<T>): Promise<T | { readonly refused: string }> {
  await app.query('BEGIN');
  try {
    if (who) {
      await app.query(
        `SELECT set_config('ringfence.authority_id', $1, true), set_config('ringfence.principal_kind', $2, true),
                set_config('ringfence.principal_id', $3, true), set_config('ringfence.now', '2026-06-15T09:00:00Z', true)`,
        [mine.id, who.kind, who.id],
      );
    }
    return await work();
  } catch (error) {
    return { refused: postgresCode(error) ?? String(error) };
  } finally {
    await app.query('ROLLBACK');
  }
}

/** How many rows somebody sees; none where the privilege to look is missing. */
async function seen(who: Who | null, table: string, where = 'true', values: unknown[] = []): Promise<number> {
  const answer = await tried(who, async () => {
    const { rows } = await app.query<{ n: string }>(`SELECT count(*) AS n FROM ${table} WHERE ${where}`, values);
    return Number(rows[0]!.n);
  });
  if (typeof answer === 'number') return answer;
  expect(answer).toEqual({ refused: insufficientPrivilege });
  return 0;
}

/** Each table for which the check answers something other than nothing, with that. */
async function failing<T>(
  over: readonly Table[],
  check: (table: Table) => Promise<T | undefined>,
): Promise<Record<string, T>> {
  const found: Record<string, T> = {};
  for (const table of over) {
    const answer = await check(table);
    if (answer !== undefined) found[table.name] = answer;
  }
  return found;
}

const ofAuthorities = () => tables.filter(({ ofAuthority }) => ofAuthority);
const system: Who = { kind: 'system', id: '00000000-0000-7000-8000-000000000000' };
const officer = (): Who => ({ kind: 'person', id: mine.financeOfficer.id });

describe('the tables', () => {
  it('all have row-level security and a policy, and none is owned by the role of the services', () => {
    expect(tables.length).toBeGreaterThan(40);
    expect(tables.filter(({ secured, policies, ownedByApp }) => !secured || policies === 0 || ownedByApp)).toEqual([]);
  });

  it('all have an authority_id, except those of the installation', () => {
    const others = tables.filter(({ ofAuthority }) => !ofAuthority).map(({ name }) => name);
    expect(others).toEqual(Object.keys(tablesWithoutAuthority));
  });

  it('are read by views only with the rights of the caller', async () => {
    const { rows } = await api.owner.query(
      `SELECT relname FROM pg_class WHERE relnamespace = 'ringfence'::regnamespace AND relkind IN ('v', 'm')
          AND NOT coalesce(reloptions @> '{security_invoker=true}', false)`,
    );
    expect(rows).toEqual([]);
  });
});

describe('the role of the services', () => {
  it('cannot bypass row-level security, become a role that can, log in or create anything', async () => {
    const { rows } = await api.owner.query(
      `SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication,
              EXISTS (SELECT 1 FROM pg_auth_members WHERE member = r.oid) AS "memberOfAnother",
              has_schema_privilege('ringfence_app', 'ringfence', 'CREATE') AS "createsInSchema"
         FROM pg_roles r WHERE rolname = 'ringfence_app'`,
    );
    expect(rows).toEqual([
      {
        rolsuper: false,
        rolbypassrls: false,
        rolcreaterole: false,
        rolcreatedb: false,
        rolcanlogin: false,
        rolreplication: false,
        memberOfAnother: false,
        createsInSchema: false,
      },
    ]);
  });

  it('cannot change or remove ledger rows, and writes them only through the functions of the ledger', async () => {
    const { rows } = await api.owner.query<{ table: string; privilege: string }>(
      `SELECT t AS table, p AS privilege FROM unnest($1::text[]) t, unnest('{INSERT,UPDATE,DELETE,TRUNCATE,TRIGGER,REFERENCES}'::text[]) p
        WHERE has_table_privilege('ringfence_app', 'ringfence.' || t, p)
           OR (p IN ('INSERT', 'UPDATE', 'REFERENCES') AND has_any_column_privilege('ringfence_app', 'ringfence.' || t, p))`,
      [ledgerTables],
    );
    expect(rows).toEqual([]);
  });

  it('cannot truncate a table', async () => {
    const { rows } = await api.owner.query(
      `SELECT relname FROM pg_class WHERE relnamespace = 'ringfence'::regnamespace AND relkind IN ('r', 'p')
          AND has_table_privilege('ringfence_app', oid, 'TRUNCATE')`,
    );
    expect(rows).toEqual([]);
  });
});

describe('functions that bypass the policies', () => {
  it('all set their search path, so that nobody can put another table in the way', async () => {
    const { rows } = await api.owner.query<{ name: string }>(
      `SELECT p.oid::regprocedure::text AS name FROM pg_proc p
        WHERE p.pronamespace = 'ringfence'::regnamespace AND p.prosecdef
          AND NOT coalesce(p.proconfig @> '{"search_path=ringfence, pg_temp"}', false)`,
    );
    expect(rows).toEqual([]);
    const { rowCount } = await api.owner.query(
      `SELECT 1 FROM pg_proc WHERE pronamespace = 'ringfence'::regnamespace AND prosecdef`,
    );
    expect(rowCount).toBeGreaterThan(10);
  });
});

describe('rows', () => {
  it('exist for both authorities in every table except those listed', async () => {
    const empty = await failing(ofAuthorities(), async ({ name }) => {
      const { rows } = await api.owner.query<{ n: bigint }>(
        `SELECT count(DISTINCT authority_id) AS n FROM ${name} WHERE authority_id IN ($1, $2)`,
        [mine.id, theirs.id],
      );
      return rows[0]!.n === 2n ? undefined : 'no rows of both authorities: add one to populate.ts';
    });
    expect(Object.keys(empty)).toEqual(notPopulated);
  });

  it('cannot be seen by a transaction without a context, in any table', async () => {
    expect(await failing(tables, async ({ name }) => (await seen(null, name)) || undefined)).toEqual({});
  });

  it('of another authority cannot be seen, by the system or by an officer', async () => {
    for (const who of [system, officer()]) {
      const check = async ({ name }: Table) => (await seen(who, name, 'authority_id <> $1', [mine.id])) || undefined;
      expect(await failing(ofAuthorities(), check)).toEqual({});
      expect(await seen(who, 'authorities')).toBe(1);
    }
  });

  it('of their own authority can be seen by an officer: so the test above can fail', async () => {
    const unseen = await failing(ofAuthorities(), async ({ name }) =>
      (await seen(officer(), name)) > 0 ? undefined : 0,
    );
    // Jobs are written by the services and read by the relay, through functions.
    expect(Object.keys(unseen)).toEqual(['outbox_jobs', ...notPopulated].sort());
  });

  it('of another family’s budget cannot be seen by a recipient or a payroll bureau', async () => {
    const [family] = mine.families;
    for (const who of [
      { kind: 'person', id: family!.recipient.id },
      { kind: 'client', id: family!.bureau.id },
    ] as const) {
      const ofBudgets = tables.filter(({ ofBudget }) => ofBudget);
      const check = async ({ name }: Table) => (await seen(who, name, 'budget_id <> $1', [family!.id])) || undefined;
      expect(await failing(ofBudgets, check)).toEqual({});
      expect(await seen(who, 'budgets')).toBe(1);
      expect(await seen(who, 'payslips')).toBe(1);
    }
  });

  it('cannot be seen by a person of another authority who puts this authority into the context', async () => {
    const stranger: Who = { kind: 'person', id: theirs.financeOfficer.id };
    // Names and dates without anybody's money in them; a context is set by the services alone, after sign-in.
    const open = ['organisations', 'payers', 'periods', 'policy_versions', 'review_policies'];
    const found = await failing(ofAuthorities(), async ({ name }) => (await seen(stranger, name)) || undefined);
    expect(Object.keys(found).filter((name) => !open.includes(name))).toEqual([]);
  });
});

describe('writing', () => {
  it('a row of another authority is refused in every table', async () => {
    const accepted = await failing(ofAuthorities(), async ({ name }) => {
      const { rows } = await api.owner.query<{ row: string }>(
        `SELECT to_jsonb(t)::text AS row FROM ${name} t WHERE authority_id = $1 LIMIT 1`,
        [theirs.id],
      );
      if (!rows[0]) return notPopulated.includes(name) ? undefined : 'no row to try with';
      const columns = await writableColumns(name);
      const answer = await tried(system, () =>
        app.query(`INSERT INTO ${name} (${columns}) SELECT ${columns} FROM jsonb_populate_record(NULL::${name}, $1)`, [
          rows[0]!.row,
        ]),
      );
      const expected = refusedByItsTrigger[name] ?? insufficientPrivilege;
      return 'refused' in answer && answer.refused === expected ? undefined : JSON.stringify(answer);
    });
    expect(accepted).toEqual({});
  });

  it('to a row of another authority changes and removes nothing', async () => {
    for (const statement of ['UPDATE # SET authority_id = authority_id', 'DELETE FROM #']) {
      const changed = await failing(ofAuthorities(), async ({ name }) => {
        const answer = await tried(system, () =>
          app.query(`${statement.replace('#', name)} WHERE authority_id = $1`, [theirs.id]),
        );
        if ('refused' in answer) return answer.refused === insufficientPrivilege ? undefined : answer.refused;
        return answer.rowCount || undefined;
      });
      expect(changed).toEqual({});
    }
  });

  it('cannot give a row to another authority', async () => {
    const handed = await failing(ofAuthorities(), async ({ name }) => {
      const answer = await tried(system, () =>
        app.query(`UPDATE ${name} SET authority_id = $2 WHERE authority_id = $1`, [mine.id, theirs.id]),
      );
      return 'refused' in answer || answer.rowCount === 0 ? undefined : answer.rowCount;
    });
    expect(handed).toEqual({});
  });
});

async function writableColumns(table: string): Promise<string> {
  const { rows } = await api.owner.query<{ name: string }>(
    `SELECT quote_ident(attname) AS name FROM pg_attribute
      WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
    [table],
  );
  return rows.map(({ name }) => name).join(', ');
}
