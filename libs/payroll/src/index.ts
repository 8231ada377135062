export * from './domain/accrual.js';
export { checkPayRun, controlTotalFaults, payslipFaults } from './domain/check-pay-run.js';
export { DecidePayRuns, type PayRunEnded } from './pay-runs/decide-pay-runs.js';
export { holdKinds, type HoldKind, type HoldReason } from './domain/hold-reasons.js';
export { householdExclusions, assessPayslip, type PayslipFacts } from './domain/assess-payslip.js';
export * from './domain/minimum-wage.js';
export { assessmentOf, AssessPayslip } from './payslips/assess-payslip.js';
export * from './domain/pay-run.js';
export * from './domain/thresholds.js';
export { decisionOutcomes, type DecisionOutcome, type Hold, type PayRunDecision } from './pay-runs/held-runs.sql.js';
export { PayRuns, type PayRunDetail, type PayRunHeld } from './pay-runs/pay-runs.js';
export { PayrollThresholdsRegister, type ListedThresholds } from './plausibility/payroll-thresholds.js';
export * from './payroll.module.js';
export { payRunStates } from './payslips/payroll-reading.sql.js';
export type {
  PayRunFilter,
  PayRunState,
  PayRunRow,
  PayslipDetail,
  PayslipFilter,
  PayslipLineRow,
  PayslipRow,
  PayslipShareRow,
} from './payslips/payroll-reading.sql.js';
export * from './payslips/payslips.js';
export { type PayRunReceipt } from './payslips/record-pay-run.js';
