import { addDays } from '@ringfence/kernel';
import fc from 'fast-check';
import { versionInForce } from './agreement.js';
import { instalmentState } from './instalment-state.js';
import { overlap } from './overlap.js';

describe('the version of an agreement in force', () => {
  const versions = [
    { version: 1, validFrom: '2026-04-01' },
    { version: 2, validFrom: '2026-09-01' },
  ];

  it('is the latest that has begun', () => {
    expect(versionInForce(versions, '2026-08-31')?.version).toBe(1);
    expect(versionInForce(versions, '2026-09-01')?.version).toBe(2);
    expect(versionInForce([...versions].reverse(), '2027-01-01')?.version).toBe(2);
  });

  it('is none before the first', () => {
    expect(versionInForce(versions, '2026-03-31')).toBeUndefined();
  });
});

describe('two spans of days', () => {
  it('overlap exactly when some day is in both', () => {
    const span = fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 8 }), fc.boolean());
    fc.assert(
      fc.property(span, span, (one, other) => {
        const range = ([start, length, open]: [number, number, boolean]) => ({
          from: addDays('2026-01-01', start),
          to: open ? null : addDays('2026-01-01', start + length),
        });
        const [a, b] = [range(one), range(other)];
        const days = Array.from({ length: 40 }, (_, order) => addDays('2026-01-01', order));
        const shared = days.some((day) => [a, b].every(({ from, to }) => from <= day && (to === null || day <= to)));
        expect(overlap(a, b)).toBe(shared);
      }),
    );
  });
});

describe('an instalment', () => {
  const instalment = { dueOn: '2026-04-06', receivedOn: null, withdrawnOn: null };

  it('is expected before its day, due on it and for a week after, then late', () => {
    expect(instalmentState(instalment, '2026-04-05')).toBe('expected');
    expect(instalmentState(instalment, '2026-04-06')).toBe('due');
    expect(instalmentState(instalment, '2026-04-13')).toBe('due');
    expect(instalmentState(instalment, '2026-04-14')).toBe('late');
  });

  it('is never late once it is received or withdrawn', () => {
    expect(instalmentState({ ...instalment, receivedOn: '2026-04-20' }, '2026-05-01')).toBe('received');
    expect(instalmentState({ ...instalment, withdrawnOn: '2026-04-01' }, '2026-05-01')).toBe('withdrawn');
  });
});
