import { password, startWorld, type World } from '../browser/world.js';
import type { TestApi } from '../support/api.js';
import { seedBudget } from '../support/seed.js';
import { CookieClient } from './cookie-client.js';

let world: World;
const officer = new CookieClient();

beforeAll(async () => {
  world = await startWorld();
  const seeds = { owner: world.owner, issuer: 'https://issuer.example', as: () => ({}) } as unknown as TestApi;
  for (let more = 1; more < 30; more += 1) await seedBudget(seeds, world.authority);
  const form = await officer.get(`${world.url}/sign-in`);
  await officer.post(form.url, { email: world.emails.officer, password });
}, 120_000);
afterAll(() => world?.stop(), 60_000);

const referencesOn = (page: string): string[] =>
  [...page.matchAll(/<span class="app-work__about">(PB-\d+),/g)].map(([, reference]) => reference!);
const linkOf = (page: string, rel: 'next' | 'prev'): string | undefined =>
  new RegExp(`href="(/work-list[^"]*)" rel="${rel}"`).exec(page)?.[1]?.replaceAll('&amp;', '&');

describe.each(['urgency', 'suspense', 'review', 'reference'])('The work list, by %s', (order) => {
  it('goes on to the last budget and back to the first, and shows each once', async () => {
    const first = (await officer.get(`${world.url}/work-list?order=${order}`)).text;
    expect(first).toContain('Work list, budgets 1 to 25 of 30');
    expect(linkOf(first, 'prev')).toBeUndefined();
    const second = (await officer.get(world.url + linkOf(first, 'next'))).text;
    expect(second).toContain('Work list, budgets 26 to 30 of 30');
    expect(linkOf(second, 'next')).toBeUndefined();
    const shown = [...referencesOn(first), ...referencesOn(second)];
    expect([shown.length, new Set(shown).size]).toEqual([30, 30]);
    const back = (await officer.get(world.url + linkOf(second, 'prev'))).text;
    expect(referencesOn(back)).toEqual(referencesOn(first));
  });
});

describe('The work list', () => {
  it('goes on behind a budget that no longer meets the filter', async () => {
    const all = referencesOn((await officer.get(`${world.url}/work-list?order=reference`)).text);
    const text = (reference: string) => `${world.url}/work-list?order=reference&text=${reference}`;
    // None but the third is called so: the list goes on behind the second although that is filtered out.
    const page = (await officer.get(`${text(all[2]!)}&after=${all[1]!}`)).text;
    expect(referencesOn(page)[0]).toBe(all[2]);
    expect(referencesOn((await officer.get(`${text(all[2]!)}&after=${all[2]!}`)).text)).not.toContain(all[2]);
  });

  it('begins at the beginning behind a budget that there is not', async () => {
    const { text, status } = await officer.get(`${world.url}/work-list?order=reference&after=NONE`);
    expect([status, referencesOn(text).length]).toEqual([200, 25]);
  });
});
