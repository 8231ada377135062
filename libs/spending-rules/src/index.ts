export * from './domain/candidate.js';
export { judgeSpend, strictest, type JudgeOptions } from './domain/judge.js';
export { kinshipOf, type Kinship } from './domain/relationships.js';
export * from './domain/rule.js';
export * from './domain/rules.js';
export * from './domain/spend-check.js';
export * from './domain/work.js';
export * from './approvals.js';
export * from './domain/exception.js';
export * from './entities/spending-rules.entities.js';
export { ExceptionApprovals, subjectsJudgedAgainMax, type NewException } from './exceptions.service.js';
export { candidatesPerCheckMax, payeeFacts, SpendChecks, withRegisters } from './spend-checks.service.js';
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
export * from './verdicts.js';
