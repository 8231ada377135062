import type { TestApi } from '../support/api.js';
import { seedBudget, seedClient, seedPayee, type SeededAuthority } from '../support/seed.js';
import { samplePayslip, sampleRun, type PayslipJson } from './sample-run.js';

export const why = { reasons: 'The bureau confirmed it by telephone on 15 June.' };

export const twoStreams = [
  { stream: 'EDU', percent: '50' },
  { stream: 'HEALTH', percent: '50' },
];

/** Pay without deductions or employer's costs, so that only what a test is about stands out. */
export function plain(budgetId: string, gross: string, changes: Record<string, unknown> = {}): PayslipJson {
  return samplePayslip(budgetId, {
    lines: [{ description: 'Basic pay', amount: gross }],
    gross,
    deductions: {},
    net: gross,
    employerNi: '0.00',
    employerPension: '0.00',
    ...changes,
  });
}

/** A family with an assistant known to the bureau as E7, in a budget of education and health money. */
export async function seedFamily(api: TestApi, authority: SeededAuthority) {
  const budget = await seedBudget(api, authority, { streams: ['EDU', 'HEALTH'] });
  const payeeId = await seedPayee(api, authority.id, budget.id, { name: 'Ben Brown', employeeReference: 'E7' });
  const bureau = await seedClient(api, authority.id, [budget.id]);
  return { budget, payeeId, bureau };
}

/** A run that waits: more than the first pay of an employee usually is. */
export async function heldRun(api: TestApi, authority: SeededAuthority) {
  const family = await seedFamily(api, authority);
  const run = sampleRun([plain(family.budget.id, '6500.00', { streams: twoStreams })]);
  const answer = await family.bureau.post('/v1/pay-runs', run);
  expect(answer.status).toBe(202);
  return { ...family, run, id: answer.body.id as string };
}

/** How much of a budget's pay is posted and assessed. */
export async function booksOf(api: TestApi, budgetId: string) {
  const { rows } = await api.owner.query<Record<string, string>>(
    `SELECT (SELECT count(*) FROM payslips WHERE budget_id = $1)::text AS payslips,
            (SELECT count(*) FROM journal_entries WHERE budget_id = $1)::text AS entries,
            (SELECT count(*) FROM spend_verdicts WHERE budget_id = $1)::text AS verdicts`,
    [budgetId],
  );
  return rows[0];
}

export const untouched = { payslips: '0', entries: '0', verdicts: '0' };
