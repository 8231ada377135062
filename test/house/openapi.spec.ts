import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startApi, type TestApi } from '../support/api.js';
import { describedBy, type Described } from './operations.js';

const file = join(import.meta.dirname, '../../docs/reference/openapi.json');

let api: TestApi;
let described: Described;

beforeAll(async () => {
  api = await startApi();
  described = describedBy(api);
}, 60_000);

afterAll(() => api?.stop());

describe('the description of the API', () => {
  it('is OpenAPI 3.1, and is served to everybody', async () => {
    expect(described.document.openapi).toMatch(/^3\.1\./);
    const served = await api.as(null).get('/v1/openapi.json');
    expect(served.body).toEqual(plain(described.document));
  });

  it('says of every operation what it does, in which room it is, and that it asks for a token', () => {
    const poor = described.operations.filter(
      ({ summary, tags, security }) => !summary?.trim() || !tags?.length || !security?.length,
    );
    expect(poor.map(({ name }) => name)).toEqual([]);
  });

  it('gives every operation a summary of its own', () => {
    const summaries = described.operations.map(({ summary }) => summary);
    expect(summaries.filter((summary, order) => summaries.indexOf(summary) !== order)).toEqual([]);
  });

  it('gives every field of every schema a type, and names only schemas that are there', () => {
    const untyped = Object.entries(described.schemas).flatMap(([name, { properties = {} }]) =>
      Object.entries(properties)
        .filter(([, { type, $ref, allOf, oneOf, enum: values }]) => !(type ?? $ref ?? allOf ?? oneOf ?? values))
        .map(([field]) => `${name}.${field}`),
    );
    expect(untyped).toEqual([]);
    const named = [...JSON.stringify(described.document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)];
    expect(named.filter(([, name]) => !(name! in described.schemas)).map(([, name]) => name)).toEqual([]);
  });

  it('never describes an amount of money as a number', () => {
    const numbers = Object.entries(described.schemas).flatMap(([name, { properties = {} }]) =>
      Object.entries(properties)
        .filter(([field, { type }]) => type === 'number' && /amount|balance|gross|net|rate|pence/i.test(field))
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
