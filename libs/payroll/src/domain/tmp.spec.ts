import { judgeSpend, judgeWork, nationalPolicy } from '@ringfence/spending-rules';
import { judgePayslip } from './judge-payslip.js';
it('t', () => {
  const p: any = { budgetId: 'b', periodStart: '2026-05-04', periodEnd: '2026-05-31', datesWorked: ['2026-05-06','2026-05-13','2026-05-20','2026-05-27'], lines: [{ description: 'Basic pay', amountPence: 40000n }], grossPence: 40000n, deductions: {}, reimbursements: [], netPence: 0n, employerNiPence: 0n, employerPensionPence: 0n, employmentAllowancePence: 0n, holidayAccrualPence: 0n, feePence: 0n, streams: [] };
  const facts = { payee: { name: 'Ben', relationship: 'none', livesWithChild: [], livesWithRecipient: [] }, approvalsFor: () => [], shares: [{ stream: 'EDU' as const, weight: '60', planned: true }, { stream: 'HEALTH' as const, weight: '40', planned: true }] };
  let t = Date.now();
  for (let i = 0; i < 200; i++) judgePayslip(p, facts, [nationalPolicy]);
  console.log('payslip ms', (Date.now() - t) / 200);
  t = Date.now();
  for (let i = 0; i < 400; i++) judgeSpend({ id: 'x', date: '2026-05-06', amountPence: 1n, stream: 'EDU', planned: true, description: 'Basic pay', evidenceKind: 'payslip' }, nationalPolicy);
  console.log('spend ms', (Date.now() - t) / 400);
  t = Date.now();
  for (let i = 0; i < 400; i++) judgeWork({ id: 'x', amountPence: 1n, stream: 'EDU', planned: true, description: 'Pay', payee: facts.payee, worked: p.datesWorked }, nationalPolicy);
  console.log('work ms', (Date.now() - t) / 400);
});
