import type { Browser, Page } from 'playwright-core';
import { accessibilityFaults, picture, scrollsSideways, startBrowser } from './browser.js';
import { password, startWorld, statement, type World } from './world.js';

let world: World;
let browser: Browser;

beforeAll(async () => {
  [world, browser] = [await startWorld(), await startBrowser()];
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await world?.stop();
}, 60_000);

describe('The queries of an account', () => {
  it('is shown on the preview and on the budget, kindly to a family, and answered by an officer', async () => {
    const family = await signedIn(world.emails.family, '/home');
    await family.goto(`${world.url}/budgets/${world.budget.id}/send-statement`);
    const file = statement(world.accountNumber, [
      ['01/04/2026', 'OAKSHIRE COUNTY COUNCIL DP', '', '500.00'],
      ['03/04/2026', 'DWP UNIVERSAL CREDIT', '', '212.50'],
      ['04/04/2026', 'OAKSHIRE COUNCIL TAX', '140.00', ''],
      ['04/05/2026', 'OAKSHIRE COUNCIL TAX', '140.00', ''],
      ['12/05/2026', 'SWIM SCHOOL OAKTOWN', '45.00', ''],
    ]);
    await family.locator('input[type=file]').setInputFiles({ name: 'april.csv', mimeType: 'text/csv', buffer: file });
    await family.getByRole('button', { name: 'Send', exact: true }).click();
    await family.getByRole('heading', { name: 'Check your statement' }).waitFor({ timeout: 20_000 });
    await family.getByRole('heading', { name: 'Questions about the account' }).waitFor();
    expect(await family.getByRole('listitem').filter({ hasText: '3 April 2026, DWP UNIVERSAL CREDIT' }).count()).toBe(
      1,
    );
    await check(family, 'account-preview');
    await family.getByRole('button', { name: 'Add these payments' }).click();
    await family.getByText('Your payments are added: 5 new').waitFor();
    await assessed();
    await family.goto(`${world.url}/budgets/${world.budget.id}`);
    await family.getByText('There may be a good reason').waitFor();
    expect(await family.getByRole('link', { name: /^Answer/ }).count()).toBe(0);
    await check(family, 'account-family');

    const officer = await signedIn(world.emails.officer, '/work-list');
    await officer.getByText('1 account query', { exact: true }).waitFor();
    await officer.getByRole('link', { name: /Account queries$/ }).click();
    await check(officer, 'account-work-list');
    await officer.getByRole('link', { name: /^Kit Child/ }).click();
    await check(officer, 'account-officer');
    await officer.getByRole('link', { name: /^Answer the query: Benefits paid in/ }).click();
    await check(officer, 'account-answer');
    await officer.getByRole('button', { name: 'Save the answer' }).click();
    await officer.getByRole('link', { name: 'Write what you found out.' }).waitFor();
    await check(officer, 'account-answer-error');
    await officer.getByLabel('What you found out').fill('Paid in by mistake, and moved on 5 April.');
    await officer.getByRole('button', { name: 'Save the answer' }).click();
    await officer.getByText('The query was answered.').waitFor();
    expect(await officer.getByText('Benefits paid in').count()).toBe(0);
  }, 120_000);
});

async function signedIn(email: string, path: string): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 360, height: 800 } })).newPage();
  await page.goto(`${world.url}${path}`);
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`**${path}`);
  return page;
}

async function check(page: Page, name: string): Promise<void> {
  await picture(page, name);
  expect({ name, faults: await accessibilityFaults(page) }).toEqual({ name, faults: [] });
  expect({ name, sideways: await scrollsSideways(page) }).toEqual({ name, sideways: false });
}

/** The spending rules have spoken about the bills, so that only the benefit is the account's to ask. */
async function assessed(): Promise<void> {
  for (let waited = 0; waited < 100; waited += 1) {
    const { rows } = await world.owner.query<{ left: bigint }>(
      'SELECT count(*) AS left FROM account_questions WHERE settled_by IS NULL',
    );
    if (rows[0]!.left === 1n) return;
    await new Promise((wake) => setTimeout(wake, 200));
  }
  throw new Error('The worker has not assessed the lines.');
}
