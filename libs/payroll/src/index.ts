export * from './domain/accrual.js';
export { checkPayRun, controlTotalFaults, payslipFaults } from './domain/check-pay-run.js';
export { householdExclusions, judgePayslip, type PayslipFacts } from './domain/judge-payslip.js';
export * from './domain/minimum-wage.js';
export { judgementOf, JudgePayslip } from './judge-payslip-again.js';
export * from './domain/pay-run.js';
export { PayRuns, type PayRunDetail, type PayRunReceipt, type PayslipDetail } from './pay-runs.service.js';
export * from './payroll.module.js';
export type {
  PayRunFilter,
  PayRunRow,
  PayslipFilter,
  PayslipLineRow,
  PayslipRow,
  PayslipShareRow,
} from './payroll-reading.sql.js';
export * from './payslips.js';
