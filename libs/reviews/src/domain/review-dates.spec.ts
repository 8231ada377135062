import { addDays, addMonths, fundingStreams, type FundingStream } from '@ringfence/kernel';
import fc from 'fast-check';
import {
  changeReviewOn,
  firstReview,
  firstReviewMonthsMax,
  yearlyReviewOn,
  type FirstReviewRule,
} from './review-dates.js';

const day = fc.integer({ min: 0, max: 365 * 40 }).map((days) => addDays('2014-09-01', days));
const someStreams = fc.uniqueArray(fc.constantFrom(...fundingStreams), { minLength: 1 });
const reviewed = fundingStreams.filter((stream) => stream !== 'TRANSPORT');

describe('the first review', () => {
  it.each(reviewed)(
    'of %s is three months after the first payment where the authority has set nothing else',
    (stream) => {
      expect(firstReview('2026-01-15', [stream])?.dueOn).toBe('2026-04-15');
    },
  );

  it('does not exist for a travel budget', () => {
    expect(firstReview('2026-01-15', ['TRANSPORT'])).toBeUndefined();
  });

  it('falls on the last day of a month that is shorter', () => {
    expect(firstReview('2025-11-30', ['EDU'])?.dueOn).toBe('2026-02-28');
    expect(firstReview('2027-11-30', ['EDU'])?.dueOn).toBe('2028-02-29');
  });

  it('follows the authority’s own policy that is in force on the day of the payment', () => {
    const policies = [rule('SOCIAL_ADULT', '2025-04-01', 6), rule('SOCIAL_ADULT', '2026-04-01', 2)];
    expect(firstReview('2025-03-31', ['SOCIAL_ADULT'], policies)?.dueOn).toBe('2025-06-30');
    expect(firstReview('2025-04-01', ['SOCIAL_ADULT'], policies)?.dueOn).toBe('2025-10-01');
    expect(firstReview('2026-04-01', ['SOCIAL_ADULT'], policies)?.dueOn).toBe('2026-06-01');
  });

  it('of an agreement with several streams is that of the strictest', () => {
    const policies = [rule('SOCIAL_ADULT', '2025-04-01', 6), rule('HEALTH', '2025-04-01', 2)];
    expect(firstReview('2026-01-15', ['SOCIAL_ADULT', 'HEALTH', 'TRANSPORT', 'EDU'], policies)?.dueOn).toBe(
      '2026-03-15',
    );
  });

  it('is never later than the law allows, whatever the policy, the streams and the day', () => {
    const policy = fc.record({
      stream: fc.constantFrom(...reviewed),
      validFrom: day,
      months: fc.integer({ min: 1, max: 24 }),
      source: fc.constant('policy'),
    });
    fc.assert(
      fc.property(day, someStreams, fc.array(policy), (received, streams, policies) => {
        const due = firstReview(received, streams, policies)?.dueOn;
        const strictest = streams.filter((stream) => stream !== 'TRANSPORT').map(firstReviewMonthsMax);
        if (strictest.length === 0) return due === undefined;
        return due! > received && due! <= addMonths(received, Math.min(...strictest));
      }),
    );
  });

  it('moves to an earlier day, or stays, when the first payment was earlier', () => {
    fc.assert(
      fc.property(day, fc.nat(400), someStreams, (received, earlier, streams) => {
        const [late, early] = [firstReview(received, streams), firstReview(addDays(received, -earlier), streams)];
        return late === undefined ? early === undefined : early!.dueOn <= late.dueOn;
      }),
    );
  });
});

describe('the yearly review', () => {
  it('keeps the day of the first payment, and 29 February where the year has it', () => {
    expect([1, 2, 3, 4].map((year) => yearlyReviewOn('2024-02-29', year))).toEqual([
      '2025-02-28',
      '2026-02-28',
      '2027-02-28',
      '2028-02-29',
    ]);
  });

  it('falls in each following year once, on the same day but for 29 February', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 30 }), (received, year) => {
        const due = yearlyReviewOn(received, year);
        expect(Number(due.slice(0, 4))).toBe(Number(received.slice(0, 4)) + year);
        expect(due.slice(5) === received.slice(5) || (received.endsWith('02-29') && due.endsWith('02-28'))).toBe(true);
      }),
    );
  });
});

describe('the review on a change of services', () => {
  it('is due at once, and for a change agreed ahead on the day it begins', () => {
    expect(changeReviewOn('2026-03-01', '2026-03-10')).toBe('2026-03-10');
    expect(changeReviewOn('2026-04-01', '2026-03-10')).toBe('2026-04-01');
  });
});

function rule(stream: FundingStream, validFrom: string, months: number): FirstReviewRule {
  return { stream, validFrom, months, source: 'policy' };
}
