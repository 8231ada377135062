import { Module } from '@nestjs/common';
import { DecidePayRuns } from './pay-runs/decide-pay-runs.js';
import { AssessPayslip } from './payslips/assess-payslip.js';
import { PayRuns } from './pay-runs/pay-runs.js';
import { PayrollThresholdsRegister } from './plausibility/payroll-thresholds.js';

const useCases = [PayRuns, DecidePayRuns, PayrollThresholdsRegister, AssessPayslip];

@Module({ providers: useCases, exports: useCases })
export class PayrollModule {}
