export { AllocationLimitsReader, type AllocationLimits } from './allocations/allocation-limits.js';
export {
  AllocateLines,
  partsPerLineMax,
  suggestionsAtOnceMax,
  type Part,
  type RefusedSuggestion,
} from './allocations/allocate-lines.js';
export * from './domain/matching.js';
export {
  entriesPerManualJournalMax,
  manualJournalAccounts,
  ManualJournals,
  type AssessedManualJournal,
  type NewManualJournal,
} from './manual-journals/manual-journals.js';
export { Reassess, linesAssessedAtOnceMax } from './reassessment/reassess.js';
export { ReassessNamed } from './reassessment/reassess-named.js';
export { PolicyTrials, triedByJobMax, triedPerBatchMax, type PolicyTrialState } from './reassessment/policy-trials.js';
export { AssessLine, assessLines } from './assessment/assess-line.js';
export { ReconciliationModule } from './reconciliation.module.js';
export { StatementLines } from './allocations/statement-lines.js';
export {
  lineStates,
  type LineAllocation,
  type LineFilter,
  type LineRow,
  type LineState,
  type LineSuggestion,
} from './allocations/statement-lines.sql.js';
export { payrollControls, type PayrollControl, type Target } from './allocations/targets.js';
export {
  TryPolicy,
  triedExamplesMax,
  triedSpendsMax,
  type PolicyTrial,
  type PolicyTrialReport,
  type TriedSpend,
} from './reassessment/try-policy.js';
export { SuggestMatches } from './matching/suggest-matches.js';
