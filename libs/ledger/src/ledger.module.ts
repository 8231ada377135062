import { Module } from '@nestjs/common';
import { AccountingPeriods } from './accounting-periods.js';
import { JournalPoster } from './journal-poster.js';

@Module({ providers: [AccountingPeriods, JournalPoster], exports: [AccountingPeriods, JournalPoster] })
export class LedgerModule {}
