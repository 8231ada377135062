import { closePeriod } from '@ringfence/ledger';
import { systemContext } from '@ringfence/platform';
import { AssessLine, SuggestMatches } from '@ringfence/reconciliation';
import { ScheduleReviews } from '@ringfence/reviews';
import { ParseStatement } from '@ringfence/statements';
import { profileExample } from '../../apps/api/src/statements/statement-profiles.dto.js';
import { png } from '../evidence/sample-files.js';
import { samplePayslip, sampleRun } from '../payroll/sample-run.js';
import type { Answer, TestApi } from '../support/api.js';
import {
  seedAuthority,
  seedBudget,
  seedClient,
  seedPayee,
  type Actor,
  type SeededAuthority,
  type SeededBudget,
} from '../support/seed.js';

export interface PopulatedAuthority extends SeededAuthority {
  readonly families: readonly PopulatedFamily[];
}

export interface PopulatedFamily extends SeededBudget {
  readonly bureau: Actor;
}

/** An authority with two families, and at least one row in every table that its actions write to. */
export async function populateAuthority(api: TestApi, name: string): Promise<PopulatedAuthority> {
  const authority = await seedAuthority(api, name);
  await api.database.transaction(systemContext(authority.id), (tx) => closePeriod(tx, '2026-03'));
  await done(
    authority.approver.post('/v1/review-policies', {
      stream: 'EDU',
      validFrom: '2026-01-01',
      firstReviewMonths: 2,
      source: 'Monitoring policy 2026, section 4',
    }),
  );
  await done(
    authority.approver.post('/v1/payroll-thresholds', {
      validFrom: '2026-06-15',
      grossTimesUsual: '2',
      usualPayslips: 6,
      firstGrossPerWeek: '800.00',
      hoursPerDay: '16',
      employerCostsPercent: '45',
      lineDifference: '1.00',
      overBudget: '0.00',
      source: 'Payroll checks 2026, section 2',
    }),
  );
  await api.owner.query(
    `INSERT INTO policy_versions (authority_id, id, name, reasons, valid_from, changes, made_by, made_at)
     VALUES ($1, gen_random_uuid(), 'Local rules 2027', 'Cabinet, 1 June 2026', '2027-04-01', '[]', $2, now())`,
    [authority.id, authority.approver.id],
  );
  await done(
    authority.approver.post('/v1/policy-versions', {
      name: 'Spending policy 2027',
      reasons: 'Cabinet decision of June 2026',
      validFrom: '2027-01-01',
      changes: [{ kind: 'switch-off', code: 'OPTICAL' }],
    }),
  );
  await done(
    authority.financeOfficer.post('/v1/statement-profiles', {
      profile: profileExample,
      reasons: 'The card of 2026',
    }),
  );
  await done(
    authority.approver.post('/v1/policy-trials', {
      changes: [{ kind: 'switch-off', code: 'CASH' }],
      from: '2026-05-01',
      to: '2026-05-31',
    }),
  );
  await done(
    authority.approver.post('/v1/role-grant-proposals', {
      role: 'AUDITOR',
      personId: authority.planCoordinator.id,
      validFrom: '2026-01-01',
      reason: 'The letter of January was mislaid',
    }),
  );
  const families: PopulatedFamily[] = [];
  for (const word of ['first', 'second']) families.push(await populateFamily(api, authority, `${name}, ${word}`));
  await api.database.transaction(systemContext(authority.id), (tx) => tx.query('SELECT record_heads()'));
  return { ...authority, families };
}

async function populateFamily(api: TestApi, authority: SeededAuthority, word: string): Promise<PopulatedFamily> {
  const budget = await seedBudget(api, authority, { streams: ['EDU', 'HEALTH'] });
  await seedPayee(api, authority.id, budget.id, { name: 'Anna Smith', employeeReference: 'E7' });
  const brother = await seedPayee(api, authority.id, budget.id, {
    name: 'Ben Brown',
    relationship: 'brother',
    livesWithChild: [{ from: '2026-01-01' }],
  });
  const acorns = await seedPayee(api, authority.id, budget.id, { name: 'Little Acorns', kind: 'CHILDMINDER' });
  await api.owner.query('UPDATE budget_lines SET payee_id = $2 WHERE id = $1', [budget.lines.EDU, acorns]);
  const bureau = await seedClient(api, authority.id, [budget.id]);

  await done(
    authority.financeOfficer.post('/v1/instalment-schedules', {
      agreementId: budget.agreementId,
      designatedAccountId: budget.designatedAccountId,
      stream: 'EDU',
      kind: 'REGULAR',
      frequency: 'MONTHLY',
      amount: '480.00',
      firstDueOn: '2026-05-01',
      lastDueOn: '2026-07-01',
    }),
  );
  await done(
    authority.approver.post('/v1/exception-approvals', {
      budgetId: budget.id,
      rule: 'HOUSEHOLD_FAMILY',
      payeeId: brother,
      reasons: 'The usual assistant is in hospital.',
      evidence: 'Assessment of 1 June 2026',
      validFrom: '2026-06-15',
      validTo: '2026-09-15',
    }),
  );
  await done(
    authority.planCoordinator.post('/v1/premises-consents', {
      budgetId: budget.id,
      payeeId: brother,
      setting: 'Hilltop School',
      provision: 'Support at lunch, one hour a day',
      payments: '£60 a week, monthly',
      toldOn: '2026-06-01',
      validFrom: '2026-06-15',
      validTo: '2026-07-20',
    }),
  );
  await done(bureau.post('/v1/pay-runs', sampleRun([samplePayslip(budget.id)])));
  const bonus = { lines: [{ description: 'Bonus', amount: '450.00' }], gross: '450.00', net: '404.00' };
  const waiting = await done(bureau.post('/v1/pay-runs', sampleRun([samplePayslip(budget.id, bonus)])));
  await done(
    authority.financeOfficer.post(`/v1/pay-runs/${waiting.body.id as string}/refusal`, {
      reasons: 'It is not agreed.',
    }),
  );
  await api.app
    .get(ScheduleReviews)
    .onPayment(systemContext(authority.id), { agreementId: budget.agreementId, receivedOn: '2026-05-01' });
  await importStatement(api, authority, budget);
  await allocateAndExplain(api, authority, budget, word);
  await keepUploads(api, authority, budget);
  return { ...budget, bureau };
}

/** A part of a line that a person allocates, a line that stays open with its suggestion, and one of nobody. */
async function importStatement(api: TestApi, authority: SeededAuthority, budget: SeededBudget): Promise<void> {
  const text = [
    '05/05/2026,SWIM CLUB,-20.00',
    '06/05/2026,LITTLE ACORNS,-96.00',
    '07/05/2026,CAFE,-2.40',
    '08/05/2026,DWP UC,40.00',
  ].join('\n');
  const file = { name: 'hsbc.csv', type: 'text/csv', bytes: Buffer.from(text) };
  const { designatedAccountId } = budget;
  const received = await done(budget.recipient.upload('/v1/statement-imports', { designatedAccountId }, file));
  const importId = received.body.id as string;
  await api.app.get(ParseStatement).run({ authorityId: authority.id, importId });
  await done(budget.recipient.post(`/v1/statement-imports/${importId}/commit`, {}));
  await rememberAlias(api, authority, budget);
  await api.app.get(SuggestMatches).run({ authorityId: authority.id, designatedAccountId });
  const broken = ['Date,Description,Amount,Balance', '07/06/2026,CAFE,-2.40,50.00', '08/06/2026,CAFE,-2.40,40.00'];
  const next = { name: 'june.csv', type: 'text/csv', bytes: Buffer.from(broken.join('\n')) };
  const { body } = await done(budget.recipient.upload('/v1/statement-imports', { designatedAccountId }, next));
  await api.app.get(ParseStatement).run({ authorityId: authority.id, importId: body.id as string });
  await done(
    authority.financeOfficer.post(`/v1/statement-imports/${body.id as string}/accept-break`, {
      reason: 'The bank wrote to say that its export was wrong.',
    }),
  );
}

/** A later file that gives an id to a line already held. */
async function rememberAlias(api: TestApi, authority: SeededAuthority, budget: SeededBudget): Promise<void> {
  const header =
    'Transaction ID,Date,Time,Type,Name,Emoji,Category,Amount,Currency,Local amount,Local currency,Notes and #tags,Address,Receipt,Description,Category split';
  const line = 'tx_1,07/05/2026,09:00:00,Card payment,CAFE,,Eating out,-2.40,GBP,-2.40,GBP,,,,,';
  const file = { name: 'monzo.csv', type: 'text/csv', bytes: Buffer.from(`${header}\n${line}\n`) };
  const { designatedAccountId } = budget;
  const { body } = await done(budget.recipient.upload('/v1/statement-imports', { designatedAccountId }, file));
  await api.app.get(ParseStatement).run({ authorityId: authority.id, importId: body.id as string });
  await done(budget.recipient.post(`/v1/statement-imports/${body.id as string}/commit`, {}));
}

async function allocateAndExplain(
  api: TestApi,
  authority: SeededAuthority,
  budget: SeededBudget,
  word: string,
): Promise<void> {
  const lines = await done(authority.financeOfficer.get(`/v1/statement-lines?budgetId=${budget.id}`));
  const swim = (lines.body.items as { id: string; description: string }[]).find(({ description }) =>
    /SWIM/.test(description),
  )!;
  await done(
    authority.financeOfficer.post('/v1/allocations', {
      statementLineId: swim.id,
      parts: [{ amount: '-20.00', target: { type: 'budget-line', budgetLineId: budget.lines.EDU } }],
      reasons: 'Seen on the invoice',
    }),
  );
  await done(
    budget.recipient.upload(
      '/v1/receipts',
      { budgetId: budget.id, statementLineId: swim.id, lines: '[{"description":"Swimming","amount":"20.00"}]' },
      { name: 'receipt.png', type: 'image/png', bytes: png(word) },
    ),
  );
  await api.app.get(AssessLine).run({ authorityId: authority.id, lineId: swim.id });
  await done(
    authority.financeOfficer.post(`/v1/budgets/${budget.id}/manual-journals`, {
      effectiveDate: '2026-06-10',
      description: 'Swimming lessons, invoice 12',
      reason: 'The invoice came after the month was read.',
      entries: [
        { account: 'PROVISION', stream: 'EDU', amount: '40.00', budgetLineId: budget.lines.EDU },
        { account: 'SUPPLIER', stream: 'EDU', amount: '-40.00' },
      ],
    }),
  );
}

/** What two people sent after their sessions had ended: only its sender sees either. */
async function keepUploads(api: TestApi, authority: SeededAuthority, budget: SeededBudget): Promise<void> {
  for (const sender of [budget.recipient, authority.financeOfficer]) {
    await api.owner.query(
      `INSERT INTO kept_uploads (authority_id, id, person_id, kind, budget_id, fields, file_hash, file_name, file_bytes,
                                 kept_at, expires_at)
       VALUES ($1, gen_random_uuid(), $2, 'RECEIPT', $3, '{}', repeat('0', 64), 'late.png', 1, now(), now() + interval '1 day')`,
      [authority.id, sender.id, budget.id],
    );
  }
}

async function done(answering: Promise<Answer>): Promise<Answer> {
  const answer = await answering;
  if (answer.status >= 300) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
  return answer;
}
