import { Problem } from '@ringfence/kernel';
import { ownerPool } from '@ringfence/platform';

/**
 * The books, one for each designated account, as a relation that the SQL of other libraries joins in the same statement:
 * `authority_id`, `designated_account_id` and `id`. The table itself is the ledger's.
 */
export const booksSql = '(SELECT authority_id, designated_account_id, id FROM books)';

export interface ListedBook {
  readonly authorityId: string;
  readonly id: string;
  readonly name: string;
}

export interface WhichBooks {
  /** The whole id of one book. */
  readonly book?: string;
  /** The id or the code of an authority. */
  readonly authority?: string;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** One book, those of one authority, or all, always in the same order. Asked as the database's owner, who sees all. */
export async function listBooks(databaseUrl: string, { book, authority }: WhichBooks): Promise<ListedBook[]> {
  if (book !== undefined && !uuid.test(book))
    throw Problem.field('/book', `"${book}" is not a book’s id: write the whole id.`);
  const pool = ownerPool(databaseUrl, 1);
  try {
    if (authority !== undefined) {
      const known = await pool.query('SELECT 1 FROM authorities WHERE id::text = lower($1) OR code = $1', [authority]);
      if (known.rowCount === 0)
        throw new Problem('not-found', `There is no authority with the id or code "${authority}".`);
    }
    const { rows } = await pool.query<ListedBook>(
      `SELECT b.authority_id AS "authorityId", b.id, b.name FROM books b JOIN authorities a ON a.id = b.authority_id
        WHERE ($1::uuid IS NULL OR b.id = $1) AND ($2::text IS NULL OR a.id::text = lower($2) OR a.code = $2) ORDER BY a.code, b.id`,
      [book ?? null, authority ?? null],
    );
    if (book !== undefined && rows.length === 0) throw new Problem('not-found', `There is no book ${book}.`);
    return rows;
  } finally {
    await pool.end();
  }
}
