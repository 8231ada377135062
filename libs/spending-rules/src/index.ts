export * from './domain/answer.js';
export * from './domain/candidate.js';
export { judgeSpend, strictest, type JudgeOptions } from './domain/judge.js';
export { kinshipOf, type Kinship } from './domain/relationships.js';
export * from './domain/registers/read-register.js';
export * from './domain/registers/register.js';
export { noRegisters, RegisterIndex, type RegisterHit } from './domain/registers/register-index.js';
export * from './domain/policy-json.js';
export * from './domain/policy.js';
export * from './domain/rule.js';
export * from './domain/rules.js';
export * from './domain/spend-check.js';
export { bankText, mentioned, mentions, normalise, without } from './domain/text.js';
export * from './domain/work.js';
export * from './approvals.js';
export * from './domain/exception.js';
export * from './entities/spending-rules.entities.js';
export {
  ExceptionApprovals,
  lapsedPerSweepMax,
  subjectsJudgedAgainMax,
  sweepLapsedExceptions,
  type NewException,
  type ShownApproval,
} from './exceptions.service.js';
export {
  candidatesPerCheckMax,
  payeeFacts,
  SpendChecks,
  withRegisters,
  type SpendAnswer,
} from './spend-checks.service.js';
export {
  storedFinding,
  subjectTypes,
  type ApprovalFilter,
  type ApprovalRow,
  type StoredFinding,
  type StoredVerdict,
  type SubjectType,
  type VerdictFilter,
} from './spending-rules.sql.js';
export * from './spending-rules.module.js';
export * from './policies.js';
export * from './premises-consents.service.js';
export {
  consentDecisions,
  consentRoles,
  consentSubjects,
  type ConsentSubject,
  type PremisesConsentRow,
} from './premises-consents.sql.js';
export * from './policy-versions.service.js';
export type { PolicyVersionRow } from './policy-versions.sql.js';
export * from './registers.js';
export * from './verdicts.js';
