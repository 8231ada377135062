import { decimalText } from '@ringfence/kernel';
import { jest } from '@jest/globals';
import fc from 'fast-check';
import { MoneyWorld, type TargetBody } from '../reconciliation/money-world.js';
import { startApi, type TestApi } from '../support/api.js';
import { runLength } from '../support/long.js';

const { long, seed, steps } = runLength({ short: 150, long: 5_000 });
jest.setTimeout(long ? 3 * 3_600_000 : 180_000);

/** Payees of the world: what the rules exclude of a payment to each, by its day and its receipt. */
const payees = ['BEN BROWN', 'ANN GREY', 'BOOTS'] as const;
const homeFrom = '2026-05-15';
const places = ['provision', 'other provision', 'HMRC', 'PENSION', 'PAYROLL_FEE', 'family'] as const;
type Target = (typeof places)[number];

type Step =
  | {
      readonly action: 'pay';
      readonly payee: (typeof payees)[number];
      readonly pence: bigint;
      readonly day: number;
      readonly goods: readonly Goods[];
    }
  | { readonly action: 'receive'; readonly pence: bigint; readonly atOnce: boolean }
  | { readonly action: 'accrue'; readonly control: 'HMRC' | 'PENSION' | 'PAYROLL_FEE'; readonly pence: bigint }
  | { readonly action: 'allocate'; readonly which: number; readonly parts: readonly { place: Target; share: number }[] }
  | { readonly action: 'undo'; readonly which: number }
  | { readonly action: 'correct'; readonly control: 'HMRC' | 'PENSION'; readonly pence: bigint };

interface Goods {
  readonly excluded: boolean;
  readonly pence: number;
}

interface Line {
  readonly id: string;
  /** Signed as the bank has it. */
  readonly pence: bigint;
  readonly excludedPence: bigint;
}

interface Held {
  readonly id: string;
  readonly line: Line;
  readonly pence: bigint;
}

const pence = fc.bigInt({ min: 1n, max: 6_000n });
const which = fc.nat({ max: 1_000_000 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      action: fc.constant('pay' as const),
      payee: fc.constantFrom(...payees),
      pence,
      day: fc.integer({ min: 1, max: 30 }),
      goods: fc.array(fc.record({ excluded: fc.boolean(), pence: fc.integer({ min: 1, max: 2_000 }) }), {
        minLength: 1,
        maxLength: 4,
      }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ action: fc.constant('receive' as const), pence, atOnce: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      action: fc.constant('accrue' as const),
      control: fc.constantFrom('HMRC' as const, 'PENSION' as const, 'PAYROLL_FEE' as const),
      pence,
    }),
  },
  {
    weight: 14,
    arbitrary: fc.record({
      action: fc.constant('allocate' as const),
      which,
      parts: fc.array(
        fc.record({ place: fc.constantFrom(...places, 'family' as const), share: fc.integer({ min: 1, max: 100 }) }),
        {
          minLength: 1,
          maxLength: 3,
        },
      ),
    }),
  },
  { weight: 3, arbitrary: fc.record({ action: fc.constant('undo' as const), which }) },
  {
    weight: 1,
    arbitrary: fc.record({
      action: fc.constant('correct' as const),
      control: fc.constantFrom('HMRC' as const, 'PENSION' as const),
      pence,
    }),
  },
);

const allOf = (which: number, place: Target): Step => ({ action: 'allocate', which, parts: [{ place, share: 100 }] });

/** Taken before what is drawn, so that no draw leaves a refusal out: excluded, beyond what is owed, accepted, undone. */
const opening: readonly Step[] = [
  { action: 'pay', payee: 'BEN BROWN', pence: 500n, day: 20, goods: [] },
  allOf(0, 'provision'),
  { action: 'pay', payee: 'ANN GREY', pence: 500n, day: 20, goods: [] },
  allOf(1, 'HMRC'),
  allOf(1, 'provision'),
  { action: 'undo', which: 0 },
];

describe('Money cannot be hidden', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi({ now: '2026-06-15T09:00:00Z' });
  }, 60_000);
  afterAll(() => api?.stop());

  it(`by ${steps} random payments, receipts, allocations and undoings of seed ${seed}`, async () => {
    process.stderr.write(`money: --seed ${seed} --steps ${steps}\n`);
    const property = fc.asyncProperty(
      fc.array(step, { minLength: steps, maxLength: steps, size: 'max' }),
      async (all) => {
        const run = await Run.start(api);
        for (const one of [...opening, ...all]) await run.take(one);
        run.expectVariety();
      },
    );
    await fc.assert(property, { seed, numRuns: 1, endOnFailure: true });
  });
});

class Run {
  private readonly lines: Line[] = [];
  private readonly held: Held[] = [];
  private readonly seen = { accepted: 0, excluded: 0, beyond: 0, undone: 0, notUndone: 0 };

  private constructor(private readonly world: MoneyWorld) {}

  static async start(api: TestApi): Promise<Run> {
    const world = await MoneyWorld.start(api);
    await world.payee({ name: 'Ben Brown', relationship: 'brother', livesWithChild: [{ from: homeFrom }] });
    await world.payee({ name: 'Ann Grey' });
    return new Run(world);
  }

  async take(one: Step): Promise<void> {
    if (one.action === 'pay') await this.pay(one);
    else if (one.action === 'receive') await this.receive(one);
    else if (one.action === 'accrue') await this.world.owes(one.control, one.pence);
    else if (one.action === 'allocate') await this.allocate(one);
    else if (one.action === 'undo') await this.undo(one.which);
    else await this.correct(one.control, one.pence);
    await this.expectTruth();
  }

  /** What was drawn must have met the refusals, or it has shown nothing. An undoing that must wait is rare. */
  expectVariety(): void {
    process.stderr.write(`money: ${JSON.stringify(this.seen)}\n`);
    const { accepted, excluded, beyond, undone } = this.seen;
    expect(Math.min(accepted, excluded, beyond, undone)).toBeGreaterThan(0);
  }

  private async pay({ payee, pence, day, goods }: Extract<Step, { action: 'pay' }>): Promise<void> {
    const date = `2026-05-${String(day).padStart(2, '0')}`;
    if (payee !== 'BOOTS') {
      const excludedPence = payee === 'BEN BROWN' && date >= homeFrom ? pence : 0n;
      this.lines.push({ id: await this.world.line(payee, -pence, date), pence: -pence, excludedPence });
      return;
    }
    const total = goods.reduce((sum, one) => sum + BigInt(one.pence), 0n);
    const id = await this.world.line(payee, -total, date);
    await this.world.receipt(
      id,
      goods.map((one) => [one.excluded ? 'NHS prescription' : 'Wet wipes', one.pence]),
    );
    const excludedPence = goods.filter((one) => one.excluded).reduce((sum, one) => sum + BigInt(one.pence), 0n);
    this.lines.push({ id, pence: -total, excludedPence });
  }

  /** Money in; half of the time the family's own, allocated as such. */
  private async receive({ pence, atOnce }: Extract<Step, { action: 'receive' }>): Promise<void> {
    this.lines.push({ id: await this.world.line('ROSA', pence), pence, excludedPence: 0n });
    const parts = [{ place: 'family' as const, share: 100 }];
    if (atOnce) await this.allocate({ action: 'allocate', which: this.lines.length - 1, parts });
  }

  private async allocate({ which, parts }: Extract<Step, { action: 'allocate' }>): Promise<void> {
    const line = this.lines[which % Math.max(1, this.lines.length)];
    if (!line) return;
    const shares = parts.map(({ place, share }) => ({ place, pence: (line.pence * BigInt(share)) / 100n }));
    const asked = shares.filter((one) => one.pence !== 0n);
    if (asked.length === 0) return;
    const before = await this.world.journals();
    const answer = await this.world.allocate(
      line.id,
      ...asked.map((one) => [decimalText(one.pence), this.target(one.place)] as const),
    );
    if (answer.status === 201) {
      const made = answer.body.allocations as { id: string }[];
      made.forEach(({ id }, place) => this.held.push({ id, line, pence: asked[place]!.pence }));
      this.seen.accepted += 1;
      return;
    }
    expect([409, 422]).toContain(answer.status);
    expect(await this.world.journals()).toBe(before);
    if (/spend-excluded$/.test(answer.body.type as string)) this.seen.excluded += 1;
    if (/more-than-held$/.test(answer.body.type as string)) this.seen.beyond += 1;
  }

  private async undo(which: number): Promise<void> {
    const place = which % Math.max(1, this.held.length);
    const held = this.held[place];
    if (!held) return;
    const before = await this.world.journals();
    const answer = await this.world.undo(held.id);
    if (answer.status === 200) {
      this.held.splice(place, 1);
      this.seen.undone += 1;
      return;
    }
    expect(answer).toMatchObject({ status: 409, body: { type: 'urn:ringfence:problem:more-than-held' } });
    expect(await this.world.journals()).toBe(before);
    this.seen.notUndone += 1;
  }

  /** A manual journal that lowers what a report said is owed. */
  private async correct(control: string, amountPence: bigint): Promise<void> {
    const { authority, budget } = this.world;
    const answer = await authority.financeOfficer.post(`/v1/budgets/${budget.id}/manual-journals`, {
      effectiveDate: '2026-06-10',
      description: 'Correction',
      reason: 'The bureau corrected its report.',
      entries: [
        { account: 'PROVISION', stream: 'EDU', amount: decimalText(-amountPence), budgetLineId: budget.lines.EDU },
        { account: control, stream: 'EDU', amount: decimalText(amountPence) },
      ],
    });
    expect([201, 409]).toContain(answer.status);
  }

  private target(place: Target): TargetBody {
    if (place === 'provision') return this.world.provision;
    if (place === 'other provision') return { type: 'budget-line', budgetLineId: this.world.budget.lines.HEALTH };
    return place === 'family' ? this.world.family : this.world.control(place);
  }

  /** Nothing excluded stands anywhere, no line is beyond itself, and nothing owes or holds less than nothing. */
  private async expectTruth(): Promise<void> {
    for (const line of this.lines) {
      const of = this.held.filter((one) => one.line === line).reduce((sum, one) => sum + one.pence, 0n);
      const most = (line.pence < 0n ? -line.pence : line.pence) - line.excludedPence;
      expect({ line, beyond: (of < 0n ? -of : of) > most }).toEqual({ line, beyond: false });
    }
    for (const account of ['HMRC', 'PENSION', 'PAYROLL_FEE', 'FAMILY_MONEY'] as const) {
      expect({ account, below: (await this.world.balance(account)) > 0n }).toEqual({ account, below: false });
    }
    const open =
      this.lines.reduce((sum, { pence }) => sum + pence, 0n) - this.held.reduce((sum, one) => sum + one.pence, 0n);
    expect(await this.world.balance('SUSPENSE')).toBe(-open);
  }
}
