import type { Money } from '@ringfence/kernel';
import type { Finding, ReceiptLine, SpendCandidate } from './candidate.js';
import { kinshipOf } from './relationships.js';
import { readDocumentLine, readNarrative, saysNothing } from './reading.js';
import { finding, onBankLine, onCardCode, onPayslip, onReceipt, onRegister } from './reasons.js';
import { registerTitles } from '../registers/register.js';
import { noRegisters, type RegisterHit, type RegisterIndex } from '../registers/register-index.js';
import type { ExcludedSpendRule } from './rule.js';
import { rulesOfKind } from './phrase-index.js';
import { bankText, mentions, normalise, without } from '../text/text.js';

/** What the documents of a spend say, and how much of it they leave unexplained. */
export interface DocumentReading {
  readonly findings: readonly Finding[];
  /** Receipt lines that no rule speaks about, in the candidate's sign. */
  readonly clearLines: readonly ReceiptLine[];
  readonly hasReceipt: boolean;
  /** The description itself is a line of a receipt or a payslip. */
  readonly isDocument: boolean;
  /** What no receipt line that says something accounts for. */
  readonly unexplainedPence: Money;
  /** The payment less its receipt lines; zero without a receipt. */
  readonly differencePence: Money;
}

/** Splits the spend by its receipt lines: each excluded line for its own amount, the others left clear. */
export function assessDocument(candidate: SpendCandidate, rules: readonly ExcludedSpendRule[]): DocumentReading {
  const lines = receiptLines(candidate);
  const isDocument = candidate.evidenceKind === 'receipt-line' || candidate.evidenceKind === 'payslip';
  const findings: Finding[] = [];
  const clearLines: ReceiptLine[] = [];
  let [sumPence, explainedPence] = [0n, 0n];
  for (const line of lines) {
    sumPence += line.amountPence;
    if (!saysNothing(line.description)) explainedPence += line.amountPence;
    const found = lineFindings(candidate, line, candidate.description, onReceipt, rules);
    findings.push(...found);
    if (found.length === 0) clearLines.push(line);
  }
  if (isDocument) {
    const seenAs = candidate.evidenceKind === 'payslip' ? onPayslip : onReceipt;
    findings.push(...lineFindings(candidate, candidate, '', seenAs, rules));
  }
  const hasReceipt = lines.length > 0;
  const explained = hasReceipt ? explainedPence : isDocument ? candidate.amountPence : 0n;
  return {
    findings,
    clearLines,
    hasReceipt,
    isDocument,
    unexplainedPence: candidate.amountPence - explained,
    differencePence: hasReceipt ? candidate.amountPence - sumPence : 0n,
  };
}

/** What the payee's record, the card's code and the narrative say about the part that no receipt explains. */
export function assessNarrative(
  candidate: SpendCandidate,
  papers: DocumentReading,
  rules: readonly ExcludedSpendRule[],
  registers: RegisterIndex = noRegisters,
): Finding[] {
  const findings = [...decidingCode(candidate, rules, registers), ...registerFindings(candidate, papers, rules)];
  const openPence = papers.hasReceipt ? papers.unexplainedPence : candidate.amountPence;
  if (papers.isDocument || (papers.hasReceipt && openPence === 0n)) return findings;
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
  rules: readonly ExcludedSpendRule[],
  registers: RegisterIndex,
): { rule: ExcludedSpendRule; hit: RegisterHit }[] {
  const bank = bankText(text);
  const { mcc, payee, planned } = candidate;
  return registers.match(bank, text).flatMap((hit) => {
    if (hit.weak && planned && !(mcc !== undefined && healthMccs.has(mcc))) return [];
    const rule = rulesOfKind(rules, hit.kind)[0];
    if (!rule || (payee?.kind !== undefined && rule.signals.harmlessPayeeKinds?.includes(payee.kind))) return [];
    return without(bank, rule.signals.harmless) === bank ? [{ rule, hit }] : [];
  });
}

/** Card codes of doctors, dentists, opticians, hospitals, chemists and ambulances. */
const healthMccs = new Set('4119 5122 5912 8011 8021 8031 8041 8042 8043 8049 8050 8062 8071 8099'.split(' '));

/** The receipt's lines in the candidate's sign: statements show money out as negative, receipts do not. */
function receiptLines(candidate: SpendCandidate): readonly ReceiptLine[] {
  const lines = candidate.receipt ?? [];
  const sum = lines.reduce((total, line) => total + line.amountPence, 0n);
  const opposite = (sum < 0n && candidate.amountPence > 0n) || (sum > 0n && candidate.amountPence < 0n);
  return opposite ? lines.map((line) => ({ ...line, amountPence: -line.amountPence })) : lines;
}

function lineFindings(
  candidate: SpendCandidate,
  line: ReceiptLine,
  context: string,
  seenAs: (text: string, amountPence: Money) => string,
  rules: readonly ExcludedSpendRule[],
): Finding[] {
  return readDocumentLine(line.description, context, rules)
    .filter((hit) => hit.verdict === 'excluded' || !(candidate.planned && hit.rule.planLiftsQuery && !hit.firm))
    .map(({ rule, verdict }) =>
      finding(
        rule,
        verdict,
        'receipt-line',
        line.description,
        line.amountPence,
        seenAs(line.description, line.amountPence),
      ),
    );
}

/** Gambling's own merchant code decides, whatever a receipt says. */
function decidingCode(
  candidate: SpendCandidate,
  rules: readonly ExcludedSpendRule[],
  registers: RegisterIndex,
): Finding[] {
  const { mcc } = candidate;
  if (mcc === undefined) return [];
  return rules
    .filter((rule) => rule.signals.decidingMccs?.includes(mcc))
    .map((rule) =>
      finding(rule, rule.verdict, 'mcc', mcc, candidate.amountPence, onCardCode(mcc, registers.meaningOf(mcc))),
    );
}

/**
 * A payee whose every sale falls under a rule, such as a dental practice. A receipt that explains all of it in other
 * words turns the exclusion into a question, and no further.
 */
function registerFindings(
  candidate: SpendCandidate,
  papers: DocumentReading,
  rules: readonly ExcludedSpendRule[],
): Finding[] {
  const { payee } = candidate;
  const kind = payee?.kind;
  if (!payee || kind === undefined) return [];
  const explained = (papers.hasReceipt && papers.unexplainedPence === 0n) || papers.isDocument;
  const openPence = explained ? candidate.amountPence : papers.unexplainedPence;
  return rules
    .filter((rule) => rule.signals.payeeKinds?.includes(kind))
    .filter((rule) => !(explained && papers.findings.some((one) => one.rule === rule.code)))
    .flatMap((rule) => {
      if (rule.verdict === 'excluded' && !explained) {
        return [finding(rule, 'excluded', 'payee-register', payee.name, openPence, onRegister(payee.name, kind))];
      }
      const onlyGoods =
        candidate.receipt !== undefined &&
        candidate.receipt.every((line) => mentions(normalise(line.description), rule.signals.kindsGoods));
      const answered = explained ? rule.verdict !== 'excluded' || onlyGoods : candidate.planned && rule.planLiftsQuery;
      if (answered && rule.code !== 'BLOCK_CONTRACT') return [];
      return [finding(rule, 'query', 'payee-register', payee.name, openPence, onRegister(payee.name, kind))];
    });
}

function isBusiness(candidate: SpendCandidate): boolean {
  const relationship = candidate.payee?.relationship;
  return relationship === undefined || kinshipOf(relationship) === 'none';
}
