import type { Principal } from '@ringfence/identity';
import { penceFromText } from '@ringfence/kernel';
import { PayRuns, type PayRunReport } from '@ringfence/payroll';
import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import type { TestApi } from '../support/api.js';
import { seedClient, seedPayee } from '../support/seed.js';
import { accessibilityFaults, copyWithoutScripts, picture, scrollsSideways, startBrowser } from './browser.js';
import { password, startWorld, type World } from './world.js';

let world: World;
let browser: Browser;
let bureau: Principal;

beforeAll(async () => {
  [world, browser] = [await startWorld(), await startBrowser()];
  bureau = await seedBureau();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await world?.stop();
}, 60_000);

async function seedBureau(): Promise<Principal> {
  const { authority, budget, owner } = world;
  const seeds = { owner, issuer: 'http://bureaux.example', as: () => ({}) } as unknown as TestApi;
  await seedPayee(seeds, authority.id, budget.id, { name: 'Ben Brown', employeeReference: 'E7' });
  const { id, organisationId } = await seedClient(seeds, authority.id, [budget.id], { name: 'Payday Bureau' });
  return {
    authorityId: authority.id,
    authorityName: 'Oakshire County Council',
    kind: 'client',
    id,
    name: 'Payday Bureau',
    organisationId,
    grants: [{ role: 'PAYROLL_BUREAU', budgetId: budget.id, validFrom: '2026-01-01', validTo: null }],
    today: '2026-06-15',
  };
}

/** A run of one payslip from the bureau; answers its id. */
async function send(reference: string, gross: string, periodStart: string, periodEnd: string): Promise<string> {
  const grossPence = penceFromText(gross)!;
  const none = 0n;
  const run: PayRunReport = {
    reference,
    payDate: periodEnd,
    frequency: 'FOUR_WEEKLY',
    payslips: [
      {
        budgetId: world.budget.id,
        employeeReference: 'E7',
        periodStart,
        periodEnd,
        lines: [{ description: 'Basic pay', hours: '25', ratePounds: '16.00', amountPence: grossPence }],
        grossPence,
        deductions: {
          taxPence: none,
          employeeNiPence: none,
          studentLoanPence: none,
          employeePensionPence: none,
          attachmentPence: none,
        },
        reimbursements: [],
        netPence: grossPence,
        employerNiPence: none,
        employerPensionPence: none,
        employmentAllowancePence: none,
        holidayAccrualPence: none,
        feePence: none,
        streams: [{ stream: 'EDU', percent: '100' }],
      },
    ],
    controlTotals: { payslips: 1, grossPence, netPence: grossPence, employerCostsPence: none },
  };
  const request = { key: randomUUID(), operation: 'POST /v1/pay-runs', payload: reference };
  const answer = await world.web.get(PayRuns).submit(bureau, run, request);
  expect(answer.state).toBe('HELD');
  return answer.id;
}

async function stateOf(id: string): Promise<string> {
  const { rows } = await world.owner.query<{ state: string }>('SELECT state FROM pay_runs WHERE id = $1', [id]);
  return rows[0]!.state;
}

describe('A held pay run', () => {
  it('is counted in the work list, read and accepted by an officer, who must say why', async () => {
    const id = await send('MAY 2026', '1000000.00', '2026-05-04', '2026-05-31');
    const officer = await signedIn(world.emails.officer, '/work-list');
    await check(officer, 'held-work-list');
    await officer.getByRole('link', { name: '1 Held pay runs' }).click();
    await check(officer, 'held-runs');
    await officer.getByRole('link', { name: 'MAY 2026' }).click();
    await officer
      .getByText('Payslip 1, Ben Brown: “Basic pay” is £1,000,000.00, but 25 hours at £16.00 make £400.00.')
      .waitFor();
    await check(officer, 'held-run');
    await officer.getByRole('button', { name: 'Accept and post' }).click();
    await officer
      .getByRole('link', { name: 'Write why: the bureau reads it, and it is kept with your name.' })
      .waitFor();
    await check(officer, 'held-run-error');
    expect(await stateOf(id)).toBe('HELD');
    await officer.getByLabel('Why').fill('Arrears of three years, ordered by the tribunal.');
    await officer.getByRole('button', { name: 'Accept and post' }).click();
    await officer.getByText('The pay run MAY 2026 was accepted and posted.').waitFor();
    await officer.getByText('No pay run is held.').waitFor();
    await check(officer, 'held-runs-none');
    expect(await stateOf(id)).toBe('POSTED');

    await officer.goto(`${world.url}/pay-runs/${id}`);
    await officer.getByText('Accepted by Finn Finance on 15 June 2026.').waitFor();
    expect(await officer.getByRole('button', { name: 'Refuse' }).count()).toBe(0);
    await check(officer, 'held-run-accepted');
  }, 120_000);

  it('is refused without JavaScript, and whoever comes second hears who did it', async () => {
    const id = await send('APRIL 2026', '5000.00', '2026-04-01', '2026-04-28');
    const officer = await signedIn(world.emails.officer, '/work-list', false);
    const second = await signedIn(world.emails.officer, '/work-list', false);
    for (const page of [officer, second]) await page.goto(`${world.url}/pay-runs/${id}`);
    const copy = await copyWithoutScripts(officer, browser);
    await check(copy, 'held-run-without-javascript');
    await copy.context().close();
    for (const page of [officer, second]) await page.getByLabel('Why').fill('It is ten times what was agreed.');
    await officer.getByRole('button', { name: 'Refuse' }).click();
    await officer.getByText('The pay run was refused. Its bureau reads why.').waitFor();
    expect(await stateOf(id)).toBe('REFUSED');
    await second.getByRole('button', { name: 'Accept and post' }).click();
    await second
      .getByRole('link', {
        name: 'The run “APRIL 2026” was refused by Finn Finance on 15 June 2026 at 10:00: there is nothing left to decide.',
      })
      .waitFor();
    expect(await stateOf(id)).toBe('REFUSED');
  }, 120_000);

  it('is nothing that a family sees, and nothing that an approver decides', async () => {
    const id = await send('JUNE-RUN-9', '5000.00', '2026-06-01', '2026-06-14');
    const family = await signedIn(world.emails.family, '/home');
    for (const path of ['/pay-runs', `/pay-runs/${id}`]) {
      await family.goto(`${world.url}${path}`);
      await family.getByText('Held pay runs are for the authority’s own officers: go to your home page.').waitFor();
    }
    await family.goto(`${world.url}/budgets/${world.budget.id}`);
    expect(await family.getByText('JUNE-RUN-9').count()).toBe(0);
    const approver = await signedIn(world.emails.both, '/work-list');
    expect(await approver.getByText('Held pay runs').count()).toBe(0);
    await approver.goto(`${world.url}/pay-runs/${id}`);
    await approver.getByText('This run is held for a decision.').waitFor();
    expect(await approver.getByRole('button', { name: 'Accept and post' }).count()).toBe(0);
  }, 120_000);
});

async function signedIn(email: string, path: string, javaScriptEnabled = true): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 360, height: 800 }, javaScriptEnabled });
  const page = await context.newPage();
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
  expect(await page.locator('h1').count()).toBe(1);
}
