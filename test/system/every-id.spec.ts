import { Ajv } from 'ajv';
import { png } from '../evidence/sample-files.js';
import { startApi, type Answer, type Caller, type TestApi } from '../support/api.js';
import { seedBudget, seedClient, seedGrant, seedPerson, type Actor } from '../support/seed.js';
import { writtenBodies } from './written-bodies.js';
import { describedBy, type Described, type Operation } from './operations.js';
import { populateAuthority, type PopulatedAuthority, type PopulatedFamily } from './populate.js';
import { idsOfFamily, samplerFor, unknownIds, type Ids, type SampleCall, type Sampler } from './sample.js';

/**
 * Every role, on every operation, with the ids of its own family, of another family, of another authority, and of nobody.
 * Whoever asks with an id that is not theirs hears what they would hear of an id that nobody has, and changes nothing.
 */
let api: TestApi;
let described: Described;
let mine: PopulatedAuthority;
let theirs: PopulatedAuthority;
let principals: Record<string, Principal>;
let samplers: readonly Record<Owner, Sampler>[];
let requests = 0;

const owners = ['own', 'the first family', 'another family', 'another authority', 'nobody'] as const;
type Owner = (typeof owners)[number];

interface Principal {
  readonly actor: Actor;
  /** Whose ids are not theirs to ask about. */
  readonly foreign: readonly Owner[];
}

beforeAll(async () => {
  api = await startApi();
  described = describedBy(api);
  mine = await populateAuthority(api, 'Oakshire');
  theirs = await populateAuthority(api, 'Elmshire');
  const [own, other] = mine.families as [PopulatedFamily, PopulatedFamily];
  const [elsewhere] = theirs.families as [PopulatedFamily];
  const ids: Record<Owner, Ids> = {
    own: await idsOfFamily(api, mine.id, own),
    'the first family': await idsOfFamily(api, mine.id, own, { shared: false }),
    'another family': await idsOfFamily(api, mine.id, other, { shared: false }),
    'another authority': await idsOfFamily(api, theirs.id, elsewhere),
    nobody: unknownIds,
  };
  samplers = [false, true].map(
    (optionalIds) =>
      Object.fromEntries(
        owners.map((owner) => [owner, samplerFor(described, ids[owner], writtenBodies, { optionalIds })]),
      ) as Record<Owner, Sampler>,
  );
  principals = await everyPrincipal(own, other);
}, 120_000);

afterAll(() => api?.stop());

async function everyPrincipal(own: PopulatedFamily, other: PopulatedFamily): Promise<Record<string, Principal>> {
  const inAuthority: readonly Owner[] = ['another authority'];
  const inFamily: readonly Owner[] = ['another family', 'another authority'];
  const ofFamilies: readonly Owner[] = ['the first family', 'another family', 'another authority'];
  const provider = await seedClient(api, mine.id, [own.id], {
    kind: 'MANAGED_ACCOUNT_PROVIDER',
    role: 'MANAGED_ACCOUNT_PROVIDER',
  });
  const bureauPerson = await seedPerson(api, mine.id, 'Bea Bureau', 'PAYROLL_BUREAU', own.id);
  const aunt = await seedPerson(api, mine.id, 'Amy Aunt', 'RECIPIENT', own.id);
  const third = await seedBudget(api, mine);
  await seedGrant(api, mine.id, 'PAYROLL_BUREAU', { personId: aunt.id }, third.id);
  return {
    'the recipient': { actor: own.recipient, foreign: inFamily },
    'a recipient who is a bureau elsewhere': { actor: aunt, foreign: inFamily },
    'the managed-account provider': { actor: provider, foreign: inFamily },
    'the payroll bureau’s machine': { actor: own.bureau, foreign: inFamily },
    'a person of the payroll bureau': { actor: bureauPerson, foreign: inFamily },
    'another family’s recipient': { actor: other.recipient, foreign: ['the first family', 'another authority'] },
    'another family’s bureau': { actor: other.bureau, foreign: ['the first family', 'another authority'] },
    'another authority’s finance officer': { actor: theirs.financeOfficer, foreign: ['own', 'another family'] },
    'another authority’s approver': { actor: theirs.approver, foreign: ['own', 'another family'] },
    'another authority’s recipient': { actor: theirs.families[0]!.recipient, foreign: ['own', 'another family'] },
    'another authority’s bureau': { actor: theirs.families[0]!.bureau, foreign: ['own', 'another family'] },
    'somebody without a grant': { actor: await seedPerson(api, mine.id, 'Nora Nobody'), foreign: ofFamilies },
    // Last, because what they are asked to do may let others in.
    'the finance officer': { actor: mine.financeOfficer, foreign: inAuthority },
    'the approver': { actor: mine.approver, foreign: inAuthority },
    'the plan co-ordinator': { actor: mine.planCoordinator, foreign: inAuthority },
    'the auditor': { actor: mine.auditor, foreign: inAuthority },
  };
}

interface Asked {
  readonly who: string;
  readonly operation: Operation;
  readonly answer: Answer;
  readonly sent: string;
}

/** What an operation is asked with: as little as it requires, and, where that is more, every id that it takes. */
interface Question {
  readonly operation: Operation;
  readonly of: (owner: Owner) => SampleCall;
}

const actsForTheFirstFamily = (foreign: readonly Owner[]): boolean =>
  !foreign.includes('own') && !foreign.includes('the first family');

function questions(): Question[] {
  return described.operations.flatMap((operation) => {
    const [least, most] = samplers.map((sampler) => ({ operation, of: (owner: Owner) => sampler[owner](operation) }));
    return same(least!.of('own'), most!.of('own')) ? [least!] : [least!, most!];
  });
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Asks as it is described. Where the path names an id and the body another, `inPath` may be of somebody else. */
async function ask(
  caller: Caller,
  { operation, of }: Question,
  owner: Owner,
  inPath: Owner = owner,
): Promise<[Answer, string]> {
  requests += 1;
  const { path } = of(inPath);
  const { body } = of(owner);
  const sent = `${operation.method.toUpperCase()} ${path} ${JSON.stringify(body)}`;
  return [await send(caller, operation, path, body), sent];
}

function send(caller: Caller, operation: Operation, path: string, body: unknown): Promise<Answer> {
  switch (operation.method) {
    case 'get':
      return caller.get(path);
    case 'delete':
      return caller.delete(path);
    case 'patch':
    case 'put':
      return caller.patch(path, body);
    case 'post': {
      const [type] = Object.keys(operation.bodies);
      if (type === 'multipart/form-data') {
        const { file: _, ...fields } = body as Record<string, string>;
        return caller.upload(path, fields, { name: 'file.png', type: 'image/png', bytes: png('sample') });
      }
      if (type === undefined || type === 'application/json') return caller.post(path, body);
      return caller.post(path, body, { headers: { 'content-type': type } });
    }
  }
}

const validator = new Ajv({ strict: false });
const isProblem = ({ headers, body }: Answer): boolean =>
  (headers['content-type']?.startsWith('application/problem+json') ?? false) &&
  validator.validate(described.schemas['Problem']!, body);

/** What is wrong with an answer whatever was asked. */
function faultOf({ status, headers, body, bytes }: Answer): string | undefined {
  const told = () => `${status} ${headers['content-type'] ?? ''} ${body ? JSON.stringify(body) : bytes.toString()}`;
  if (status >= 500) return told().slice(0, 400);
  if (status >= 400 && !isProblem({ status, headers, body, bytes })) return told().slice(0, 400);
  return undefined;
}

/** With every id struck out, so that answers about different ids can be compared. */
function withoutIds(answer: Answer): string {
  const { status, bytes } = answer;
  return `${status} ${bytes.toString().replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '…')}`;
}

function report(faults: readonly (readonly [Asked, string])[]): Record<string, string> {
  return Object.fromEntries(
    faults.map(([{ who, operation, sent }, fault]) => [
      `${who}: ${operation.name}`,
      `${fault} ← ${sent}`.slice(0, 900),
    ]),
  );
}

describe('every role, on every operation', () => {
  it('gets the same answer for ids of other families as for ids that do not exist, and changes nothing', async () => {
    const before = await contentOfEverybody();
    const faults: (readonly [Asked, string])[] = [];
    for (const [who, { actor, foreign }] of Object.entries(principals)) {
      for (const question of questions()) {
        const { operation, of } = question;
        const named = foreign.filter((owner) => !same(of(owner), of('nobody')));
        if (named.length === 0) continue;
        const [unknown] = await ask(actor, question, 'nobody');
        for (const owner of named) {
          const [answer, sent] = await ask(actor, question, owner);
          const asked = { who, operation, answer, sent };
          const fault = faultOf(answer);
          if (fault) faults.push([asked, fault]);
          else if (withoutIds(answer) !== withoutIds(unknown)) {
            const words = `${owner}: ${withoutIds(answer)} ≠ ${withoutIds(unknown)}`;
            faults.push([asked, words.slice(0, 700)]);
          }
        }
      }
    }
    expect(report(faults)).toEqual({});
    const after = await contentOfEverybody();
    const changed = Object.keys(before).filter((table) => before[table] !== after[table] && !mayGrow.has(table));
    expect(changed).toEqual([]);
  }, 240_000);

  it('learns nothing about another family’s id in the body when the id in the path is their own', async () => {
    const faults: (readonly [Asked, string])[] = [];
    const withBoth = questions().filter(({ operation }) => operation.path.includes('{'));
    for (const [who, { actor, foreign }] of Object.entries(principals)) {
      if (!actsForTheFirstFamily(foreign)) continue;
      for (const question of withBoth) {
        const { operation, of } = question;
        const named = foreign.filter((owner) => !same(of(owner).body, of('nobody').body));
        if (named.length === 0) continue;
        const [unknown] = await ask(actor, question, 'nobody', 'own');
        for (const owner of named) {
          const [answer, sent] = await ask(actor, question, owner, 'own');
          const fault = faultOf(answer);
          if (fault) faults.push([{ who, operation, answer, sent }, fault]);
          else if (withoutIds(answer) !== withoutIds(unknown)) {
            const words = `${owner}: ${withoutIds(answer)} ≠ ${withoutIds(unknown)}`;
            faults.push([{ who, operation, answer, sent }, words.slice(0, 700)]);
          }
        }
      }
    }
    expect(report(faults)).toEqual({});
  }, 120_000);

  it('gets no server error for their own ids, and no id of another family or authority', async () => {
    const secrets = await secretsOf();
    const faults: (readonly [Asked, string])[] = [];
    for (const [who, { actor, foreign }] of Object.entries(principals)) {
      const own: Owner = who.startsWith('another family')
        ? 'another family'
        : who.startsWith('another authority')
          ? 'another authority'
          : 'own';
      for (const question of questions()) {
        const { operation } = question;
        const [answer, sent] = await ask(actor, question, own);
        const asked = { who, operation, answer, sent };
        const fault = faultOf(answer);
        if (fault) faults.push([asked, fault]);
        for (const owner of foreign) {
          const told = secrets[owner].filter((secret) => answer.bytes.includes(secret) && !sent.includes(secret));
          if (told.length > 0) faults.push([asked, `told of ${owner}: ${told.slice(0, 5).join(', ')}`]);
        }
      }
    }
    expect(report(faults)).toEqual({});
  }, 240_000);

  afterAll(() => {
    process.stdout.write(`${requests} requests by ${Object.keys(principals).length} principals.\n`);
  });

  it('was asked at least five thousand times', () => {
    expect(requests).toBeGreaterThanOrEqual(5_000);
  });
});

/** Written by whoever asks, about themselves, whatever becomes of the request. */
const mayGrow = new Set(['idempotency_keys', 'access_log', 'upload_usage']);

/** What tells a family or an authority from every other: the ids of its rows. */
async function secretsOf(): Promise<Record<Owner, readonly string[]>> {
  const [own, other] = mine.families as [PopulatedFamily, PopulatedFamily];
  const ofFamily = async (authorityId: string, family: PopulatedFamily) => [
    ...new Set([...(await idsOfFamily(api, authorityId, family, { shared: false })).values()]),
  ];
  return {
    own: [mine.id, ...(await ofFamily(mine.id, own))],
    'the first family': await ofFamily(mine.id, own),
    'another family': await ofFamily(mine.id, other),
    'another authority': [theirs.id, ...(await ofFamily(theirs.id, theirs.families[0]!))],
    nobody: [],
  };
}

/** A digest of every row of every table. */
async function contentOfEverybody(): Promise<Readonly<Record<string, string>>> {
  const { rows: tables } = await api.owner.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'ringfence'::regnamespace AND relkind = 'r' ORDER BY relname`,
  );
  const content: Record<string, string> = {};
  for (const { name } of tables) {
    const { rows } = await api.owner.query<{ digest: string }>(
      `SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) AS digest FROM ${name} t`,
    );
    content[name] = rows[0]!.digest;
  }
  return content;
}
