import { SettableClock, newId } from '@ringfence/kernel';
import { openBook, statementLineEntries, type NewJournal } from '@ringfence/ledger';
import { appDataSource, Database, ownerPool, readConfig, systemContext, type TenantContext } from '@ringfence/platform';
import type pg from 'pg';
import { createTestDatabase } from '../support/database.js';

/** A migrated database with two authorities, reached as the application's role and as the owner. */
export interface LedgerFixture {
  /** The owner's. */
  readonly url: string;
  readonly database: Database;
  readonly clock: SettableClock;
  readonly owner: pg.Pool;
  readonly ours: AuthorityFixture;
  readonly theirs: AuthorityFixture;
  close(): Promise<void>;
}

/** An authority with two families, each with a budget, an account of its own and that account's book. */
export interface AuthorityFixture {
  readonly id: string;
  readonly system: TenantContext;
  readonly officer: TenantContext;
  readonly approverId: string;
  readonly payerId: string;
  readonly families: readonly [FamilyFixture, FamilyFixture];
}

export interface FamilyFixture {
  readonly recipient: TenantContext;
  readonly budgetId: string;
  readonly bookId: string;
}

export async function openLedgerFixture(): Promise<LedgerFixture> {
  const testDatabase = await createTestDatabase();
  const owner = ownerPool(testDatabase.url);
  // The database is dropped while a connection may still be saying goodbye.
  owner.on('connect', (client) => client.on('error', () => undefined));
  const clock = new SettableClock(new Date('2026-06-15T10:00:00Z'));
  const config = readConfig({ DATABASE_URL: testDatabase.url, DATABASE_POOL_MAX: '24' });
  const database = new Database(await appDataSource(config, []).initialize(), clock);
  const ours = await addAuthority(owner, database, 'OURS');
  const theirs = await addAuthority(owner, database, 'THEIRS');
  return {
    url: testDatabase.url,
    database,
    clock,
    owner,
    ours,
    theirs,
    async close() {
      await database.close();
      await owner.end();
      await testDatabase.drop();
    },
  };
}

export async function addAuthority(owner: pg.Pool, database: Database, code: string): Promise<AuthorityFixture> {
  const [id, officerId, approverId, payerId] = [newId(), newId(), newId(), newId()];
  const add = (sql: string, ...values: unknown[]): Promise<unknown> => owner.query(sql, [id, ...values]);
  await add(`INSERT INTO authorities (id, name, kind, code) VALUES ($1, $2, 'LOCAL_AUTHORITY', $2)`, code);
  await add(
    `INSERT INTO payers (authority_id, id, name, kind, code) VALUES ($1, $2, $3, 'LOCAL_AUTHORITY', $3)`,
    payerId,
    code,
  );
  const person = (personId: string, name: string): Promise<unknown> =>
    add('INSERT INTO people (authority_id, id, name) VALUES ($1, $2, $3)', personId, name);
  const grant = (personId: string, role: string, budgetId: string | null): Promise<unknown> =>
    add(
      `INSERT INTO role_grants (authority_id, id, person_id, role, budget_id, valid_from, granted_by)
       VALUES ($1, $2, $3, $4, $5, '2026-01-01', '00000000-0000-7000-8000-000000000000')`,
      newId(),
      personId,
      role,
      budgetId,
    );
  await person(officerId, 'Officer');
  await person(approverId, 'Approver');
  await grant(officerId, 'FINANCE_OFFICER', null);
  await grant(approverId, 'APPROVER', null);
  const addFamily = async (name: string): Promise<FamilyFixture> => {
    const [childId, recipientId, planId, budgetId, accountId] = [newId(), newId(), newId(), newId(), newId()];
    await person(childId, `Child ${name}`);
    await person(recipientId, `Parent ${name}`);
    await add(
      `INSERT INTO plan_documents (authority_id, id, child_id, kind, starts_on) VALUES ($1, $2, $3, 'EHC_PLAN', '2026-01-01')`,
      planId,
      childId,
    );
    await add(
      `INSERT INTO budgets (authority_id, id, reference, child_id, recipient_id, plan_document_id, starts_on)
       VALUES ($1, $2, $3, $4, $5, $6, '2026-01-01')`,
      ...[budgetId, name, childId, recipientId, planId],
    );
    await grant(recipientId, 'RECIPIENT', budgetId);
    await add(
      `INSERT INTO designated_accounts (authority_id, id, kind, name, bank_name, holder_person_id, opened_on, approved_by)
       VALUES ($1, $2, 'OWN_BANK', $3, 'Bank', $4, '2026-01-01', $5)`,
      ...[accountId, name, recipientId, officerId],
    );
    await add(
      `INSERT INTO designated_account_budgets (authority_id, designated_account_id, budget_id, valid_from) VALUES ($1, $2, $3, '2026-01-01')`,
      accountId,
      budgetId,
    );
    const bookId = await database.transaction(systemContext(id), (tx) =>
      openBook(tx, { designatedAccountId: accountId, name }),
    );
    return { budgetId, bookId, recipient: { authorityId: id, principal: { kind: 'person', id: recipientId } } };
  };
  const families = [await addFamily(`${code}-1`), await addFamily(`${code}-2`)] as const;
  const officer = { authorityId: id, principal: { kind: 'person', id: officerId } } as const;
  return { id, system: systemContext(id), officer, approverId, payerId, families };
}

/** A bank line of a family's book; `amountPence` as seen from the account. */
export function bankLine(family: FamilyFixture, amountPence: bigint, changes: Partial<NewJournal> = {}): NewJournal {
  const id = newId();
  return {
    bookId: family.bookId,
    kind: 'STATEMENT_LINE',
    description: 'A bank line',
    effectiveDate: '2026-05-10',
    source: { type: 'statement-line', id },
    idempotencyKey: id,
    entries: statementLineEntries(amountPence, family.budgetId),
    ...changes,
  };
}

/** The rows behind every invariant, each of which must come back empty. */
export async function brokenInvariants(owner: pg.Pool): Promise<unknown[]> {
  const { rows } = await owner.query(`
    SELECT 'unbalanced' AS broken, journal_id::text AS what FROM journal_entries
     GROUP BY journal_id, budget_id, stream HAVING sum(amount_pence) <> 0
    UNION ALL
    SELECT 'sequence', b.id::text FROM books b LEFT JOIN journals j ON j.book_id = b.id
     GROUP BY b.id, b.head_sequence HAVING count(j.id) <> b.head_sequence OR coalesce(max(j.sequence), 0) <> b.head_sequence
    UNION ALL
    SELECT 'version', a.id::text FROM ledger_accounts a LEFT JOIN journal_entries e ON e.account_id = a.id
     GROUP BY a.id, a.version, a.balance_pence
    HAVING count(*) <> a.version OR max(e.version) <> a.version OR min(e.version) <> 1 OR sum(e.amount_pence) <> a.balance_pence
    UNION ALL
    SELECT 'balance after', account_id::text FROM (
      SELECT account_id, balance_after_pence, sum(amount_pence) OVER (PARTITION BY account_id ORDER BY version) AS expected FROM journal_entries) e
     WHERE balance_after_pence <> expected
    UNION ALL
    SELECT 'month totals', coalesce(m.account_id, e.account_id)::text FROM account_months m FULL JOIN (
      SELECT account_id, date_trunc('month', effective_date)::date AS month, sum(greatest(amount_pence, 0)) AS debit,
             sum(greatest(-amount_pence, 0)) AS credit FROM journal_entries GROUP BY 1, 2) e
        ON e.account_id = m.account_id AND e.month = m.month
     WHERE (m.debit_pence, m.credit_pence) IS DISTINCT FROM (e.debit, e.credit)`);
  return rows;
}
