import { jsonDepthMax, newId, problemTypes } from '@ringfence/kernel';
import { Ajv } from 'ajv';
import { randomUUID } from 'node:crypto';
import { Chance } from '../fuzz/chance.js';
import { startApi, type Answer, type TestApi } from '../support/api.js';
import { runLength } from '../support/long.js';
import { seedPerson, type Actor } from '../support/seed.js';
import { writtenBodies } from './written-bodies.js';
import { fieldsOf, hostileParameters, hostileValues, someOf } from './hostile-input.js';
import { describedBy, type Described, type Operation, type Schema } from './operations.js';
import { populateAuthority, type PopulatedAuthority } from './populate.js';
import { idsByTable, samplerFor, valuesFor, type Sampler } from './sample.js';

/** Steps are hostile values for each field; all of them in the long form. */
const { seed, long, steps } = runLength({ short: 4, long: 1_000 });
const chance = new Chance(seed, 0);
const errorsLogged: unknown[] = [];
const msMax = long ? 3_600_000 : 120_000;

let api: TestApi;
let described: Described;
let sampler: Sampler;
let valueFor: (schema: Schema, name: string) => unknown;
/** For each operation, somebody who may call it. */
const mayCall = new Map<string, Actor>();

beforeAll(async () => {
  api = await startApi();
  api.app.useLogger({
    log: () => undefined,
    warn: () => undefined,
    error: (words: unknown) => errorsLogged.push(words),
  });
  const authority = await populateAuthority(api, 'Oakshire');
  described = describedBy(api);
  const ids = new Map(await idsByTable(api, authority.id)).set('role_grants', await grantOfNobody(authority.id));
  sampler = samplerFor(described, ids, writtenBodies);
  valueFor = valuesFor(described, ids);
  await findCallers(authority);
}, 60_000);

afterAll(() => api?.stop());
afterEach(() => {
  // The net under the rules caught nothing: each refusal came from a rule that knows the field.
  expect(errorsLogged.splice(0)).toEqual([]);
});

const withBody = () => described.operations.filter(({ bodies }) => 'application/json' in bodies);

describe(`the API says what is wrong with hostile input and does not fail (seed ${seed})`, () => {
  it(
    'in any field of any body',
    async () => {
      const faults = await failing(withBody(), async (operation, fault) => {
        const { path, body } = sampler(operation);
        for (const field of fieldsOf(described, operation, body, valueFor)) {
          for (const value of someOf(chance, hostileValues, steps)) {
            fault(`${field.pointer} ${JSON.stringify(value)}`, await send(operation, path, field.with(value)));
          }
        }
      });
      expect(faults).toEqual({});
    },
    msMax,
  );

  it(
    'in any parameter of any address, also one that comes twice',
    async () => {
      const faults = await failing(described.operations, async (operation, fault) => {
        const { path, body } = sampler(operation);
        const [bare = '', query = ''] = path.split('?');
        for (const parameter of operation.parameters.filter(({ in: place }) => place !== 'header')) {
          for (const text of someOf(chance, hostileParameters, steps)) {
            const others = query.split('&').filter((pair) => pair !== '' && !pair.startsWith(`${parameter.name}=`));
            const url =
              parameter.in === 'path'
                ? operation.path.replace(`{${parameter.name}}`, text)
                : `${bare}?${[...others, `${parameter.name}=${text}`].join('&')}`;
            fault(`${parameter.name} ${text}`, await send(operation, url, body));
          }
          if (parameter.in !== 'query') continue;
          const twice = await send(operation, `${bare}?${parameter.name}=1&${parameter.name}=2`, body);
          fault(`${parameter.name} twice`, twice, [422]);
        }
      });
      expect(faults).toEqual({});
    },
    msMax,
  );

  it('in the headers that operations take', async () => {
    const faults = await failing(described.operations, async (operation, fault) => {
      const { path, body } = sampler(operation);
      for (const name of ['idempotency-key', 'ringfence-authority']) {
        for (const value of someOf(
          chance,
          ['\u0000', '\ud83d', 'x'.repeat(4_000), 'é', ' ', '[]'],
          Math.min(steps, 3),
        )) {
          fault(`${name} ${JSON.stringify(value)}`, await send(operation, path, body, { [name]: value }));
        }
      }
    });
    expect(faults).toEqual({});
  });

  it('in the fields, the names and the file name of any form', async () => {
    const forms = described.operations.filter(({ bodies }) => 'multipart/form-data' in bodies);
    expect(forms.length).toBeGreaterThan(1);
    const texts = hostileValues.filter((value) => typeof value === 'string').concat(['[[{}]]', '[null]', '{"a":1}']);
    const faults = await failing(forms, async (operation, fault) => {
      const { path, body } = sampler(operation);
      const { file: _, ...fields } = body as Record<string, string>;
      const names = [...Object.keys(Object.values(operation.bodies)[0]?.properties ?? {}), 'surprise'];
      for (const name of names.filter((one) => one !== 'file')) {
        for (const text of someOf(chance, texts, steps)) {
          fault(`${name} ${JSON.stringify(text)}`, await upload(operation, path, { ...fields, [name]: text }, 'a.png'));
        }
      }
      fault('a name', await upload(operation, path, { ...fields, 'a\u0000': 'x' }, 'a.png'));
      for (const fileName of ['a\u0000.png', '', '..', 'x'.repeat(1_000), '%00', 'é\ufffd']) {
        fault(`the file name ${JSON.stringify(fileName)}`, await upload(operation, path, fields, fileName));
      }
    });
    expect(faults).toEqual({});
  });

  it(`in JSON that is nested more than ${jsonDepthMax} deep, before the caller is known`, async () => {
    const deep = `${'{"a":'.repeat(3_000)}1${'}'.repeat(3_000)}`;
    const faults = await failing(withBody(), async (operation, fault) => {
      const { path } = sampler(operation);
      for (const body of [deep, '['.repeat(3_000), `${'['.repeat(3_000)}${']'.repeat(3_000)}`]) {
        fault(body.slice(0, 10), await send(operation, path, body, { authorization: '' }), [400]);
      }
    });
    expect(faults).toEqual({});
  });

  it('in the cells of a CSV', async () => {
    const files = described.operations.filter(({ bodies }) => 'text/csv' in bodies);
    expect(files.length).toBeGreaterThan(0);
    const faults = await failing(files, async (operation, fault) => {
      const { path } = sampler(operation);
      for (const text of ['\u0000', 'a,b\n\u0000,1', '\ufeff', ',', '"', 'a\n'.repeat(10), '\ud83d']) {
        fault(JSON.stringify(text), await send(operation, path, text, { 'content-type': 'text/csv' }));
      }
    });
    expect(faults).toEqual({});
  });
});

type Note = (what: string, answer: Answer, expected?: readonly number[]) => void;

/** What was wrong with answers, under what was sent: one look tells all. */
async function failing(
  over: readonly Operation[],
  tryAll: (operation: Operation, fault: Note) => Promise<void>,
): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const operation of over) {
    await tryAll(operation, (what, answer, expected) => {
      const fault = faultOf(answer, expected);
      if (fault !== undefined) found[`${operation.name} ${what}`.slice(0, 160)] = fault;
    });
  }
  return found;
}

const validator = new Ajv({ strict: false });

/** Undefined for a success, and for a refusal in the form and of a type that the description promises. */
function faultOf({ status, headers, body }: Answer, expected?: readonly number[]): string | undefined {
  const code = String(body?.type).split(':').at(-1) as keyof typeof problemTypes;
  const good =
    status < 400 ||
    (status < 500 &&
      headers['content-type']?.startsWith('application/problem+json') === true &&
      validator.validate(described.schemas['Problem']!, body) &&
      problemTypes[code]?.status === status);
  if (good && (expected === undefined || expected.includes(status))) return undefined;
  return `${status} ${headers['content-type'] ?? ''} ${JSON.stringify(body) ?? ''}`.slice(0, 300);
}

/** Sends a body as it is where it is a text, else as JSON; `null` never stands for "no body". */
async function send(
  operation: Operation,
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const [type] = Object.keys(operation.bodies);
  const payload = typeof body === 'string' ? body : JSON.stringify(body);
  const hasBody = type !== undefined || operation.method === 'post';
  return inject(operation, url, hasBody ? payload : undefined, {
    ...(hasBody ? { 'content-type': 'application/json' } : {}),
    ...headers,
  });
}

function upload(
  operation: Operation,
  url: string,
  fields: Readonly<Record<string, string>>,
  fileName: string,
): Promise<Answer> {
  const boundary = `form-${randomUUID()}`;
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${fileName}"\r\nContent-Type: image/png\r\n\r\n`;
  const form = `${parts.join('')}${head}${randomUUID()}\r\n--${boundary}--\r\n`;
  return inject(operation, url, form, { 'content-type': `multipart/form-data; boundary=${boundary}` });
}

async function inject(
  operation: Operation,
  url: string,
  payload: string | undefined,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  const actor = mayCall.get(operation.name)!;
  const response = await api.app.inject({
    method: operation.method.toUpperCase() as 'GET',
    url,
    headers: {
      authorization: `Bearer ${await tokenOf(actor)}`,
      'idempotency-key': randomUUID(),
      ...headers,
    },
    ...(payload === undefined ? {} : { payload }),
  });
  const json = /json/.test(String(response.headers['content-type'] ?? ''));
  return {
    status: response.statusCode,
    headers: response.headers as Record<string, string>,
    body: json && response.payload ? (JSON.parse(response.payload) as unknown) : undefined,
    bytes: response.rawPayload,
  } as Answer;
}

const tokens = new Map<string, string>();

async function tokenOf({ id, bearer }: Actor): Promise<string> {
  const token = tokens.get(id) ?? (await api.tokenFor(bearer));
  tokens.set(id, token);
  return token;
}

/** The first who is not told that they may not. */
async function findCallers(authority: PopulatedAuthority): Promise<void> {
  const [family] = authority.families;
  const { financeOfficer, approver, planCoordinator } = authority;
  const actors = [financeOfficer, approver, planCoordinator, family!.bureau, family!.recipient];
  for (const operation of described.operations) {
    const { path, body } = sampler(operation);
    for (const actor of actors) {
      mayCall.set(operation.name, actor);
      if ((await send(operation, path, body)).status !== 403) break;
    }
  }
}

/** A grant that nobody misses when it ends. */
async function grantOfNobody(authorityId: string): Promise<string> {
  const { id: personId } = await seedPerson(api, authorityId, 'Nora Nobody', 'AUDITOR');
  const { rows } = await api.owner.query<{ id: string }>('SELECT id FROM role_grants WHERE person_id = $1', [personId]);
  return rows[0]?.id ?? newId();
}
