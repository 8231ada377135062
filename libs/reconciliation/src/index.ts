export { AllocationRooms, type AllocationRoom } from './allocations/allocation-room.js';
export {
  Allocations,
  partsPerLineMax,
  suggestionsAtOnceMax,
  type Part,
  type RefusedSuggestion,
} from './allocations/allocations.service.js';
export * from './domain/matching.js';
export {
  entriesPerManualJournalMax,
  manualJournalAccounts,
  ManualJournals,
  type AssessedManualJournal,
  type NewManualJournal,
} from './manual-journals/manual-journals.js';
export { JudgeAgain, linesJudgedAtOnceMax } from './reassessment/judge-again.js';
export { JudgeNamed } from './reassessment/judge-named.js';
export { PolicyTrials, triedByJobMax, triedPerBatchMax, type PolicyTrialState } from './reassessment/policy-trials.js';
export { JudgeLine, judgeLines } from './assessment/judge-line.js';
export { ReconciliationModule } from './reconciliation.module.js';
export { StatementLines } from './allocations/statement-lines.service.js';
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
export { UnderstandAccount } from './matching/understand-account.js';
