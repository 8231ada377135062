import { Module } from '@nestjs/common';
import { LedgerReports } from './ledger-reports.service.js';
import { Reports } from './reports.service.js';

@Module({ providers: [Reports, LedgerReports], exports: [Reports, LedgerReports] })
export class ReportingModule {}
