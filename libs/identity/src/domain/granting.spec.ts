import { faultOfEnd, faultOfGrant, giversOf, mayGive } from './granting.js';
import { roles, type Grant, type Role } from './roles.js';

const today = '2026-06-15';
const holding = (role: Role, over: Partial<Grant> = {}): Grant[] => [
  { role, budgetId: null, validFrom: '2026-01-01', validTo: null, ...over },
];

describe('who gives which role', () => {
  it('is an approver for the authority’s own roles, an officer for those of a budget, a co-ordinator for recipients alone', () => {
    const given = Object.fromEntries(roles.map((role) => [role, giversOf(role)]));
    expect(given).toEqual({
      FINANCE_OFFICER: ['APPROVER'],
      APPROVER: ['APPROVER'],
      PLAN_COORDINATOR: ['APPROVER'],
      AUDITOR: ['APPROVER'],
      RECIPIENT: ['FINANCE_OFFICER', 'PLAN_COORDINATOR'],
      MANAGED_ACCOUNT_PROVIDER: ['FINANCE_OFFICER'],
      PAYROLL_BUREAU: ['FINANCE_OFFICER'],
    });
  });

  it('counts only on the days on which the giver has the role', () => {
    expect(mayGive(holding('APPROVER'), 'AUDITOR', today)).toBe(true);
    expect(mayGive(holding('APPROVER', { validTo: '2026-06-14' }), 'AUDITOR', today)).toBe(false);
    expect(mayGive(holding('APPROVER', { validFrom: '2026-06-16' }), 'AUDITOR', today)).toBe(false);
    expect(mayGive(holding('PLAN_COORDINATOR'), 'PAYROLL_BUREAU', today)).toBe(false);
  });
});

describe('a grant', () => {
  it('to a machine is of a role that a machine may have', () => {
    const wanted = { role: 'RECIPIENT', apiClientId: 'a', budgetId: 'b', validFrom: today } as const;
    expect(faultOfGrant(wanted)).toEqual({
      pointer: '/apiClientId',
      message:
        'The role recipient of direct payments is for people: an API client may have MANAGED_ACCOUNT_PROVIDER or PAYROLL_BUREAU.',
    });
    expect(faultOfGrant({ ...wanted, role: 'PAYROLL_BUREAU' })).toBeUndefined();
  });

  it('does not end before it begins', () => {
    const wanted = { role: 'AUDITOR', personId: 'p', validFrom: today, validTo: '2026-06-14' } as const;
    expect(faultOfGrant(wanted)?.message).toBe('The grant would end on 2026-06-14, before it begins on 2026-06-15.');
  });
});

describe('the end of a grant', () => {
  const grant = { validFrom: '2026-01-01', validTo: '2026-12-31' };

  it('may be today, later, or yesterday, which ends it at once', () => {
    for (const day of ['2026-06-14', '2026-06-15', '2026-09-30']) expect(faultOfEnd(grant, day, today)).toBeUndefined();
  });

  it('may be the day before it begins, where it is never to count', () => {
    const toCome = { validFrom: '2026-07-01', validTo: null };
    expect(faultOfEnd(toCome, '2026-06-30', today)).toBeUndefined();
    expect(faultOfEnd({ ...toCome, validFrom: today }, '2026-06-14', today)).toBeUndefined();
    expect(faultOfEnd(toCome, '2026-06-29', today)).toBe(
      'The grant begins on 2026-07-01: end it on 2026-06-30 if it is never to count, and not on 2026-06-29.',
    );
  });

  it('never ends days that have passed', () => {
    expect(faultOfEnd(grant, '2026-06-13', today)).toBe(
      'The grant was in force after 2026-06-13, and that cannot be undone: end it on 2026-06-14 or later.',
    );
  });

  it('never comes later', () => {
    expect(faultOfEnd(grant, '2027-01-01', today)).toBe(
      'The grant ends on 2026-12-31 and cannot be prolonged to 2027-01-01: give a new one.',
    );
  });
});
