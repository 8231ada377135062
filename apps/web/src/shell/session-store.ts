import type { FastifySessionObject, SessionStore } from '@fastify/session';
import { WebSessions, type Database, type WebSessionRow } from '@ringfence/platform';
import type { Session } from 'fastify';

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

type Row = WebSessionRow<FastifySessionObject>;

/**
 * A session has two ages. It is active until `expires_at`, which every request puts off; after that it is lapsed for
 * {@link lapsedSessionHoursMax}, in which nobody is signed in by it.
 */
export class PostgresSessionStore implements SessionStore {
  private readonly sessions: WebSessions<FastifySessionObject>;

  constructor(database: Database) {
    this.sessions = new WebSessions(database);
  }

  get(id: string, done: (error: unknown, session?: Session | null) => void): void {
    this.sessions
      .find(id, lapsedSessionHoursMax)
      .then((row) => (row ? sessionOf(row, Date.now()) : null))
      .then((session) => done(null, session), done);
  }

  set(id: string, session: Session, done: (error?: unknown) => void): void {
    this.sessions.save(id, session as FastifySessionObject, sessionIdleMinutesMax).then(() => done(), done);
  }

  destroy(id: string, done: (error?: unknown) => void): void {
    this.sessions.end(id).then(() => done(), done);
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
