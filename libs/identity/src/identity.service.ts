import { newId, Problem, type CalendarDate } from '@ringfence/kernel';
import { Injectable } from '@nestjs/common';
import { Database, type IdempotentRequest, type Transaction } from '@ringfence/platform';
import { authorityRoles, type Role } from './domain/roles.js';
import {
  ApiClient,
  Organisation,
  Person,
  RoleGrant,
  SignIn,
  type OrganisationKind,
} from './entities/identity.entities.js';
import { authorise, contextOf, type Principal } from './principal.js';

export interface NewPerson {
  readonly name: string;
  readonly email?: string | null;
  readonly dateOfBirth?: CalendarDate | null;
  readonly organisationId?: string | null;
  /** Where the person signs in; a child, or a personal assistant, has none. */
  readonly signIn?: { readonly issuer: string; readonly subject: string } | null;
}

export interface NewOrganisation {
  readonly name: string;
  readonly kind: OrganisationKind;
  /** The client ids, at the issuer, of the organisation's machines. */
  readonly apiClients?: readonly { readonly issuer: string; readonly clientId: string; readonly name: string }[];
}

export interface NewRoleGrant {
  readonly role: Role;
  readonly personId?: string | null;
  readonly apiClientId?: string | null;
  readonly budgetId?: string | null;
  readonly validFrom: CalendarDate;
  readonly validTo?: CalendarDate | null;
}

/** People, organisations and grants, as the authority's officers keep them. */
@Injectable()
export class IdentityService {
  constructor(private readonly database: Database) {}

  async addPerson(principal: Principal, input: NewPerson, request: IdempotentRequest): Promise<{ id: string }> {
    authorise(principal, 'people.write');
    return this.database.once(contextOf(principal), request, async (tx) => {
      const id = newId();
      const { signIn, ...person } = input;
      await tx.manager.insert(Person, { ...person, authorityId: principal.authorityId, id });
      if (signIn) await insertSignIn(tx, principal.authorityId, id, signIn);
      return { id };
    });
  }

  async addOrganisation(
    principal: Principal,
    input: NewOrganisation,
    request: IdempotentRequest,
  ): Promise<{ id: string; apiClients: { id: string; clientId: string }[] }> {
    authorise(principal, 'people.write');
    return this.database.once(contextOf(principal), request, async (tx) => {
      const { authorityId } = principal;
      const organisation = { authorityId, id: newId(), name: input.name, kind: input.kind };
      await tx.manager.insert(Organisation, organisation);
      const clients = (input.apiClients ?? []).map((client) => ({
        authorityId,
        id: newId(),
        organisationId: organisation.id,
        ...client,
      }));
      if (clients.length > 0) await tx.manager.insert(ApiClient, clients);
      return { id: organisation.id, apiClients: clients.map(({ id, clientId }) => ({ id, clientId })) };
    });
  }

  /** A role over the whole authority is given by an approver; a role for one budget by an officer who keeps it. */
  async grantRole(principal: Principal, input: NewRoleGrant, request: IdempotentRequest): Promise<{ id: string }> {
    const overAuthority = authorityRoles.includes(input.role);
    authorise(principal, overAuthority ? 'grants.write-authority' : 'grants.write');
    if (overAuthority === Boolean(input.budgetId)) {
      throw Problem.field(
        '/budgetId',
        overAuthority
          ? `The role ${input.role} is over the whole authority: leave budgetId out.`
          : `The role ${input.role} is given for one budget: name it in budgetId.`,
      );
    }
    if (Boolean(input.personId) === Boolean(input.apiClientId)) {
      throw Problem.field(
        '/personId',
        'A role is given to one person or to one API client: name one of personId and apiClientId.',
      );
    }
    return this.database.once(contextOf(principal), request, async (tx) => {
      await mustExist(tx, input);
      const id = newId();
      await tx.manager.insert(RoleGrant, {
        authorityId: principal.authorityId,
        id,
        personId: input.personId ?? null,
        apiClientId: input.apiClientId ?? null,
        role: input.role,
        budgetId: input.budgetId ?? null,
        validFrom: input.validFrom,
        validTo: input.validTo ?? null,
        grantedBy: principal.id,
      });
      return { id };
    });
  }

  /** Ends a grant on a day, which is the last on which it counts. A grant is never deleted. */
  async endGrant(principal: Principal, grantId: string, lastDay: CalendarDate): Promise<void> {
    await this.database.transaction(contextOf(principal), async (tx) => {
      const grant = await tx.manager.findOneBy(RoleGrant, { authorityId: principal.authorityId, id: grantId });
      if (!grant) throw new Problem('not-found', `There is no grant ${grantId} that you can see.`);
      authorise(principal, grant.budgetId === null ? 'grants.write-authority' : 'grants.write');
      if (lastDay < grant.validFrom) {
        throw Problem.field(
          '/validTo',
          `The grant begins on ${grant.validFrom}: it cannot end before that, on ${lastDay}.`,
        );
      }
      await tx.manager.update(RoleGrant, { authorityId: grant.authorityId, id: grant.id }, { validTo: lastDay });
    });
  }

  async people(principal: Principal): Promise<Person[]> {
    authorise(principal, 'people.read');
    return this.database.transaction(contextOf(principal), (tx) =>
      tx.manager.find(Person, { order: { name: 'ASC', id: 'ASC' } }),
    );
  }
}

/** The part of adding a person that bootstrapping an authority shares. */
export async function insertSignIn(
  tx: Transaction,
  authorityId: string,
  personId: string,
  signIn: { issuer: string; subject: string },
): Promise<void> {
  const held = await tx.manager.findOneBy(SignIn, { authorityId, ...signIn });
  if (held) {
    throw Problem.field(
      '/signIn/subject',
      `The sign-in ${signIn.subject} belongs to somebody else in this authority already.`,
    );
  }
  await tx.manager.insert(SignIn, { authorityId, personId, ...signIn });
}

async function mustExist(tx: Transaction, input: NewRoleGrant): Promise<void> {
  const wanted: [string, string, string | null | undefined][] = [
    ['/personId', 'people', input.personId],
    ['/apiClientId', 'api_clients', input.apiClientId],
    ['/budgetId', 'budgets', input.budgetId],
  ];
  for (const [pointer, table, id] of wanted) {
    if (!id) continue;
    const rows = await tx.query(`SELECT 1 FROM ${table} WHERE authority_id = $1 AND id = $2`, [
      tx.context.authorityId,
      id,
    ]);
    if (rows.length === 0)
      throw Problem.field(pointer, `There is no ${pointer.slice(1).replace(/Id$/, '')} ${id} in this authority.`);
  }
}
