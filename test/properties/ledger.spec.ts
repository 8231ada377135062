import { Problem, newId, type LedgerStream } from '@ringfence/kernel';
import {
  balances,
  closePeriod,
  postJournals,
  reopenPeriod,
  reverseJournal,
  verifyBook,
  type NewEntry,
  type NewJournal,
} from '@ringfence/ledger';
import { jest } from '@jest/globals';
import fc from 'fast-check';
import { brokenInvariants, openLedgerFixture, type LedgerFixture } from '../ledger/support.js';
import { runLength } from '../support/long.js';
import { LedgerModel, type ModelDraft, type Reply } from './ledger-model.js';

const { long, seed, steps } = runLength({ short: 60, long: 10_000 });
jest.setTimeout(long ? 3 * 3_600_000 : 120_000);

/** What one step asks; numbers choose among what exists then. */
type Step =
  | { readonly action: 'post'; readonly drafts: readonly DraftStep[] }
  | { readonly action: 'repeat'; readonly which: number; readonly otherwise: boolean }
  | { readonly action: 'reverse'; readonly which: number; readonly day: string | null; readonly again: boolean }
  | { readonly action: 'close' | 'reopen'; readonly month: string; readonly next: boolean };

interface DraftStep {
  readonly book: number;
  readonly shape: 'line' | 'due' | 'spend' | 'split' | 'unbalanced' | 'transfer';
  readonly stream: LedgerStream;
  readonly pence: bigint;
  readonly day: string;
  readonly late: boolean;
}

const day = fc
  .integer({ min: 0, max: 180 })
  .map((days) => new Date(Date.UTC(2025, 11, 20) + days * 86_400_000).toISOString().slice(0, 10));
const draft = (...shapes: DraftStep['shape'][]): fc.Arbitrary<DraftStep> =>
  fc.record({
    book: fc.integer({ min: 0, max: 1 }),
    shape: fc.constantFrom(...shapes),
    stream: fc.constantFrom('EDU', 'HEALTH'),
    pence: fc.bigInt({ min: 1n, max: 99_999n }),
    day,
    late: fc.boolean(),
  });
const which = fc.nat({ max: 1_000_000 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      action: fc.constant('post' as const),
      drafts: fc.array(draft('line', 'due', 'spend', 'split'), { minLength: 1, maxLength: 5 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      action: fc.constant('post' as const),
      drafts: draft('unbalanced', 'transfer').map((one) => [one]),
    }),
  },
  { weight: 3, arbitrary: fc.record({ action: fc.constant('repeat' as const), which, otherwise: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({ action: fc.constant('reverse' as const), which, day: fc.option(day), again: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      action: fc.constantFrom('close' as const, 'reopen' as const),
      month: day.map((one) => one.slice(0, 7)),
      next: fc.boolean(),
    }),
  },
);

describe('The ledger answers as its model', () => {
  it(`to ${steps} operations of seed ${seed}`, async () => {
    process.stderr.write(`ledger model: --seed ${seed} --steps ${steps}\n`);
    const property = fc.asyncProperty(
      fc.array(step, { minLength: steps, maxLength: steps, size: 'max' }),
      async (all) => {
        const run = new Run(await openLedgerFixture());
        try {
          for (const [order, one] of all.entries()) await run.take(one, order);
          await run.finish();
        } finally {
          await run.fixture.close();
        }
      },
    );
    await fc.assert(property, {
      seed,
      numRuns: 1,
      endOnFailure: long,
      interruptAfterTimeLimit: long ? undefined! : 90_000,
    });
  });
});

class Run {
  private readonly model = new LedgerModel();
  private readonly asked: { drafts: NewJournal[]; model: ModelDraft[] }[] = [];
  private now = Date.parse('2026-06-15T10:00:00Z');

  constructor(readonly fixture: LedgerFixture) {}

  async take(one: Step, order: number): Promise<void> {
    this.now += 1000;
    this.fixture.clock.moveTo(new Date(this.now));
    if (one.action === 'post') {
      const drafts = one.drafts.map((step) => this.journalDraft(step));
      await this.post(
        drafts,
        one.drafts.map((step, place) => this.modelDraft(step, drafts[place]!)),
      );
    } else if (one.action === 'repeat') await this.repeat(one.which, one.otherwise);
    else if (one.action === 'reverse') await this.reverse(one.which, one.day, one.again);
    else await this.changePeriod(one.action, one.next && this.model.openFrom ? this.monthOf(one.action) : one.month);
    expect(await this.held()).toEqual(withoutZeros(this.model.balances));
    if (!long || order % 5 === 0) await this.compareAt(order);
    if (!long || order % 100 === 0) expect(await brokenInvariants(this.fixture.owner)).toEqual([]);
  }

  async finish(): Promise<void> {
    expect(await brokenInvariants(this.fixture.owner)).toEqual([]);
    for (const [book, family] of this.fixture.ours.families.entries()) {
      const found = await this.fixture.database.transaction(this.fixture.ours.system, (tx) =>
        verifyBook(tx, family.bookId),
      );
      const journals = BigInt(this.model.journals.filter((journal) => journal.book === book).length);
      expect(found).toEqual({ bookId: family.bookId, journals, firstDifference: null });
    }
  }

  private async post(drafts: NewJournal[], model: ModelDraft[]): Promise<void> {
    this.asked.push({ drafts, model });
    const expected = this.model.post(model, this.now);
    await this.compare(expected, () =>
      this.fixture.database.transaction(this.fixture.ours.officer, (tx) => postJournals(tx, drafts)),
    );
  }

  /** Asks again for a batch of before, as it was or with one amount changed. */
  private async repeat(which: number, otherwise: boolean): Promise<void> {
    const before = this.asked[which % Math.max(1, this.asked.length)];
    if (!before) return;
    if (!otherwise) return this.post(before.drafts, before.model);
    const double = (entries: readonly NewEntry[]): NewEntry[] =>
      entries.map((entry) => ({ ...entry, amountPence: entry.amountPence * 2n }));
    const [first, ...rest] = before.drafts;
    const [firstModel, ...restModel] = before.model;
    const changed = { ...first!, entries: double(first!.entries) };
    const entries = firstModel!.entries.map(([account, pence]) => [account, pence * 2n] as const);
    await this.post([changed, ...rest], [{ ...firstModel!, payload: payloadOf(changed), entries }, ...restModel]);
  }

  private async reverse(which: number, effectiveDate: string | null, again: boolean): Promise<void> {
    const { journals } = this.model;
    // Half of the tries go to journals that are reversed already, or to reversals.
    const tried = again ? journals.filter(({ reverses }) => reverses).map(({ reverses }) => reverses!) : journals;
    const journal = tried[which % Math.max(1, tried.length)];
    if (!journal) return;
    const key = newId();
    const model: ModelDraft = {
      book: journal.book,
      key,
      payload: `reversal of ${journal.id}`,
      day: effectiveDate ?? journal.day,
      late: effectiveDate === null || journal.reverses !== undefined,
      entries: journal.entries.map(([account, pence]) => [account, -pence] as const),
      reverses: journal,
      ...(journal.reverses && { fault: 'conflict' }),
    };
    const expected = this.model.post([model], this.now);
    const request = { journalId: journal.id!, reason: 'Posted in error', idempotencyKey: key };
    const reversal = { ...request, ...(effectiveDate && !journal.reverses && { effectiveDate }) };
    const reverse = () =>
      this.fixture.database.transaction(this.fixture.ours.officer, async (tx) => [await reverseJournal(tx, reversal)]);
    await this.compare(expected, reverse);
    if ('posted' in expected) await this.compare({ posted: [[expected.posted[0]![0], true]] }, reverse);
  }

  private async changePeriod(action: 'close' | 'reopen', month: string): Promise<void> {
    const refused = action === 'close' ? this.model.close(month, '2026-06') : this.model.reopen(month);
    const approval = { reason: 'A late bill', approvedBy: this.fixture.ours.approverId };
    await this.compare(refused ? { refused } : { posted: [] }, () =>
      this.fixture.database.transaction(this.fixture.ours.officer, async (tx) => {
        await (action === 'close' ? closePeriod(tx, month) : reopenPeriod(tx, month, approval));
        return [];
      }),
    );
  }

  private async compare(expected: Reply, ask: () => Promise<Awaited<ReturnType<typeof postJournals>>>): Promise<void> {
    const got = await ask().catch((error: unknown) => {
      if (error instanceof Problem) return { refused: error.code };
      throw error;
    });
    if ('refused' in expected) {
      expect(got).toEqual(expected);
      return;
    }
    expect(got).toEqual(
      expected.posted.map(([journal, repeated], order) => ({
        id: journal.id ?? expect.any(String),
        bookId: this.fixture.ours.families[journal.book]!.bookId,
        sequence: journal.sequence,
        effectiveDate: journal.day,
        recordedAt: new Date(journal.at),
        repeated: repeated || expected.posted.slice(0, order).some(([other]) => other === journal),
      })),
    );
    for (const [order, [journal]] of expected.posted.entries()) journal.id = (got as { id: string }[])[order]!.id;
  }

  private async held(): Promise<Map<string, bigint>> {
    const rows = await this.fixture.database.transaction(this.fixture.ours.officer, (tx) => balances(tx));
    return withoutZeros(
      new Map(rows.map((row) => [`${this.bookOf(row.bookId)} ${row.account} ${row.stream}`, row.balancePence])),
    );
  }

  private async compareAt(order: number): Promise<void> {
    const book = order % 2;
    const at = new Date(Date.UTC(2025, 11, 20) + ((order * 37) % 180) * 86_400_000).toISOString().slice(0, 10);
    const instant = Date.parse('2026-06-15T10:00:00Z') + ((order * 61) % (order + 1)) * 1000;
    const { bookId } = this.fixture.ours.families[book]!;
    const [now, then] = await this.fixture.database.transaction(this.fixture.ours.officer, async (tx) => [
      await balances(tx, { bookId, at }),
      await balances(tx, { bookId, at, asKnownAt: new Date(instant) }),
    ]);
    const asMap = (rows: Awaited<ReturnType<typeof balances>>): Map<string, bigint> =>
      withoutZeros(new Map(rows.map((row) => [`${row.account} ${row.stream}`, row.balancePence])));
    expect(asMap(now!)).toEqual(withoutZeros(this.model.balancesAt(book, at)));
    expect(asMap(then!)).toEqual(withoutZeros(this.model.balancesAt(book, at, instant)));
  }

  private journalDraft({ book, shape, stream, pence, day, late }: DraftStep): NewJournal {
    const { bookId, budgetId } = this.fixture.ours.families[book]!;
    const entry = (account: NewEntry['account'], of: LedgerStream, amountPence: bigint): NewEntry => ({
      ...{ account, budgetId, stream: of, amountPence },
    });
    const entries: Readonly<Record<DraftStep['shape'], NewEntry[]>> = {
      line: [entry('BANK', 'UNALLOCATED', -pence), entry('SUSPENSE', 'UNALLOCATED', pence)],
      due: [entry('DUE_FROM_PAYER', stream, pence), entry('FUNDS_HELD', stream, -pence)],
      spend: [entry('PROVISION', stream, pence), entry('SUPPLIER', stream, -pence)],
      // The same account twice in one journal.
      split: [
        entry('PROVISION', stream, pence),
        entry('PROVISION', stream, 7n),
        entry('SUPPLIER', stream, -pence - 7n),
      ],
      unbalanced: [entry('BANK', stream, pence), entry('SUSPENSE', stream, -pence - 1n)],
      transfer: [
        ...[entry('FUNDS_HELD', 'EDU', pence), entry('BANK', 'EDU', -pence)],
        ...[entry('BANK', 'HEALTH', pence), entry('FUNDS_HELD', 'HEALTH', -pence)],
      ],
    };
    const id = newId();
    return {
      ...{ bookId, kind: 'ADJUSTMENT', description: shape, effectiveDate: day, source: { type: 'model', id } },
      ...{ idempotencyKey: id, entries: entries[shape], whenClosed: late ? 'first-open-day' : 'refuse' },
    };
  }

  private modelDraft({ book, shape }: DraftStep, draft: NewJournal): ModelDraft {
    const fault = { unbalanced: 'journal-unbalanced', transfer: 'invalid-request' }[shape as string];
    return {
      book,
      key: draft.idempotencyKey,
      payload: payloadOf(draft),
      day: draft.effectiveDate,
      late: draft.whenClosed === 'first-open-day',
      entries: draft.entries.map((entry) => [`${entry.account} ${entry.stream}`, entry.amountPence]),
      ...(fault && { fault }),
    };
  }

  private bookOf(bookId: string): number {
    return this.fixture.ours.families.findIndex((family) => family.bookId === bookId);
  }

  /** The month that is next to be closed, or the one that was closed last. */
  private monthOf(action: 'close' | 'reopen'): string {
    const { openFrom } = this.model;
    if (action === 'close') return openFrom;
    return new Date(Date.parse(`${openFrom}-01`) - 86_400_000).toISOString().slice(0, 7);
  }
}

function payloadOf(draft: NewJournal): string {
  const pence = draft.entries
    .map(({ account, stream, amountPence }) => `${account} ${stream} ${amountPence}`)
    .join(',');
  return `${draft.source.id} ${pence} ${draft.whenClosed === 'first-open-day' ? draft.effectiveDate : ''}`;
}

function withoutZeros(sums: ReadonlyMap<string, bigint>): Map<string, bigint> {
  return new Map([...sums].filter(([, pence]) => pence !== 0n).sort(([a], [b]) => (a < b ? -1 : 1)));
}
