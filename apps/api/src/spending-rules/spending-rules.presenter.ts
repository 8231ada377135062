import { decimalText } from '@ringfence/kernel';
import type { PolicyTrialReport } from '@ringfence/reconciliation';
import type {
  PolicyChange,
  PolicyVersion,
  PolicyVersionRow,
  ShownApproval,
  SpendAnswer,
} from '@ringfence/spending-rules';

export function presentApproval(row: ShownApproval) {
  const { approvedAt, endedAt, ...approval } = row;
  return { ...approval, approvedAt: approvedAt.toISOString(), endedAt: endedAt?.toISOString() ?? null };
}

/** The answer for a family, and under it each finding with the sentence that says what to do now. */
export function presentAnswer({ whatToDo, findings, ...answer }: SpendAnswer) {
  return {
    ...answer,
    findings: findings.map(({ amountPence, ...finding }, place) => {
      return { ...finding, amount: decimalText(amountPence), whatToDo: whatToDo[place] ?? '' };
    }),
  };
}

export function presentVersion({ madeAt, withdrawnAt, changes, ...version }: PolicyVersionRow) {
  return {
    ...version,
    changes: changes.map(presentChange),
    madeAt: madeAt.toISOString(),
    withdrawnAt: withdrawnAt?.toISOString() ?? null,
  };
}

export function presentWholeVersion({ rules, ...version }: PolicyVersion) {
  return { ...version, rules: rules.map(presentRule) };
}

function presentChange(change: PolicyChange) {
  return change.kind === 'switch-off' ? change : { ...change, rule: presentRule(change.rule) };
}

/** The signals as they are written: which there are differs from rule to rule. */
function presentRule<Rule extends { readonly signals: object }>({ signals, ...rule }: Rule) {
  return { ...rule, signals: { ...signals } };
}

export function presentTrial({ changed, ...report }: PolicyTrialReport) {
  return {
    ...report,
    changed: changed.map(({ amountPence, ...one }) => ({ ...one, amount: decimalText(amountPence) })),
  };
}
