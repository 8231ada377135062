import { chooseMembership, type Membership } from './choose-membership.js';

const member = (authorityId: string, ...days: [from: string, to: string | null][]): Membership => ({
  authorityId,
  today: '2026-06-15',
  grants: days.map(([validFrom, validTo]) => ({ role: 'PAYROLL_BUREAU', budgetId: 'b', validFrom, validTo })),
});
const oakshire = member('oakshire', ['2026-01-01', null]);
const elmshire = member('elmshire', ['2026-01-01', null]);
const without = member('ashshire', ['2026-01-01', '2026-06-14']);

describe('the authority that somebody acts for', () => {
  it('is the one that they name, where it knows them', () => {
    expect(chooseMembership([oakshire, elmshire], 'elmshire')).toBe(elmshire);
    expect(chooseMembership([oakshire], 'elmshire')).toBeUndefined();
  });

  it('need not be named where only one has given them a role in force', () => {
    expect(chooseMembership([oakshire, without])).toBe(oakshire);
    expect(chooseMembership([without])).toBe(without);
  });

  it('must be named where several have, or where none has and several know them', () => {
    expect(chooseMembership([oakshire, elmshire])).toBeUndefined();
    expect(chooseMembership([without, member('birchshire')])).toBeUndefined();
  });
});
