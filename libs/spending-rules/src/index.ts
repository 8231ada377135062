export * from './verdicts/answer.js';
export * from './engine/candidate.js';
export { assessSpend, type AssessOptions } from './engine/assess.js';
export { kinshipOf, type Kinship } from './engine/relationships.js';
export * from './registers/read-register.js';
export * from './registers/register.js';
export { noRegisters, RegisterIndex, type RegisterHit } from './registers/register-index.js';
export * from './policy/policy-json.js';
export * from './policy/policy.js';
export * from './engine/rule.js';
export { RuleSet } from './engine/rule-set.js';
export { phrasesPerSignalMax, policyTextMax, type LocalRule } from './policy/rule-json.js';
export { nationalPolicy, readNationalPolicy } from './policy/national-policy.js';
export * from './verdicts/spend-check.js';
export { Phrases } from './text/phrases.js';
export { bankText, normalise } from './text/text.js';
export * from './engine/work.js';
export * from './exceptions/approvals.js';
export * from './exceptions/exception.js';
export * from './exceptions/spending-rules.entities.js';
export {
  ExceptionApprovals,
  lapsedPerSweepMax,
  subjectsReassessedMax,
  sweepLapsedExceptions,
  type NewException,
  type ShownApproval,
} from './exceptions/exceptions.service.js';
export {
  candidatesPerCheckMax,
  payeeFacts,
  SpendChecks,
  withRegisters,
  type SpendAnswer,
} from './verdicts/spend-checks.service.js';
export {
  storedFinding,
  subjectTypes,
  type ApprovalFilter,
  type ApprovalRow,
  type StoredFinding,
  type StoredVerdict,
  type SubjectType,
  type VerdictFilter,
} from './verdicts/spending-rules.sql.js';
export * from './spending-rules.module.js';
export * from './policy/policies.js';
export * from './exceptions/premises-consents.service.js';
export {
  consentDecisions,
  consentRoles,
  consentSubjects,
  type ConsentSubject,
  type PremisesConsentRow,
} from './exceptions/premises-consents.sql.js';
export * from './policy/policy-versions.service.js';
export type { PolicyVersionRow } from './policy/policy-versions.sql.js';
export * from './registers/registers.js';
export * from './verdicts/verdicts.js';
