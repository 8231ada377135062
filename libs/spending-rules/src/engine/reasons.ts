import { longDate, poundsText, type Money } from '@ringfence/kernel';
import type { Approval, Evidence, Finding } from './candidate.js';
import type { ExcludedSpendRule, Verdict } from './rule.js';

/** A finding with its sentence: what was seen, which rule, what to do now. `seenAs` has no full stop. */
export function finding(
  rule: Pick<ExcludedSpendRule, 'code' | 'reason' | 'whatToDo' | 'whatToAsk' | 'source'>,
  verdict: Verdict,
  evidence: Evidence,
  seen: string,
  amountPence: Money,
  seenAs: string,
): Finding {
  const first = verdict === 'query' ? `${seenAs}; ${rule.reason}.` : `${seenAs}, and ${rule.reason}.`;
  const second = verdict === 'excluded' ? rule.whatToDo : verdict === 'query' ? rule.whatToAsk : '';
  return {
    rule: rule.code,
    verdict,
    evidence,
    seen,
    amountPence,
    reason: second === '' ? first : `${first} ${second}`,
    source: rule.source,
  };
}

export function onReceipt(text: string, amountPence: Money): string {
  return `The receipt shows “${clipped(text)}” for ${poundsText(magnitude(amountPence))}`;
}

export function onPayslip(text: string, amountPence: Money): string {
  return `The payslip shows “${clipped(text)}” for ${poundsText(magnitude(amountPence))}`;
}

export function onBankLine(text: string): string {
  return `The bank line reads “${clipped(text)}”, which may be fine`;
}

/** `meaning` is the code's in the imported list, where there is one. */
export function onCardCode(mcc: string, meaning?: string, subject = 'The card'): string {
  const what = meaning === undefined ? '' : ` (${clipped(meaning)})`;
  return `${subject} payment was made under merchant code ${mcc}${what}`;
}

export function onRegister(name: string, kind: string): string {
  const words = kind.replace(/-/g, ' ').replace('gp', 'GP');
  return `${clipped(name)} is recorded as ${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`;
}

/** The same finding, allowed because of a written exception that it names. */
export function approved(rule: Pick<ExcludedSpendRule, 'name'>, found: Finding, approval: Approval): Finding {
  const until = approval.to ? ` to ${longDate(approval.to)}` : '';
  const reason = `${clipped(approval.payee)} may be paid: a written exception to the rule “${rule.name}” was approved from ${longDate(approval.from)}${until}.`;
  return { ...found, verdict: 'allowed', reason };
}

export function magnitude(pence: Money): Money {
  return pence < 0n ? -pence : pence;
}

/** Long texts are shortened so that the sentence stays a sentence. */
export function clipped(text: string): string {
  const plain = text.trim();
  return plain.length > 80 ? `${plain.slice(0, 79).trimEnd()}…` : plain;
}
