import type { FastifySessionObject, SessionStore } from '@fastify/session';
import type { Database } from '@ringfence/platform';
import type { Session } from 'fastify';
import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';

/** How long somebody stays signed in without asking for a page. */
export const sessionIdleMinutesMax = 120;
/** How long after that a session is still known, so that what is sent too late is not lost. */
export const lapsedSessionHoursMax = 24;

export interface SignedInSession {
  readonly issuer: string;
  readonly subject: string;
  readonly authorityId: string | null;
  readonly idToken: string;
}

/** What the pages remember between two requests. Forms keep nothing here: a draft is a row. */
declare module 'fastify' {
  interface Session {
    /** A sign-in that was sent to the identity provider and has not come back. */
    signingIn?: { state: string; nonce: string; verifier: string; to: string };
    /** Where somebody goes once they have answered their invitations. */
    afterInvitations?: string;
    signedIn?: SignedInSession;
    /**
     * Who was signed in until the session ended for lack of use. Good for one thing: what they send is kept until they
     * have signed in again. `until` is milliseconds since 1970.
     */
    lapsed?: { readonly signedIn: SignedInSession; readonly until: number };
    /** The flash message: one sentence for the next page about what was done. */
    flash?: string;
    /** One sentence for the next page about what did not happen. */
    notice?: string;
  }
}

interface Row {
  readonly content: FastifySessionObject;
  readonly expires_at: Date;
  readonly active: boolean;
}

/**
 * Sessions in PostgreSQL, so that any replica serves any request and an operator can end a session by deleting its
 * row. The row's id is the hash of the cookie's: who reads the table cannot sign in with it. The policy shows each
 * transaction the one session that it names.
 *
 * A session has two ages. It is active until `expires_at`, which every request puts off; after that it is lapsed for
 * {@link lapsedSessionHoursMax}, in which nobody is signed in by it.
 */
export class PostgresSessionStore implements SessionStore {
  constructor(private readonly database: Database) {}

  get(id: string, done: (error: unknown, session?: Session | null) => void): void {
    this.under(id, async (client, row) => {
      const found = await client.query<Row>(
        `SELECT content, expires_at, expires_at > clock_timestamp() AS active FROM web_sessions
          WHERE id = $1 AND expires_at > clock_timestamp() - make_interval(hours => $2)`,
        [row, lapsedSessionHoursMax],
      );
      return found.rows[0] ? sessionOf(found.rows[0], Date.now()) : null;
    }).then((session) => done(null, session), done);
  }

  /** Does not bring back a session that was ended while this request was under way. */
  set(id: string, session: Session, done: (error?: unknown) => void): void {
    this.under(id, (client, row) =>
      client.query(
        `INSERT INTO web_sessions (id, content, expires_at)
         VALUES ($1, $2, clock_timestamp() + make_interval(mins => $3))
         ON CONFLICT (id) DO UPDATE SET content = excluded.content, expires_at = excluded.expires_at
          WHERE web_sessions.expires_at <> '-infinity'`,
        [row, JSON.stringify(session), sessionIdleMinutesMax],
      ),
    ).then(() => done(), done);
  }

  destroy(id: string, done: (error?: unknown) => void): void {
    this.under(id, (client, row) =>
      client.query(`UPDATE web_sessions SET content = '{}', expires_at = '-infinity' WHERE id = $1`, [row]),
    ).then(() => done(), done);
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

/** As the pages may use it: of a lapsed session nothing but who it was, and its secret against forgery. */
export function sessionOf({ content, expires_at, active }: Row, nowMs: number): Session | null {
  const { signedIn, lapsed, ...rest } = content as unknown as Session & Record<string, unknown>;
  if (active) {
    const stillLapsed = lapsed !== undefined && lapsed.until > nowMs ? { lapsed } : {};
    return { ...rest, ...(signedIn ? { signedIn } : {}), ...stillLapsed } as unknown as Session;
  }
  const who = signedIn ? { signedIn, until: expires_at.getTime() + lapsedSessionHoursMax * 3_600_000 } : lapsed;
  if (who === undefined || who.until <= nowMs) return null;
  return { cookie: rest.cookie, _csrf: rest['_csrf'], lapsed: who } as unknown as Session;
}
