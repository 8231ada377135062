import type { FundingStreamSummary } from '@ringfence/reporting';
import * as fc from 'fast-check';
import { barWidth, presentPots } from './funding-streams.presenter.js';

const pot = (changes: Partial<FundingStreamSummary>): FundingStreamSummary => ({
  budgetId: 'b',
  stream: 'EDU',
  inPence: 0n,
  outPence: 0n,
  bankPence: 0n,
  queriedPence: 0n,
  excludedPence: 0n,
  ...changes,
});

describe('The picture of a pot', () => {
  it('says in words what it draws', () => {
    const [view] = presentPots([
      pot({ inPence: 100_000n, outPence: 40_000n, bankPence: 68_000n, queriedPence: 5_000n, excludedPence: 1_250n }),
    ]).pots;
    expect(view!.described).toBe(
      'Education: £1,000.00 in, £400.00 spent, of which £62.50 is being checked, £600.00 left.',
    );
    expect(view).toMatchObject({ left: '£600.00', inBank: '£680.00' });
    expect(view!.bar).toEqual([
      { kind: 'spent', from: 0, width: 337 },
      { kind: 'queried', from: 337, width: 63 },
      { kind: 'left', from: 400, width: 600 },
    ]);
  });

  it('draws nothing for an empty pot, and never draws a debt as money left', () => {
    expect(presentPots([pot({})]).pots[0]!.bar).toEqual([]);
    const [overdrawn] = presentPots([pot({ inPence: 100n, outPence: 300n, bankPence: -200n })]).pots;
    expect(overdrawn).toMatchObject({
      left: '−£2.00',
      inBank: null,
      bar: [{ kind: 'spent', from: 0, width: barWidth }],
    });
  });

  it('keeps its parts side by side and inside the whole, whatever the amounts', () => {
    const pence = fc.bigInt({ min: 0n, max: 9_999_999_999_999n });
    fc.assert(
      fc.property(pence, pence, pence, (inPence, outPence, queriedPence) => {
        const { bar } = presentPots([pot({ inPence, outPence, queriedPence })]).pots[0]!;
        bar.forEach((segment, at) => {
          const before = bar[at - 1];
          if (before) expect(segment.from).toBe(before.from + before.width);
          expect(segment.width).toBeGreaterThan(0);
          expect(segment.from + segment.width).toBeLessThanOrEqual(barWidth);
        });
      }),
    );
  });

  it('shows what is not understood yet as a note beside the pots', () => {
    const unknown = pot({ stream: 'UNALLOCATED', outPence: 1_999n });
    expect(presentPots([unknown])).toEqual({ pots: [], notUnderstood: { moneyIn: null, moneyOut: '£19.99' } });
  });
});
