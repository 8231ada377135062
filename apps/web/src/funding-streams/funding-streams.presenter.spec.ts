import type { FundingStreamSummary } from '@ringfence/reporting';
import * as fc from 'fast-check';
import { barWidth, presentFundingStreams } from './funding-streams.presenter.js';
import { vocabulary } from '../shell/vocabulary.js';

const summary = (changes: Partial<FundingStreamSummary>): FundingStreamSummary => ({
  budgetId: 'b',
  stream: 'EDU',
  inPence: 0n,
  outPence: 0n,
  bankPence: 0n,
  queriedPence: 0n,
  excludedPence: 0n,
  ...changes,
});

describe('The picture of a funding stream', () => {
  it('says in words what it draws', () => {
    const [view] = presentFundingStreams(
      [
        summary({
          inPence: 100_000n,
          outPence: 40_000n,
          bankPence: 68_000n,
          queriedPence: 5_000n,
          excludedPence: 1_250n,
        }),
      ],
      vocabulary.officer,
    ).streams;
    expect(view!.described).toBe('Education: £1,000.00 in, £400.00 spent. Under query: £62.50. Remaining: £600.00.');
    expect(view).toMatchObject({ remaining: '£600.00', inBank: '£680.00' });
    expect(view!.bar).toEqual([
      { kind: 'spent', from: 0, width: 337 },
      { kind: 'queried', from: 337, width: 63 },
      { kind: 'remaining', from: 400, width: 600 },
    ]);
  });

  it('draws nothing for an empty stream, and never draws a debt as money that remains', () => {
    expect(presentFundingStreams([summary({})], vocabulary.officer).streams[0]!.bar).toEqual([]);
    const [overdrawn] = presentFundingStreams(
      [summary({ inPence: 100n, outPence: 300n, bankPence: -200n })],
      vocabulary.officer,
    ).streams;
    expect(overdrawn).toMatchObject({
      remaining: '−£2.00',
      inBank: null,
      bar: [{ kind: 'spent', from: 0, width: barWidth }],
    });
  });

  it('keeps its parts side by side and inside the whole, whatever the amounts', () => {
    const pence = fc.bigInt({ min: 0n, max: 9_999_999_999_999n });
    fc.assert(
      fc.property(pence, pence, pence, (inPence, outPence, queriedPence) => {
        const { bar } = presentFundingStreams([summary({ inPence, outPence, queriedPence })], vocabulary.officer)
          .streams[0]!;
        bar.forEach((segment, at) => {
          const before = bar[at - 1];
          if (before) expect(segment.from).toBe(before.from + before.width);
          expect(segment.width).toBeGreaterThan(0);
          expect(segment.from + segment.width).toBeLessThanOrEqual(barWidth);
        });
      }),
    );
  });

  it('shows what is unallocated as a note beside the funding streams', () => {
    const unallocated = summary({ stream: 'UNALLOCATED', outPence: 1_999n });
    expect(presentFundingStreams([unallocated], vocabulary.officer)).toEqual({
      streams: [],
      unallocated: { moneyIn: null, moneyOut: '£19.99' },
    });
  });
});
