import { fundingStreams, newId, type FundingStream } from '@ringfence/kernel';
import fc from 'fast-check';
import { checkNewJournals, type NewEntry } from './journal.js';
import { payslipEntries } from './payslip.js';
import {
  allocationEntries,
  instalmentDueEntries,
  moveEntries,
  statementLineEntries,
  streamTransferEntries,
} from './postings.js';
import { financialYearOf, financialYearText } from './periods.js';

const budgetId = newId();
const pence = fc.bigInt({ min: -10_000_000n, max: 10_000_000n }).filter((amount) => amount !== 0n);
const positive = fc.bigInt({ min: 1n, max: 10_000_000n });
const stream = fc.constantFrom<FundingStream>(...fundingStreams);

/** What checkNewJournals holds of every posting: balanced per budget and stream, no empty entry. */
function expectSound(entries: readonly NewEntry[]): void {
  checkNewJournals([
    {
      bookId: budgetId,
      kind: entries.filter(({ account }) => account === 'FUNDS_HELD').length > 1 ? 'ADJUSTMENT' : 'ALLOCATION',
      description: 'A posting',
      effectiveDate: '2026-04-01',
      source: { type: 'test', id: '1' },
      idempotencyKey: '1',
      entries,
    },
  ]);
}

function balanceOf(entries: readonly NewEntry[], account: string, of: string): bigint {
  return entries
    .filter((entry) => entry.account === account && entry.stream === of)
    .reduce((sum, entry) => sum + entry.amountPence, 0n);
}

describe('The posting patterns', () => {
  it('balance for each budget and stream, whatever the amounts', () => {
    fc.assert(
      fc.property(pence, positive, stream, stream, fc.boolean(), (amountPence, amount, one, two, pooled) => {
        const from = { budgetId: pooled ? null : budgetId };
        expectSound(statementLineEntries(amountPence, from.budgetId));
        expectSound(allocationEntries({ amountPence, from, to: { account: 'PROVISION', budgetId, stream: one } }));
        expectSound(instalmentDueEntries({ amountPence: amount, budgetId, stream: one }));
        expectSound(moveEntries({ amountPence, budgetId, stream: one, debit: 'UNEVIDENCED', credit: 'PROVISION' }));
        expectSound(
          streamTransferEntries({
            amountPence: amount,
            from: { budgetId, stream: one },
            to: { budgetId, stream: two },
          }),
        );
      }),
    );
  });

  it('leave nothing in suspense once a line is allocated, and the bank with its stream', () => {
    fc.assert(
      fc.property(pence, stream, (amountPence, of) => {
        const entries = [
          ...statementLineEntries(amountPence, budgetId),
          ...allocationEntries({ amountPence, from: { budgetId }, to: { account: 'PROVISION', budgetId, stream: of } }),
        ];
        expect(balanceOf(entries, 'SUSPENSE', 'UNALLOCATED')).toBe(0n);
        expect(balanceOf(entries, 'BANK', 'UNALLOCATED')).toBe(0n);
        expect(balanceOf(entries, 'BANK', of)).toBe(amountPence);
        expect(balanceOf(entries, 'PROVISION', of)).toBe(-amountPence);
      }),
    );
  });

  it('carry the dimensions on the entry that says what was bought, and not on the bank’s', () => {
    const [, , bought, bank] = allocationEntries({
      amountPence: -500n,
      from: { budgetId },
      to: {
        account: 'PROVISION',
        budgetId,
        stream: 'EDU',
        budgetLineId: 'L',
        outcomeId: 'O',
        serviceDate: '2026-04-02',
      },
    });
    expect(bought).toEqual({
      account: 'PROVISION',
      budgetId,
      stream: 'EDU',
      amountPence: 500n,
      budgetLineId: 'L',
      outcomeId: 'O',
      serviceDate: '2026-04-02',
    });
    expect(bank).toEqual({ account: 'BANK', budgetId, stream: 'EDU', amountPence: -500n });
  });
});

describe('A payslip', () => {
  const payslip = {
    budgetId,
    grossPence: 80_001n,
    employerNiPence: 3_000n,
    employerPensionPence: 2_400n,
    holidayAccrualPence: 9_656n,
    netPence: 65_001n,
    taxAndNiPence: 13_000n,
    pensionPence: 6_400n,
    attachmentPence: 1_000n,
    shares: [
      { stream: 'EDU' as const, weight: '2' },
      { stream: 'HEALTH' as const, weight: '1' },
    ],
  };

  it('costs its gross, the employer’s share and the holiday earned, split to the penny', () => {
    const entries = payslipEntries(payslip);
    expectSound(entries);
    const cost = balanceOf(entries, 'PROVISION', 'EDU') + balanceOf(entries, 'PROVISION', 'HEALTH');
    expect(cost).toBe(80_001n + 3_000n + 2_400n + 9_656n);
    expect(balanceOf(entries, 'HMRC', 'EDU')).toBe(-8_667n);
    expect(balanceOf(entries, 'HMRC', 'HEALTH')).toBe(-4_333n);
  });

  it('balances whatever the amounts and weights', () => {
    const amount = fc.bigInt({ min: 0n, max: 1_000_000n });
    const shares = fc.uniqueArray(fc.record({ stream, weight: fc.integer({ min: 1, max: 999 }).map(String) }), {
      minLength: 1,
      selector: (share) => share.stream,
    });
    fc.assert(
      fc.property(amount, amount, amount, amount, amount, shares, (net, tax, pension, attachment, holiday, splits) => {
        const total = net + tax + pension + attachment;
        fc.pre(total + holiday > 10_000n);
        const entries = payslipEntries({
          budgetId,
          grossPence: total,
          employerNiPence: 0n,
          employerPensionPence: 0n,
          holidayAccrualPence: holiday,
          netPence: net,
          taxAndNiPence: tax,
          pensionPence: pension,
          attachmentPence: attachment,
          shares: splits,
        });
        expectSound(entries);
        const cost = entries
          .filter(({ account }) => account === 'PROVISION')
          .reduce((sum, entry) => sum + entry.amountPence, 0n);
        expect(cost).toBe(total + holiday);
      }),
    );
  });

  it('is refused when what is owed is not what it costs', () => {
    expect(() => payslipEntries({ ...payslip, netPence: 65_000n })).toThrow(
      'The payslip costs £854.01 (gross, reimbursements, employer’s National Insurance and pension) but £854.00 is owed ' +
        '(net, HMRC, pension and attachment): correct the amounts so that they agree.',
    );
  });
});

describe('A financial year', () => {
  it('begins on 1 April', () => {
    expect([financialYearOf('2026-03-31'), financialYearOf('2026-04-01')]).toEqual([2025, 2026]);
    expect(financialYearText(2026)).toBe('2026-27');
  });
});
