import { splitMoney } from '@ringfence/kernel';
import fc from 'fast-check';
import { sharesOwed } from './shares-owed.js';

describe('What streams still owe of a payslip', () => {
  const shares = [
    { stream: 'EDU', netPence: 101n },
    { stream: 'HEALTH', netPence: 100n },
  ] as const;

  it('is their share less what was paid, and the shares again once all is paid', () => {
    expect(sharesOwed(shares, new Map())).toEqual([101n, 100n]);
    expect(sharesOwed(shares, new Map([['EDU', 51n] as const]))).toEqual([50n, 100n]);
    expect(
      sharesOwed(
        shares,
        new Map([
          ['EDU', 101n],
          ['HEALTH', 100n],
        ] as const),
      ),
    ).toEqual([101n, 100n]);
  });

  it('pays two shares of one stream in their order', () => {
    const twice = [shares[0], { stream: 'EDU', netPence: 50n }] as const;
    expect(sharesOwed(twice, new Map([['EDU', 120n] as const]))).toEqual([0n, 31n]);
  });

  it('lets parts of any pennies pay every share exactly, and none twice', () => {
    const streams = ['EDU', 'HEALTH', 'SOCIAL_CHILD'] as const;
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: 0n, max: 5_000n }), { minLength: 1, maxLength: 3 }),
        fc.array(fc.bigInt({ min: 1n, max: 997n }), { minLength: 1, maxLength: 40 }),
        (nets, parts) => {
          const of = nets.map((netPence, place) => ({ stream: streams[place]!, netPence }));
          const net = nets.reduce((a, b) => a + b, 0n);
          const paid = new Map<(typeof streams)[number], bigint>();
          let left = net;
          for (const part of [...parts, net]) {
            const amount = part < left ? part : left;
            if (amount === 0n) return;
            splitMoney(amount, sharesOwed(of, paid)).forEach((pence, place) =>
              paid.set(of[place]!.stream, (paid.get(of[place]!.stream) ?? 0n) + pence),
            );
            left -= amount;
            for (const { stream, netPence } of of) expect((paid.get(stream) ?? 0n) <= netPence).toBe(true);
          }
        },
      ),
    );
  });
});
