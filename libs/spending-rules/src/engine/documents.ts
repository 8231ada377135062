import type { Money } from '@ringfence/kernel';
import type { ApplicableRules } from './applicable-rules.js';
import type { Finding, ReceiptLine, SpendCandidate } from './candidate.js';
import { readDocumentLine, saysNothing } from './reading.js';
import { finding, onPayslip, onReceipt } from './reasons.js';

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
export function readDocuments(candidate: SpendCandidate, rules: ApplicableRules): DocumentReading {
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
  rules: ApplicableRules,
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
