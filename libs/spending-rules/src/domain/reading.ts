import { phraseIndexOf } from './phrase-index.js';
import type { ExcludedSpendRule, Verdict } from './rule.js';
import { bankText, endsCutOff, mentions, normalise, without } from './text.js';

/** What one line of a document says about one rule. */
export interface LineHit {
  readonly rule: ExcludedSpendRule;
  readonly verdict: Verdict;
}

/**
 * Reads a line of a receipt, an invoice or a payslip. `context` is text around it, such as the bank's: it can raise a
 * doubt, so that the line asks instead of deciding, and never clears a line. Only the strictest hits are kept.
 */
export function readDocumentLine(line: string, context: string, rules: readonly ExcludedSpendRule[]): LineHit[] {
  const text = normalise(line);
  const around = `${text} ¦ ${normalise(context)}`;
  const hits: LineHit[] = [];
  for (const rule of phraseIndexOf(rules).rulesFor(text)) {
    const rest = without(text, rule.signals.harmless);
    if (mentions(rest, rule.signals.receipt)) {
      const doubtful = rule.verdict === 'excluded' && mentions(around, rule.signals.doubt);
      hits.push({ rule, verdict: doubtful ? 'query' : rule.verdict });
    } else if (mentions(rest, rule.signals.narrative)) {
      hits.push({ rule, verdict: 'query' });
    }
  }
  return hits.some((hit) => hit.verdict === 'excluded') ? hits.filter((hit) => hit.verdict === 'excluded') : hits;
}

/** How a bank's narrative, or a merchant code, can point to a rule. It asks; it never decides. */
export interface NarrativeHit {
  readonly rule: ExcludedSpendRule;
  readonly evidence: 'mcc' | 'narrative';
  /** A shop that sells both kinds: being planned does not answer it. */
  readonly mixedBasket: boolean;
}

export function readNarrative(
  narrative: string,
  mcc: string | undefined,
  payeeKind: string | undefined,
  rules: readonly ExcludedSpendRule[],
): NarrativeHit[] {
  const bank = bankText(narrative);
  const maybeCutOff = narrative.trim().length >= cutOffLength;
  const hits: NarrativeHit[] = [];
  for (const rule of phraseIndexOf(rules).rulesFor(bank, mcc, maybeCutOff)) {
    const { signals } = rule;
    if (payeeKind !== undefined && signals.harmlessPayeeKinds?.includes(payeeKind)) continue;
    const rest = without(bank, signals.harmless);
    const explained = rest !== bank;
    const byText =
      mentions(rest, signals.narrative) ||
      mentions(rest, signals.receipt) ||
      (maybeCutOff && (endsCutOff(rest, signals.narrative) || endsCutOff(rest, signals.receipt)));
    const byCode = mcc !== undefined && !explained && signals.mccs?.includes(mcc) === true;
    const basket =
      mentions(rest, signals.mixedBasket?.narrative) ||
      (maybeCutOff && endsCutOff(rest, signals.mixedBasket?.narrative)) ||
      (mcc !== undefined && !explained && signals.mixedBasket?.mccs.includes(mcc) === true);
    if (!byText && !byCode && !basket) continue;
    const coded = byCode || (basket && mcc !== undefined && signals.mixedBasket?.mccs.includes(mcc) === true);
    hits.push({ rule, evidence: coded ? 'mcc' : 'narrative', mixedBasket: basket });
  }
  return hits;
}

/** Whether a receipt line says too little to explain anything: `SALE`, `Services`, `Invoice 1042`. */
export function saysNothing(line: string): boolean {
  return opaque.test(normalise(line).replace(/ ?\d+/g, ''));
}

/** The shortest line that a bank is likely to have cut off: some print 18 characters, others 22 or more. */
const cutOffLength = 18;

const opaque =
  /^(?:(?:the|a|of|for|card|visa|debit|cash|sub|grand|total|amount|sale|sales|payment|paid|balance|due|item|items|goods|service|services|misc|miscellaneous|sundries|sundry|other|treatment|consultation|appointment|visit|fee|fees|charge|charges|invoice|receipt|no|ref|account|session|thank|you|vat|gbp) ?)*$/;
