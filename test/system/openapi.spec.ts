import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiComponents } from '../../apps/api/src/http/schemas.js';
import { startApi, type TestApi } from '../support/api.js';
import { faultText, schemaValidators, validators } from '../support/answers.js';
import { describedBy, type Described, type Operation, type Response, type Schema } from './operations.js';

const file = join(import.meta.dirname, '../../docs/reference/openapi.json');

let api: TestApi;
let described: Described;

beforeAll(async () => {
  api = await startApi();
  described = describedBy(api);
}, 60_000);

afterAll(() => api?.stop());

describe('the description of the API', () => {
  it('is OpenAPI 3.1 and needs no token', async () => {
    expect(described.document.openapi).toMatch(/^3\.1\./);
    const served = await api.as(null).get('/v1/openapi.json');
    expect(served.body).toEqual(plain(described.document));
  });

  it('gives every operation a summary and a tag, and says that it needs a token', () => {
    const poor = described.operations.filter(
      ({ summary, tags, security }) => !summary?.trim() || !tags?.length || !security?.length,
    );
    expect(poor.map(({ name }) => name)).toEqual([]);
  });

  it('gives every operation a summary of its own', () => {
    const summaries = described.operations.map(({ summary }) => summary);
    expect(summaries.filter((summary, order) => summaries.indexOf(summary) !== order)).toEqual([]);
  });

  it('gives every field a type, and refers only to schemas that exist', () => {
    const untyped = Object.entries(described.schemas).flatMap(([name, { properties = {} }]) =>
      Object.entries(properties)
        .filter(
          ([, { type, $ref, allOf, oneOf, anyOf, enum: values }]) =>
            !(type ?? $ref ?? allOf ?? oneOf ?? anyOf ?? values),
        )
        .map(([field]) => `${name}.${field}`),
    );
    expect(untyped).toEqual([]);
    const named = [...JSON.stringify(described.document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)];
    expect(named.filter(([, name]) => !(name! in described.schemas)).map(([, name]) => name)).toEqual([]);
  });

  it('says what every operation returns on success: fields, a file, or no content', () => {
    const poor = described.operations.filter((operation) => {
      const answers = successes(operation);
      return answers.length === 0 || !answers.every(([status, answer]) => saysWhat(status, answer));
    });
    expect(poor.map(({ name, responses }) => `${name}: ${Object.keys(responses).join(', ')}`)).toEqual([]);
  });

  it('explains every field of an answer', () => {
    const bare = Object.entries(openApiComponents()).flatMap(([name, schema]) => fieldsWithoutWords(schema, name));
    expect(bare).toEqual([]);
  });

  it('describes no answer that no operation returns', () => {
    const text = JSON.stringify({ paths: described.document.paths, schemas: described.schemas });
    const unused = Object.keys(openApiComponents()).filter((name) => !text.includes(`"#/components/schemas/${name}"`));
    expect(unused).toEqual([]);
  });

  it('gives examples of answers that fit their schemas, among them pay runs and statement lines', () => {
    const validatorOf = validators(described);
    const wrong: string[] = [];
    const shown: string[] = [];
    for (const operation of described.operations) {
      for (const [status, { content }] of successes(operation)) {
        const example = content?.['application/json']?.example;
        if (example === undefined) continue;
        shown.push(operation.name);
        const valid = validatorOf(operation, status);
        if (!valid(example)) wrong.push(`${operation.name}: ${faultText(valid, example)}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(shown).toEqual(
      expect.arrayContaining(['POST /v1/pay-runs', 'GET /v1/pay-runs/{id}', 'GET /v1/statement-lines']),
    );
  });

  it('gives examples of requests that fit their schemas', () => {
    const valid = schemaValidators(described);
    const wrong = described.operations.flatMap(({ name, bodies, examples }) =>
      examples
        .filter((example) => !valid(bodies['application/json'] ?? {})(example))
        .map((example) => `${name}: ${JSON.stringify(example).slice(0, 200)}`),
    );
    expect(wrong).toEqual([]);
    expect(described.operations.filter(({ examples }) => examples.length > 0).length).toBeGreaterThan(1);
  });

  it('never describes an amount of money as a number', () => {
    const numbers = Object.entries(described.schemas).flatMap(([name, { properties = {} }]) =>
      Object.entries(properties)
        .filter(
          ([field, { type }]) =>
            ['number', 'integer'].includes(String(type)) && /amount|balance|gross|net|rate|pence/i.test(field),
        )
        .map(([field]) => `${name}.${field}`),
    );
    expect(numbers).toEqual([]);
  });

  it('is the one in docs/reference/openapi.json: where it differs, run "npm run openapi" and look at what changed', () => {
    const made = plain(described.document) as unknown as Held;
    if (process.env['RINGFENCE_WRITE_OPENAPI']) writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`);
    const held = JSON.parse(readFileSync(file, 'utf8')) as Held;
    expect(changed(held.paths, made.paths)).toEqual([]);
    expect(changed(held.components.schemas, made.components.schemas)).toEqual([]);
    expect(made).toEqual(held);
  });
});

function successes({ responses }: Operation): [string, Response][] {
  return Object.entries(responses).filter(([status]) => status.startsWith('2'));
}

/** 204 has no body; every other success has one, whose schema says more than that there is one. */
function saysWhat(status: string, { content }: Response): boolean {
  if (status === '204') return content === undefined;
  const answers = Object.entries(content ?? {});
  return (
    answers.length > 0 &&
    answers.every(([type, { schema }]) => (isJson(type) ? (schema?.$ref ?? schema?.anyOf) : schema))
  );
}

const isJson = (type: string) => type === 'application/json';

function fieldsWithoutWords(schema: Schema, at: string): string[] {
  const inside = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => [
    ...(field.description?.trim() || field.$ref || field.oneOf ? [] : [`${at}.${name}`]),
    ...fieldsWithoutWords(field, `${at}.${name}`),
  ]);
  return schema.items ? [...inside, ...fieldsWithoutWords(schema.items, `${at}[]`)] : inside;
}

interface Held {
  readonly paths: Readonly<Record<string, unknown>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}

function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** The names under which the two differ: easier to read than two thousand lines of difference. */
function changed(held: Readonly<Record<string, unknown>>, made: Readonly<Record<string, unknown>>): string[] {
  return [...new Set([...Object.keys(held), ...Object.keys(made)])].filter(
    (name) => JSON.stringify(held[name]) !== JSON.stringify(made[name]),
  );
}
