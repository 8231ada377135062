import type { Browser, Page } from 'playwright-core';
import { accessibilityFaults, picture, scrollsSideways, startBrowser } from './browser.js';
import { password, startWorld, statement, type World } from './world.js';

let world: World;
let browser: Browser;

beforeAll(async () => {
  [world, browser] = [await startWorld(), await startBrowser()];
  await world.owner.query(`UPDATE designated_accounts SET opened_on = '2025-11-20'`);
  await world.owner.query(`UPDATE designated_account_budgets SET valid_from = '2025-11-20'`);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await world?.stop();
}, 60_000);

describe('The months of an account', () => {
  it('are shown as received, missing or with a balance break, and a statement is accepted or reversed with a reason', async () => {
    const family = await signedIn(world.emails.family);
    await send(family, 'winter.csv', [
      ['25/11/2025', 'COUNCIL', '', '500.00'],
      ['10/01/2026', 'SWIM SCHOOL OAKTOWN', '20.00', ''],
      ['26/02/2026', 'SWIM SCHOOL OAKTOWN', '25.00', ''],
    ]);
    await family.getByRole('button', { name: 'Add these payments' }).click();
    await family.getByText('Your payments are added: 3 new').waitFor();
    await check(family, 'statement-added');

    await send(family, 'april.csv', april, 30_000n);
    await family.getByRole('heading', { name: 'Does not match the last statement' }).waitFor();
    await family.getByText('april.csv begins on 2 April 2026 with £300.00').waitFor();
    expect(await family.getByRole('button', { name: 'Add these payments' }).count()).toBe(0);
    expect(await family.getByText('Accept the difference').count()).toBe(0);
    await check(family, 'statement-balance-break');
    const address = family.url();

    const officer = await signedIn(world.emails.officer);
    await officer.goto(address);
    await officer.getByRole('link', { name: 'Accept the difference, with a reason' }).click();
    await check(officer, 'accept-break');
    await officer.getByRole('button', { name: 'Accept it' }).click();
    await officer.getByRole('link', { name: 'Write why, in words that the family would understand.' }).waitFor();
    await check(officer, 'accept-break-error');
    await officer.getByLabel('Why is the difference accepted?').fill('The bank cannot give the March statement.');
    await officer.getByRole('button', { name: 'Accept it' }).click();
    await officer.getByText('The difference was accepted.').waitFor();
    await check(officer, 'break-accepted');

    await family.goto(address);
    await family.getByRole('button', { name: 'Add these payments' }).click();
    await family.getByText('Your payments are added: 2 new').waitFor();
    await family.goto(`${world.url}/budgets/${world.budget.id}`);
    await family.getByRole('link', { name: 'Statements month by month' }).click();
    await family.getByText('We have statements for 5 of the 7 months that have ended.').waitFor();
    await family.getByText('The council accepted this on 15 June 2026: The bank cannot give').waitFor();
    await check(family, 'months');

    await officer.goto(`${world.url}/work-list`);
    await officer.getByRole('link', { name: /^2 months/ }).click();
    await officer.getByRole('link', { name: 'april.csv' }).first().click();
    await officer.getByRole('link', { name: 'Reverse this import' }).click();
    await check(officer, 'reverse');
    await officer.getByLabel('Why is it reversed?').fill('It is of another account.');
    await officer.getByRole('button', { name: 'Reverse it' }).click();
    await officer.getByText('This import was reversed: 2 lines left the account.').waitFor();
    await check(officer, 'statement-reversed');
  }, 180_000);
});

const april: readonly (readonly [string, string, string, string])[] = [
  ['02/04/2026', 'COUNCIL', '', '300.00'],
  ['27/04/2026', 'SWIM SCHOOL OAKTOWN', '25.00', ''],
];

async function signedIn(email: string): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 360, height: 800 } })).newPage();
  await page.goto(`${world.url}/home`);
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/\/(home|work-list)$/);
  return page;
}

async function send(page: Page, name: string, rows: typeof april, before = 0n): Promise<void> {
  await page.goto(`${world.url}/budgets/${world.budget.id}/send-statement`);
  const buffer = statement(world.accountNumber, rows, before);
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer });
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('heading', { name: 'Check your statement' }).waitFor({ timeout: 20_000 });
}

async function check(page: Page, name: string): Promise<void> {
  await picture(page, name);
  expect({ name, faults: await accessibilityFaults(page) }).toEqual({ name, faults: [] });
  expect({ name, sideways: await scrollsSideways(page) }).toEqual({ name, sideways: false });
  expect(await page.locator('h1').count()).toBe(1);
}
