import { phraseIndexOf } from './phrase-index.js';
import type { ExcludedSpendRule, Signals, Verdict } from './rule.js';
import { completions } from '../text/cut-off.js';
import { bankText, mentions, normalise, without } from '../text/text.js';

/** What one line of a document says about one rule. */
export interface LineHit {
  readonly rule: ExcludedSpendRule;
  readonly verdict: Verdict;
  /** An agreed budget line does not answer it. */
  readonly firm: boolean;
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
    if (mentions(text, rule.signals.otherThing)) continue;
    const rest = without(text, rule.signals.harmless);
    if (mentions(rest, rule.signals.receipt) || mentions(rest, rule.signals.goods)) {
      const doubtful = rule.verdict === 'excluded' && mentions(around, rule.signals.doubt);
      hits.push({ rule, verdict: doubtful ? 'query' : rule.verdict, firm: mentions(rest, rule.signals.firm?.phrases) });
    } else if (mentions(rest, rule.signals.narrative)) {
      hits.push({ rule, verdict: 'query', firm: mentions(rest, rule.signals.firm?.phrases) });
    }
  }
  return hits.some((hit) => hit.verdict === 'excluded') ? hits.filter((hit) => hit.verdict === 'excluded') : hits;
}

/** How a bank's narrative, or a merchant code, can point to a rule. It asks; it never decides. */
export interface NarrativeHit {
  readonly rule: ExcludedSpendRule;
  readonly evidence: 'mcc' | 'narrative';
  /** An agreed budget line does not answer it; nor where a shop sells both kinds of thing. */
  readonly firm: boolean;
}

/** `planned`: what an agreed budget line answers is left out. */
export function readNarrative(
  narrative: string,
  mcc: string | undefined,
  payeeKind: string | undefined,
  rules: readonly ExcludedSpendRule[],
  planned = false,
): NarrativeHit[] {
  const bank = bankText(narrative);
  const maybeCutOff = narrative.trim().length >= cutOffLength;
  const hits: NarrativeHit[] = [];
  if (isQuestion(narrative)) return readQuestion(narrative, rules);
  for (const rule of phraseIndexOf(rules).rulesFor(bank, mcc, maybeCutOff)) {
    const { signals } = rule;
    if (payeeKind !== undefined && signals.harmlessPayeeKinds?.includes(payeeKind)) continue;
    const rest = without(bank, signals.harmless);
    const explained = rest !== bank;
    const basketCode = mcc !== undefined && signals.mixedBasket?.mccs.includes(mcc) === true;
    const byCode = mcc !== undefined && !explained && signals.mccs?.includes(mcc) === true;
    // A code of another trade outranks the words; one of the rule's own is not of another trade.
    const codeClears = mcc !== undefined && !byCode && !basketCode && signals.otherTradeMccs?.includes(mcc) === true;
    const reads = (phrases: readonly string[] | undefined): boolean =>
      !codeClears && (mentions(rest, phrases) || (maybeCutOff && readsCutOff(rest, phrases, signals)));
    const basket = reads(signals.mixedBasket?.narrative) || (basketCode && !explained);
    const firmCode = byCode && signals.firm?.mccs?.includes(mcc) === true;
    const firm = basket || firmCode || reads(signals.firm?.phrases);
    // The plan answers all else, so that the long lists of traders need not be read.
    if (planned && rule.planLiftsQuery && !firm) continue;
    const byText = reads(signals.narrative) || reads(signals.receipt);
    if (!byText && !byCode && !basket) continue;
    if ((!byCode && !basketCode) || signals.otherTradeClearsCode === true) {
      if (mentions(bank, signals.otherTrade)) continue;
      // A signal that is itself the cut end was written out and looked at above: `TREE SURG` may yet be a surgery.
      const before = rest.slice(0, Math.max(0, rest.lastIndexOf(' ')));
      const earlier = [signals.narrative, signals.receipt, signals.mixedBasket?.narrative];
      const spokeEarlier = maybeCutOff && earlier.some((phrases) => mentions(before, phrases));
      if (spokeEarlier && endsInTrade(bank, signals.otherTrade)) continue;
    }
    const coded = byCode || (basket && basketCode);
    hits.push({ rule, evidence: coded ? 'mcc' : 'narrative', firm });
  }
  return hits;
}

/** “Can we buy this?”: a sentence names goods and places as a document does, and only asks. */
function readQuestion(question: string, rules: readonly ExcludedSpendRule[]): NarrativeHit[] {
  const text = normalise(question);
  return phraseIndexOf(rules)
    .rulesFor(text)
    .flatMap((rule): NarrativeHit[] => {
      const { signals } = rule;
      if (mentions(text, signals.otherThing)) return [];
      const rest = without(text, signals.harmless);
      const basket = mentions(rest, signals.mixedBasket?.narrative);
      const found = [signals.receipt, signals.goods, signals.narrative].some((phrases) => mentions(rest, phrases));
      if (!found && !basket) return [];
      return [{ rule, evidence: 'narrative', firm: basket || mentions(rest, signals.firm?.phrases) }];
    });
}

function isQuestion(narrative: string): boolean {
  return /[a-z]{3}/.test(narrative) && (/\?\s*$/.test(narrative) || questionStart.test(narrative));
}

const questionStart =
  /^\s*(?:can|could|may|should|would|is|are|do|does|we|i|am)\s+(?:we|i|the|it|this|he|she|they|our|my|would|want|like|need|allowed)\b/i;

/** Whether the cut end of a text may have been one of the phrases, and not, written out, something harmless. */
function readsCutOff(text: string, phrases: readonly string[] | undefined, signals: Signals): boolean {
  return completions(text, phrases).some(
    (whole) => mentions(without(whole, signals.harmless), phrases) && !mentions(whole, signals.otherTrade),
  );
}

/** Whether the cut end of a text may have been the word of another trade: `THE OLD SURGERY GALLE`. */
function endsInTrade(text: string, trades: readonly string[] | undefined): boolean {
  return completions(text, trades).some((whole) => mentions(whole, trades));
}

/** Whether a receipt line says too little to explain anything: `SALE`, `Services`, `Invoice 1042`. */
export function saysNothing(line: string): boolean {
  return opaque.test(normalise(line).replace(/ ?\d+/g, ''));
}

/** The shortest line that a bank is likely to have cut off: some print 18 characters, others 22 or more. */
const cutOffLength = 18;

const opaque =
  /^(?:(?:the|a|of|for|card|visa|debit|cash|sub|grand|total|amount|sale|sales|payment|paid|balance|due|item|items|goods|service|services|misc|miscellaneous|sundries|sundry|other|treatment|consultation|appointment|visit|fee|fees|charge|charges|invoice|receipt|no|ref|account|session|thank|you|vat|gbp) ?)*$/;
