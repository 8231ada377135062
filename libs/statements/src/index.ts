export { breaksReportedMax, continuity } from './domain/continuity.js';
export { profileFaults, type AmountColumns, type CsvProfile } from './domain/csv-profile.js';
export { contentKey, nearDaysMax, newLines, occurrences, type HeldLine, type NewLines } from './domain/identity.js';
export * from './domain/limits.js';
export { parseOutcomeJson, type ParseOutcomeJson } from './domain/outcome-json.js';
export { placeOf } from './domain/outcome.js';
export type {
  LineDetail,
  LineStatus,
  OtherBalance,
  ParsedFile,
  ParsedLine,
  ParsedStatement,
  ParseError,
  ParseOutcome,
  ParseWarning,
  RefusalCode,
  RefusedFile,
  StatementFormatName,
  WarningCode,
} from './domain/outcome.js';
export { profileFromJson } from './domain/profile-json.js';
export { csvProfiles } from './domain/profiles.js';
export { readStatementFile, statementFormats } from './domain/read-statement-file.js';
export {
  openStatement,
  readStatementStream,
  type StatementReading,
  type StatementSource,
  type StreamedFile,
  type StreamedLine,
} from './domain/read-statement-stream.js';
export type { BytesFormat, ReadOptions, StatementFormat, TextFormat } from './domain/statement-format.js';
export { normalAccount, normalDescription } from './domain/bank-text.js';
export { chooseStatement, type AccountNumbers } from './domain/choose-statement.js';
export {
  accountWarningCodes,
  accountWarningKind,
  accountWarningKinds,
  type AccountWarningCode,
  type AccountWarningKind,
} from './domain/account-warning-kinds.js';
export { readingsRememberedMax, warningSubjectMax } from './domain/account-warnings.js';
export {
  AccountWarnings,
  answerReasonsMax,
  questionsPerAccountMax,
  warningExamplesMax,
} from './account-warnings.service.js';
export {
  questionSettlements,
  type AccountQuestion,
  type FoundInImport,
  type QuestionSettlement,
} from './account-warnings.sql.js';
export {
  profileReasonsMax,
  profileSampleBytesMax,
  StatementProfiles,
  statementProfilesMax,
} from './statement-profiles.service.js';
export type { StatementProfileRow } from './statement-profiles.sql.js';
export { AcceptBreak, acceptanceReasonCharactersMax, type BreakAccepted } from './accept-break.js';
export { type FindingWithAcceptance } from './account-continuity.js';
export { linesPerSharedDayMax, type Acceptance } from './account-continuity.sql.js';
export {
  continuityFindingKinds,
  quietDaysMax,
  type ContinuityFinding,
  type ContinuityFindingKind,
} from './domain/continuity-findings.js';
export { monthsShownMax, monthStates, type MonthHeld, type MonthState } from './domain/months-held.js';
export { RevertStatement, revertReasonCharactersMax, type RevertReport } from './revert-statement.js';
export { StatementMonths, type StatementMonthsView } from './statement-months.js';
export { CommitStatement } from './commit-statement.job.js';
export {
  linesCommittedAtOnceMax,
  type CommitChoice,
  type CommitReport,
  type CommitUnderWay,
} from './commit-statement.js';
export {
  importStates,
  progressSteps,
  statementsEntities,
  StatementImport,
  type ImportState,
} from './entities/statements.entities.js';
export { ParseStatement } from './parse-statement.js';
export { usualLimits, type ReadingLimits } from './reading/reader-process.js';
export { StatementReader, type ReadingApart } from './reading/statement-reader.js';
export {
  StatementImports,
  type ImportFilter,
  type ImportView,
  type StatementUpload,
} from './statement-imports.service.js';
export { type PreviewLine, type PreviewVerdict } from './preview.sql.js';
export { StatementsModule } from './statements.module.js';
