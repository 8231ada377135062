import type { ApplicableRules } from './applicable-rules.js';
import type { Finding, SpendCandidate } from './candidate.js';
import type { CompiledRule } from './compiled-rule.js';
import type { DocumentReading } from './documents.js';
import { readNarrative } from './reading.js';
import { finding, onBankLine, onCardCode, onRegister } from './reasons.js';
import { registerTitles } from '../registers/register.js';
import { noRegisters, type RegisterHit, type RegisterIndex } from '../registers/register-index.js';
import { bankText, normalise } from '../text/text.js';
import { kinshipOf } from './relationships.js';

/** What the payee's record, the card's code and the narrative say about the part that no receipt explains. */
export function readPayment(
  candidate: SpendCandidate,
  documents: DocumentReading,
  rules: ApplicableRules,
  registers: RegisterIndex = noRegisters,
): Finding[] {
  const findings = [...decidingCode(candidate, rules, registers), ...registerFindings(candidate, documents, rules)];
  const openPence = documents.hasReceipt ? documents.unexplainedPence : candidate.amountPence;
  if (documents.isDocument || (documents.hasReceipt && openPence === 0n)) return findings;
  const { payee } = candidate;
  const texts = [candidate.description, ...(payee && isBusiness(candidate) ? [payee.name] : [])];
  const spoken = new Set(findings.map((one) => one.rule));
  for (const text of texts) {
    for (const hit of readNarrative(text, candidate.mcc, payee?.kind, rules, candidate.planned)) {
      const { rule } = hit;
      if (spoken.has(rule.code) || (candidate.planned && rule.planLiftsQuery && !hit.firm)) continue;
      spoken.add(rule.code);
      const coded = hit.evidence === 'mcc' && candidate.mcc !== undefined;
      const seenAs = coded
        ? `${onBankLine(text)} (${onCardCode(candidate.mcc ?? '', registers.meaningOf(candidate.mcc ?? ''), 'the card')})`
        : onBankLine(text);
      const seen = coded ? `${candidate.mcc} ${text}` : text;
      findings.push(finding(rule, 'query', hit.evidence, seen, openPence, seenAs));
    }
    for (const { rule, hit } of nameHits(text, candidate, rules, registers)) {
      if (spoken.has(rule.code)) continue;
      spoken.add(rule.code);
      const seenAs = `${onBankLine(text)}; “${hit.name}” is a name in the ${registerTitles[hit.register]}`;
      findings.push(finding(rule, 'query', 'narrative', text, openPence, seenAs));
    }
  }
  return findings;
}

/**
 * Names of surgeries, dentists and pharmacies. A name alone only asks, as banks cut it and others share it; a weak one
 * asks only where the plan knows nothing of the spend, or where the card's code is a health code too.
 */
function nameHits(
  text: string,
  candidate: SpendCandidate,
  rules: ApplicableRules,
  registers: RegisterIndex,
): { rule: CompiledRule; hit: RegisterHit }[] {
  const bank = bankText(text);
  const { mcc, payee, planned } = candidate;
  return registers.match(bank, text).flatMap((hit) => {
    if (hit.weak && planned && !(mcc !== undefined && healthMccs.has(mcc))) return [];
    const rule = rules.ofPayeeKind(hit.kind)[0];
    if (!rule || (payee?.kind !== undefined && rule.signals.unrelatedPayeeKinds.has(payee.kind))) return [];
    return rule.signals.exclusions.strikeFrom(bank) === bank ? [{ rule, hit }] : [];
  });
}

/** Card codes of doctors, dentists, opticians, hospitals, chemists and ambulances. */
const healthMccs = new Set('4119 5122 5912 8011 8021 8031 8041 8042 8043 8049 8050 8062 8071 8099'.split(' '));

/** Gambling's own merchant code decides, whatever a receipt says. */
function decidingCode(candidate: SpendCandidate, rules: ApplicableRules, registers: RegisterIndex): Finding[] {
  const { mcc } = candidate;
  if (mcc === undefined) return [];
  return rules
    .decidedBy(mcc)
    .map((rule) =>
      finding(rule, rule.verdict, 'mcc', mcc, candidate.amountPence, onCardCode(mcc, registers.meaningOf(mcc))),
    );
}

/**
 * A payee whose every sale falls under a rule, such as a dental practice. A receipt that explains all of it in other
 * words turns the exclusion into a question, and no further.
 */
function registerFindings(candidate: SpendCandidate, documents: DocumentReading, rules: ApplicableRules): Finding[] {
  const { payee } = candidate;
  const kind = payee?.kind;
  if (!payee || kind === undefined) return [];
  const explained = (documents.hasReceipt && documents.unexplainedPence === 0n) || documents.isDocument;
  const openPence = explained ? candidate.amountPence : documents.unexplainedPence;
  return rules
    .ofPayeeKind(kind)
    .filter((rule) => !(explained && documents.findings.some((one) => one.rule === rule.code)))
    .flatMap((rule) => {
      if (rule.verdict === 'excluded' && !explained) {
        return [finding(rule, 'excluded', 'payee-register', payee.name, openPence, onRegister(payee.name, kind))];
      }
      const onlyGoods =
        candidate.receipt !== undefined &&
        candidate.receipt.every((line) => rule.signals.ancillaryGoods.matches(normalise(line.description)));
      const answered = explained ? rule.verdict !== 'excluded' || onlyGoods : candidate.planned && rule.planLiftsQuery;
      if (answered && rule.predicate !== 'asks-despite-documents') return [];
      return [finding(rule, 'query', 'payee-register', payee.name, openPence, onRegister(payee.name, kind))];
    });
}

function isBusiness(candidate: SpendCandidate): boolean {
  const relationship = candidate.payee?.relationship;
  return relationship === undefined || kinshipOf(relationship) === 'none';
}
