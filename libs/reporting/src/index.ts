export { LedgerReports } from './ledger-reports.service.js';
export * from './needs.reader.js';
export * from './pots.reader.js';
export { ReportingModule } from './reporting.module.js';
export * from './work-list.reader.js';
