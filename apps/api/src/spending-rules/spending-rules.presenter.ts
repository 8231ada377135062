import { decimalText } from '@ringfence/kernel';
import { nationalPolicy, type ApprovalRow, type Judgement } from '@ringfence/spending-rules';

export function presentApproval(row: ApprovalRow) {
  const { approvedAt, endedAt, ...approval } = row;
  return { ...approval, approvedAt: approvedAt.toISOString(), endedAt: endedAt?.toISOString() ?? null };
}

/** A judgement with, beside each finding's reason, the sentence that says what to do now. */
export function presentJudgement({ id, verdict, policyVersion, findings }: Judgement) {
  return {
    id,
    verdict,
    policyVersion,
    findings: findings.map(({ amountPence, ...finding }) => {
      const rule = nationalPolicy.rules.find(({ code }) => code === finding.rule);
      const whatToDo =
        finding.verdict === 'excluded' ? rule?.whatToDo : finding.verdict === 'query' ? rule?.whatToAsk : '';
      return { ...finding, amount: decimalText(amountPence), whatToDo: whatToDo ?? '' };
    }),
  };
}
