import type { FastifySessionObject, SessionStore } from '@fastify/session';
import type { Database } from '@ringfence/platform';
import type { Session } from 'fastify';
import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';

/** How long somebody stays signed in without asking for a page. */
export const sessionIdleMinutesMax = 120;

/** What the pages remember between two requests. Forms keep nothing here: a draft is a row. */
declare module 'fastify' {
  interface Session {
    /** A sign-in that was sent to the identity provider and has not come back. */
    signingIn?: { state: string; nonce: string; verifier: string; to: string };
    /** Where somebody goes once they have answered their invitations. */
    afterInvitations?: string;
    signedIn?: { issuer: string; subject: string; authorityId: string | null; idToken: string };
    /** One sentence for the next page, after a deed. */
    told?: string;
  }
}

/**
 * Sessions in PostgreSQL, so that any replica serves any request and an operator can end a session by deleting its
 * row. The row's id is the hash of the cookie's: who reads the table cannot sign in with it. The policy shows each
 * transaction the one session that it names.
 */
export class PostgresSessionStore implements SessionStore {
  constructor(private readonly database: Database) {}

  get(id: string, done: (error: unknown, session?: Session | null) => void): void {
    this.under(id, async (client, row) => {
      const found = await client.query<{ content: FastifySessionObject }>(
        'SELECT content FROM web_sessions WHERE id = $1 AND expires_at > clock_timestamp()',
        [row],
      );
      return found.rows[0]?.content ?? null;
    }).then((session) => done(null, session), done);
  }

  set(id: string, session: Session, done: (error?: unknown) => void): void {
    const expires = session.cookie.expires ?? new Date(Date.now() + sessionIdleMinutesMax * 60_000);
    this.under(id, (client, row) =>
      client.query(
        `INSERT INTO web_sessions (id, content, expires_at) VALUES ($1, $2, $3)
         ON CONFLICT (id) DO UPDATE SET content = excluded.content, expires_at = excluded.expires_at`,
        [row, JSON.stringify(session), expires],
      ),
    ).then(() => done(), done);
  }

  destroy(id: string, done: (error?: unknown) => void): void {
    this.under(id, (client, row) => client.query('DELETE FROM web_sessions WHERE id = $1', [row])).then(
      () => done(),
      done,
    );
  }

  private async under<T>(id: string, work: (client: PoolClient, row: string) => Promise<T>): Promise<T> {
    const row = createHash('sha256').update(id).digest('base64url');
    const runner = this.database.dataSource.createQueryRunner();
    try {
      const client = (await runner.connect()) as PoolClient;
      await runner.startTransaction('READ COMMITTED');
      await client.query(`SELECT set_config('ringfence.session_id', $1, true)`, [row]);
      const result = await work(client, row);
      await runner.commitTransaction();
      return result;
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }
}
