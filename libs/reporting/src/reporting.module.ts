import { Module } from '@nestjs/common';
import { CsvExports } from './csv-exports.js';
import { LedgerReports } from './ledger-reports.js';
import { ActionsNeeded } from './actions-needed.js';
import { FundingStreamSummaries } from './funding-streams.js';
import { WorkList } from './work-list.js';

const readers = [LedgerReports, CsvExports, FundingStreamSummaries, ActionsNeeded, WorkList];

@Module({ providers: readers, exports: readers })
export class ReportingModule {}
