import { addAuthority, authorityWithCode, type FileAccountDirectory } from '@ringfence/identity';
import { DemoApiClient, Refused } from '../api-client.js';
import { authorities, demoPassword, organisations, type AuthorityScenario, type Colleague } from '../people.js';
import type { AuthorityContext, OrganisationContext, DemoContext } from '../context.js';
import type { Tokens } from '../sign-in.js';
import type { DemoYear } from '../demo-year.js';

export interface Connections {
  readonly apiUrl: string;
  readonly issuer: string;
  readonly databaseUrl: string;
  readonly accounts: FileAccountDirectory;
  readonly tokens: Tokens;
  readonly stopping?: AbortSignal | undefined;
}

/**
 * An operator makes the two authorities with their first approvers. Everything after that goes through the API: each
 * approver lets their colleagues in, and the finance officers record the bureaux and the payers.
 */
export async function openAuthorities(connections: Connections, year: DemoYear): Promise<DemoContext> {
  const addSignIn: DemoContext['addSignIn'] = async ({ name, email, says }) => {
    const subject = await connections.accounts.addAccount({ name, email, password: demoPassword, shownAs: says });
    return { issuer: connections.issuer, subject };
  };
  const personClient = (email: string): DemoApiClient =>
    new DemoApiClient(connections.apiUrl, () => connections.tokens.ofPerson(email, demoPassword), connections.stopping);
  const opened = new Map<string, AuthorityContext>();
  const organisationContexts = new Map<string, OrganisationContext>();
  for (const scenario of authorities) {
    await addUnlessThere(connections, scenario, year, addSignIn);
    const approver = personClient(scenario.approver.email);
    await letIn(approver, scenario, addSignIn, personClient);
    const officer = personClient(emailOf(scenario, 'FINANCE_OFFICER'));
    const context = {
      approver,
      officer,
      coordinator: personClient(emailOf(scenario, 'PLAN_COORDINATOR')),
      payers: await payersOf(officer, scenario),
    };
    opened.set(scenario.key, context);
    for (const organisation of organisations.filter(({ authority }) => authority === scenario.key)) {
      const { key, name, kind, client, person } = organisation;
      const apiClients = client ? [{ issuer: connections.issuer, clientId: client.id, name }] : [];
      const added = await officer.post<{ id: string; apiClients: { id: string }[] }>(
        '/v1/organisations',
        { name, kind, apiClients },
        `demo organisation ${key}`,
      );
      if (client)
        await connections.accounts.addClient({ kind: 'machine', clientId: client.id, name, secret: client.secret });
      const personId =
        person &&
        (await officer.post<{ id: string }>(
          '/v1/people',
          { name: person.name, email: person.email, organisationId: added.id, signIn: await addSignIn(person) },
          `demo person ${person.email}`,
        ));
      const apiClient = client
        ? new DemoApiClient(
            connections.apiUrl,
            () => connections.tokens.ofMachine(client.id, client.secret),
            connections.stopping,
          )
        : personClient(person?.email ?? '');
      await acceptInvitations(apiClient);
      const { id } = added;
      organisationContexts.set(key, {
        id,
        apiClientId: added.apiClients[0]?.id,
        personId: personId?.id,
        client: apiClient,
      });
    }
  }
  return {
    year,
    issuer: connections.issuer,
    authorities: { council: opened.get('council')!, icb: opened.get('icb')! },
    organisations: organisationContexts,
    addSignIn,
    personClient,
  };
}

/** The one action that no role has: it is taken on the database, as its owner. */
async function addUnlessThere(
  connections: Connections,
  { name, kind, code, approver }: AuthorityScenario,
  year: DemoYear,
  addSignIn: DemoContext['addSignIn'],
): Promise<void> {
  const signIn = await addSignIn(approver);
  if (await authorityWithCode(connections.databaseUrl, code)) return;
  const person = { name: approver.name, email: approver.email, ...signIn };
  await addAuthority(connections.databaseUrl, { name, kind, code, approver: person }, year.first);
}

/** The approver is the first whom the authority knows, and lets the others in. */
async function letIn(
  approver: DemoApiClient,
  scenario: AuthorityScenario,
  addSignIn: DemoContext['addSignIn'],
  personClient: DemoContext['personClient'],
): Promise<void> {
  for (const colleague of scenario.colleagues) {
    const { name, email, role } = colleague;
    const person = { name, email, signIn: await addSignIn(colleague) };
    const { id } = await approver.post<{ id: string }>('/v1/people', person, `demo person ${email}`);
    await acceptInvitations(personClient(email));
    await giveRole(approver, { role, personId: id }, `demo grant ${email}`);
  }
}

/** Everybody says yes with their own token: only then do they act for the authority. */
export async function acceptInvitations(invited: DemoApiClient): Promise<void> {
  const { items } = await invited.get<{ items: { id: string; state: string }[] }>('/v1/invitations');
  for (const { id, state } of items) {
    if (state === 'OPEN') await invited.post(`/v1/invitations/${id}/acceptance`, {}, `demo acceptance ${id}`);
  }
}

/** From the service's own today. A load that is taken up on a later day finds the grant of the day before: as good. */
export async function giveRole(giver: DemoApiClient, grant: object, key: string): Promise<void> {
  const { today: validFrom } = await giver.get<{ today: string }>('/v1/me');
  await giver.post('/v1/role-grants', { ...grant, validFrom }, `${key} ${validFrom}`).catch((error: unknown) => {
    if (!(error instanceof Refused) || error.type !== 'conflict') throw error;
  });
}

function emailOf({ colleagues, approver }: AuthorityScenario, role: Colleague['role']): string {
  return (colleagues.find((colleague) => colleague.role === role) ?? approver).email;
}

async function payersOf(
  officer: DemoApiClient,
  { key, otherPayer }: AuthorityScenario,
): Promise<AuthorityContext['payers']> {
  const { items } = await officer.get<{ items: { id: string; code: string }[] }>('/v1/payers');
  const known = items.find(({ code }) => code === otherPayer.code);
  const other = known ?? (await officer.post<{ id: string }>('/v1/payers', otherPayer, `demo payer ${key}`));
  const own = items.find(({ code }) => code !== otherPayer.code)!;
  return key === 'council' ? { council: own.id, icb: other.id } : { council: other.id, icb: own.id };
}
