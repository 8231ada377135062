import { Module } from '@nestjs/common';
import { CsvExports } from './csv-exports.js';
import { LedgerReports } from './ledger-reports.service.js';
import { NeedsReader } from './needs.reader.js';
import { PotReader } from './pots.reader.js';
import { WorkListReader } from './work-list.reader.js';

const readers = [LedgerReports, CsvExports, PotReader, NeedsReader, WorkListReader];

@Module({ providers: readers, exports: readers })
export class ReportingModule {}
