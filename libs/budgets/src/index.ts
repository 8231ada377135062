export { AccountRegister, budgetsPerAccountMax, type NewDesignatedAccount } from './account-register.js';
export { accountNumberPattern, sortCodePattern } from './domain/bank-numbers.js';
export { linesPerRequestMax, type NewBudgetLine } from './budget-lines.js';
export {
  accountOf,
  budgetLinesInForce,
  budgetLinesOf,
  isEmployee,
  payeesOf,
  readBudget,
  requireBudget,
  type AccountRow,
  type AccountWithBudgets,
  type AgreementRow,
  type BudgetDetail,
  type BudgetLineRow,
  type PayeeRow,
  type ScheduleRow,
  type ShownAccount,
  type ShownBudget,
  type ShownBudgetLine,
} from './budget-reading.js';
export {
  BudgetReader,
  rowsPerPageMax,
  type BudgetFilter,
  type BudgetSummary,
  type ShownAccountWithBudgets,
} from './budget-reader.js';
export {
  BudgetRegister,
  type ChangedAgreementVersion,
  type NewAgreement,
  type NewAgreementVersion,
  type NewBudget,
} from './budget-register.js';
export * from './budgets.module.js';
export { employeeSql } from './budgets.sql.js';
export * from './domain/agreement.js';
export { holdsCash, isDirectPayment, quantityPattern } from './domain/budget-line.js';
export * from './domain/instalment-state.js';
export * from './domain/schedule.js';
export * from './domain/terms.js';
export * from './entities/budgets.entities.js';
export { BudgetImport, type BudgetImportReport } from './import/budget-import.js';
export { importInstalmentsMax } from './import/check-rows.js';
export { importColumns, type ImportColumn } from './import/columns.js';
export { importFaultsMax, type ImportFault } from './import/import-faults.js';
export { importCellCharactersMax, importFileBytesMax, importRowsMax } from './import/read-file.js';
export { InstalmentRegister, withdrawInstalments, type NewInstalmentSchedule } from './instalment-register.js';
export {
  instalmentsAround,
  instalmentsAroundMax,
  markInstalmentReceived,
  markInstalmentsNotReceived,
  nextInstalment,
  postInstalmentsDue,
  postInstalmentsDueFor,
  readInstalments,
  type InstalmentFilter,
  type InstalmentRow,
} from './instalments.js';
export { PayeeRegister, namesPerPayeeMax, type NewHouseholdMembership, type NewPayee } from './payee-register.js';
export {
  PlanRegister,
  outcomesPerPlanMax,
  type NewOutcome,
  type NewPayer,
  type NewPlanDocument,
} from './plan-register.js';
