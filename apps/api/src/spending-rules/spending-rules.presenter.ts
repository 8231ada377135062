import { decimalText } from '@ringfence/kernel';
import type { PolicyTrialReport } from '@ringfence/reconciliation';
import type { ApprovalRow, PolicyVersionRow, SpendAnswer } from '@ringfence/spending-rules';

export function presentApproval(row: ApprovalRow) {
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

export function presentVersion({ madeAt, withdrawnAt, ...version }: PolicyVersionRow) {
  return { ...version, madeAt: madeAt.toISOString(), withdrawnAt: withdrawnAt?.toISOString() ?? null };
}

export function presentTrial({ changed, ...report }: PolicyTrialReport) {
  return {
    ...report,
    changed: changed.map(({ amountPence, ...one }) => ({ ...one, amount: decimalText(amountPence) })),
  };
}
