import { nationalPolicy } from '../policy/national-policy.js';
import { assessWork, workDaysMax, type WorkPaid } from './work.js';

const summer = [{ from: '2026-06-15', to: '2026-09-20' }];
const pay = (changes: Partial<WorkPaid> = {}): WorkPaid => ({
  id: 'payslip-1',
  amountPence: 48000n,
  stream: 'SOCIAL_CHILD',
  planned: true,
  description: 'Basic pay',
  payee: { name: 'Ben Shaw', relationship: 'brother', livesWithChild: summer },
  worked: { from: '2026-06-01', to: '2026-06-30' },
  ...changes,
});

describe('a payslip', () => {
  it('is excluded when it overlaps days of living with the child, and names them', () => {
    const { verdict, findings } = assessWork(pay(), nationalPolicy);
    expect(verdict).toBe('excluded');
    expect(findings[0]?.reason).toBe(
      'Ben Shaw (brother) was living with your child from 15 June 2026 to 30 June 2026, and as a general rule a personal budget cannot pay a family member who lives with your child. There can be exceptional circumstances: please ask the council (or the NHS, for health money) for written approval before paying again, and tell us if the dates are wrong.',
    );
  });

  it('is allowed when every day worked was while living elsewhere', () => {
    expect(assessWork(pay({ worked: ['2026-06-02', '2026-06-14'] }), nationalPolicy).verdict).toBe('allowed');
  });

  it('tests every day worked, not only the last', () => {
    const assessment = assessWork(
      pay({ worked: ['2026-09-01', '2026-09-02', '2026-09-20', '2026-09-25'] }),
      nationalPolicy,
    );
    expect(assessment.verdict).toBe('excluded');
    expect(assessment.findings[0]?.reason).toContain(
      'from 1 September 2026 to 2 September 2026 and on 20 September 2026',
    );
  });

  it('is excluded for the days that the written exception does not cover', () => {
    const approvals = [{ rule: 'HOUSEHOLD_FAMILY', payee: 'Ben Shaw', from: '2026-06-15', to: '2026-06-28' }];
    const { verdict, findings } = assessWork(pay({ approvals }), nationalPolicy);
    expect(verdict).toBe('excluded');
    expect(findings.map((one) => one.verdict)).toEqual(['excluded', 'allowed']);
    expect(findings[0]?.reason).toContain('from 29 June 2026 to 30 June 2026');
  });

  it('is allowed when the written exception covers every day', () => {
    const approvals = [{ rule: 'HOUSEHOLD_FAMILY', payee: 'Ben Shaw', from: '2026-06-01', to: null }];
    expect(assessWork(pay({ approvals }), nationalPolicy).verdict).toBe('allowed');
  });

  it('shows an excluded item among its expenses', () => {
    const { findings } = assessWork(
      pay({ description: 'Expenses: flu jab', payee: { name: 'Kim', relationship: 'none' } }),
      nationalPolicy,
    );
    expect(findings[0]).toMatchObject({ rule: 'VACCINATION', evidence: 'receipt-line' });
  });

  it('is refused without days, with days the wrong way round, and with too many', () => {
    expect(() => assessWork(pay({ worked: [] }), nationalPolicy)).toThrow(
      '/worked has no days: give each day worked, or the pay period.',
    );
    expect(() => assessWork(pay({ worked: { from: '2026-06-02', to: '2026-06-01' } }), nationalPolicy)).toThrow(
      '/worked/to is 2026-06-01, before 2026-06-02: check the dates.',
    );
    expect(() => assessWork(pay({ worked: { from: '2024-01-01', to: '2026-06-01' } }), nationalPolicy)).toThrow(
      `/worked covers 883 days: one payslip may cover ${workDaysMax}, so split it.`,
    );
  });
});
