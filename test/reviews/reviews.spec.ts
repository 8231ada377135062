import { newId } from '@ringfence/kernel';
import { systemContext } from '@ringfence/platform';
import {
  nextReview,
  OpenReview,
  reviewQuestionNames,
  reviewsOf,
  ScheduleReviews,
  SweepReviews,
} from '@ringfence/reviews';
import { startApi, type TestApi } from '../support/api.js';
import { seedAuthority, seedBudget, seedPerson, type SeededAuthority, type SeededBudget } from '../support/seed.js';

let api: TestApi;
let authority: SeededAuthority;

beforeAll(async () => {
  api = await startApi({ now: '2026-04-20T09:00:00Z' });
  authority = await seedAuthority(api);
}, 60_000);
afterAll(() => api.stop(), 60_000);
beforeEach(() => api.clock.moveTo(new Date('2026-04-20T09:00:00Z')));

describe('the dates of reviews', () => {
  it('run from the first payment received, and a repeat or a later payment changes nothing', async () => {
    const budget = await seedBudget(api, authority);
    await received(budget, '2026-04-10');
    await received(budget, '2026-04-10');
    await received(budget, '2026-05-08');
    expect(await dates(budget)).toEqual(['THREE_MONTH 2026-07-10 SCHEDULED']);
    expect(await openingsAskedOf(budget)).toEqual(['2026-07-09T23:00:00.000Z']);
  });

  it('move to an earlier payment that turns up later', async () => {
    const budget = await seedBudget(api, authority);
    await received(budget, '2026-04-10');
    await received(budget, '2026-04-03');
    await received(budget, '2026-04-07');
    expect(await dates(budget)).toEqual(['THREE_MONTH 2026-07-03 SCHEDULED']);
    await openOn(budget, '2026-07-03');
    expect(await dates(budget)).toEqual(['THREE_MONTH 2026-07-03 OPEN', 'YEARLY 2027-04-03 SCHEDULED']);
    await received(budget, '2026-04-01');
    expect(await dates(budget)).toEqual(['THREE_MONTH 2026-07-03 OPEN', 'YEARLY 2027-04-01 SCHEDULED']);
  });

  it('never make two reviews when two payments are accepted at the same moment', async () => {
    const budget = await seedBudget(api, authority);
    await Promise.all(['2026-04-12', '2026-04-10', '2026-04-11', '2026-04-10'].map((day) => received(budget, day)));
    expect(await dates(budget)).toEqual(['THREE_MONTH 2026-07-10 SCHEDULED']);
  });

  it('do not exist for travel money', async () => {
    const budget = await seedBudget(api, authority, { streams: ['TRANSPORT'] });
    await received(budget, '2026-04-10');
    expect(await dates(budget)).toEqual([]);
  });

  it('follow the authority’s own policy, which the law bounds', async () => {
    const own = await seedAuthority(api, 'Elmshire Council');
    const insert = (months: number, stream: string) =>
      api.owner.query(
        `INSERT INTO review_policies (authority_id, id, stream, valid_from, first_review_months, source, set_by)
         VALUES ($1, $2, $4, '2026-01-01', $3, 'Monitoring policy 2026, section 4', $2)`,
        [own.id, newId(), months, stream],
      );
    await insert(6, 'SOCIAL_ADULT');
    await insert(2, 'EDU');
    await expect(insert(4, 'HEALTH')).rejects.toThrow('check constraint');
    const adult = await seedBudget(api, own, { streams: ['SOCIAL_ADULT'] });
    const mixed = await seedBudget(api, own, { streams: ['SOCIAL_ADULT', 'EDU'] });
    await received(adult, '2026-04-10', own);
    await received(mixed, '2026-04-10', own);
    expect(await dates(adult, own)).toEqual(['THREE_MONTH 2026-10-10 SCHEDULED']);
    expect(await dates(mixed, own)).toEqual(['THREE_MONTH 2026-06-10 SCHEDULED']);
  });

  it('end with the budget: the review after its end is the last', async () => {
    const budget = await seedBudget(api, authority, { startsOn: '2026-04-01', endsOn: '2026-06-30' });
    await received(budget, '2026-04-10');
    await openOn(budget, '2026-07-10');
    expect(await dates(budget)).toEqual(['THREE_MONTH 2026-07-10 OPEN']);
  });

  it('come at once on a change of services, once for each version that makes one', async () => {
    const budget = await seedBudget(api, authority);
    await version(budget, 2, '2026-04-15', true);
    await version(budget, 3, '2026-05-01', true);
    await version(budget, 4, '2026-06-01', false);
    for (const number of [2, 2, 3, 4, 99]) await changed(budget, number);
    expect(await dates(budget)).toEqual(['ON_CHANGE 2026-04-20 SCHEDULED', 'ON_CHANGE 2026-05-01 SCHEDULED']);
  });
});

describe('the policy of an authority', () => {
  it('is set by an approver, within the law, and followed by another and never edited', async () => {
    const own = await seedAuthority(api, 'Willowshire Council');
    const policy = {
      stream: 'HEALTH',
      validFrom: '2026-01-01',
      firstReviewMonths: 2,
      source: 'Policy 2026, section 4',
    };
    expect((await own.financeOfficer.post('/v1/review-policies', policy)).status).toBe(403);
    expect((await own.approver.post('/v1/review-policies', policy)).status).toBe(201);
    const again = await own.approver.post('/v1/review-policies', { ...policy, firstReviewMonths: 1 });
    expect([again.status, again.body.detail]).toEqual([
      409,
      'There is a policy for HEALTH from 2026-01-01 already: let the new one begin on another day.',
    ]);
    const slack = await own.approver.post('/v1/review-policies', { ...policy, firstReviewMonths: 4 });
    expect([slack.status, slack.body.detail]).toEqual([
      422,
      '/firstReviewMonths is 4: the first review of HEALTH comes 1 to 3 months after the first payment.',
    ]);
    expect((await own.auditor.get('/v1/review-policies')).body.items).toEqual([
      { stream: 'HEALTH', validFrom: '2026-01-01', months: 2, source: 'Policy 2026, section 4' },
    ]);
    expect((await authority.auditor.get('/v1/review-policies')).body.items).toEqual([]);
  });
});

describe('opening a review', () => {
  it('waits for its day in London, freezes the figures and schedules the yearly one', async () => {
    const budget = await seedBudget(api, authority);
    await received(budget, '2026-04-10');
    await openOn(budget, '2026-07-09');
    expect(await dates(budget)).toEqual(['THREE_MONTH 2026-07-10 SCHEDULED']);
    api.clock.moveTo(new Date('2026-07-09T23:00:00Z'));
    await open(budget);
    await open(budget);
    expect(await dates(budget)).toEqual(['THREE_MONTH 2026-07-10 OPEN', 'YEARLY 2027-04-10 SCHEDULED']);
    const [first] = await reviews(budget);
    expect(first!.figures).toEqual({
      at: '2026-07-10',
      streams: [],
      unevidencedLines: 0,
      queriedSpends: 0,
      excludedSpends: 0,
    });
    await openOn(budget, '2027-04-10');
    await openOn(budget, '2028-04-10');
    expect((await dates(budget)).slice(1)).toEqual(['YEARLY 2027-04-10 OPEN']);
  });

  it('counts the spends up to its day that have a question or a rule against them', async () => {
    const budget = await seedBudget(api, authority);
    await received(budget, '2026-01-10');
    await verdict(budget, 'excluded', '2026-04-10');
    await verdict(budget, 'query', '2026-04-09');
    await verdict(budget, 'query', '2026-03-01');
    await verdict(budget, 'allowed', '2026-03-01');
    await verdict(budget, 'query', '2026-04-11');
    await open(budget);
    const [first] = await reviews(budget);
    expect(first!.figures).toMatchObject({ at: '2026-04-10', queriedSpends: 2, excludedSpends: 1 });
  });

  it('is asked for again by the sweep when nothing came of it, and not while it may still come', async () => {
    const own = await seedAuthority(api, 'Ashshire Council');
    const budget = await seedBudget(api, own);
    const sweep = () => api.app.get(SweepReviews).run(systemContext(own.id), 60_000);
    await received(budget, '2026-04-10', own);
    expect(await sweep()).toBe(0);
    api.clock.moveTo(new Date('2026-07-09T23:00:30Z'));
    expect(await sweep()).toBe(0);
    api.clock.moveTo(new Date('2026-07-09T23:01:30Z'));
    expect([await sweep(), await sweep()]).toEqual([1, 0]);
    expect((await openingsAskedOf(budget)).length).toBe(2);
    await open(budget, own);
    api.clock.moveTo(new Date('2026-07-10T23:00:00Z'));
    expect(await sweep()).toBe(0);
  });
});

describe('a review', () => {
  const answers = Object.fromEntries(reviewQuestionNames.map((name) => [name, { answer: 'YES' }]));
  let budget: SeededBudget;
  let reviewId: string;

  beforeEach(async () => {
    budget = await seedBudget(api, authority);
    await received(budget, '2026-01-10');
    await open(budget);
    reviewId = (await reviews(budget))[0]!.id;
  });

  it('is concluded by an officer, with the answers and the outcome', async () => {
    const officer = authority.financeOfficer;
    const body = { outcome: 'RECOVER', answers, reasons: 'Two trips were not in the plan.' };
    expect((await officer.post(`/v1/reviews/${reviewId}/conclusion`, body)).status).toBe(200);
    const { body: found } = await officer.get(`/v1/reviews/${reviewId}`);
    expect(found).toMatchObject({
      state: 'CONCLUDED',
      outcome: 'RECOVER',
      reasons: 'Two trips were not in the plan.',
      answers: { needsHelp: { answer: 'YES' } },
      concludedBy: officer.id,
      concludedAt: '2026-04-20T09:00:00.000Z',
    });
  });

  it('repeats its first answer under the same key, and is never concluded twice', async () => {
    const path = `/v1/reviews/${reviewId}/conclusion`;
    const [first, again] = [
      await authority.planCoordinator.post(path, { outcome: 'SATISFACTORY', answers }, { key: 'same' }),
      await authority.planCoordinator.post(path, { outcome: 'SATISFACTORY', answers }, { key: 'same' }),
    ];
    expect([first.status, again.status, again.body]).toEqual([200, 200, first.body]);
    const second = await authority.financeOfficer.post(path, { outcome: 'ADVICE', answers });
    expect([second.status, second.body.detail]).toEqual([
      409,
      'This review is concluded and is not edited: what has come to light since belongs to the next review.',
    ]);
  });

  it('is not concluded before it opens', async () => {
    const yearly = (await reviews(budget)).find(({ kind }) => kind === 'YEARLY')!;
    const refused = await authority.financeOfficer.post(`/v1/reviews/${yearly.id}/conclusion`, {
      outcome: 'ADVICE',
      answers,
    });
    expect([refused.status, refused.body.detail]).toEqual([
      409,
      'This review opens on 10 January 2027: conclude it then.',
    ]);
  });

  it('needs written reasons for an adverse outcome', async () => {
    const refused = await authority.financeOfficer.post(`/v1/reviews/${reviewId}/conclusion`, {
      outcome: 'SUSPEND',
      answers,
    });
    expect([refused.status, refused.body.errors]).toEqual([
      422,
      [
        {
          pointer: '/reasons',
          message: '/reasons is empty, and the outcome is SUSPEND: give the family the reasons in writing.',
        },
      ],
    ]);
  });

  it('needs an answer to every question', async () => {
    const { needsHelp: _, ...open } = answers;
    const refused = await authority.financeOfficer.post(`/v1/reviews/${reviewId}/conclusion`, {
      outcome: 'ADVICE',
      answers: open,
    });
    expect([refused.status, refused.body.errors[0]?.pointer]).toEqual([422, '/answers/needsHelp']);
  });

  it('is seen by the recipient of its budget, who cannot conclude it, and by no other family', async () => {
    const other = await seedBudget(api, authority);
    expect((await budget.recipient.get(`/v1/reviews/${reviewId}`)).body.id).toBe(reviewId);
    expect((await budget.recipient.get('/v1/reviews')).body.items).toHaveLength(2);
    expect((await other.recipient.get(`/v1/reviews/${reviewId}`)).status).toBe(404);
    expect((await other.recipient.get('/v1/reviews')).body.items).toEqual([]);
    const refused = await budget.recipient.post(`/v1/reviews/${reviewId}/conclusion`, { outcome: 'ADVICE', answers });
    expect(refused.status).toBe(403);
    const stranger = await seedAuthority(api, 'Beechshire Council');
    expect((await stranger.financeOfficer.get(`/v1/reviews/${reviewId}`)).status).toBe(404);
    const nobody = await seedPerson(api, authority.id, 'Nora Nobody');
    expect((await nobody.get('/v1/reviews')).status).toBe(403);
  });

  it('cannot be changed or removed behind the service’s back once it is concluded', async () => {
    const path = `/v1/reviews/${reviewId}/conclusion`;
    await authority.financeOfficer.post(path, { outcome: 'SATISFACTORY', answers });
    const attempt = (sql: string) => api.owner.query(sql, [reviewId]);
    await expect(attempt(`UPDATE reviews SET reasons = 'x' WHERE id = $1`)).rejects.toThrow('is concluded');
    await expect(attempt('DELETE FROM reviews WHERE id = $1')).rejects.toThrow('none can be deleted');
    await expect(api.owner.query('TRUNCATE reviews')).rejects.toThrow('none can be deleted');
  });

  it('keeps the figures of its day while it is open', async () => {
    await expect(api.owner.query(`UPDATE reviews SET figures = '{}' WHERE id = $1`, [reviewId])).rejects.toThrow(
      'its figures and its date are frozen',
    );
  });

  it('is listed by due day, filtered, and page by page', async () => {
    const own = await seedAuthority(api, 'Rowanshire Council');
    const budgets = [await seedBudget(api, own), await seedBudget(api, own), await seedBudget(api, own)];
    for (const [order, one] of budgets.entries()) await received(one, `2026-01-0${3 - order}`, own);
    await open(budgets[1]!, own);
    const list = (query: string) => own.auditor.get(`/v1/reviews?${query}`);
    const first = await list('limit=2');
    expect(first.body.items.map((item: { dueOn: string }) => item.dueOn)).toEqual(['2026-04-01', '2026-04-02']);
    const rest = await list(`limit=2&cursor=${first.body.nextCursor}`);
    expect(rest.body.items.map((item: { dueOn: string }) => item.dueOn)).toEqual(['2026-04-03', '2027-01-02']);
    expect(rest.body.nextCursor).toBeNull();
    expect((await list('state=OPEN')).body.items).toHaveLength(1);
    expect((await list('kind=YEARLY&dueFrom=2027-01-01&dueTo=2027-01-31')).body.items).toHaveLength(1);
    expect((await list(`budgetId=${budgets[2]!.id}`)).body.items).toHaveLength(1);
    expect((await list('cursor=nonsense')).status).toBe(422);
  });

  it('that is open comes before the next that is scheduled', async () => {
    const next = await api.database.transaction(systemContext(authority.id), (tx) => nextReview(tx, budget.id));
    expect(next?.id).toBe(reviewId);
    await authority.financeOfficer.post(`/v1/reviews/${reviewId}/conclusion`, { outcome: 'SATISFACTORY', answers });
    const then = await api.database.transaction(systemContext(authority.id), (tx) => nextReview(tx, budget.id));
    expect([then?.kind, then?.dueOn]).toEqual(['YEARLY', '2027-01-10']);
  });
});

function received(budget: SeededBudget, receivedOn: string, of = authority): Promise<void> {
  return api.app.get(ScheduleReviews).onPayment(systemContext(of.id), { agreementId: budget.agreementId, receivedOn });
}

function changed(budget: SeededBudget, number: number): Promise<void> {
  return api.app
    .get(ScheduleReviews)
    .onChange(systemContext(authority.id), { agreementId: budget.agreementId, version: number });
}

async function version(budget: SeededBudget, number: number, from: string, changes: boolean): Promise<void> {
  await api.owner.query(
    `INSERT INTO agreement_versions (authority_id, agreement_id, version, valid_from, signed_on, changes_services, reason, created_by)
     VALUES ($1, $2, $3, $4, $4, $5, 'New hours', $2)`,
    [authority.id, budget.agreementId, number, from, changes],
  );
}

/** A receipt of a day with what the rules said of it. */
async function verdict(budget: SeededBudget, said: string, day: string): Promise<void> {
  const receiptId = newId();
  await api.owner.query(
    `INSERT INTO receipts (authority_id, id, budget_id, file_hash, file_name, file_bytes, content_type, receipt_date, uploaded_by, uploaded_at)
     VALUES ($1, $2, $3, $4, 'receipt.pdf', 10, 'application/pdf', $5, $3, '2026-04-20T09:00:00Z')`,
    [authority.id, receiptId, budget.id, receiptId.replaceAll('-', '').repeat(2), day],
  );
  await api.owner.query(
    `INSERT INTO spend_verdicts (authority_id, id, budget_id, subject_type, subject_id, verdict, findings, policy_version, assessed_at)
     VALUES ($1, $2, $3, 'receipt', $4, $5, '[]', 'test', '2026-04-20T09:00:00Z')`,
    [authority.id, newId(), budget.id, receiptId, said],
  );
}

function reviews(budget: SeededBudget, of = authority) {
  return api.database.transaction(systemContext(of.id), (tx) => reviewsOf(tx, budget.id));
}

async function dates(budget: SeededBudget, of = authority): Promise<string[]> {
  return (await reviews(budget, of)).map(({ kind, dueOn, state }) => `${kind} ${dueOn} ${state}`);
}

/** Does what the jobs would: asks for every review of the budget to be opened. */
async function open(budget: SeededBudget, of = authority): Promise<void> {
  for (const { id } of await reviews(budget, of)) await api.app.get(OpenReview).run(systemContext(of.id), id);
}

async function openOn(budget: SeededBudget, day: string): Promise<void> {
  api.clock.moveTo(new Date(`${day}T09:00:00Z`));
  await open(budget);
}

async function openingsAskedOf(budget: SeededBudget): Promise<string[]> {
  const { rows } = await api.owner.query<{ run_at: Date }>(
    `SELECT o.run_at FROM outbox_jobs o JOIN reviews r ON o.payload ->> 'reviewId' = r.id::text
      WHERE o.name = 'open-review' AND r.budget_id = $1 ORDER BY o.created_at`,
    [budget.id],
  );
  return rows.map(({ run_at }) => run_at.toISOString());
}
