import { systemContext } from '@ringfence/platform';
import { Reassess, AssessLine } from '@ringfence/reconciliation';
import { currentVerdicts, sweepPolicyVersions } from '@ringfence/spending-rules';
import { startApi, type TestApi } from '../support/api.js';
import {
  seedAuthority,
  seedBudget,
  seedStatementLine,
  type SeededAuthority,
  type SeededBudget,
} from '../support/seed.js';

let api: TestApi;

beforeAll(async () => {
  api = await startApi({ now: '2026-06-15T09:00:00Z' });
}, 60_000);
afterAll(() => api?.stop());

const takeaways = {
  code: 'TAKEAWAYS',
  name: 'Takeaway meals',
  streams: 'all',
  verdict: 'query',
  planLiftsQuery: false,
  source: 'Oakshire policy 2026, section 3',
  reason: 'takeaway meals are paid for from the family’s own money here',
  whatToDo: 'Please put the amount back.',
  whatToAsk: 'Please tell us what the meal was for.',
  signals: { receipt: ['(takeaway|pizza)'], narrative: ['golden dragon'] },
};

function version(changes: unknown[], more: object = {}) {
  return { name: 'Policy 2026', reasons: 'Cabinet, 2 June 2026', validFrom: '2026-07-01', changes, ...more };
}

async function world(): Promise<{ authority: SeededAuthority; budget: SeededBudget }> {
  const authority = await seedAuthority(api);
  return { authority, budget: await seedBudget(api, authority, { streams: ['SOCIAL_CHILD'] }) };
}

const meal = (date: string) => ({
  id: 'm',
  date,
  amount: '-18.00',
  stream: 'SOCIAL_CHILD',
  description: 'GOLDEN DRAGON LEEDS',
  planned: true,
});

describe('an authority’s own policy', () => {
  it('assesses by the version in force on the day of the service, whenever it is asked', async () => {
    const { authority } = await world();
    const set = await authority.approver.post('/v1/policy-versions', version([{ kind: 'add', rule: takeaways }]));
    expect(set.status).toBe(201);
    const ask = (date: string) => authority.financeOfficer.post('/v1/spend-checks', meal(date));
    expect((await ask('2026-06-30')).body).toMatchObject({ verdict: 'allowed', policyVersion: 'national-2014-09' });
    expect((await ask('2026-07-01')).body).toMatchObject({
      verdict: 'query',
      policyVersion: set.body.id,
      findings: [{ rule: 'TAKEAWAYS', source: 'Oakshire policy 2026, section 3' }],
    });
  });

  it('is no other authority’s', async () => {
    const { authority } = await world();
    const elsewhere = await world();
    await authority.approver.post('/v1/policy-versions', version([{ kind: 'add', rule: takeaways }]));
    const answer = await elsewhere.authority.financeOfficer.post('/v1/spend-checks', meal('2026-07-02'));
    expect(answer.body.verdict).toBe('allowed');
  });

  it('can say more strictly, or no longer, what the national set only asks about', async () => {
    const { authority } = await world();
    const optical = {
      ...takeaways,
      code: 'OPTICAL',
      name: 'Opticians',
      verdict: 'excluded',
      signals: { receipt: ['glasses'] },
    };
    const changes = [
      { kind: 'replace', rule: optical },
      { kind: 'switch-off', code: 'CASH' },
    ];
    await authority.approver.post('/v1/policy-versions', version(changes));
    const check = (more: object) =>
      authority.financeOfficer.post('/v1/spend-checks', { ...meal('2026-08-01'), ...more });
    const glasses = { description: 'SPEX', receipt: [{ description: 'Glasses', amount: '18.00' }] };
    expect((await check(glasses)).body.verdict).toBe('excluded');
    expect((await check({ description: 'CASHPOINT', mcc: '6011' })).body.verdict).toBe('allowed');
  });

  it.each([
    [
      [{ kind: 'switch-off', code: 'DENTAL' }],
      '/changes/0/code is DENTAL: “Dental charges” binds every authority (Making it Personal 2, section 5, “And what you can’t spend your personal budget on”) and cannot be loosened here.',
    ],
    [
      [{ kind: 'replace', rule: { ...takeaways, code: 'SPOUSE_ELSEWHERE' } }],
      '/changes/0/rule/code is SPOUSE_ELSEWHERE: “The recipient’s spouse or partner who lives elsewhere” is set by law or national guidance (SI 2014/2871 reg 3; SI 2009/1887) and cannot be loosened here.',
    ],
    [
      [{ kind: 'switch-off', code: 'PIZZA' }],
      '/changes/0/code is "PIZZA", which is no rule of the national set: add it instead.',
    ],
    [
      [{ kind: 'add', rule: { ...takeaways, code: 'CASH' } }],
      '/changes/0/rule/code is CASH, a rule of the national set: replace it, or choose another code.',
    ],
    [
      [{ kind: 'add', rule: { ...takeaways, code: 'take-aways' } }],
      '/changes/0/rule/code is "take-aways": write capitals, digits and underscores, as FOOD_AND_DRINK.',
    ],
    [
      [
        { kind: 'switch-off', code: 'CASH' },
        { kind: 'switch-off', code: 'CASH' },
      ],
      '/changes/1/code is CASH, which an earlier change is about: change each rule once.',
    ],
    [
      [{ kind: 'add', rule: { ...takeaways, signals: { receipt: ['(a+)+$'] } } }],
      '/changes/0/rule/signals/receipt has "(a+)+$": write words in small letters, such as "food shop"; ~ at the end of a word takes longer words too.',
    ],
    [
      [{ kind: 'add', rule: { ...takeaways, signals: { decidingMccs: ['5812'] } } }],
      '/changes/0/rule/signals/decidingMccs is not a field here: use receipt, narrative, mccs, payeeKinds, exclusions, unrelatedPayeeKinds, doubt.',
    ],
    [
      [{ kind: 'add', rule: { ...takeaways, signals: { mccs: ['581'] } } }],
      '/changes/0/rule/signals/mccs has "581": write four digits, as "5812".',
    ],
    [
      [{ kind: 'add', rule: { ...takeaways, verdict: 'allowed' } }],
      '/changes/0/rule/verdict is "allowed": use query or excluded.',
    ],
    [[{ kind: 'loosen' }], '/changes/0/kind is "loosen": use one of add, replace, switch-off.'],
    [
      [{ kind: 'add', rule: { ...takeaways, reason: ' ' } }],
      '/changes/0/rule/reason must be a text that is not empty.',
    ],
  ])('is refused where it changes what it may not: %#', async (changes, words) => {
    const { authority } = await world();
    const answer = await authority.approver.post('/v1/policy-versions', version(changes));
    expect(answer.status).toBe(422);
    expect(answer.body.detail).toBe(words);
  });

  it('cannot begin in the past, nor on the day of another, and only an approver sets it', async () => {
    const { authority } = await world();
    const past = await authority.approver.post('/v1/policy-versions', version([], { validFrom: '2026-06-14' }));
    expect(past.body.detail).toBe(
      '/validFrom is 2026-06-14: a policy begins today (2026-06-15) or later, as nobody could know it before.',
    );
    await authority.approver.post('/v1/policy-versions', version([]));
    const again = await authority.approver.post('/v1/policy-versions', version([], { name: 'Another' }));
    expect(again.status).toBe(409);
    expect(again.body.detail).toBe(
      'Another version (Policy 2026) begins on 1 July 2026 already: withdraw it, or choose another day.',
    );
    const officer = await authority.financeOfficer.post('/v1/policy-versions', version([]));
    expect(officer.status).toBe(403);
  });

  it('can be withdrawn until it begins, and stays on record', async () => {
    const { authority } = await world();
    const later = (await authority.approver.post('/v1/policy-versions', version([{ kind: 'add', rule: takeaways }])))
      .body.id;
    const now = (await authority.approver.post('/v1/policy-versions', version([], { validFrom: '2026-06-15' }))).body
      .id;
    expect((await authority.approver.delete(`/v1/policy-versions/${later}`)).status).toBe(204);
    const answer = await authority.financeOfficer.post('/v1/spend-checks', meal('2026-07-02'));
    expect(answer.body).toMatchObject({ verdict: 'allowed', policyVersion: now });
    const begun = await authority.approver.delete(`/v1/policy-versions/${now}`);
    expect(begun.body.detail).toBe(
      '“Policy 2026” is in force since 15 June 2026: set a new version that begins today or later.',
    );
    const { items } = (await authority.financeOfficer.get('/v1/policy-versions')).body;
    expect(items.map((one: { withdrawnAt: string | null }) => one.withdrawnAt !== null)).toEqual([true, false]);
  });

  it('is compared with the national set rule by rule', async () => {
    const { authority, budget } = await world();
    const cash = { ...takeaways, code: 'CASH', name: 'Cash', signals: { mccs: ['6011'] }, verdict: 'excluded' };
    const changes = [
      { kind: 'add', rule: takeaways },
      { kind: 'replace', rule: cash },
      { kind: 'switch-off', code: 'OPTICAL' },
    ];
    const { id } = (await authority.approver.post('/v1/policy-versions', version(changes))).body;
    const { items } = (await budget.recipient.get(`/v1/policy-versions/difference?from=national&to=${id}`)).body;
    expect(items.map(({ rule, change }: { rule: string; change: string }) => `${rule} ${change}`)).toEqual([
      'CASH changed',
      'TAKEAWAYS added',
      'OPTICAL removed',
    ]);
    expect(items[0].fields).toContainEqual({ field: 'verdict', before: 'query', after: 'excluded' });
    const unknown = await budget.recipient.get('/v1/policy-versions/regional');
    expect(unknown.body.detail).toBe('/id is "regional": use the id of a version, national or current.');
  });

  it('is tried on past spends before it is set, and records nothing', async () => {
    const { authority, budget } = await world();
    const line = { date: '2026-05-05', amountPence: -1800n, description: 'GOLDEN DRAGON LEEDS' };
    const lineId = await seedStatementLine(api, authority.id, budget, line);
    await seedStatementLine(api, authority.id, budget, { ...line, description: 'SWIM CLUB' });
    const trial = { changes: [{ kind: 'add', rule: takeaways }], from: '2026-05-01', to: '2026-05-31' };
    const answer = await authority.financeOfficer.post('/v1/policy-versions/trials', trial);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      assessed: 2,
      changedSpends: 1,
      verdicts: [{ before: 'query', after: 'query', spends: 2 }],
      changed: [{ subjectId: lineId, amount: '-18.00', before: 'query', after: 'query' }],
    });
    expect(answer.body.changed[0].reasons[0]).toContain('takeaway meals are paid for from the family’s own money');
    const kept = await api.database.transaction(systemContext(authority.id), (tx) => currentVerdicts(tx, {}));
    expect(kept).toEqual([]);
    const backwards = await authority.financeOfficer.post('/v1/policy-versions/trials', { ...trial, to: '2026-04-30' });
    expect(backwards.body.detail).toBe('/to is 2026-04-30, before /from, which is 2026-05-01: check the dates.');
  });

  it('reassesses the spends of its days when it begins, and keeps what was said before', async () => {
    const { authority, budget } = await world();
    const line = { date: '2026-07-02', amountPence: -1800n, description: 'GOLDEN DRAGON LEEDS' };
    const lineId = await seedStatementLine(api, authority.id, budget, line);
    await api.app.get(AssessLine).run({ authorityId: authority.id, lineId });
    await authority.approver.post('/v1/policy-versions', version([{ kind: 'add', rule: takeaways }]));
    const sweep = (day: string) => sweepPolicyVersions(api.database, systemContext(authority.id), day);
    expect([await sweep('2026-06-30'), await sweep('2026-07-01'), await sweep('2026-07-02')]).toEqual([0, 1, 0]);
    const asked = await api.owner.query(
      `SELECT payload FROM outbox_jobs WHERE authority_id = $1 AND name = 'reassess'`,
      [authority.id],
    );
    expect(asked.rows).toEqual([{ payload: { budgetId: null, from: '2026-07-01', to: null } }]);
    await api.app.get(Reassess).run({ authorityId: authority.id, budgetId: null, from: '2026-07-01', to: null });
    const history = await api.database.transaction(systemContext(authority.id), (tx) =>
      currentVerdicts(tx, { subjectIds: [lineId], history: true }),
    );
    expect(history.map(({ current, findings }) => [current, findings[0]?.rule])).toEqual([
      [true, 'TAKEAWAYS'],
      [false, 'NOT_IN_PLAN'],
    ]);
  });
});
