import { RequestMethod, type Type } from '@nestjs/common';
import { SettableClock } from '@ringfence/kernel';
import { readConfig } from '@ringfence/platform';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WebModule } from '../../apps/web/src/web.module.js';
import { password, startWorld, type World } from '../browser/world.js';
import { Chance } from '../fuzz/chance.js';
import { hostileParameters, hostileValues, someOf } from '../system/hostile-input.js';
import { runLength } from '../support/long.js';
import { CookieClient, hidden } from './cookie-client.js';

/** Steps are hostile values for each page and each of its forms. */
const { seed, long, steps } = runLength({ short: 3, long: 400 });
const chance = new Chance(seed, 0);
const msMax = long ? 3_600_000 : 120_000;
const pages = join(import.meta.dirname, '../../apps/web/src');
const hostileTexts = [
  ...hostileValues.filter((value) => typeof value === 'string'),
  ...['£1,0', 'budget-line:x', 'instalment:', 'family-money'],
];
/** What pages are asked with besides what their forms have. */
const cursors = ['after', 'before', 'to', 'code', 'state', 'surprise'];

interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
}

let world: World;
let visitors: readonly Visitor[];

interface Visitor {
  readonly cookie: string;
  readonly token: string;
}

beforeAll(async () => {
  world = await startWorld();
  visitors = [await visitor(world.emails.officer), await visitor(world.emails.family)];
}, 120_000);
afterAll(() => world?.stop(), 60_000);

describe(`whatever the pages are sent, they answer with a page and do not fail (seed ${seed})`, () => {
  it(
    'in any part of any address',
    async () => {
      expect(routes().length).toBeGreaterThan(20);
      const faults = await failing(async (route, fault) => {
        const names = route.path.match(/:\w+/g) ?? [];
        for (const [name, text] of someOf(chance, pairs(names, hostileParameters), steps)) {
          const url = filled({ ...route, path: route.path.replace(name, text) });
          fault(`${name}=${text}`, await ask(chance.of(visitors), route, url));
        }
      });
      expect(faults).toEqual({});
    },
    msMax,
  );

  it(
    'in any parameter of any page',
    async () => {
      const texts = [...hostileParameters, '0001-01-01_01890000-0000-7000-8000-00000000ffff'];
      const faults = await failing(async (route, fault) => {
        if (route.method === 'POST') return;
        for (const [name, text] of someOf(chance, pairs([...fieldNames(), ...cursors], texts), steps)) {
          const url = `${filled(route)}?${name}=${text}`;
          fault(url, await ask(chance.of(visitors), route, url));
        }
      });
      expect(faults).toEqual({});
    },
    msMax,
  );

  it(
    'in any field of any form',
    async () => {
      const faults = await failing(async (route, fault) => {
        if (route.method === 'GET' || route.path === '/sign-out') return;
        const who = chance.of(visitors);
        for (const [name, text] of someOf(chance, pairs(fieldNames(), hostileTexts), steps)) {
          const form = new URLSearchParams({ ...usual(), _csrf: who.token, [name]: text }).toString();
          fault(`${name}: ${JSON.stringify(text)}`, await ask(who, route, filled(route), form));
          fault(`${name} twice`, await ask(who, route, filled(route), `${form}&${name}=2`));
        }
        for (const body of ['%', 'a=%zz', 'a=%00', '=', '&', '__proto__=1', '[]']) {
          fault(body, await ask(who, route, filled(route), `_csrf=${encodeURIComponent(who.token)}&${body}`));
        }
      });
      expect(faults).toEqual({});
    },
    msMax,
  );

  it(
    'in the fields and the file name of an upload',
    async () => {
      const faults: Record<string, string> = {};
      const names = ['account', 'amount', 'date', 'supplier', 'payment', 'key', 'file name', 'type'];
      for (const page of ['send-statement', 'send-receipt']) {
        for (const [name, text] of someOf(chance, pairs(names, hostileTexts), 2 * steps)) {
          const fault = faultOf(await upload(visitors[1]!, `/budgets/${world.budget.id}/${page}`, name, text));
          if (fault) faults[`${page} ${name} ${JSON.stringify(text)}`] = fault;
        }
      }
      expect(faults).toEqual({});
    },
    msMax,
  );

  it('in a cookie', async () => {
    for (const cookie of ['ringfence_session=%', 'ringfence_session=%00', 'ringfence_session=a.b', '=;;=', 'é=ü']) {
      const { statusCode } = await world.web.inject({ url: '/home', headers: { cookie } });
      expect([cookie, statusCode]).toEqual([cookie, 303]);
    }
  });

  it.each([
    ['/home?after=%00', 400, '/after holds a character that cannot be kept (U+0000): remove it.'],
    ['/work-list?text=%00', 400, '/text holds a character that cannot be kept (U+0000): remove it.'],
    ['/work-list?text=a&text=b', 422, '/text is given more than once: give it once.'],
    ['/budgets/%00', 400, 'The address holds a character that cannot be kept (U+0000): remove it.'],
    ['/budgets/one', 404, 'There is no budget at this address that you can see.'],
  ])('says on a page of its own what is wrong with %s', async (url, status, words) => {
    const page = await ask(visitors[0]!, { method: 'GET', path: url }, url);
    expect([page.statusCode, page.headers['content-type']]).toEqual([status, 'text/html; charset=utf-8']);
    expect(page.body).toContain(words);
  });

  it('begins a list at its start where its cursor names no day of a payment', async () => {
    for (const before of [
      '0001-01-01_01890000-0000-7000-8000-00000000ffff',
      '2026-06-01_------------------------------------',
    ]) {
      const page = await ask(visitors[0]!, { method: 'GET', path: '' }, `/budgets/${world.budget.id}?before=${before}`);
      expect([before, page.statusCode]).toEqual([before, 200]);
    }
  });
});

/** Every name with every text. */
function pairs(names: readonly string[], texts: readonly string[]): [name: string, text: string][] {
  return names.flatMap((name) => texts.map((text): [string, string] => [name, text]));
}

type Seen = Awaited<ReturnType<World['web']['inject']>>;
type Note = (what: string, seen: Seen) => void;

async function failing(tryAll: (route: Route, fault: Note) => Promise<void>): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const route of routes()) {
    await tryAll(route, (what, seen) => {
      const fault = faultOf(seen);
      if (fault !== undefined) found[`${route.method} ${route.path} ${what}`.slice(0, 160)] = fault;
    });
  }
  return found;
}

/** Undefined for a page, a file or a redirect. */
function faultOf({ statusCode, headers, body }: Seen): string | undefined {
  const isPage = /^text\/html/.test(String(headers['content-type'] ?? '')) && /<h1[ >]/.test(body);
  const good = statusCode < 400 || (statusCode < 500 && isPage);
  return good ? undefined : `${statusCode} ${String(headers['content-type'])} ${body.slice(0, 200)}`;
}

function ask(who: Visitor, { method }: Route, url: string, form?: string): Promise<Seen> {
  return world.web.inject({
    method,
    url,
    headers: {
      cookie: who.cookie,
      ...(method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
    },
    ...(method === 'POST' ? { payload: form ?? `_csrf=${encodeURIComponent(who.token)}` } : {}),
  });
}

function upload(who: Visitor, url: string, name: string, text: string): Promise<Seen> {
  const fields = { _csrf: who.token, ...usual(), ...(name === 'file name' || name === 'type' ? {} : { [name]: text }) };
  const fileName = name === 'file name' ? text : 'a.png';
  const parts = Object.entries(fields).map(
    ([field, value]) => `--form\r\nContent-Disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`,
  );
  const type = name === 'type' ? text.replace(/[^\x20-\x7e]/g, '') : 'image/png';
  const head = `--form\r\nContent-Disposition: form-data; name="file"; filename="${fileName}"\r\nContent-Type: ${type}\r\n\r\n`;
  return world.web.inject({
    method: 'POST',
    url,
    headers: { cookie: who.cookie, 'content-type': 'multipart/form-data; boundary=form' },
    payload: `${parts.join('')}${head}bytes\r\n--form--\r\n`,
  });
}

/** Every page, as its controllers say. */
function routes(): Route[] {
  const config = readConfig({ DATABASE_URL: world.databaseUrl, RINGFENCE_ENVIRONMENT: 'test' });
  const { controllers = [] } = WebModule.forRoot(config, new SettableClock(new Date(0)));
  return (controllers as Type[]).flatMap((controller) => {
    const base = Reflect.getMetadata('path', controller) as string;
    return Object.getOwnPropertyNames(controller.prototype).flatMap((name) => {
      const handler = (controller.prototype as Record<string, object>)[name]!;
      const method = Reflect.getMetadata('method', handler) as RequestMethod | undefined;
      if (method === undefined) return [];
      const paths = [Reflect.getMetadata('path', handler) as string | string[]].flat();
      return paths.map((path) => ({
        method: method === RequestMethod.POST ? ('POST' as const) : ('GET' as const),
        path: `/${base}/${path}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1'),
      }));
    });
  });
}

/** A route's address with ids: the family's budget, and of other things some that nobody has. */
function filled({ path }: Route): string {
  return path.replace(':budgetId', world.budget.id).replace(/:\w+/g, '01890000-0000-7000-8000-00000000ffff');
}

/** The names of all fields of all forms. */
function fieldNames(): string[] {
  const templates = readdirSync(pages, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.njk'));
  const found = templates.flatMap((file) => [
    ...readFileSync(join(pages, file), 'utf8').matchAll(/\bname(?:: |=)"([A-Za-z-]+)"/g),
  ]);
  return [...new Set(found.map(([, name]) => name!))].filter((name) => name !== 'robots' && name !== '_csrf');
}

function usual(): Record<string, string> {
  return { key: crypto.randomUUID(), reasons: 'Seen on the invoice', amount: '1.00' };
}

async function visitor(email: string): Promise<Visitor> {
  const client = new CookieClient();
  const form = await client.get(`${world.url}/sign-in?to=/`);
  const page = await client.post(form.url, { email, password });
  return { cookie: `ringfence_session=${client.cookies.get('ringfence_session')!}`, token: hidden(page, '_csrf') };
}
