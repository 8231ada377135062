import { createHash } from 'node:crypto';
import type { Database, Query } from '../database/database.js';

/** A session of the pages as it is stored. */
export interface WebSessionRow<Content> {
  readonly content: Content;
  readonly expires_at: Date;
  /** Whether `expires_at` is still to come, by the clock of the database. */
  readonly active: boolean;
}

/**
 * Sessions of the pages in PostgreSQL, so that any replica serves any request and an operator can end a session by deleting
 * its row. The row's id is the hash of the cookie's: who reads the table cannot sign in with it. The policy shows each
 * transaction the one session that it names.
 */
export class WebSessions<Content> {
  constructor(private readonly database: Database) {}

  /** The session, also where it expired less than so many hours ago. */
  async find(id: string, expiredHoursMax: number): Promise<WebSessionRow<Content> | undefined> {
    return this.under(id, async (query, row) => {
      const [found] = await query<WebSessionRow<Content>>(
        `SELECT content, expires_at, expires_at > clock_timestamp() AS active FROM web_sessions
          WHERE id = $1 AND expires_at > clock_timestamp() - make_interval(hours => $2)`,
        [row, expiredHoursMax],
      );
      return found;
    });
  }

  /** Does not bring back a session that was ended while its request was under way. */
  async save(id: string, content: Content, minutes: number): Promise<void> {
    await this.under(id, (query, row) =>
      query(
        `INSERT INTO web_sessions (id, content, expires_at)
         VALUES ($1, $2, clock_timestamp() + make_interval(mins => $3))
         ON CONFLICT (id) DO UPDATE SET content = excluded.content, expires_at = excluded.expires_at
          WHERE web_sessions.expires_at <> '-infinity'`,
        [row, JSON.stringify(content), minutes],
      ),
    );
  }

  async end(id: string): Promise<void> {
    await this.under(id, (query, row) =>
      query(`UPDATE web_sessions SET content = '{}', expires_at = '-infinity' WHERE id = $1`, [row]),
    );
  }

  /** Deletes those that nobody can come back to; returns how many there were. */
  async deleteExpired(): Promise<number> {
    const [deleted] = await this.database.untenanted<{ n: bigint }>('SELECT delete_expired_sessions() AS n');
    return Number(deleted!.n);
  }

  private under<T>(id: string, work: (query: Query, row: string) => Promise<T>): Promise<T> {
    const row = createHash('sha256').update(id).digest('base64url');
    return this.database.underSession(row, (query) => work(query, row));
  }
}
