import { Database } from '@ringfence/platform';
import type { Browser, Page } from 'playwright-core';
import type { TestApi } from '../support/api.js';
import { seedPayee, seedStatementLine } from '../support/seed.js';
import { seedOwed } from '../support/seed-owed.js';
import { accessibilityFaults, picture, scrollsSideways, startBrowser } from './browser.js';
import { password, startWorld, type World } from './world.js';

let world: World;
let browser: Browser;

beforeAll(async () => {
  [world, browser] = [await startWorld(), await startBrowser()];
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await world?.stop();
}, 60_000);

describe('Allocating a transaction manually', () => {
  it('shows what is owed, and what the rules exclude, with nothing beyond the edge of a phone', async () => {
    const seeds = { owner: world.owner, database: world.web.get(Database) } as unknown as TestApi;
    const line = (description: string, amountPence: bigint) =>
      seedStatementLine(seeds, world.authority.id, world.budget, { date: '2026-06-02', amountPence, description });
    await seedPayee(seeds, world.authority.id, world.budget.id, {
      ...{ name: 'Ben Brown', relationship: 'brother', livesWithChild: [{ from: '2026-06-01' }] },
    });
    for (const [control, amountPence] of [
      ['HMRC', 12_000n],
      ['PENSION', 4_000n],
    ] as const)
      await seedOwed(world.web.get(Database), world.authority.id, world.budget, { control, amountPence });
    const [tax, wage] = [await line('HMRC PAYE', -15_000n), await line('BEN BROWN WAGES', -12_000n)];
    const form = (lineId: string): string => `${world.url}/budgets/${world.budget.id}/lines/${lineId}/allocate`;

    const officer = await signedIn(form(tax));
    await officer.getByText('Education. £120.00 is owed.').waitFor();
    await check(officer, 'allocate-owed');
    await officer.getByLabel('Tax and National Insurance, to HMRC').check();
    await officer.getByLabel('Why').fill('The quarter’s tax');
    await officer.getByRole('button', { name: 'Save' }).click();
    await officer.getByRole('link', { name: /^£120\.00 is owed to HMRC for Education/ }).waitFor();
    expect(await officer.getByLabel('Tax and National Insurance, to HMRC').isChecked()).toBe(true);
    expect(await officer.getByLabel('Why').inputValue()).toBe('The quarter’s tax');
    await check(officer, 'allocate-more-than-owed');

    await officer.goto(form(wage));
    await officer.getByText('A rule excludes £120.00 of this payment').waitFor();
    await check(officer, 'allocate-excluded');
    await officer.getByLabel('Personal assistant (EDU)').check();
    await officer.getByLabel('How much of it').fill('120.00');
    await officer.getByLabel('Why').fill('Wages');
    await officer.getByRole('button', { name: 'Save' }).click();
    await officer.getByRole('link', { name: /^£120\.00 of this payment is excluded by the rule/ }).waitFor();
    await check(officer, 'allocate-excluded-refused');
  }, 120_000);
});

async function signedIn(url: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByLabel('Email address').fill(world.emails.officer);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(url);
  return page;
}

async function check(page: Page, name: string): Promise<void> {
  await picture(page, name);
  expect({ name, faults: await accessibilityFaults(page) }).toEqual({ name, faults: [] });
  expect({ name, sideways: await scrollsSideways(page) }).toEqual({ name, sideways: false });
}
