import { poundsText } from '@ringfence/kernel';
import type { ApplicableRules } from './applicable-rules.js';
import type { Finding, SpendCandidate } from './candidate.js';
import type { DocumentReading } from './documents.js';
import { finding, magnitude } from './reasons.js';
import { transferToPerson } from '../text/text.js';

/** A receipt that does not add up, and a transfer that names a person nobody has recorded. */
export function missingEvidence(
  candidate: SpendCandidate,
  documents: DocumentReading,
  rules: ApplicableRules,
): Finding[] {
  const rule = rules.withPredicate('evidence-missing');
  if (!rule) return [];
  if (documents.hasReceipt && documents.differencePence !== 0n) {
    const difference = magnitude(documents.differencePence);
    const receiptPence = magnitude(candidate.amountPence - documents.differencePence);
    const seenAs = `The receipt adds up to ${poundsText(receiptPence)} and the payment was ${poundsText(magnitude(candidate.amountPence))}, a difference of ${poundsText(difference)}`;
    return [finding(rule, 'query', 'receipt-line', candidate.description, difference, seenAs)];
  }
  const person = transferToPerson(candidate.description);
  const isDocument = documents.isDocument || documents.hasReceipt;
  if (person === undefined || isDocument || candidate.payee?.relationship !== undefined) return [];
  const seenAs = `This is a bank transfer to ${person}, which may be wages outside payroll or paying somebody back`;
  return [finding(rule, 'query', 'none', candidate.description, candidate.amountPence, seenAs)];
}
