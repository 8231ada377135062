import type { Browser, BrowserContext, Page } from 'playwright-core';
import { accessibilityFaults, copyWithoutScripts, picture, scrollsSideways, startBrowser } from './browser.js';
import { password, startWorld, statement, type World } from './world.js';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let world: World;
let browser: Browser;

beforeAll(async () => {
  [world, browser] = [await startWorld(), await startBrowser()];
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await world?.stop();
}, 60_000);

describe('The pages', () => {
  it('show a family its money, take its statement and its receipt, and let an officer allocate it', async () => {
    const trouble: string[] = [];
    const family = await visitor(trouble);
    await family.goto(world.url);
    await check(family, 'start');
    await family.getByRole('button', { name: 'Sign in' }).click();
    await check(family, 'provider-sign-in');
    await signIn(family, world.emails.family, 'not my password');
    await family.getByText('The email address or the password is wrong').waitFor();
    await check(family, 'provider-wrong-password');
    await signIn(family, world.emails.family);
    await family.waitForURL('**/home');
    await family.getByText('Please send the bank statements').waitFor();
    await check(family, 'home-empty');

    await family.getByRole('button', { name: 'Send a statement' }).click();
    await check(family, 'send-statement');
    await family.getByRole('button', { name: 'Send', exact: true }).click();
    await family.getByRole('heading', { name: 'There is a problem' }).waitFor();
    expect(await family.title()).toMatch(/^Error: Send a bank statement/);
    // By the page's script, which the browser runs only with its nonce.
    await family.locator('.govuk-error-summary:focus').waitFor();
    await check(family, 'send-statement-error');
    await sendStatement(family, 'april-and-may.csv', aprilAndMay());
    await family.getByRole('heading', { name: 'Check your statement' }).waitFor({ timeout: 20_000 });
    await check(family, 'statement-preview');
    await world.owner.query(
      `UPDATE statement_imports SET state = 'COMMITTING', commit_request = '{}' WHERE state = 'PARSED'`,
    );
    await family.reload();
    await family.getByRole('heading', { name: 'We are adding these payments' }).waitFor();
    await check(family, 'statement-waiting');
    await world.owner.query(
      `UPDATE statement_imports SET state = 'PARSED', commit_request = NULL WHERE state = 'COMMITTING'`,
    );
    // The page finds out by itself.
    await family.getByRole('heading', { name: 'Check your statement' }).waitFor();
    await family.getByRole('button', { name: 'Add these payments' }).click();
    await family.getByText('Your payments are added: 7 new').waitFor();
    await check(family, 'statement-done');

    const officer = await visitor(trouble);
    await officer.goto(`${world.url}/work-list`);
    await signIn(officer, world.emails.officer);
    await officer.waitForURL('**/work-list');
    await check(officer, 'work-list');
    await suggestionsMade();
    await officer.getByRole('link', { name: /^Kit Child/ }).click();
    await check(officer, 'budget-to-do');
    await officer.getByRole('button', { name: 'Accept', exact: true }).first().click();
    await officer.getByText('The suggestion was accepted.').waitFor();
    await officer.getByRole('button', { name: /^Accept the \d+ exact matches below$/ }).click();
    await officer.getByText('4 suggestions were accepted.').waitFor();
    expect(await suggestionsLeft()).toBe(0);
    await officer.getByRole('link', { name: /^Allocate.*CINEMA/ }).click();
    await check(officer, 'allocate');
    await officer.getByRole('button', { name: 'Save' }).click();
    await officer.getByRole('link', { name: 'Choose what the payment was for.' }).waitFor();
    await check(officer, 'allocate-error');
    await officer.getByLabel('Personal assistant (HEALTH)').check();
    await officer.getByLabel('Why').fill('A trip that the plan names.');
    await officer.getByRole('button', { name: 'Save' }).click();
    await officer.getByText('The transaction was allocated.').waitFor();
    await check(officer, 'budget-allocated');
    await officer.getByRole('link', { name: /^Undo\s+£18.00/ }).click();
    await check(officer, 'undo');
    await officer.getByLabel('Why it is undone').fill('It was for another child.');
    await officer.getByRole('button', { name: 'Undo' }).click();
    await officer.getByText('The allocation was undone.').waitFor();

    await family.goto(`${world.url}/home`);
    await family.getByRole('img', { name: /^Education: £1,000.00 in/ }).waitFor();
    await check(family, 'home');
    await family.getByRole('button', { name: 'Send a receipt' }).click();
    await check(family, 'send-receipt');
    await family.locator('input[type=file]').setInputFiles({ name: 'swim.png', mimeType: 'image/png', buffer: png });
    await family.getByLabel('Which payment is it for?').selectOption({ index: 1 });
    await family.getByLabel('Total on the receipt').fill('twelve');
    await family.getByRole('button', { name: 'Send', exact: true }).click();
    await family.getByRole('link', { name: /^The amount is "twelve"/ }).waitFor();
    await check(family, 'send-receipt-error');
    await family.locator('input[type=file]').setInputFiles({ name: 'swim.png', mimeType: 'image/png', buffer: png });
    await family.getByLabel('Total on the receipt').fill('£45.00');
    await family.getByRole('button', { name: 'Send', exact: true }).click();
    await family.getByText('Thank you, we have your receipt.').waitFor();
    await check(family, 'home-thanks');
    await family.getByRole('link', { name: 'See all payments' }).click();
    await check(family, 'budget-family');
    expect(await family.getByRole('button', { name: 'Accept' }).count()).toBe(0);
    await family.goto(`${world.url}/work-list`);
    await family.getByText('The work list is for the authority’s own officers').waitFor();
    await check(family, 'refused');
    await family.goto(`${world.url}/no-such-page`);
    await check(family, 'not-found');

    await family.getByRole('button', { name: 'Sign out' }).click();
    await family.waitForURL(`${world.url}/signed-out`);
    await family.getByRole('heading', { name: 'You are signed out' }).waitFor();
    await check(family, 'signed-out');
    await family.goto(`${world.url}/home`);
    expect(family.url()).toContain('/interaction/');
    expect(trouble).toEqual([]);
  }, 180_000);

  it('do the same for a family without JavaScript', async () => {
    const trouble: string[] = [];
    const family = await visitor(trouble, { javaScriptEnabled: false });
    await family.goto(`${world.url}/home`);
    await family.getByRole('link', { name: 'Rosa' }).click();
    await family.getByLabel('Password').fill(password);
    await family.getByRole('button', { name: 'Sign in' }).click();
    await family.waitForURL('**/home');
    await checkWithoutScripts(family, 'home-without-javascript');
    await family.getByRole('button', { name: 'Send a statement' }).click();
    await family.getByRole('button', { name: 'Send', exact: true }).click();
    await family.getByText('Choose the statement that you want to send.').first().waitFor();
    await checkWithoutScripts(family, 'send-statement-error-without-javascript');
    await sendStatement(family, 'nonsense.csv', Buffer.from('this is no statement'));
    await family.getByRole('heading', { name: 'We could not read your statement' }).waitFor({ timeout: 20_000 });
    await checkWithoutScripts(family, 'statement-refused-without-javascript');
    await family.goto(`${world.url}/budgets/${world.budget.id}`);
    await checkWithoutScripts(family, 'budget-without-javascript');
    await family.getByRole('button', { name: 'Sign out' }).click();
    await family.waitForURL(`${world.url}/signed-out`);
    expect(trouble).toEqual([]);
  }, 120_000);

  it('tell somebody whom no authority knows what to do', async () => {
    const nobody = await visitor([]);
    await nobody.goto(`${world.url}/home`);
    await signIn(nobody, world.emails.nobody);
    await nobody.getByRole('heading', { name: 'We do not know you yet' }).waitFor();
    await check(nobody, 'not-known');
  }, 60_000);
});

/** A browser of its own. Broken rules of the page's security policy and errors of its scripts are put into `trouble`. */
async function visitor(trouble: string[], options: { javaScriptEnabled?: boolean } = {}): Promise<Page> {
  const context: BrowserContext = await browser.newContext({ viewport: { width: 360, height: 800 }, ...options });
  const page = await context.newPage();
  page.on('pageerror', (error) => trouble.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) trouble.push(`${page.url()}: ${message.text()}`);
  });
  page.on('response', (response) => {
    if (response.url().includes('/assets/') && response.status() >= 400)
      trouble.push(`${response.status()} ${response.url()}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith('http://localhost:') && !request.url().startsWith('data:'))
      trouble.push(request.url());
  });
  return page;
}

/** Every page: no fault that axe-core knows, nothing beyond the edge of a phone, one main heading, a title. */
async function check(page: Page, name: string): Promise<void> {
  await picture(page, name);
  expect({ name, faults: await accessibilityFaults(page) }).toEqual({ name, faults: [] });
  expect({ name, sideways: await scrollsSideways(page) }).toEqual({ name, sideways: false });
  expect(await page.locator('h1').count()).toBe(1);
  expect(await page.title()).not.toBe('');
}

async function checkWithoutScripts(page: Page, name: string): Promise<void> {
  const copy = await copyWithoutScripts(page, browser);
  await check(copy, name);
  await copy.context().close();
}

async function signIn(page: Page, email: string, secret = password): Promise<void> {
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Password').fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function sendStatement(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer });
  await page.getByRole('button', { name: 'Send', exact: true }).click();
}

function aprilAndMay(): Buffer {
  return statement(world.accountNumber, [
    ['01/04/2026', 'OAKSHIRE COUNTY COUNCIL DP', '', '500.00'],
    ['02/04/2026', 'OAKSHIRE COUNTY COUNCIL DP', '', '300.00'],
    ['14/04/2026', 'SWIM SCHOOL OAKTOWN', '45.00', ''],
    ['20/04/2026', 'CINEMA OAKTOWN', '18.00', ''],
    ['01/05/2026', 'OAKSHIRE COUNTY COUNCIL DP', '', '500.00'],
    ['12/05/2026', 'SWIM SCHOOL OAKTOWN', '45.00', ''],
    ['22/05/2026', 'BETTING SHOP OAKTOWN', '10.00', ''],
  ]);
}

/** Waits for the worker to have read, suggested and assessed. */
async function suggestionsMade(): Promise<void> {
  for (let waited = 0; waited < 100; waited += 1) {
    const { rows } = await world.owner.query<{ assessed: bigint }>(
      'SELECT count(*) AS assessed FROM spend_verdicts WHERE budget_id = $1 AND current',
      [world.budget.id],
    );
    if ((await suggestionsLeft()) > 0 && rows[0]!.assessed > 0n) return;
    await new Promise((wake) => setTimeout(wake, 200));
  }
  throw new Error('The worker has suggested nothing.');
}

async function suggestionsLeft(): Promise<number> {
  const { rows } = await world.owner.query<{ left: bigint }>(
    `SELECT count(DISTINCT m.statement_line_id) AS left FROM match_suggestions m
       JOIN line_states s ON s.statement_line_id = m.statement_line_id AND s.allocated_pence = 0
      WHERE m.budget_id = $1 AND m.state = 'OPEN'`,
    [world.budget.id],
  );
  return Number(rows[0]!.left);
}
