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
export type { BytesFormat, ReadOptions, StatementFormat, TextFormat } from './domain/statement-format.js';
export { normalAccount, normalDescription } from './domain/bank-text.js';
export { chooseStatement, type AccountNumbers } from './domain/choose-statement.js';
export type { CommitChoice, CommitReport } from './commit-statement.js';
export { importStates, statementsEntities, StatementImport, type ImportState } from './entities/statements.entities.js';
export { ParseStatement } from './parse-statement.js';
export {
  StatementImports,
  type ImportFilter,
  type ImportView,
  type StatementUpload,
} from './statement-imports.service.js';
export { type PreviewLine, type PreviewVerdict } from './statements.sql.js';
export { StatementsModule } from './statements.module.js';
