import { newId, Problem, type CalendarDate } from '@ringfence/kernel';
import { Injectable } from '@nestjs/common';
import { Database, type IdempotentRequest, type Transaction } from '@ringfence/platform';
import { Organisation, Person, type OrganisationKind } from './entities/identity.entities.js';
import { invite } from './invitations.js';
import { authorise, contextOf, type Principal } from './principal.js';

export interface NewPerson {
  readonly name: string;
  readonly email?: string | null;
  readonly dateOfBirth?: CalendarDate | null;
  readonly organisationId?: string | null;
  /** How the person signs in, which invites them to accept; a child, or a personal assistant, has none. */
  readonly signIn?: { readonly issuer: string; readonly subject: string } | null;
}

export interface NewOrganisation {
  readonly name: string;
  readonly kind: OrganisationKind;
  /** The client ids, at the issuer, of the organisation's machines: each is invited, and accepts with a token of its own. */
  readonly apiClients?: readonly { readonly issuer: string; readonly clientId: string; readonly name: string }[];
}

/** People and organisations, as the authority's officers keep them. */
@Injectable()
export class PeopleRegister {
  constructor(private readonly database: Database) {}

  async addPerson(principal: Principal, input: NewPerson, request: IdempotentRequest): Promise<{ id: string }> {
    authorise(principal, 'people.write');
    return this.database.once(contextOf(principal), request, async (tx) => {
      const id = newId();
      const { signIn, ...person } = input;
      if (person.organisationId) await requireOrganisation(tx, person.organisationId);
      await tx.manager.insert(Person, { ...person, authorityId: principal.authorityId, id });
      if (signIn) {
        const identity = { issuer: signIn.issuer, identity: signIn.subject };
        await invite(tx, principal, { personId: id }, identity, '/signIn/subject');
      }
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
      const clients = (input.apiClients ?? []).map((client) => ({ id: newId(), ...client }));
      for (const [place, client] of clients.entries()) {
        await addClient(tx, principal, organisation.id, client, `/apiClients/${place}/clientId`);
      }
      return { id: organisation.id, apiClients: clients.map(({ id, clientId }) => ({ id, clientId })) };
    });
  }

  async people(principal: Principal): Promise<Person[]> {
    authorise(principal, 'people.read');
    return this.database.transaction(contextOf(principal), (tx) =>
      tx.manager.find(Person, { order: { name: 'ASC', id: 'ASC' } }),
    );
  }
}

/** A machine is known at once, so that roles can be given to it, and acts once it has accepted its invitation. */
async function addClient(
  tx: Transaction,
  principal: Principal,
  organisationId: string,
  { id, issuer, clientId, name }: { id: string; issuer: string; clientId: string; name: string },
  pointer: string,
): Promise<void> {
  const added = await tx.query(
    `INSERT INTO api_clients (authority_id, id, organisation_id, issuer, client_id, name) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT DO NOTHING RETURNING id`,
    [principal.authorityId, id, organisationId, issuer, clientId, name],
  );
  if (added.length === 0) {
    throw Problem.field(pointer, `The client id ${clientId} is in use in this authority already: give another one.`);
  }
  await invite(tx, principal, { apiClientId: id }, { issuer, identity: clientId }, pointer);
}

/** An unknown organisation and one of another authority are refused alike. */
async function requireOrganisation(tx: Transaction, id: string): Promise<void> {
  const found = await tx.manager.existsBy(Organisation, { authorityId: tx.context.authorityId, id });
  if (!found) throw Problem.field('/organisationId', `There is no organisation ${id} in this authority.`);
}
