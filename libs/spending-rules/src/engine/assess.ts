import type { ApplicableRules } from './applicable-rules.js';
import { withApproval } from './approval.js';
import type { Assessment, Finding, SpendCandidate } from './candidate.js';
import { readDocuments } from './documents.js';
import { missingEvidence } from './missing-evidence.js';
import { readPayment } from './payment.js';
import { householdOn, peopleFindings } from './people.js';
import { planFindings } from './plan.js';
import type { RuleSet } from './rule-set.js';
import { strictest, type Verdict } from './rule.js';
import type { RegisterIndex } from '../registers/register-index.js';

export interface AssessOptions {
  /** Codes of `local-policy` rules that this account's agreement switches off, such as CASH where it is permitted. */
  readonly permittedRules?: readonly string[];
  /** The imported registers of surgeries, dentists and pharmacies; none where left out. */
  readonly registers?: RegisterIndex | undefined;
}

/**
 * Assesses one spend by one version of the policy, which must be in force on the day of service; otherwise refuses.
 * A receipt line outranks the plan, the plan the payee's record, that the card's code, that the narrative ("Making it
 * Personal 2", section 5; order of evidence: design). Narrative and code only ask, except gambling's own code.
 */
export function assessSpend(candidate: SpendCandidate, policy: RuleSet, options: AssessOptions = {}): Assessment {
  return assessWith(candidate, policy, options, (rules) => householdOn(candidate, rules));
}

/** As {@link assessSpend}, with the household findings, approvals applied, from elsewhere: work is tested day by day. */
export function assessWith(
  candidate: SpendCandidate,
  policy: RuleSet,
  { permittedRules = [], registers }: AssessOptions,
  household: (rules: ApplicableRules) => Finding[],
): Assessment {
  const rules = policy.applicableTo(candidate, permittedRules);
  const documents = readDocuments(candidate, rules);
  const people = peopleFindings(candidate, documents, rules, household(rules));
  const texts = [
    ...documents.findings,
    ...readPayment(candidate, documents, rules, registers),
    ...missingEvidence(candidate, documents, rules),
  ];
  const approved = [...texts.map((one) => withApproval(one, candidate, rules)), ...people];
  const findings = [...approved, ...planFindings(candidate, documents, rules, approved)];
  return {
    id: candidate.id,
    verdict: strictest(findings),
    policyVersion: policy.id,
    findings: inOrder(findings, rules),
  };
}

/** Strictest first, then in the order of the rules, then by what was seen. */
function inOrder(findings: readonly Finding[], rules: ApplicableRules): Finding[] {
  return findings.toSorted(
    (a, b) =>
      severity[a.verdict] - severity[b.verdict] ||
      rules.placeOf(a.rule) - rules.placeOf(b.rule) ||
      compare(a.seen, b.seen) ||
      compare(a.amountPence, b.amountPence),
  );
}

const severity: Readonly<Record<Verdict, number>> = { excluded: 0, query: 1, allowed: 2 };

function compare<T extends string | bigint>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
