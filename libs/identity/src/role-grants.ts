import { addDays, newId, Problem, type CalendarDate } from '@ringfence/kernel';
import { Injectable } from '@nestjs/common';
import { Database, postgresCode, type IdempotentRequest, type Transaction } from '@ringfence/platform';
import { faultOfEnd, faultOfGrant, giversOf, mayGive, type WantedGrant } from './domain/granting.js';
import { roleNames, type Role } from './domain/roles.js';
import { authorise, contextOf, type Principal } from './principal.js';
import {
  decideProposalSql,
  endGrantSql,
  giveSql,
  grantEventsSql,
  grantsSql,
  grantToEndSql,
  lockApproversSql,
  oneGrantSql,
  otherApproverSql,
  proposalsSql,
  proposalToDecideSql,
  proposeSql,
} from './role-grants.sql.js';

export interface GivenGrant {
  readonly id: string;
  readonly personId: string | null;
  readonly apiClientId: string | null;
  readonly role: Role;
  readonly budgetId: string | null;
  readonly validFrom: CalendarDate;
  readonly validTo: CalendarDate | null;
  readonly grantedBy: string;
  readonly grantedOn: CalendarDate;
  /** The second person, where the grant began before it was given. */
  readonly approvedBy: string | null;
}

export interface GrantEvent {
  readonly event: 'GIVEN' | 'ENDED';
  readonly by: string;
  readonly approvedBy: string | null;
  readonly at: Date;
  readonly validFrom: CalendarDate;
  readonly validTo: CalendarDate | null;
}

export const proposalStates = ['OPEN', 'APPROVED', 'REFUSED', 'WITHDRAWN'] as const;
export type ProposalState = (typeof proposalStates)[number];

export interface GrantProposal extends Omit<GivenGrant, 'grantedBy' | 'grantedOn' | 'approvedBy'> {
  readonly reason: string;
  readonly state: ProposalState;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly grantId: string | null;
}

export const grantStates = ['in-force', 'ended', 'to-come'] as const;

export interface GrantFilter {
  /** A person or an API client. */
  readonly grantee?: string | undefined;
  readonly budgetId?: string | undefined;
  readonly role?: Role | undefined;
  readonly state?: (typeof grantStates)[number] | undefined;
}

/** Who may do what, from a day to a day: given by those who may give it, and never to themselves. */
@Injectable()
export class RoleGrants {
  constructor(private readonly database: Database) {}

  /** Gives a role from today or later. One from an earlier day takes a second person: see {@link propose}. */
  async give(principal: Principal, wanted: WantedGrant, request: IdempotentRequest): Promise<{ id: string }> {
    requireRightTo(principal, wanted);
    if (wanted.validFrom < principal.today) {
      throw Problem.field(
        '/validFrom',
        `The grant would begin on ${wanted.validFrom}, before today: let it begin on ${principal.today}, or propose it at POST /v1/role-grant-proposals for a second person to approve.`,
      );
    }
    return this.database.once(contextOf(principal), request, async (tx) => {
      await requireGrantee(tx, principal, wanted);
      return { id: await write(tx, wanted, principal.id, null) };
    });
  }

  /** Puts a grant that begins before today to a second person. It gives nothing until they approve it. */
  async propose(
    principal: Principal,
    { reason, ...wanted }: WantedGrant & { readonly reason: string },
    request: IdempotentRequest,
  ): Promise<{ id: string }> {
    requireRightTo(principal, wanted);
    return this.database.once(contextOf(principal), request, async (tx) => {
      await requireGrantee(tx, principal, wanted);
      const id = newId();
      await tx.query(proposeSql, [principal.authorityId, id, ...columnsOf(wanted), principal.id, reason]);
      return { id };
    });
  }

  /** A second person, who may give the role, lets the proposal become a grant. Returns the grant. */
  async approve(principal: Principal, proposalId: string, request: IdempotentRequest): Promise<{ id: string }> {
    return this.database.once(contextOf(principal), request, async (tx) => {
      const proposal = await openProposal(tx, principal, proposalId);
      await requireSecondPerson(tx, principal, proposal);
      const id = await write(tx, proposal, proposal.proposedBy, principal.id);
      await tx.query(decideProposalSql, [principal.authorityId, proposalId, 'APPROVED', principal.id, id]);
      return { id };
    });
  }

  async refuse(principal: Principal, proposalId: string, request: IdempotentRequest): Promise<void> {
    await this.database.once(contextOf(principal), request, async (tx) => {
      await requireSecondPerson(tx, principal, await openProposal(tx, principal, proposalId));
      await tx.query(decideProposalSql, [principal.authorityId, proposalId, 'REFUSED', principal.id, null]);
    });
  }

  /** Whoever proposed it withdraws it. */
  async withdraw(principal: Principal, proposalId: string, request: IdempotentRequest): Promise<void> {
    await this.database.once(contextOf(principal), request, async (tx) => {
      const { proposedBy } = await openProposal(tx, principal, proposalId);
      if (proposedBy !== principal.id) {
        throw new Problem('not-permitted', 'Somebody else proposed this grant: refuse it, if you may give the role.');
      }
      await tx.query(decideProposalSql, [principal.authorityId, proposalId, 'WITHDRAWN', principal.id, null]);
    });
  }

  /** Ends a grant on a day, which is the last on which it counts. A grant is never deleted, and never prolonged. */
  async end(principal: Principal, grantId: string, lastDay: CalendarDate): Promise<void> {
    authorise(principal, 'grants.read');
    await this.database.transaction(contextOf(principal), async (tx) => {
      const [grant] = await tx.query<GivenGrant & Record<string, unknown>>(grantToEndSql, [
        principal.authorityId,
        grantId,
      ]);
      if (!grant) throw new Problem('not-found', `There is no grant ${grantId} that you can see.`);
      requireRightToGive(principal, grant.role, 'end');
      const fault = faultOfEnd(grant, lastDay, principal.today);
      if (fault) throw Problem.field('/validTo', fault);
      if (grant.role === 'APPROVER') await requireAnotherApprover(tx, grantId, lastDay);
      await tx.query(endGrantSql, [principal.authorityId, grantId, lastDay]);
    });
  }

  /** The newest first, one more than `limit`, behind the grant `after`. */
  async list(principal: Principal, filter: GrantFilter, limit: number, after?: string): Promise<GivenGrant[]> {
    authorise(principal, 'grants.read');
    const { grantee, budgetId, role, state } = filter;
    return this.database.transaction(contextOf(principal), (tx) =>
      tx.query<GivenGrant & Record<string, unknown>>(grantsSql, [
        ...[principal.authorityId, grantee ?? null, budgetId ?? null, role ?? null, state ?? null],
        ...[principal.today, after ?? null, limit + 1],
      ]),
    );
  }

  /** One grant with what has happened to it. */
  async one(principal: Principal, grantId: string): Promise<GivenGrant & { readonly events: readonly GrantEvent[] }> {
    authorise(principal, 'grants.read');
    return this.database.transaction(contextOf(principal), async (tx) => {
      const named = [principal.authorityId, grantId];
      const [grant] = await tx.query<GivenGrant & Record<string, unknown>>(oneGrantSql, named);
      if (!grant) throw new Problem('not-found', `There is no grant ${grantId} that you can see.`);
      return { ...grant, events: await tx.query<GrantEvent & Record<string, unknown>>(grantEventsSql, named) };
    });
  }

  /** The newest first, one more than `limit`, behind the proposal `after`. */
  async proposals(
    principal: Principal,
    state: ProposalState | undefined,
    limit: number,
    after?: readonly [proposedAt: string, id: string],
  ): Promise<GrantProposal[]> {
    authorise(principal, 'grants.read');
    return this.database.transaction(contextOf(principal), (tx) =>
      tx.query<GrantProposal & Record<string, unknown>>(proposalsSql, [
        principal.authorityId,
        state ?? null,
        after?.[0] ?? null,
        after?.[1] ?? null,
        limit + 1,
      ]),
    );
  }
}

/** What can be said before anything is looked up: the right to give the role, and what the grant says of itself. */
function requireRightTo(principal: Principal, wanted: WantedGrant): void {
  requireRightToGive(principal, wanted.role, 'give');
  const fault = faultOfGrant(wanted);
  if (fault) throw Problem.field(fault.pointer, fault.message);
  if (wanted.personId === principal.id) throw toThemselves();
}

function requireRightToGive(principal: Principal, role: Role, what: 'give' | 'end'): void {
  if (principal.kind === 'person' && mayGive(principal.grants, role, principal.today)) return;
  const givers = giversOf(role).map((giver) => roleNames[giver].toLowerCase());
  throw new Problem(
    'not-permitted',
    `You may not ${what} the role ${role}: you need the role of ${givers.join(' or ')}.`,
  );
}

function toThemselves(): Problem {
  return new Problem(
    'not-permitted',
    'Nobody gives a role to themselves or to their own organisation: ask a colleague who may give it.',
  );
}

/** The grantee and the budget are there, and the grantee is not the giver in another form. */
async function requireGrantee(tx: Transaction, principal: Principal, wanted: WantedGrant): Promise<void> {
  const named: [pointer: string, table: string, id: string | null | undefined, word: string][] = [
    ['/personId', 'people', wanted.personId, 'person'],
    ['/apiClientId', 'api_clients', wanted.apiClientId, 'API client'],
    ['/budgetId', 'budgets', wanted.budgetId, 'budget'],
  ];
  for (const [pointer, table, id, word] of named) {
    if (!id) continue;
    const found = await tx.query(`SELECT 1 FROM ${table} WHERE authority_id = $1 AND id = $2`, [
      principal.authorityId,
      id,
    ]);
    if (found.length === 0) throw Problem.field(pointer, `There is no ${word} ${id} in this authority.`);
  }
  if (!wanted.apiClientId) return;
  const [own] = await tx.query(
    `SELECT 1 FROM api_clients c JOIN people p ON p.authority_id = c.authority_id AND p.organisation_id = c.organisation_id
      WHERE c.authority_id = $1 AND c.id = $2 AND p.id = $3`,
    [principal.authorityId, wanted.apiClientId, principal.id],
  );
  if (own) throw toThemselves();
}

function columnsOf(wanted: WantedGrant): unknown[] {
  const { personId = null, apiClientId = null, role, budgetId = null, validFrom, validTo = null } = wanted;
  return [personId, apiClientId, role, budgetId, validFrom, validTo];
}

async function write(tx: Transaction, wanted: WantedGrant, giver: string, approver: string | null): Promise<string> {
  const id = newId();
  try {
    await tx.query(giveSql, [tx.context.authorityId, id, ...columnsOf(wanted), giver, approver]);
  } catch (error) {
    if (postgresCode(error) !== exclusionViolation) throw error;
    throw new Problem(
      'conflict',
      'They hold this role on some of these days already: end that grant first, or let this one begin after it.',
      { cause: error },
    );
  }
  return id;
}

const exclusionViolation = '23P01';

async function openProposal(tx: Transaction, principal: Principal, proposalId: string): Promise<GrantProposal> {
  authorise(principal, 'grants.read');
  const [proposal] = await tx.query<GrantProposal & Record<string, unknown>>(proposalToDecideSql, [
    principal.authorityId,
    proposalId,
  ]);
  if (!proposal) throw new Problem('not-found', `There is no proposal ${proposalId} that you can see.`);
  if (proposal.state !== 'OPEN') {
    throw new Problem(
      'conflict',
      `The proposal was ${proposal.state.toLowerCase()} already: nothing is left to decide.`,
    );
  }
  return proposal;
}

/** Neither who proposed it nor who would hold it, and somebody who might have given the role alone. */
async function requireSecondPerson(tx: Transaction, principal: Principal, proposal: GrantProposal): Promise<void> {
  requireRightToGive(principal, proposal.role, 'give');
  if (proposal.proposedBy === principal.id) {
    throw new Problem('not-permitted', 'You proposed this grant yourself: a second person decides about it.');
  }
  if (proposal.personId === principal.id) throw toThemselves();
  await requireGrantee(tx, principal, proposal);
}

/** An authority without an approver could let nobody in any more. */
async function requireAnotherApprover(tx: Transaction, grantId: string, lastDay: CalendarDate): Promise<void> {
  await tx.query(lockApproversSql, [tx.context.authorityId]);
  const others = await tx.query(otherApproverSql, [tx.context.authorityId, grantId, lastDay]);
  if (others.length > 0) return;
  throw new Problem(
    'conflict',
    `On ${addDays(lastDay, 1)} the authority would have no approver: give somebody else the role first.`,
  );
}
