import { Module } from '@nestjs/common';
import { DecidePayRuns } from './decide-pay-runs.service.js';
import { JudgePayslip } from './judge-payslip-again.js';
import { PayRuns } from './pay-runs.service.js';
import { PayrollThresholdsRegister } from './payroll-thresholds.service.js';

const useCases = [PayRuns, DecidePayRuns, PayrollThresholdsRegister, JudgePayslip];

@Module({ providers: useCases, exports: useCases })
export class PayrollModule {}
