import fc from 'fast-check';
import { addDays } from '@ringfence/kernel';
import {
  exactMatches,
  suggestMatches,
  type BudgetLineCandidate,
  type InstalmentCandidate,
  type PayslipCandidate,
} from './matching.js';

const instalment: InstalmentCandidate = {
  type: 'instalment',
  id: 'i1',
  budgetId: 'b',
  dueOn: '2026-05-01',
  amountPence: 48_000n,
  stream: 'SOCIAL_CHILD',
  payerName: 'Fernshire Council',
};
const payslip: PayslipCandidate = {
  type: 'payslip',
  id: 'p1',
  budgetId: 'b',
  payDate: '2026-05-28',
  netPence: 31_250n,
  names: ['R Okafor', 'Ruth Okafor'],
};
const childminder: BudgetLineCandidate = {
  type: 'budget-line',
  stream: 'EDU',
  id: 'l1',
  budgetId: 'b',
  name: 'Childminder',
  startsOn: '2026-04-01',
  endsOn: '2027-03-31',
  remainingPence: 100_000n,
  names: ['Little Acorns'],
};

function line(amountPence: bigint, date: string, normalisedDescription = '') {
  return { amountPence, date, normalisedDescription };
}

describe('an instalment', () => {
  it('is matched by its exact amount about its day, with the reasons in words', () => {
    const [match] = exactMatches(line(48_000n, '2026-05-04', 'FERNSHIRE COUNCIL DP 0042'), [instalment]);
    expect(match?.reasons).toEqual([
      'The amount is the instalment’s, £480.00.',
      'It was due on 1 May 2026 and came 3 days later.',
      'The bank description matches Fernshire Council.',
    ]);
  });

  it('is not matched when a penny differs, nor a month later, nor by money that leaves', () => {
    expect(exactMatches(line(48_001n, '2026-05-01'), [instalment])).toEqual([]);
    expect(exactMatches(line(48_000n, '2026-06-01'), [instalment])).toEqual([]);
    expect(exactMatches(line(-48_000n, '2026-05-01'), [instalment])).toEqual([]);
  });

  it('that comes late goes to the line nearest to it, and is suggested once', () => {
    const may = line(48_000n, '2026-05-20');
    const june = line(48_000n, '2026-05-29');
    const next = { ...instalment, id: 'i2', dueOn: '2026-05-29' };
    const found = suggestMatches([may, june], [instalment, next]);
    expect(found.get(june)?.map(({ candidate }) => candidate.id)).toEqual(['i2']);
    expect(found.get(may)?.map(({ candidate }) => candidate.id)).toEqual(['i1']);
  });
});

describe('a payslip', () => {
  it('is matched by its net pay, and a name in the bank’s text puts it first', () => {
    const other = { ...payslip, id: 'p0', names: ['Ana Silva'] };
    const found = exactMatches(line(-31_250n, '2026-05-28', 'BACS R OKAFOR WAGES'), [other, payslip]);
    expect(found.map(({ candidate }) => candidate.id)).toEqual(['p1', 'p0']);
  });
});

describe('a budget line', () => {
  it('is matched by its known payee within its dates and what is left of it', () => {
    expect(exactMatches(line(-9_600n, '2026-05-05', 'LITTLE ACORNS LTD MAY'), [childminder])).toHaveLength(1);
    expect(exactMatches(line(-9_600n, '2026-03-31', 'LITTLE ACORNS LTD'), [childminder])).toEqual([]);
    expect(exactMatches(line(-100_001n, '2026-05-05', 'LITTLE ACORNS LTD'), [childminder])).toEqual([]);
  });

  it('is not matched by part of a word', () => {
    expect(exactMatches(line(-9_600n, '2026-05-05', 'LITTLE ACORNSHIRE'), [childminder])).toEqual([]);
  });
});

describe('suggestions', () => {
  it('never offer one instalment to two lines when one of them fits it better than anything else', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 6 }), (offsets) => {
        const lines = offsets.map((days) => line(48_000n, addDays('2026-05-01', days)));
        const found = suggestMatches(lines, [instalment]);
        const offered = lines.filter((each) => (found.get(each) ?? []).length > 0);
        expect(offered).toHaveLength(1);
      }),
    );
  });
});
