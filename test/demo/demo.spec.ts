import { setTimeout as pause } from 'node:timers/promises';
import { addMonths } from '@ringfence/kernel';
import { monthlyStatements } from '../../apps/cli/src/demo/bank/monthly-statements.js';
import { DemoApiClient } from '../../apps/cli/src/demo/api-client.js';
import { demoPassword } from '../../apps/cli/src/demo/people.js';
import { linesByMovement, type LineAnswer } from '../../apps/cli/src/demo/steps/bank-lines.js';
import { readFamilyIds } from '../../apps/cli/src/demo/steps/family-ids.js';
import { DemoYear } from '../../apps/cli/src/demo/demo-year.js';
import { demoFamilies } from '../../apps/cli/src/demo/families/index.js';
import { loadDemo, type DemoSummary } from '../../apps/cli/src/demo/load-demo.js';
import { Tokens } from '../../apps/cli/src/demo/sign-in.js';
import type { Family } from '../../apps/cli/src/demo/scenario.js';
import { providerAccounts } from '../../apps/cli/src/start/provider.js';
import { startDemoWorld, type DemoWorld } from './demo-world.js';
import { expectedStreams } from './expected.js';

const today = '2026-11-21';
const year = new DemoYear(today);
const families = demoFamilies(year);
const told = families.filter(({ key }) => !key.startsWith('small-'));
const settleMsMax = 30_000;

let world: DemoWorld;
let summary: DemoSummary;
let officers: Readonly<Record<Family['authority'], DemoApiClient>>;

beforeAll(async () => {
  world = await startDemoWorld(`${today}T09:00:00Z`);
  const cutShort = loadDemo({
    ...world,
    today,
    report: ({ done }) => {
      if (done === 2) throw new Error('cut short');
    },
  });
  await expect(cutShort).rejects.toThrow('cut short');
  // Taken up on another day: it is still told for the day on which it began, and nothing is done twice.
  summary = await loadDemo({ ...world, today: '2026-12-24', report: () => undefined });
  const tokens = new Tokens(world.issuer, providerAccounts(world.dataFolder));
  const callerOf = (email: string): DemoApiClient =>
    new DemoApiClient(world.apiUrl, () => tokens.ofPerson(email, demoPassword));
  officers = {
    council: callerOf('ruth.calloway@fernshire.example'),
    icb: callerOf('beatrice.nkemelu@fernshire-vale.example'),
  };
  await world.sweep();
}, 240_000);
afterAll(() => world?.stop(), 60_000);

describe('The demo, begun on 21 November 2026, cut short, and taken up again', () => {
  it('tells of fourteen families, with statements, pay runs and documents', () => {
    expect(summary).toMatchObject({ already: false, today });
    expect(summary.counts).toMatchObject({
      families: 14,
      budgets: 15,
      statements: 14 * 12 - 1 + 1,
      payRuns: 11 + 12,
      documents: 12 + 1 + 10 + 1 + 1,
    });
    expect(summary.counts.lines).toBe(families.flatMap(({ movements }) => movements).length);
  });

  it.each(families.map((family) => [family.key, family] as const))(
    'has every stream of %s to the penny',
    async (_, family) => {
      const officer = officers[family.authority];
      const { budgets } = await readFamilyIds(officer, family);
      const found = new Map<string, object>();
      for (const [key, id] of budgets) {
        const { items } = await officer.get<{ items: { stream: string }[] }>(`/v1/reports/balances?budgetId=${id}`);
        for (const item of items) if (item.stream !== 'UNALLOCATED') found.set(`${key} ${item.stream}`, item);
      }
      const expected = expectedStreams(year, family);
      expect([...found.keys()].sort()).toEqual([...expected.keys()].sort());
      for (const [key, figures] of expected) expect({ key, ...found.get(key) }).toMatchObject({ key, ...figures });
    },
  );

  it.each(families.map((family) => [family.key, family] as const))(
    'has the bank’s balance in the book of %s at the end of every month',
    async (_, family) => {
      const { bookId } = await readFamilyIds(officers[family.authority], family);
      let neverSentPence = 0n;
      for (const [place, { to, closingPence, openingPence }] of monthlyStatements(year, family).entries()) {
        if (family.missingMonths.includes(place)) neverSentPence += closingPence - openingPence;
        const { rows } = await world.owner.query<{ pence: string }>(
          `SELECT coalesce(sum(amount_pence), 0)::text AS pence FROM ringfence.journal_entries
            WHERE book_id = $1 AND code = 'BANK' AND effective_date <= $2`,
          [bookId, to],
        );
        expect(`${to} ${rows[0]!.pence}`).toBe(`${to} ${closingPence - neverSentPence}`);
      }
    },
  );

  it('finds the prescription on the chemist’s receipt and the surgery’s letter, and nothing else, to be excluded', async () => {
    const excluded = await eventually(
      async () => (await Promise.all(told.map((family) => flagged(family, 'excluded')))).flat(),
      (found) => found.length >= 2,
    );
    expect(excluded).toEqual([
      { family: 'jacobs', movement: 'chemist', findings: [['PRESCRIPTION', 'excluded', '-9.90']] },
      { family: 'jacobs', movement: 'letter', findings: [['GP_SERVICE', 'excluded', '-35.00']] },
    ]);
  });

  it('leaves the prescription charge on the chemist’s line open, and the agreed wipes settled', async () => {
    const jacobs = families.find(({ key }) => key === 'jacobs')!;
    const lines = await linesByMovement(officers.council, {
      family: jacobs,
      ids: await readFamilyIds(officers.council, jacobs),
      uploader: officers.council,
    });
    expect(lines.get('chemist')).toMatchObject({ amount: '-23.40', remaining: '-9.90', state: 'PART' });
    expect(lines.get('spain')).toMatchObject({
      originalAmount: '-780.00',
      originalCurrency: 'EUR',
      state: 'ALLOCATED',
    });
  });

  it('asks about cash, a supermarket and a market place, and leaves them to the officer', async () => {
    const queried = (await Promise.all(told.map((family) => flagged(family, 'query')))).flat();
    const rules = queried.map(({ movement, findings }) => [movement, findings[0]![0]]);
    expect(rules).toEqual(
      expect.arrayContaining([
        ['cash', 'CASH'],
        ['toy', 'NO_EVIDENCE'],
        ['supermarket', 'LIVING_COSTS'],
      ]),
    );
    for (const family of families) {
      const officer = officers[family.authority];
      const open = await officer.all(
        `/v1/statement-lines?designatedAccountId=${(await readFamilyIds(officer, family)).accountId}&state=OPEN`,
      );
      const missing = family.missingMonths.map((place) => year.months[place]!.first.slice(0, 7));
      const left = family.movements.filter(
        ({ about, date }) => about.kind === 'left' && !missing.includes(date.slice(0, 7)),
      );
      expect(`${family.key} ${open.length}`).toBe(`${family.key} ${left.length}`);
    }
  });

  it('met the refusal of a brother’s pay in the summer, and took his pay in term', async () => {
    expect(summary.refusals).toHaveLength(1);
    expect(summary.refusals[0]).toMatchObject({ what: 'BW 2026-07 HAWORTH', status: 422, type: 'spend-excluded' });
    expect(summary.refusals[0]!.sentence).toContain(
      'Callum Haworth (brother) was living with your child from 1 July 2026',
    );
    const { rows } = await world.owner.query<{ months: string }>(
      `SELECT count(*)::text AS months FROM ringfence.payslips p JOIN ringfence.payees y USING (authority_id)
        WHERE y.id = p.payee_id AND y.name = 'Callum Haworth'`,
    );
    expect(rows[0]!.months).toBe('9');
  });

  it('has a pay run with tenfold hours that waits for the council’s officer, and is in no balance', async () => {
    const { items } = await officers.council.get<{ items: { id: string; reference: string }[] }>(
      '/v1/pay-runs?state=held',
    );
    expect(items.map(({ reference }) => reference)).toEqual(['TALLIS 2026-10 MARLOWE B']);
    const { hold } = await officers.council.get<{ hold: { reasons: { kind: string }[] } }>(
      `/v1/pay-runs/${items[0]!.id}`,
    );
    const kinds = hold.reasons.map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['possible-double', 'gross-above-usual']));
  });

  it('knows what is late: the payment that never came', async () => {
    const late = await officers.council.all<{ dueOn: string }>('/v1/instalments?state=late');
    expect(late.map(({ dueOn }) => dueOn)).toContain('2026-09-25');
  });

  it('has its reviews three months and a year after each first payment, and at once when Lisa’s hours went up', async () => {
    const lisa = families.find(({ key }) => key === 'lisa')!;
    const { budgets } = await readFamilyIds(officers.icb, lisa);
    const firstPayments = ['2025-11-03', '2025-11-03'];
    const reviews = await eventually(
      () =>
        officers.icb.all<{ kind: string; dueOn: string; yearNumber: number | null }>(
          `/v1/reviews?budgetId=${budgets.get('lisa')}`,
        ),
      (found) => found.length >= 5,
    );
    const due = (kind: string): string[] =>
      reviews.filter((review) => review.kind === kind && (review.yearNumber ?? 1) === 1).map(({ dueOn }) => dueOn);
    expect(due('THREE_MONTH')).toEqual(firstPayments.map((day) => addMonths(day, 3)));
    expect(due('YEARLY')).toEqual(firstPayments.map((day) => addMonths(day, 12)));
    expect(due('ON_CHANGE')).toEqual([today]);
  });

  it('is loaded once: a second time it only says who can sign in', async () => {
    const before = await journals();
    const again = await loadDemo({ ...world, today: '2026-12-24', report: () => undefined });
    expect(again).toEqual({ ...summary, already: true });
    expect(await journals()).toBe(before);
  });
});

interface Flagged {
  readonly family: string;
  readonly movement: string;
  readonly findings: readonly (readonly [rule: string, verdict: string, amount: string])[];
}

async function flagged(family: Family, verdict: 'query' | 'excluded'): Promise<Flagged[]> {
  const officer = officers[family.authority];
  const ids = await readFamilyIds(officer, family);
  const lines = await linesByMovement(officer, { family, ids, uploader: officer });
  return [...lines]
    .filter(([, line]) => line.verdict === verdict)
    .map(([movement, line]) => {
      const { findings } = line as LineAnswer & { findings: { rule: string; verdict: string; amount: string }[] };
      const worst = findings.filter((one) => one.verdict === verdict);
      return {
        family: family.key,
        movement,
        findings: worst.map((one) => [one.rule, one.verdict, one.amount] as const),
      };
    });
}

async function journals(): Promise<string> {
  const { rows } = await world.owner.query<{ count: string }>('SELECT count(*)::text AS count FROM ringfence.journals');
  return rows[0]!.count;
}

async function eventually<T>(read: () => Promise<T>, done: (found: T) => boolean): Promise<T> {
  const until = Date.now() + settleMsMax;
  for (;;) {
    const found = await read();
    if (done(found) || Date.now() > until) return found;
    await pause(200);
  }
}
