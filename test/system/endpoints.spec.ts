import { Ajv } from 'ajv';
import { encodeCursor } from '@ringfence/kernel';
import { startApi, type Answer, type Caller, type CallOptions, type TestApi } from '../support/api.js';
import { seedAuthority, seedPerson, type Actor, type SeededAuthority } from '../support/seed.js';
import { writtenBodies } from './written-bodies.js';
import { send } from './calling.js';
import { describedBy, type Described, type Operation } from './operations.js';
import { populateAuthority, type PopulatedAuthority } from './populate.js';
import { idsByTable, samplerFor, type Ids, type Sampler } from './sample.js';

/** POSTs that a repeat cannot harm, each with its reason. Every other POST asks for an Idempotency-Key. */
const repeatableByNature: Readonly<Record<string, string>> = {
  'POST /v1/policy-versions/trials': 'it records nothing',
  'POST /v1/spend-checks': 'it records nothing',
  'POST /v1/statement-profiles/trial': 'it records nothing',
  'POST /v1/invitations/{id}/acceptance': 'what is accepted stays accepted',
  'POST /v1/invitations/{id}/refusal': 'what is refused stays refused',
  'POST /v1/invitations/{id}/withdrawal': 'what is withdrawn stays withdrawn',
  'POST /v1/match-suggestions/{id}/rejection': 'what is rejected stays rejected',
};

/** Lists whose cursor is a name: any text is one. */
const cursorsOfText = ['GET /v1/budgets'];

/** What somebody without a grant is answered: about themselves, and nothing else. */
const aboutOneself = ['GET /v1/me', 'GET /v1/invitations'];

let api: TestApi;
let described: Described;
let authority: PopulatedAuthority;
let elsewhere: SeededAuthority;
let nobody: Actor;
let ids: Ids;
let sampler: Sampler;

beforeAll(async () => {
  api = await startApi();
  authority = await populateAuthority(api, 'Oakshire');
  nobody = await seedPerson(api, authority.id, 'Nora Nobody');
  described = describedBy(api);
  ids = await idsByTable(api, authority.id);
  sampler = samplerFor(described, ids, writtenBodies);
  elsewhere = await seedAuthority(api, 'Elmshire');
}, 60_000);

afterAll(() => api?.stop());

/** Calls an operation as it is described. `change` may add to the body. */
function call(
  caller: Caller,
  operation: Operation,
  options: CallOptions = {},
  change: (body: unknown) => unknown = (body) => body,
): Promise<Answer> {
  const { path, body } = sampler(operation);
  return send(caller, operation, { path, body: change(body) }, options);
}

/** Each operation for which the check answers something, with that: one look tells all that is wrong. */
async function failing(
  over: readonly Operation[],
  check: (operation: Operation) => Promise<string | undefined>,
): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const operation of over) {
    const answer = await check(operation);
    if (answer !== undefined) found[operation.name] = answer;
  }
  return found;
}

function unless(good: boolean, { status, headers, body }: Answer): string | undefined {
  return good ? undefined : `${status} ${headers['content-type'] ?? ''} ${JSON.stringify(body) ?? ''}`.slice(0, 400);
}

const validator = new Ajv({ strict: false });

/** A refusal in the form that the description promises. */
function isProblem({ headers, body }: Answer): boolean {
  const isType = headers['content-type']?.startsWith('application/problem+json') ?? false;
  return isType && validator.validate(described.schemas['Problem']!, body);
}

const posts = () => described.operations.filter(({ method }) => method === 'post');
const asksForKey = ({ parameters }: Operation) =>
  parameters.some(({ name, in: place, required }) => name === 'Idempotency-Key' && place === 'header' && required);

describe('every operation of the API', () => {
  it('is described in the OpenAPI document', () => {
    expect(described.operations.length).toBeGreaterThan(35);
  });

  it('returns 401 as problem+json without a token, and with a token of an unknown person', async () => {
    const unsigned = api.as(null);
    const wrong: CallOptions = { headers: { authorization: 'Bearer not.a.token' } };
    const letIn = await failing(described.operations, async (operation) => {
      for (const options of [{}, wrong]) {
        const answer = await call(unsigned, operation, options);
        const good = answer.status === 401 && isProblem(answer) && answer.headers['www-authenticate'] === 'Bearer';
        if (!good) return unless(false, answer);
      }
      return undefined;
    });
    expect(letIn).toEqual({});
  });

  it('returns 403, 404 or an empty list to a person who has no grant, and never data', async () => {
    const told = await failing(described.operations, async (operation) => {
      if (aboutOneself.includes(operation.name)) return undefined;
      const answer = await call(nobody, operation);
      const empty = answer.status === 200 && JSON.stringify(answer.body) === '{"items":[],"nextCursor":null}';
      return unless(([403, 404].includes(answer.status) && isProblem(answer)) || empty, answer);
    });
    expect(told).toEqual({});
  });

  it('shows and changes nothing for officers of another authority, whatever ids they know', async () => {
    const ofAuthority = new Set(ids.values());
    const before = await contentOf(authority.id);
    for (const officer of [elsewhere.financeOfficer, elsewhere.approver, elsewhere.planCoordinator]) {
      const told = await failing(described.operations, async (operation) => {
        const answer = await call(officer, operation);
        // A refusal repeats the id that was asked for.
        const tells = answer.status < 300 && [...ofAuthority].some((id) => answer.bytes.includes(id));
        return unless(!tells && answer.status < 500, answer);
      });
      expect(told).toEqual({});
    }
    expect(await contentOf(authority.id)).toEqual(before);
  });

  it('changes nothing for a person who has no grant', async () => {
    const before = await contentOf(authority.id);
    for (const operation of described.operations) await call(nobody, operation);
    expect(await contentOf(authority.id)).toEqual(before);
  });

  it('needs an Idempotency-Key if it is a POST, unless a repeat does no harm', () => {
    const without = posts().filter((operation) => !asksForKey(operation));
    expect(without.map(({ name }) => name).sort()).toEqual(Object.keys(repeatableByNature).sort());
  });

  it('returns 400 without the Idempotency-Key that it needs', async () => {
    const accepted = await failing(posts().filter(asksForKey), async (operation) => {
      const answer = await call(authority.financeOfficer, operation, { key: null });
      const missing = answer.body?.type === 'urn:ringfence:problem:idempotency-key-missing';
      return unless(answer.status === 400 && missing, answer);
    });
    expect(accepted).toEqual({});
  });

  it('refuses an unknown field at any depth, and points to it', async () => {
    const json = described.operations.filter(({ bodies }) => 'application/json' in bodies);
    const accepted = await failing(json, async (operation) => {
      for (const pointer of objectsIn(sampler(operation).body)) {
        const answer = await call(authority.financeOfficer, operation, {}, (body) => withSurprise(body, pointer));
        const pointers = ((answer.body?.errors ?? []) as { pointer?: string }[]).map((fault) => fault.pointer);
        if (answer.status !== 422 || !pointers.includes(`${pointer}/surprise`)) {
          return `${pointer}/surprise: ${unless(false, answer)}`;
        }
      }
      return undefined;
    });
    expect(accepted).toEqual({});
  });

  it('refuses a body of another content type, and JSON that is not an object', async () => {
    const json = described.operations.filter(({ bodies }) => 'application/json' in bodies);
    const accepted = await failing(json, async (operation) => {
      const typed = await call(authority.financeOfficer, operation, { headers: { 'content-type': 'text/plain' } });
      if (typed.status !== 415 || !isProblem(typed)) return `text/plain: ${unless(false, typed)}`;
      for (const body of [[], [{}], 'text', 7]) {
        const answer = await call(authority.financeOfficer, operation, {}, () => body);
        if (![400, 422].includes(answer.status) || !isProblem(answer)) {
          return `${JSON.stringify(body)}: ${unless(false, answer)}`;
        }
      }
      return undefined;
    });
    expect(accepted).toEqual({});
  });

  it('refuses a malformed id with a sentence', async () => {
    const withId = described.operations.filter(({ path }) => path.includes('{id}'));
    const accepted = await failing(withId, async (operation) => {
      const answer = await call(authority.financeOfficer, {
        ...operation,
        path: operation.path.replace('{id}', 'one'),
      });
      return unless([400, 422].includes(answer.status) && isProblem(answer), answer);
    });
    expect(accepted).toEqual({});
  });

  it('refuses, if it is a list, an unknown cursor and a page size over the limit', async () => {
    const lists = described.operations.filter(({ parameters }) => parameters.some(({ name }) => name === 'cursor'));
    expect(lists.length).toBeGreaterThan(5);
    const accepted = await failing(lists, async (operation) => {
      const faults = [
        'cursor=page2',
        `cursor=${encodeCursor(['1', '2', '3', '4'])}`,
        'limit=201',
        'limit=0',
        'surprise=1',
      ];
      const text = cursorsOfText.includes(operation.name) ? [] : [['a'], ['a', 'b'], ['a', 'b', 'c']];
      for (const fault of [...faults, ...text.map((key) => `cursor=${encodeCursor(key)}`)]) {
        const { path } = sampler(operation);
        const answer = await authority.financeOfficer.get(`${path}${path.includes('?') ? '&' : '?'}${fault}`);
        if (answer.status !== 422 || !isProblem(answer)) return `${fault}: ${unless(false, answer)}`;
      }
      return undefined;
    });
    expect(accepted).toEqual({});
  });
});

/** A digest of every row of the authority, by table. */
async function contentOf(authorityId: string): Promise<Readonly<Record<string, string>>> {
  const { rows: tables } = await api.owner.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'authority_id'
      WHERE c.relnamespace = 'ringfence'::regnamespace AND c.relkind = 'r' ORDER BY c.relname`,
  );
  const content: Record<string, string> = {};
  for (const { name } of tables) {
    const { rows } = await api.owner.query<{ digest: string }>(
      `SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) AS digest FROM ${name} t WHERE authority_id = $1`,
      [authorityId],
    );
    content[name] = rows[0]!.digest;
  }
  return content;
}

/** The JSON pointers of every object in a body, the body itself first. */
function objectsIn(value: unknown, pointer = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.entries(value).flatMap(([key, item]) => objectsIn(item, `${pointer}/${key}`));
  return Array.isArray(value) ? inside : [pointer, ...inside];
}

function withSurprise(body: unknown, pointer: string): unknown {
  const copy = structuredClone(body);
  const at = pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], copy);
  (at as Record<string, unknown>)['surprise'] = 1;
  return copy;
}
