import { newId, Problem } from '@ringfence/kernel';
import { Injectable } from '@nestjs/common';
import { Database, type IdempotentRequest, type Transaction } from '@ringfence/platform';
import { mayGive } from './domain/granting.js';
import type { Role } from './domain/roles.js';
import {
  decideInvitationSql,
  invitationsOfSql,
  invitationStateSql,
  inviteSql,
  sentInvitationsSql,
  withdrawInvitationSql,
} from './invitations.sql.js';
import { authorise, contextOf, type Principal } from './principal.js';
import type { TokenBearer } from './token-verifier.js';

/** An authority's invitation as the invited sees it. It tells nothing of other authorities, and nothing about anybody else. */
export interface ReceivedInvitation {
  readonly id: string;
  readonly authorityId: string;
  readonly authorityName: string;
  /** The name under which the authority has recorded them. */
  readonly knownAs: string;
  readonly organisationName: string | null;
  readonly state: 'OPEN' | 'ACCEPTED';
  readonly invitedAt: Date;
}

export const invitationStates = ['OPEN', 'ACCEPTED', 'REFUSED', 'WITHDRAWN', 'LEFT'] as const;

/** The same as the authority sees it. */
export interface SentInvitation {
  readonly id: string;
  readonly issuer: string;
  /** The subject of a person, or the client id of a machine. */
  readonly identity: string;
  readonly state: (typeof invitationStates)[number];
  readonly invitedBy: string;
  readonly invitedAt: Date;
  readonly acceptedAt: Date | null;
  readonly endedAt: Date | null;
}

/** What an issuer knows somebody by: the subject of a person, or the client id of a machine. */
export interface Identity {
  readonly issuer: string;
  readonly identity: string;
}

/** Who is invited: a person by the subject of their sign-in, or a machine by its client id. */
export type Invited = { readonly personId: string } | { readonly apiClientId: string };

/**
 * How an identity comes to stand for somebody: an authority names it, and its owner, who proves by a token that it is
 * theirs, accepts. Until then it changes nobody's access.
 */
@Injectable()
export class Invitations {
  constructor(private readonly database: Database) {}

  /** Those of the bearer that are open or accepted, in every authority. */
  async received(bearer: TokenBearer): Promise<ReceivedInvitation[]> {
    return this.database.untenanted<ReceivedInvitation & Record<string, unknown>>(invitationsOfSql, identityOf(bearer));
  }

  /** Accepting again changes nothing. Refuses with `not-found` what is not the bearer's, or is no longer open. */
  accept(bearer: TokenBearer, invitationId: string): Promise<void> {
    return this.decide(bearer, invitationId, true);
  }

  /** Refuses an open invitation, or leaves the authority whose invitation was accepted. Repeating it changes nothing. */
  refuse(bearer: TokenBearer, invitationId: string): Promise<void> {
    return this.decide(bearer, invitationId, false);
  }

  /**
   * Invites the identity of somebody who is known already, after an earlier invitation was refused, withdrawn or left.
   * It takes the right to give every role that they hold: who signs in as them has those roles.
   */
  async inviteAgain(
    principal: Principal,
    invited: Invited,
    identity: Identity | undefined,
    request: IdempotentRequest,
  ): Promise<{ id: string }> {
    authorise(principal, 'people.write');
    return this.database.once(contextOf(principal), request, async (tx) => {
      await requireKnown(tx, invited);
      const id = idOf(invited);
      if (id === principal.id) {
        throw new Problem('not-permitted', 'You cannot invite a sign-in for yourself: ask a colleague to do it.');
      }
      const sent = await tx.query<SentInvitation>(sentInvitationsSql, [principal.authorityId, id]);
      if (sent.some(({ state }) => state === 'OPEN' || state === 'ACCEPTED')) {
        throw new Problem(
          'conflict',
          'They have an invitation that is open or accepted: withdraw it, or let them leave, before you send another.',
        );
      }
      await requireRightToGive(tx, principal, id);
      // A machine is recorded with its client id, and keeps it.
      return { id: await invite(tx, principal, invited, identity ?? (await clientIdentity(tx, id)), '/identity') };
    });
  }

  /** Those sent to a person or a machine, the newest first. */
  async sentTo(principal: Principal, invited: Invited): Promise<SentInvitation[]> {
    authorise(principal, 'people.read');
    return this.database.transaction(contextOf(principal), async (tx) => {
      await requireKnown(tx, invited);
      return tx.query<SentInvitation & Record<string, unknown>>(sentInvitationsSql, [
        principal.authorityId,
        idOf(invited),
      ]);
    });
  }

  /** Withdraws an invitation that nobody has answered yet. */
  async withdraw(principal: Principal, invitationId: string): Promise<void> {
    authorise(principal, 'people.write');
    await this.database.transaction(contextOf(principal), async (tx) => {
      const withdrawn = await tx.query(withdrawInvitationSql, [principal.authorityId, invitationId, principal.id]);
      if (withdrawn.length > 0) return;
      const [held] = await tx.query<{ state: string }>(invitationStateSql, [principal.authorityId, invitationId]);
      if (!held) throw notThere(invitationId);
      if (held.state === 'WITHDRAWN') return;
      throw new Problem(
        'conflict',
        `The invitation was ${held.state.toLowerCase()} already: it cannot be withdrawn. End the grants instead.`,
      );
    });
  }

  private async decide(bearer: TokenBearer, invitationId: string, accepts: boolean): Promise<void> {
    const values = [invitationId, ...identityOf(bearer), accepts, this.database.clock.now()];
    const [row] = await this.database.untenanted<{ state: string | null }>(decideInvitationSql, values);
    if (row!.state === null) throw notThere(invitationId);
    if (row!.state === 'LAST_APPROVER') {
      throw new Problem(
        'conflict',
        'You are the only approver of this authority who can sign in: give somebody else the role before you leave.',
      );
    }
  }
}

/**
 * Writes an open invitation. Refuses an identity that has one in this authority, open or accepted, whoever it is for;
 * what other authorities know of it plays no part.
 */
export async function invite(
  tx: Transaction,
  principal: Principal,
  invited: Invited,
  { issuer, identity }: Identity,
  pointer: string,
): Promise<string> {
  const [made] = await tx.query<{ id: string }>(inviteSql, [
    principal.authorityId,
    newId(),
    issuer,
    identity,
    'personId' in invited ? invited.personId : null,
    'apiClientId' in invited ? invited.apiClientId : null,
    principal.id,
  ]);
  if (made) return made.id;
  const what = 'personId' in invited ? 'sign-in' : 'client id';
  throw Problem.field(pointer, `The ${what} ${identity} is in use in this authority already: give another one.`);
}

function identityOf({ issuer, subject, clientId }: TokenBearer): [machine: boolean, issuer: string, identity: string] {
  return [clientId !== null, issuer, clientId ?? subject ?? ''];
}

const idOf = (invited: Invited): string => ('personId' in invited ? invited.personId : invited.apiClientId);

async function requireKnown(tx: Transaction, invited: Invited): Promise<void> {
  const person = 'personId' in invited;
  const sql = `SELECT 1 FROM ${person ? 'people' : 'api_clients'} WHERE authority_id = $1 AND id = $2`;
  const found = await tx.query(sql, [tx.context.authorityId, idOf(invited)]);
  if (found.length > 0) return;
  throw new Problem('not-found', `There is no ${person ? 'person' : 'API client'} ${idOf(invited)} that you can see.`);
}

async function clientIdentity(tx: Transaction, id: string): Promise<Identity> {
  const [client] = await tx.query<{ issuer: string; identity: string }>(
    'SELECT issuer, client_id AS identity FROM api_clients WHERE authority_id = $1 AND id = $2',
    [tx.context.authorityId, id],
  );
  return client!;
}

async function requireRightToGive(tx: Transaction, principal: Principal, id: string): Promise<void> {
  const held = await tx.query<{ role: Role }>(
    `SELECT DISTINCT role FROM role_grants
      WHERE authority_id = $1 AND coalesce(person_id, api_client_id) = $2 AND coalesce(valid_to, 'infinity') >= context_today()`,
    [principal.authorityId, id],
  );
  const beyond = held.find(({ role }) => !mayGive(principal.grants, role, principal.today));
  if (!beyond) return;
  throw new Problem(
    'not-permitted',
    `They hold the role ${beyond.role}, which you may not give: ask somebody who may to invite them.`,
  );
}

function notThere(invitationId: string): Problem {
  return new Problem('not-found', `There is no invitation ${invitationId} that you can see.`);
}
