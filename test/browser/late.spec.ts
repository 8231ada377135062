import type { Browser, Page } from 'playwright-core';
import { Database } from '@ringfence/platform';
import { png } from '../evidence/sample-files.js';
import type { TestApi } from '../support/api.js';
import { seedStatementLine } from '../support/seed.js';
import { accessibilityFaults, picture, scrollsSideways, startBrowser } from './browser.js';
import { password, startWorld, type World } from './world.js';

let world: World;
let browser: Browser;

beforeAll(async () => {
  [world, browser] = [await startWorld(), await startBrowser()];
  const api = { owner: world.owner, database: world.web.get(Database) } as unknown as TestApi;
  const line = { date: '2026-06-01', amountPence: -1_800n, description: 'SWIM SCHOOL OAKTOWN' };
  await seedStatementLine(api, world.authority.id, world.budget, line);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await world?.stop();
}, 60_000);

beforeEach(() => world.owner.query('DELETE FROM receipts'));

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('What is sent too late, %s', (_, javaScriptEnabled) => {
  it('is asked about after signing in again, and a receipt without a payment is given one', async () => {
    const name = `a-photograph-of-the-receipt-of-the-swimming-school-${javaScriptEnabled}.png`;
    const family = await visitor(javaScriptEnabled);
    await family.goto(`${world.url}/budgets/${world.budget.id}/send-receipt`);
    await signIn(family);
    await chooseFile(family, name);
    await goIdle(family);
    await family.getByRole('button', { name: 'Send', exact: true }).click();
    await signIn(family);
    await family.getByText(`You sent ${name} at 10:00, after you had been signed out. Add it?`).waitFor();
    await check(family, 'kept-uploads');
    await family.getByRole('button', { name: 'Add it', exact: true }).click();
    await family.getByText(`${name} was added. Thank you, we have your receipt.`).waitFor();
    await check(family, 'home-waiting-receipt');
    await family.getByRole('link', { name: /^Choose which payment each is for/ }).click();
    await family.getByRole('heading', { name: 'Receipts without a payment' }).waitFor();
    await check(family, 'budget-waiting-receipt');
    await family.getByRole('link', { name: /^Choose the payment/ }).click();
    await check(family, 'receipt-payment');
    await family.getByRole('button', { name: 'Save' }).click();
    await family.getByText('Choose the payment.').first().waitFor();
    await check(family, 'receipt-payment-error');
    await family.getByLabel('Payment', { exact: true }).selectOption({ index: 1 });
    await family.getByRole('button', { name: 'Save' }).click();
    await family.getByText('The receipt goes with this payment now: 1 June 2026, £18.00').waitFor();
  }, 120_000);

  it('and was not kept is said plainly before signing in, and a form that changed nothing after it', async () => {
    const family = await visitor(javaScriptEnabled);
    await family.goto(`${world.url}/budgets/${world.budget.id}/send-receipt`);
    await signIn(family);
    await chooseFile(family, 'lost.png');
    await family.waitForLoadState('networkidle');
    await family.context().clearCookies();
    await family.getByRole('button', { name: 'Send', exact: true }).click();
    await family.getByText('What you sent was not kept: send it again after signing in.').waitFor();
    await check(family, 'not-kept');
    await family.getByRole('button', { name: 'Sign in' }).click();
    await signIn(family);
    await family.waitForURL('**/send-receipt');

    await chooseFile(family, 'waits.png');
    await family.getByRole('button', { name: 'Send', exact: true }).click();
    await family.getByRole('link', { name: /^Choose which payment each is for/ }).click();
    await family.getByRole('link', { name: /^Choose the payment/ }).click();
    const address = family.url();
    await goIdle(family);
    await family.getByRole('button', { name: 'Save' }).click();
    await signIn(family);
    await family.getByText('so nothing was changed. Please do it again.').waitFor();
    expect(family.url()).toBe(address);
    await check(family, 'nothing-changed');
  }, 120_000);
});

async function visitor(javaScriptEnabled: boolean): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 360, height: 800 }, javaScriptEnabled });
  return context.newPage();
}

/** Two idle hours pass at the pages, and a restart of the identity provider forgets its own sessions. */
async function goIdle(page: Page): Promise<void> {
  // What the page still loads would put the end of its session off.
  await page.waitForLoadState('networkidle');
  await world.owner.query(`UPDATE web_sessions SET expires_at = clock_timestamp() - interval '1 hour'`);
  await page.context().clearCookies({ name: 'provider_session' });
}

async function signIn(page: Page): Promise<void> {
  await page.getByLabel('Email address').fill(world.emails.family);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function chooseFile(page: Page, name: string): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'image/png', buffer: png(name) });
}

async function check(page: Page, name: string): Promise<void> {
  expect({ name, sideways: await scrollsSideways(page) }).toEqual({ name, sideways: false });
  expect(await page.locator('h1').count()).toBe(1);
  // axe-core needs the scripts that a visitor without JavaScript does not run.
  if (!(await page.locator('body.js-enabled').count())) return;
  await picture(page, name);
  expect({ name, faults: await accessibilityFaults(page) }).toEqual({ name, faults: [] });
}
