import { poundsText, type Money } from '@ringfence/kernel';
import type { ApplicableRules } from './applicable-rules.js';
import { withApproval } from './approval.js';
import type { Finding, SpendCandidate } from './candidate.js';
import type { DocumentReading } from './documents.js';
import { clipped, finding, magnitude, onReceipt } from './reasons.js';
import { strictest } from './rule.js';
import { normalise } from '../text/text.js';

/** What the plan says about the part that no other rule has spoken about. */
export function planFindings(
  candidate: SpendCandidate,
  documents: DocumentReading,
  rules: ApplicableRules,
  found: readonly Finding[],
): Finding[] {
  const rule = rules.withPredicate('plan-does-not-say');
  const exempt = rules.withPredicate('no-plan-needed')?.code;
  if (!rule || found.some((one) => one.rule === exempt)) return [];
  // What only a plan would answer is not in the plan either; anything firmer is said first.
  const spoken =
    strictest(candidate.planned ? found : found.filter((one) => !onlyPlanAnswers(one, rules))) !== 'allowed';
  const clear = documents.clearLines;
  if (candidate.planned) {
    if (!spoken || clear.length === 0) return [];
    const { texts, amountPence } = summed(clear);
    const reason = `${onReceipt(texts, amountPence)}, which meets an agreed line of the plan.`;
    return [
      {
        rule: rule.code,
        verdict: 'allowed',
        evidence: 'plan-line',
        seen: texts,
        amountPence,
        reason,
        source: rule.source,
      },
    ];
  }
  const blocked = found.some((one) => one.evidence === 'household' && one.verdict !== 'allowed');
  if (clear.length > 0 && !blocked) {
    const { texts, amountPence } = summed(clear);
    return [
      withApproval(
        finding(rule, 'query', 'plan-line', texts, amountPence, onReceipt(texts, amountPence)),
        candidate,
        rules,
      ),
    ];
  }
  if (spoken) return [];
  const seenAs = `“${clipped(candidate.description)}” is on the account for ${poundsText(magnitude(candidate.amountPence))}`;
  const one = finding(rule, 'query', 'plan-line', candidate.description, candidate.amountPence, seenAs);
  return [withApproval(one, candidate, rules)];
}

/**
 * A firm signal on a document is a question of its own. On a bank line nobody knows yet what was bought, so that the plan
 * is asked about as well.
 */
function onlyPlanAnswers(one: Finding, rules: ApplicableRules): boolean {
  const rule = rules.withCode(one.rule);
  if (!rule?.planLiftsQuery || one.verdict !== 'query') return false;
  const text = normalise(one.seen);
  const { firm, mixedBasket, mixedBasketMccs } = rule.signals;
  if (one.evidence === 'receipt-line' && firm.matches(text)) return false;
  const code = /^\d{4}(?= )/.exec(one.seen)?.[0];
  return !mixedBasket.matches(text) && !(code && mixedBasketMccs.has(code));
}

/** Lines in the order of their texts, so that the order on the receipt changes nothing. */
function summed(lines: readonly { description: string; amountPence: Money }[]): { texts: string; amountPence: Money } {
  const texts = lines
    .map((line) => line.description.trim())
    .sort()
    .join(', ');
  return { texts, amountPence: lines.reduce((sum, line) => sum + line.amountPence, 0n) };
}
