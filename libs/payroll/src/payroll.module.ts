import { Module } from '@nestjs/common';
import { PayRuns } from './pay-runs.service.js';

@Module({ providers: [PayRuns], exports: [PayRuns] })
export class PayrollModule {}
