import { Module } from '@nestjs/common';
import { JudgePayslip } from './judge-payslip-again.js';
import { PayRuns } from './pay-runs.service.js';

@Module({ providers: [PayRuns, JudgePayslip], exports: [PayRuns, JudgePayslip] })
export class PayrollModule {}
