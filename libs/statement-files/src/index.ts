export * from './core/limits.js';
export { normalAccount, normalDescription } from './core/bank-text.js';
export { breaksReportedMax, continuity } from './core/continuity.js';
export { profileFaults, type AmountColumns, type CsvProfile } from './core/csv-profile.js';
export { parseOutcomeJson, type ParseOutcomeJson } from './core/outcome-json.js';
export {
  placeOf,
  Refusal,
  type LineDetail,
  type LineStatus,
  type OtherBalance,
  type ParsedFile,
  type ParsedLine,
  type ParsedStatement,
  type ParseError,
  type ParseOutcome,
  type ParseWarning,
  type RefusalCode,
  type RefusedFile,
  type StatementFormatName,
  type WarningCode,
} from './core/outcome.js';
export type { BytesFormat, ReadOptions, StatementFormat, TextFormat } from './core/statement-format.js';
export type { StatementHead } from './core/statement.js';
export { profileFromJson } from './formats/csv/profile-json.js';
export { csvProfiles } from './formats/csv/profiles.js';
export { readStatementFile, refused, statementFormats } from './read-statement-file.js';
export {
  openStatement,
  readStatementStream,
  type StatementReading,
  type StatementSource,
  type StreamedFile,
  type StreamedLine,
  type TakeLines,
} from './read-statement-stream.js';
