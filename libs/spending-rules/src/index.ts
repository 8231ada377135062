export { bankText, normalise } from './text/text.js';
export { Phrases } from './text/phrases.js';

export * from './registers/import-register.js';
export * from './registers/read-register.js';
export * from './registers/register.js';
export { noRegisters, RegisterIndex, type RegisterHit } from './registers/register-index.js';
export * from './registers/registers-held.js';

export { assessSpend, type AssessOptions } from './engine/assess.js';
export * from './engine/candidate.js';
export { kinshipOf, type Kinship } from './engine/relationships.js';
export { RuleSet } from './engine/rule-set.js';
export * from './engine/rule.js';
export * from './engine/work.js';

export { nationalPolicy, readNationalPolicy } from './policy/national-policy.js';
export * from './policy/policies.js';
export * from './policy/policy-json.js';
export * from './policy/policy-versions.js';
export type { PolicyVersionRow } from './policy/policy-versions.sql.js';
export * from './policy/policy.js';
export { phrasesPerSignalMax, policyTextMax, type LocalRule } from './policy/rule-json.js';
export * from './policy/set-policy.js';

export * from './exceptions/approvals.js';
export * from './exceptions/approve-exceptions.js';
export * from './exceptions/exception-approval.entity.js';
export * from './exceptions/exception-approvals.js';
export type { ApprovalFilter, ApprovalRow } from './exceptions/exception-approvals.sql.js';
export * from './exceptions/exception.js';
export * from './exceptions/premises-consents.js';
export {
  consentDecisions,
  consentRoles,
  consentSubjects,
  type ConsentSubject,
  type PremisesConsentRow,
} from './exceptions/premises-consents.sql.js';
export { lapsedPerSweepMax, subjectsReassessedMax, sweepLapsedExceptions } from './exceptions/reassess-excepted.js';
export * from './exceptions/record-consents.js';

export * from './spending-rules.module.js';
export * from './verdicts/answer.js';
export {
  candidatesPerCheckMax,
  CheckSpends,
  payeeFacts,
  withRegisters,
  type SpendAnswer,
} from './verdicts/check-spends.js';
export * from './verdicts/spend-check.js';
export * from './verdicts/verdicts.js';
export {
  storedFinding,
  subjectTypes,
  type StoredFinding,
  type StoredVerdict,
  type SubjectType,
  type VerdictFilter,
} from './verdicts/verdicts.sql.js';
