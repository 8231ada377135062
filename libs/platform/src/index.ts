export * from './config.js';
export * from './database/data-source.js';
export { everyAuthority } from './database/authorities.sql.js';
export * from './database/database.js';
export {
  databaseRetryAfterSeconds,
  isDatabaseAway,
  postgresCode,
  problemOfDatabase,
} from './database/database-errors.js';
export * from './database/migration-files.js';
export * from './database/migrations.js';
export { newClient, Pool, poolEndMsMax, tryConnection } from './database/pool.js';
export type { ArrivedFile, ContentHash } from './files/arrive.js';
export { isLostFile } from './files/file-faults.js';
export * from './files/file-store.js';
export * from './files/sweep-files.js';
export * from './files/upload-allowance.js';
export * from './files/uploads.js';
export * from './files/verify-files.js';
export * from './health.js';
export * from './http/answer-early.js';
export * from './http/bad-http.js';
export * from './http/form-parts.js';
export * from './http/parameters.js';
export * from './http/strict-requests.js';
export * from './logging/json-logger.js';
export * from './logging/log-facts.js';
export * from './logging/request-ids.js';
export * from './platform.module.js';
export * from './project-folder.js';
export { handledJobKey, HandlesJob } from './queue/handles-job.js';
export * from './queue/connection.js';
export * from './queue/job-runner.js';
export * from './queue/outbox.js';
export { doneJobsKeptDaysMax, lostJobGraceMs, unendedAtOnceMax } from './queue/outbox-record.js';
export { relayBatchMax, relayPollMsMax } from './queue/relay.js';
export { withDatabase } from './embedded-postgres/address.js';
export * from './embedded-postgres/embedded-postgres.js';
export * from './processes/parent-watch.js';
export * from './processes/process-lock.js';
export * from './processes/limited-child.js';
export * from './sessions/web-sessions.js';
