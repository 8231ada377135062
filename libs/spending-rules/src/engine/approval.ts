import { covers, type CalendarDate } from '@ringfence/kernel';
import type { ApplicableRules } from './applicable-rules.js';
import type { Approval, Finding, SpendCandidate } from './candidate.js';
import { approved } from './reasons.js';
import type { ExcludedSpendRule } from './rule.js';
import { normalise } from '../text/text.js';

/** An approval lifts what its rule found for its payee on its days, unless nobody can lift the rule. */
export function withApproval(one: Finding, candidate: SpendCandidate, rules: ApplicableRules): Finding {
  const rule = rules.withCode(one.rule);
  if (!rule || one.verdict === 'allowed') return one;
  const approval = approvalFor(rule, candidate, candidate.date);
  return approval ? approved(rule, one, approval) : one;
}

/** The approval of a rule that names the candidate's payee (or its text, where no payee is known) and covers a day. */
export function approvalFor(
  rule: Pick<ExcludedSpendRule, 'code' | 'force'>,
  candidate: SpendCandidate,
  day: CalendarDate,
): Approval | undefined {
  if (rule.force === 'absolute' || rule.force === 'note') return undefined;
  const who = normalise(candidate.payee?.name ?? '');
  const text = ` ${normalise(candidate.description)} `;
  return (candidate.approvals ?? []).find((approval) => {
    const name = normalise(approval.payee);
    const same = name !== '' && (who === '' ? text.includes(` ${name} `) : who === name);
    return approval.rule === rule.code && same && covers(approval, day);
  });
}
