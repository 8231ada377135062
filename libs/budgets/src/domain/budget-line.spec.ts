import { timesRate } from '@ringfence/kernel';
import fc from 'fast-check';
import { holdsCash, isDirectPayment, lineFaults, type LineSurroundings, type LineTerms } from './budget-line.js';

const around: LineSurroundings = {
  planKind: 'EHC_PLAN',
  budgetStartsOn: '2026-04-01',
  budgetEndsOn: '2027-03-31',
  childBornOn: '2015-06-01',
};
const line: LineTerms = {
  name: 'One-to-one support',
  stream: 'EDU',
  mechanism: 'DIRECT_PAYMENT',
  holder: 'FAMILY',
  planSection: 'F',
  amountPence: 650_000n,
  quantity: '520',
  unit: 'hours',
  ratePence: 1_250n,
  startsOn: '2026-04-01',
  endsOn: '2027-03-31',
  outcomes: 1,
};
const messages = (change: Partial<LineTerms>, where: Partial<LineSurroundings> = {}) =>
  lineFaults({ ...line, ...change }, { ...around, ...where }).map(({ message }) => message);

describe('a budget line', () => {
  it('is accepted when everything agrees', () => {
    expect(messages({})).toEqual([]);
  });

  it('is refused when quantity and rate do not make its amount, and both figures are named', () => {
    expect(messages({ amountPence: 660_000n })).toEqual([
      '520 hours at £12.50 make £6,500.00, and the amount is £6,600.00: correct one of them.',
    ]);
  });

  it('is accepted for exactly the amount that quantity and rate make', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999_999_999 }),
        fc.bigInt({ min: 1n, max: 100_000n }),
        (thousandths, ratePence) => {
          const quantity = `${Math.floor(thousandths / 1000)}.${String(thousandths % 1000).padStart(3, '0')}`;
          const amountPence = timesRate(ratePence, quantity);
          fc.pre(amountPence > 0n);
          expect(messages({ quantity, ratePence, amountPence })).toEqual([]);
          expect(messages({ quantity, ratePence, amountPence: amountPence + 1n })).toHaveLength(1);
        },
      ),
    );
  });

  it('is refused when only some of quantity, unit and rate are given', () => {
    expect(messages({ unit: null })).toEqual(['quantity, unit and rate belong together: give all three or none.']);
  });

  it('is refused when money is paid out for no outcome', () => {
    expect(messages({ outcomes: 0 })).toEqual([
      '/outcomes is empty: money paid out must name at least one outcome of the plan.',
    ]);
    expect(messages({ outcomes: 0, mechanism: 'ORGANISED', holder: 'SCHOOL' })).toEqual([]);
  });

  it('is refused when its stream cannot stand in its section of the plan', () => {
    expect(messages({ stream: 'HEALTH' })).toEqual([
      'Section F cannot carry HEALTH money: HEALTH belongs in G or J or OTHER.',
    ]);
    expect(messages({ stream: 'EDU', planSection: 'G' })).toEqual([
      'Section G cannot carry EDU money: EDU belongs in F or J.',
    ]);
  });

  it('is refused when it names a section that its kind of plan does not have', () => {
    expect(messages({ stream: 'HEALTH', planSection: 'G' }, { planKind: 'NHS_CARE_PLAN' })).toEqual([
      'Only an EHC plan has a section G, and this is NHS_CARE_PLAN: write OTHER.',
    ]);
    expect(messages({ planSection: 'OTHER' }, { planKind: 'NHS_CARE_PLAN' })).toEqual([
      'Section OTHER cannot carry EDU money: education money needs an EHC plan.',
    ]);
  });

  it('is refused when its money is held by somebody whom the mechanism does not allow', () => {
    expect(messages({ holder: 'SCHOOL' })).toEqual([
      '/holder is SCHOOL, and a line of DIRECT_PAYMENT is held by FAMILY or INDIVIDUAL or ORGANISATION.',
    ]);
  });

  it('is refused when it runs beyond its budget', () => {
    expect(messages({ startsOn: '2026-03-31', endsOn: '2027-04-01' })).toEqual([
      '/startsOn is 2026-03-31, and the budget begins on 2026-04-01.',
      '/endsOn is 2027-04-01, and the budget ends on 2027-03-31.',
    ]);
  });

  it('of social care is closed at the eighteenth birthday and opened anew', () => {
    const turning = { childBornOn: '2008-09-10' };
    expect(messages({ stream: 'SOCIAL_CHILD', planSection: 'H2' }, turning)).toEqual([
      '/endsOn is 2027-03-31, and the child is 18 on 2026-09-10: end this line on 2026-09-09 and begin a SOCIAL_ADULT line.',
    ]);
    expect(messages({ stream: 'SOCIAL_ADULT', planSection: 'H2' }, turning)).toEqual([
      '/startsOn is 2026-04-01, and SOCIAL_ADULT money begins at 18, on 2026-09-10: use SOCIAL_CHILD before that day.',
    ]);
    expect(messages({ stream: 'SOCIAL_CHILD', planSection: 'H2', endsOn: '2026-09-09' }, turning)).toEqual([]);
  });
});

describe('money held by a third party', () => {
  it('is cash, and a direct payment everywhere but in health', () => {
    expect(holdsCash('THIRD_PARTY')).toBe(true);
    expect(isDirectPayment('EDU', 'THIRD_PARTY')).toBe(true);
    expect(isDirectPayment('HEALTH', 'THIRD_PARTY')).toBe(false);
    expect(isDirectPayment('HEALTH', 'DIRECT_PAYMENT')).toBe(true);
    expect(isDirectPayment('EDU', 'ORGANISED')).toBe(false);
  });
});
