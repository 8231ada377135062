import { addAuthority, type FileAccountDirectory } from '@ringfence/identity';
import { ownerPool } from '@ringfence/platform';
import { Caller, Refused } from '../caller.js';
import { authorities, demoPassword, organisations, type AuthorityStory, type Colleague } from '../cast.js';
import type { AuthorityScene, OrganisationScene, Scene } from '../scene.js';
import type { Tokens } from '../sign-in.js';
import type { DemoYear } from '../demo-year.js';

export interface Doors {
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
export async function openAuthorities(doors: Doors, year: DemoYear): Promise<Scene> {
  const addSignIn: Scene['addSignIn'] = async ({ name, email, says }) => {
    const subject = await doors.accounts.addAccount({ name, email, password: demoPassword, shownAs: says });
    return { issuer: doors.issuer, subject };
  };
  const personCaller = (email: string): Caller =>
    new Caller(doors.apiUrl, () => doors.tokens.ofPerson(email, demoPassword), doors.stopping);
  const opened = new Map<string, AuthorityScene>();
  const organisationScenes = new Map<string, OrganisationScene>();
  for (const story of authorities) {
    await addUnlessThere(doors, story, year, addSignIn);
    const approver = personCaller(story.approver.email);
    await letIn(approver, story, addSignIn, personCaller);
    const officer = personCaller(emailOf(story, 'FINANCE_OFFICER'));
    const scene = {
      approver,
      officer,
      coordinator: personCaller(emailOf(story, 'PLAN_COORDINATOR')),
      payers: await payersOf(officer, story),
    };
    opened.set(story.key, scene);
    for (const organisation of organisations.filter(({ authority }) => authority === story.key)) {
      const { key, name, kind, client, person } = organisation;
      const apiClients = client ? [{ issuer: doors.issuer, clientId: client.id, name }] : [];
      const added = await officer.post<{ id: string; apiClients: { id: string }[] }>(
        '/v1/organisations',
        { name, kind, apiClients },
        `demo organisation ${key}`,
      );
      if (client) await doors.accounts.addClient({ kind: 'machine', clientId: client.id, name, secret: client.secret });
      const personId =
        person &&
        (await officer.post<{ id: string }>(
          '/v1/people',
          { name: person.name, email: person.email, organisationId: added.id, signIn: await addSignIn(person) },
          `demo person ${person.email}`,
        ));
      const caller = client
        ? new Caller(doors.apiUrl, () => doors.tokens.ofMachine(client.id, client.secret), doors.stopping)
        : personCaller(person?.email ?? '');
      await acceptInvitations(caller);
      const { id } = added;
      organisationScenes.set(key, { id, apiClientId: added.apiClients[0]?.id, personId: personId?.id, caller });
    }
  }
  return {
    year,
    issuer: doors.issuer,
    authorities: { council: opened.get('council')!, icb: opened.get('icb')! },
    organisations: organisationScenes,
    addSignIn,
    personCaller,
  };
}

/** The one deed that no role has: it is done on the database, as its owner. */
async function addUnlessThere(
  doors: Doors,
  { name, kind, code, approver }: AuthorityStory,
  year: DemoYear,
  addSignIn: Scene['addSignIn'],
): Promise<void> {
  const signIn = await addSignIn(approver);
  if (await authorityWithCode(doors.databaseUrl, code)) return;
  const person = { name: approver.name, email: approver.email, ...signIn };
  await addAuthority(doors.databaseUrl, { name, kind, code, approver: person }, year.first);
}

export async function authorityWithCode(databaseUrl: string, code: string): Promise<string | undefined> {
  const pool = ownerPool(databaseUrl, 1);
  try {
    const found = await pool.query<{ id: string }>('SELECT id FROM ringfence.authorities WHERE code = $1', [code]);
    return found.rows[0]?.id;
  } finally {
    await pool.end();
  }
}

/** The approver is the first whom the authority knows, and lets the others in. */
async function letIn(
  approver: Caller,
  story: AuthorityStory,
  addSignIn: Scene['addSignIn'],
  personCaller: Scene['personCaller'],
): Promise<void> {
  for (const colleague of story.colleagues) {
    const { name, email, role } = colleague;
    const person = { name, email, signIn: await addSignIn(colleague) };
    const { id } = await approver.post<{ id: string }>('/v1/people', person, `demo person ${email}`);
    await acceptInvitations(personCaller(email));
    await giveRole(approver, { role, personId: id }, `demo grant ${email}`);
  }
}

/** Everybody says yes with their own token: only then do they act for the authority. */
export async function acceptInvitations(invited: Caller): Promise<void> {
  const { items } = await invited.get<{ items: { id: string; state: string }[] }>('/v1/invitations');
  for (const { id, state } of items) {
    if (state === 'OPEN') await invited.post(`/v1/invitations/${id}/acceptance`, {}, `demo acceptance ${id}`);
  }
}

/** From the service's own today. A load that is taken up on a later day finds the grant of the day before: as good. */
export async function giveRole(giver: Caller, grant: object, key: string): Promise<void> {
  const { today: validFrom } = await giver.get<{ today: string }>('/v1/me');
  await giver.post('/v1/role-grants', { ...grant, validFrom }, `${key} ${validFrom}`).catch((error: unknown) => {
    if (!(error instanceof Refused) || error.type !== 'conflict') throw error;
  });
}

function emailOf({ colleagues, approver }: AuthorityStory, role: Colleague['role']): string {
  return (colleagues.find((colleague) => colleague.role === role) ?? approver).email;
}

async function payersOf(officer: Caller, { key, otherPayer }: AuthorityStory): Promise<AuthorityScene['payers']> {
  const { items } = await officer.get<{ items: { id: string; code: string }[] }>('/v1/payers');
  const known = items.find(({ code }) => code === otherPayer.code);
  const other = known ?? (await officer.post<{ id: string }>('/v1/payers', otherPayer, `demo payer ${key}`));
  const own = items.find(({ code }) => code !== otherPayer.code)!;
  return key === 'council' ? { council: own.id, icb: other.id } : { council: other.id, icb: own.id };
}
