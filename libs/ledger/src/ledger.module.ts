import { Module } from '@nestjs/common';
import { AccountingPeriods } from './accounting-periods.js';

@Module({ providers: [AccountingPeriods], exports: [AccountingPeriods] })
export class LedgerModule {}
