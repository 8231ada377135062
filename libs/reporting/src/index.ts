export * from './domain/months-held.js';
export { type Pot, type Suspense } from './pots.sql.js';
export { LedgerReports } from './ledger-reports.service.js';
export { ReportingModule } from './reporting.module.js';
export {
  Reports,
  receiptsWantedMax,
  type AccountHealth,
  type BudgetSummary,
  type ReceiptWanted,
} from './reports.service.js';
export {
  lateInstalmentDays,
  workListFilters,
  workListSorts,
  type WorkListFilter,
  type WorkListRow,
  type WorkListShow,
  type WorkListSort,
} from './work-list.sql.js';
