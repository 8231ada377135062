import type { ApplicableRules } from './applicable-rules.js';
import type { CompiledRule, CompiledSignals } from './compiled-rule.js';
import type { Verdict } from './rule.js';
import type { Phrases } from '../text/phrases.js';
import { bankText, normalise } from '../text/text.js';

/** What one line of a document says about one rule. */
export interface LineHit {
  readonly rule: CompiledRule;
  readonly verdict: Verdict;
  /** An agreed budget line does not answer it. */
  readonly firm: boolean;
}

/**
 * Reads a line of a receipt, an invoice or a payslip. `context` is text around it, such as the bank's: it can raise a
 * doubt, so that the line asks instead of deciding, and never clears a line. Only the strictest hits are kept.
 */
export function readDocumentLine(line: string, context: string, rules: ApplicableRules): LineHit[] {
  const text = normalise(line);
  const around = `${text} ¦ ${normalise(context)}`;
  const hits: LineHit[] = [];
  for (const rule of rules.index.rulesFor(text)) {
    const { signals } = rule;
    if (signals.unrelatedItems.matches(text)) continue;
    const rest = signals.exclusions.strikeFrom(text);
    if (signals.receipt.matches(rest) || signals.goods.matches(rest)) {
      const uncertain = rule.verdict === 'excluded' && signals.doubt.matches(around);
      hits.push({ rule, verdict: uncertain ? 'query' : rule.verdict, firm: signals.firm.matches(rest) });
    } else if (signals.narrative.matches(rest)) {
      hits.push({ rule, verdict: 'query', firm: signals.firm.matches(rest) });
    }
  }
  return hits.some((hit) => hit.verdict === 'excluded') ? hits.filter((hit) => hit.verdict === 'excluded') : hits;
}

/** How a bank's narrative, or a merchant code, can point to a rule. It asks; it never decides. */
export interface NarrativeHit {
  readonly rule: CompiledRule;
  readonly evidence: 'mcc' | 'narrative';
  /** An agreed budget line does not answer it; nor where a shop sells both kinds of thing. */
  readonly firm: boolean;
}

/** `planned`: what an agreed budget line answers is left out. */
export function readNarrative(
  narrative: string,
  mcc: string | undefined,
  payeeKind: string | undefined,
  rules: ApplicableRules,
  planned = false,
): NarrativeHit[] {
  const bank = bankText(narrative);
  const maybeCutOff = narrative.trim().length >= cutOffLength;
  const hits: NarrativeHit[] = [];
  if (isQuestion(narrative)) return readQuestion(narrative, rules);
  for (const rule of rules.index.rulesFor(bank, mcc, maybeCutOff)) {
    const { signals } = rule;
    if (payeeKind !== undefined && signals.unrelatedPayeeKinds.has(payeeKind)) continue;
    const rest = signals.exclusions.strikeFrom(bank);
    const explained = rest !== bank;
    const basketCode = mcc !== undefined && signals.mixedBasketMccs.has(mcc);
    const byCode = mcc !== undefined && !explained && signals.mccs.has(mcc);
    // A code of another trade outranks the words; one of the rule's own is not of another trade.
    const codeClears = mcc !== undefined && !byCode && !basketCode && signals.unrelatedTradeMccs.has(mcc);
    const reads = (phrases: Phrases): boolean =>
      !codeClears && (phrases.matches(rest) || (maybeCutOff && readsCutOff(rest, phrases, signals)));
    const basket = reads(signals.mixedBasket) || (basketCode && !explained);
    const firmCode = byCode && signals.firmMccs.has(mcc);
    const firm = basket || firmCode || reads(signals.firm);
    // The plan answers all else, so that the long lists of traders need not be read.
    if (planned && rule.planLiftsQuery && !firm) continue;
    const byText = reads(signals.narrative) || reads(signals.receipt);
    if (!byText && !byCode && !basket) continue;
    const codeSpeaks = byCode || basketCode;
    if (!codeSpeaks || signals.unrelatedTradesClearCode) {
      if (isUnrelatedTrade(bank, rest, maybeCutOff, signals)) continue;
    }
    const coded = byCode || (basket && basketCode);
    hits.push({ rule, evidence: coded ? 'mcc' : 'narrative', firm });
  }
  return hits;
}

/** Whether a bank line names another trade, whole or cut off at its end. */
function isUnrelatedTrade(bank: string, rest: string, maybeCutOff: boolean, signals: CompiledSignals): boolean {
  if (signals.unrelatedTrades.matches(bank)) return true;
  if (!maybeCutOff) return false;
  // A signal that is itself the cut end was written out and looked at above: `TREE SURG` may yet be a surgery.
  const before = rest.slice(0, Math.max(0, rest.lastIndexOf(' ')));
  const { narrative, receipt, mixedBasket } = signals;
  const spokeEarlier = [narrative, receipt, mixedBasket].some((phrases) => phrases.matches(before));
  return spokeEarlier && endsInTrade(bank, signals.unrelatedTrades);
}

/** “Can we buy this?”: a sentence names goods and places as a document does, and only asks. */
function readQuestion(question: string, rules: ApplicableRules): NarrativeHit[] {
  const text = normalise(question);
  return rules.index.rulesFor(text).flatMap((rule): NarrativeHit[] => {
    const { signals } = rule;
    if (signals.unrelatedItems.matches(text)) return [];
    const rest = signals.exclusions.strikeFrom(text);
    const basket = signals.mixedBasket.matches(rest);
    const found = [signals.receipt, signals.goods, signals.narrative].some((phrases) => phrases.matches(rest));
    if (!found && !basket) return [];
    return [{ rule, evidence: 'narrative', firm: basket || signals.firm.matches(rest) }];
  });
}

function isQuestion(narrative: string): boolean {
  return /[a-z]{3}/.test(narrative) && (/\?\s*$/.test(narrative) || questionStart.test(narrative));
}

const questionStart =
  /^\s*(?:can|could|may|should|would|is|are|do|does|we|i|am)\s+(?:we|i|the|it|this|he|she|they|our|my|would|want|like|need|allowed)\b/i;

/** Whether the cut end of a text may have been one of the phrases, and not, written out, one of its exclusions. */
function readsCutOff(text: string, phrases: Phrases, signals: CompiledSignals): boolean {
  return phrases
    .completions(text)
    .some((whole) => phrases.matches(signals.exclusions.strikeFrom(whole)) && !signals.unrelatedTrades.matches(whole));
}

/** Whether the cut end of a text may have been the word of another trade: `THE OLD SURGERY GALLE`. */
function endsInTrade(text: string, trades: Phrases): boolean {
  return trades.completions(text).some((whole) => trades.matches(whole));
}

/** Whether a receipt line says too little to explain anything: `SALE`, `Services`, `Invoice 1042`. */
export function saysNothing(line: string): boolean {
  return opaque.test(normalise(line).replace(/ ?\d+/g, ''));
}

/** The shortest line that a bank is likely to have cut off: some print 18 characters, others 22 or more. */
const cutOffLength = 18;

const opaque =
  /^(?:(?:the|a|of|for|card|visa|debit|cash|sub|grand|total|amount|sale|sales|payment|paid|balance|due|item|items|goods|service|services|misc|miscellaneous|sundries|sundry|other|treatment|consultation|appointment|visit|fee|fees|charge|charges|invoice|receipt|no|ref|account|session|thank|you|vat|gbp) ?)*$/;
