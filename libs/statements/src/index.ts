export { nearDaysMax, newLines, type HeldLine, type NewLines } from './duplicates/domain/identity.js';
export { contentKey, occurrences } from './records/domain/content-key.js';
export * from './reading/limits.js';
export { chooseStatement, type AccountNumbers } from './imports/domain/choose-statement.js';
export {
  accountWarningCodes,
  accountWarningKind,
  accountWarningKinds,
  type AccountWarningCode,
  type AccountWarningKind,
} from './account-warnings/domain/account-warning-kinds.js';
export { readingsRememberedMax, warningSubjectMax } from './account-warnings/domain/account-warnings.js';
export {
  AccountWarnings,
  questionsPerAccountMax,
  warningExamplesMax,
} from './account-warnings/account-warnings.service.js';
export {
  questionSettlements,
  type AccountQuestion,
  type FoundInImport,
  type QuestionSettlement,
} from './account-warnings/account-warnings.sql.js';
export {
  profileSampleBytesMax,
  StatementProfiles,
  statementProfilesMax,
} from './layouts/statement-profiles.service.js';
export type { StatementProfileRow } from './layouts/statement-profiles.sql.js';
export { AcceptBreak, type BreakAccepted } from './continuity/accept-break.js';
export { type FindingWithAcceptance } from './continuity/account-continuity.js';
export { linesPerSharedDayMax, type Acceptance } from './continuity/account-continuity.sql.js';
export {
  continuityFindingKinds,
  quietDaysMax,
  type ContinuityFinding,
  type ContinuityFindingKind,
} from './continuity/domain/continuity-findings.js';
export {
  monthsShownMax,
  monthStates,
  type MonthReceived,
  type MonthState,
} from './continuity/domain/months-received.js';
export { LineDependants, type Dependant } from './imports/line-dependants.js';
export { ReverseImport, type ReversalReport } from './imports/reverse-import.js';
export { StatementMonths, type StatementMonthsView } from './continuity/statement-months.js';
export { CommitStatement } from './imports/commit-statement.job.js';
export {
  linesCommittedAtOnceMax,
  type CommitChoice,
  type CommitReport,
  type CommitUnderWay,
} from './imports/commit-statement.js';
export {
  importStates,
  progressSteps,
  statementsEntities,
  StatementImport,
  type ImportState,
} from './records/statements.entities.js';
export { ParseStatement } from './imports/parse-statement.js';
export { usualLimits, type ReadingLimits } from './reading/reader-process.js';
export { StatementReader, type ReadingApart } from './reading/statement-reader.js';
export {
  StatementImports,
  type ImportFilter,
  type ImportView,
  type StatementUpload,
} from './imports/statement-imports.service.js';
export { type PreviewLine, type PreviewVerdict } from './records/preview.sql.js';
export { StatementsModule } from './statements.module.js';
export { importsPerSweepMax, sweepUnreadImports } from './imports/sweep-unread-imports.js';
