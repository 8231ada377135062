import { Problem } from '@ringfence/kernel';
import { authorise, may, type Principal } from '../principal.js';
import { authoriseOn, readableBudgets } from '../readable.js';
import { accessTable, type Action } from './access.js';
import { roles, type Grant, type Role } from './roles.js';

const day = '2026-05-01';
const budget = '0198c000-0000-7000-8000-000000000001';
const other = '0198c000-0000-7000-8000-000000000002';

function principal(...grants: Grant[]): Principal {
  return {
    authorityId: budget,
    authorityName: 'Fernshire',
    kind: 'person',
    id: budget,
    name: 'Pat',
    organisationId: null,
    grants,
    today: day,
  };
}

function grant(
  role: Role,
  budgetId: string | null = null,
  validFrom = '2026-01-01',
  validTo: string | null = null,
): Grant {
  return { role, budgetId, validFrom, validTo };
}

describe('the table of role × action', () => {
  it('names only known roles, and somebody for every action', () => {
    for (const [action, allowed] of Object.entries(accessTable)) {
      expect([action, allowed.length > 0 && allowed.every((role) => roles.includes(role))]).toEqual([action, true]);
    }
  });

  it('lets nobody but a bureau submit payslips, and nobody but an approver approve an exception', () => {
    expect(accessTable['pay-runs.submit']).toEqual(['PAYROLL_BUREAU']);
    expect(accessTable['exceptions.approve']).toEqual(['APPROVER']);
  });

  it('gives an auditor nothing that changes anything', () => {
    const changes = (Object.keys(accessTable) as Action[]).filter((action) => !action.endsWith('.read'));
    expect(changes.filter((action) => (accessTable[action] as readonly Role[]).includes('AUDITOR'))).toEqual([]);
  });
});

describe('a grant', () => {
  it('for one budget reaches that budget and no other', () => {
    const parent = principal(grant('RECIPIENT', budget));
    expect(may(parent, 'receipts.upload', budget)).toBe(true);
    expect(may(parent, 'receipts.upload', other)).toBe(false);
  });

  it('over the whole authority reaches every budget', () => {
    expect(may(principal(grant('FINANCE_OFFICER')), 'lines.allocate', other)).toBe(true);
  });

  it('counts only between its days, both included', () => {
    expect(may(principal(grant('FINANCE_OFFICER', null, '2026-05-01', '2026-05-01')), 'lines.allocate', budget)).toBe(
      true,
    );
    expect(may(principal(grant('FINANCE_OFFICER', null, '2026-05-02')), 'lines.allocate', budget)).toBe(false);
    expect(may(principal(grant('FINANCE_OFFICER', null, '2026-01-01', '2026-04-30')), 'lines.allocate', budget)).toBe(
      false,
    );
  });

  it('that is missing is refused in words that say what was asked', () => {
    try {
      authorise(principal(grant('RECIPIENT', budget)), 'lines.allocate', budget);
      throw new Error('it was allowed');
    } catch (error) {
      expect(error).toBeInstanceOf(Problem);
      expect((error as Problem).message).toBe(
        'You may not allocate a statement line: you need the role of finance officer. Ask the authority to grant it if you should have it.',
      );
    }
  });
});

describe('a budget that a request names', () => {
  const refusal = (work: () => void): Problem => {
    try {
      work();
    } catch (error) {
      return error as Problem;
    }
    throw new Error('it was allowed');
  };
  const parent = principal(grant('RECIPIENT', budget), grant('PAYROLL_BUREAU', other));
  const third = '0198c000-0000-7000-8000-000000000003';

  it('is not there for somebody without a role on it, in the path and in a field', () => {
    const message = `There is no budget ${third} that you can see.`;
    expect(refusal(() => authoriseOn(parent, 'receipts.read', third))).toMatchObject({ code: 'not-found', message });
    expect(refusal(() => authoriseOn(parent, 'receipts.read', third, '/budgetId'))).toMatchObject({
      code: 'invalid-request',
      errors: [{ pointer: '/budgetId', message }],
    });
  });

  it('that they see is refused by the role, where the role on it may not', () => {
    expect(refusal(() => authoriseOn(parent, 'receipts.read', other)).code).toBe('not-permitted');
    expect(() => authoriseOn(parent, 'receipts.read', budget)).not.toThrow();
  });

  it('is nobody’s to ask about who has no role for it anywhere, whatever the field names', () => {
    const bureau = principal(grant('PAYROLL_BUREAU', other));
    for (const id of [budget, other, third]) {
      expect(refusal(() => authoriseOn(bureau, 'receipts.read', id, '/budgetId')).code).toBe('not-permitted');
    }
  });

  it('is one of those that a list may show', () => {
    expect(readableBudgets(parent, 'receipts.read')).toEqual([budget]);
    expect(readableBudgets(parent, 'pay-runs.read')).toEqual([budget, other]);
    expect(readableBudgets(principal(grant('AUDITOR'), grant('RECIPIENT', budget)), 'receipts.read')).toBe('all');
    expect(readableBudgets(principal(grant('PLAN_COORDINATOR'), grant('RECIPIENT', budget)), 'pay-runs.read')).toEqual([
      budget,
    ]);
    expect(readableBudgets(principal(grant('RECIPIENT', budget, '2026-05-02')), 'receipts.read')).toEqual([]);
  });
});
