import { newId } from '@ringfence/kernel';
import { statementLineEntries, type NewJournal } from '@ringfence/ledger';
import { systemContext, type TenantContext } from '@ringfence/platform';
import type pg from 'pg';

export interface Authority {
  readonly context: TenantContext;
  /** Each is the book of one family's account; `budgetId` is that family's. */
  readonly books: readonly { readonly id: string; readonly budgetId: string }[];
}

/** An authority with so many families, each with a budget, a designated account and its book, all empty. */
export async function seedAuthority(owner: pg.Pool, books: number): Promise<Authority> {
  const id = newId();
  await owner.query(`INSERT INTO authorities (id, name, kind, code) VALUES ($1, 'Benchmark', 'LOCAL_AUTHORITY', $2)`, [
    id,
    id,
  ]);
  const client = await owner.connect();
  try {
    await client.query('BEGIN');
    await client.query(
      `CREATE TEMP TABLE seeded ON COMMIT DROP AS SELECT n, uuidv7() AS person, uuidv7() AS plan, uuidv7() AS budget,
              uuidv7() AS account, uuidv7() AS book FROM generate_series(1, ${books}) n`,
    );
    for (const sql of [
      `INSERT INTO people (authority_id, id, name) SELECT $1, person, 'Person ' || n FROM seeded`,
      `INSERT INTO plan_documents (authority_id, id, child_id, kind, starts_on) SELECT $1, plan, person, 'EHC_PLAN', '2026-01-01' FROM seeded`,
      `INSERT INTO budgets (authority_id, id, reference, child_id, recipient_id, plan_document_id, starts_on)
       SELECT $1, budget, 'B' || n, person, person, plan, '2026-01-01' FROM seeded`,
      `INSERT INTO designated_accounts (authority_id, id, kind, name, bank_name, holder_person_id, opened_on, approved_by)
       SELECT $1, account, 'OWN_BANK', 'Account ' || n, 'Bank', person, '2026-01-01', person FROM seeded`,
      `INSERT INTO designated_account_budgets (authority_id, designated_account_id, budget_id, valid_from)
       SELECT $1, account, budget, '2026-01-01' FROM seeded`,
      `INSERT INTO books (authority_id, id, designated_account_id, name) SELECT $1, book, account, 'Book ' || n FROM seeded`,
    ]) {
      await client.query(sql, [id]);
    }
    const { rows } = await client.query<{ id: string; budgetId: string }>(
      'SELECT book AS id, budget AS "budgetId" FROM seeded ORDER BY n',
    );
    await client.query('COMMIT');
    return { context: systemContext(id), books: rows };
  } finally {
    client.release();
  }
}

/** A bank line: the smallest journal that the application posts. */
export function bankLine(
  book: Authority['books'][number],
  amountPence: bigint,
  effectiveDate = '2026-05-10',
): NewJournal {
  const id = newId();
  return {
    bookId: book.id,
    kind: 'STATEMENT_LINE',
    description: 'CARD PAYMENT TO SWIM CLUB',
    effectiveDate,
    source: { type: 'statement-line', id },
    idempotencyKey: id,
    entries: statementLineEntries(amountPence, book.budgetId),
  };
}
