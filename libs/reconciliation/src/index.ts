export { AllocationRooms, type AllocationRoom } from './allocation-room.js';
export {
  Allocations,
  partsPerLineMax,
  suggestionsAtOnceMax,
  type Part,
  type RefusedSuggestion,
} from './allocations.service.js';
export * from './domain/matching.js';
export {
  entriesPerHandJournalMax,
  handAccounts,
  HandJournals,
  type JudgedHandJournal,
  type NewHandJournal,
} from './hand-journals.service.js';
export { JudgeAgain, linesJudgedAtOnceMax } from './judge-again.js';
export { JudgeNamed } from './judge-named.js';
export { PolicyTrials, triedByJobMax, triedPerBatchMax, type PolicyTrialState } from './policy-trials.js';
export { JudgeLine, judgeLines } from './judge-line.js';
export { ReconciliationModule } from './reconciliation.module.js';
export { StatementLines } from './statement-lines.service.js';
export {
  lineStates,
  type LineAllocation,
  type LineFilter,
  type LineRow,
  type LineState,
  type LineSuggestion,
} from './statement-lines.sql.js';
export { payrollControls, type PayrollControl, type Target } from './targets.js';
export {
  TryPolicy,
  triedExamplesMax,
  triedSpendsMax,
  type PolicyTrial,
  type PolicyTrialReport,
  type TriedSpend,
} from './try-policy.js';
export { UnderstandAccount } from './understand-account.js';
