import { MemoryAccountDirectory, startBundledProvider, type BundledProvider } from '@ringfence/identity';
import { Config, readConfig } from '@ringfence/platform';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ModulesContainer } from '@nestjs/core';
import { RequestMethod } from '@nestjs/common';
import getPort from 'get-port';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireStyles } from '../support/styles.js';
import { createWebApp } from '../../apps/web/src/create-app.js';
import { password } from '../browser/world.js';
import { populateAuthority, type PopulatedAuthority, type PopulatedFamily } from '../system/populate.js';
import { idsOfFamily, unknownIds, type Ids } from '../system/sample.js';
import { startApi, type TestApi } from '../support/api.js';
import { seedGrant, seedPerson, type Actor } from '../support/seed.js';
import { CookieClient } from './cookie-client.js';

/**
 * Every page and every form, as every person who signs in, with the ids of their own family, of another family, of
 * another authority and of nobody. What is not theirs looks like what is not there, and changes nothing.
 */
let api: TestApi;
let web: NestFastifyApplication;
let provider: BundledProvider;
let folder: string;
let url: string;
let routes: Route[];
let ids: Record<Owner, Ids>;
let people: Record<string, Person>;
let requests = 0;

type Owner = 'own' | 'the first family' | 'another family' | 'another authority' | 'nobody';

interface Person {
  readonly client: CookieClient;
  readonly token: string;
  readonly foreign: readonly Owner[];
}

interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
}

beforeAll(async () => {
  requireStyles();
  api = await startApi();
  const mine = await populateAuthority(api, 'Oakshire');
  const theirs = await populateAuthority(api, 'Elmshire');
  const [own, other] = mine.families as [PopulatedFamily, PopulatedFamily];
  ids = {
    own: await idsOfFamily(api, mine.id, own),
    'the first family': await idsOfFamily(api, mine.id, own, { shared: false }),
    'another family': await idsOfFamily(api, mine.id, other, { shared: false }),
    'another authority': await idsOfFamily(api, theirs.id, theirs.families[0]!),
    nobody: unknownIds,
  };
  const accounts = await startPages();
  routes = routesOf(web);
  people = await everyPerson(accounts, mine, theirs);
}, 180_000);

afterAll(async () => {
  await web?.close();
  await provider?.close();
  await api?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
}, 60_000);

/** Pages and an identity provider over the database that the API has filled. */
async function startPages(): Promise<MemoryAccountDirectory> {
  const [webPort, providerPort] = [await getPort({ host: '127.0.0.1' }), await getPort({ host: '127.0.0.1' })];
  url = `http://localhost:${webPort}`;
  const issuer = `http://localhost:${providerPort}`;
  folder = await mkdtemp(join(tmpdir(), 'ringfence-pages-'));
  const config = readConfig({
    DATABASE_URL: api.databaseUrl,
    DATABASE_POOL_MAX: '6',
    RINGFENCE_DATA: folder,
    RINGFENCE_ENVIRONMENT: 'test',
    LOG_LEVEL: 'error',
    OIDC_ISSUER: issuer,
    WEB_URL: url,
  });
  const accounts = new MemoryAccountDirectory();
  const client = { clientId: config.OIDC_CLIENT_ID, name: 'Pages', secret: config.OIDC_CLIENT_SECRET };
  await accounts.addClient({ kind: 'web', ...client, webUrl: url });
  provider = await startBundledProvider({ port: providerPort, issuer, apiAudience: config.API_URL, accounts });
  web = await createWebApp(config, { clock: api.clock });
  await web.listen(webPort, '127.0.0.1');
  return accounts;
}

/** As the controllers have them, so that a new page is asked for without being named here. */
function routesOf(app: NestFastifyApplication): Route[] {
  const found = [...app.get(ModulesContainer).values()].flatMap((module) =>
    [...module.controllers.values()].flatMap(({ metatype }) => {
      const controller = metatype as { readonly prototype: object };
      const prefix = Reflect.getMetadata('path', controller) as string;
      return Object.getOwnPropertyNames(controller.prototype).flatMap((name) => {
        const handler = (controller.prototype as Record<string, object>)[name]!;
        const path = Reflect.getMetadata('path', handler) as string | undefined;
        const method = RequestMethod[Reflect.getMetadata('method', handler) as number];
        if (path === undefined || (method !== 'GET' && method !== 'POST')) return [];
        return [{ method, path: `/${prefix}/${path}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1') } as const];
      });
    }),
  );
  return found.filter(({ path }) => !/^\/(sign-in|sign-out|health)/.test(path));
}

async function everyPerson(
  accounts: MemoryAccountDirectory,
  mine: PopulatedAuthority,
  theirs: PopulatedAuthority,
): Promise<Record<string, Person>> {
  const [own, other] = mine.families as [PopulatedFamily, PopulatedFamily];
  const inAuthority: readonly Owner[] = ['another authority'];
  const inFamily: readonly Owner[] = ['another family', 'another authority'];
  const aunt = await seedPerson(api, mine.id, 'Amy Aunt', 'RECIPIENT', own.id);
  await seedGrant(api, mine.id, 'PAYROLL_BUREAU', { personId: aunt.id }, other.id);
  const everybody: [string, Actor, readonly Owner[]][] = [
    ['the finance officer', mine.financeOfficer, inAuthority],
    ['the auditor', mine.auditor, inAuthority],
    ['the recipient', own.recipient, inFamily],
    ['a recipient who is another family’s bureau', aunt, ['another authority']],
    ['another family’s recipient', other.recipient, ['the first family', 'another authority']],
    ['another authority’s finance officer', theirs.financeOfficer, ['own', 'another family']],
    [
      'somebody without a grant',
      await seedPerson(api, mine.id, 'Nora Nobody'),
      ['the first family', 'another authority'],
    ],
  ];
  // The people signed in at the API's issuer; here they sign in at that of the pages.
  const { rows } = await api.owner.query<{ issuer: string }>('SELECT DISTINCT issuer FROM sign_ins');
  expect(rows).toEqual([{ issuer: api.issuer }]);
  await api.owner.query('UPDATE sign_ins SET issuer = $1', [web.get(Config).OIDC_ISSUER]);
  const signedIn: Record<string, Person> = {};
  for (const [name, actor, foreign] of everybody) signedIn[name] = await signIn(accounts, actor, foreign);
  return signedIn;
}

async function signIn(accounts: MemoryAccountDirectory, actor: Actor, foreign: readonly Owner[]): Promise<Person> {
  const subject = 'subject' in actor.bearer ? actor.bearer.subject : '';
  const email = `${subject}@example.org`;
  await accounts.addAccount({ email, name: subject, password, subject });
  const client = new CookieClient();
  const form = await client.get(`${url}/sign-in?to=/home`);
  const page = await client.post(form.url, { email, password });
  return { client, foreign, token: /name="_csrf" value="([^"]*)"/.exec(page.text)?.[1] ?? '' };
}

interface Seen {
  readonly status: number;
  readonly text: string;
  readonly location: string;
}

/** One request, without following where it leads. */
async function ask({ client, token }: Person, { method, path }: Route, owner: Owner): Promise<Seen> {
  requests += 1;
  const address = url + path.replace(/:(\w+)/g, (_, name: string) => idNamed(ids[owner], name));
  const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const form = method === 'POST' ? { body: new URLSearchParams({ _csrf: token, reason: 'some words' }) } : {};
  const response = await fetch(address, { method, redirect: 'manual', headers: { cookie }, ...form });
  return { status: response.status, text: await response.text(), location: response.headers.get('location') ?? '' };
}

/** What a page calls a line, an import, a question: the table that has it. */
const tables: Readonly<Record<string, string>> = {
  lineId: 'statement_lines',
  importId: 'statement_imports',
  questionId: 'account_warnings',
  suggestionId: 'match_suggestions',
  accountId: 'designated_accounts',
  runId: 'pay_runs',
};

function idNamed(of: Ids, name: string): string {
  const usual = `${name.replace(/Id$/, '').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}s`;
  return of.get(tables[name] ?? usual) ?? unknownIds.get('')!;
}

const hasId = ({ path }: Route): boolean => path.includes(':');

/** With what differs between two looks at the same page struck out. */
function comparable({ status, text, location }: Seen): string {
  const struck = `${status} ${location} ${text}`
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '…')
    .replace(/nonce="[^"]*"/g, 'nonce')
    .replace(/name="_csrf" value="[^"]*"/g, 'token');
  return struck;
}

async function contentOfEverybody(): Promise<Readonly<Record<string, string>>> {
  const { rows: found } = await api.owner.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'ringfence'::regnamespace AND relkind = 'r'
        AND relname <> 'web_sessions' ORDER BY relname`,
  );
  const content: Record<string, string> = {};
  for (const { name } of found) {
    const { rows } = await api.owner.query<{ digest: string }>(
      `SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) AS digest FROM ${name} t`,
    );
    content[name] = rows[0]!.digest;
  }
  return content;
}

describe('every page, as everybody', () => {
  it('finds the pages by their controllers', () => {
    expect(routes.length).toBeGreaterThan(25);
    expect(routes.filter(hasId).length).toBeGreaterThan(20);
  });

  it('is there for those whose it is, so that what follows has something to miss', async () => {
    const budget = routes.find(({ method, path }) => method === 'GET' && path === '/budgets/:budgetId')!;
    for (const who of ['the finance officer', 'the auditor', 'the recipient']) {
      const seen = await ask(people[who]!, budget, 'own');
      expect([who, seen.status, people[who]!.token.length > 0]).toEqual([who, 200, true]);
      expect([who, (await ask(people[who]!, budget, 'nobody')).status]).toEqual([who, 404]);
    }
  });

  it('shows of what is not theirs what it shows of what nobody has, and changes nothing', async () => {
    const before = await contentOfEverybody();
    const faults: Record<string, string> = {};
    for (const [who, person] of Object.entries(people)) {
      for (const route of routes.filter(hasId)) {
        const unknown = comparable(await ask(person, route, 'nobody'));
        for (const owner of person.foreign) {
          const seen = await ask(person, route, owner);
          if (seen.status >= 500 || comparable(seen) !== unknown) {
            faults[`${who}: ${route.method} ${route.path} (${owner})`] = `${seen.status} ≠ ${unknown.slice(0, 60)}`;
          }
        }
      }
    }
    expect(faults).toEqual({});
    expect(await contentOfEverybody()).toEqual(before);
  }, 120_000);

  it('never fails on their own', async () => {
    const faults: Record<string, string> = {};
    for (const [who, person] of Object.entries(people)) {
      for (const route of routes) {
        const seen = await ask(person, route, person.foreign.includes('the first family') ? 'another family' : 'own');
        if (seen.status >= 500) faults[`${who}: ${route.method} ${route.path}`] = String(seen.status);
      }
    }
    expect(faults).toEqual({});
  }, 120_000);

  afterAll(
    () => void process.stdout.write(`${requests} requests for pages by ${Object.keys(people).length} people.\n`),
  );
});
