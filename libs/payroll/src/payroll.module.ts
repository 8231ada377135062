import { Module } from '@nestjs/common';
import { DecidePayRuns } from './pay-runs/decide-pay-runs.service.js';
import { JudgePayslip } from './payslips/judge-payslip-again.js';
import { PayRuns } from './pay-runs/pay-runs.service.js';
import { PayrollThresholdsRegister } from './plausibility/payroll-thresholds.service.js';

const useCases = [PayRuns, DecidePayRuns, PayrollThresholdsRegister, JudgePayslip];

@Module({ providers: useCases, exports: useCases })
export class PayrollModule {}
