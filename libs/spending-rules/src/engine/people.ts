import type { ApplicableRules } from './applicable-rules.js';
import { withApproval } from './approval.js';
import type { Finding, SpendCandidate } from './candidate.js';
import type { DocumentReading } from './documents.js';
import { householdHits, spansText } from './household.js';
import { clipped, finding } from './reasons.js';
import { Phrases } from '../text/phrases.js';
import { normalise } from '../text/text.js';

/** What the household says about the payee on the day of service, with what was approved in writing. */
export function householdOn(candidate: SpendCandidate, rules: ApplicableRules): Finding[] {
  return householdHits(candidate, candidate.date).flatMap((hit) => {
    const rule = rules.withPredicate(hit.predicate);
    const day = { from: candidate.date, to: candidate.date };
    const fact = hit.dated ? `${hit.fact} ${spansText([day])}` : hit.fact;
    const seen = candidate.payee?.name ?? '';
    if (!rule) return [];
    const one = finding(rule, hit.verdict, 'household', seen, candidate.amountPence, fact);
    return [withApproval(one, candidate, rules)];
  });
}

/**
 * Paying a person back for something bought is that purchase, and so is a membership or lessons from which a person
 * benefits: neither is employing them. It needs the receipt, and the receipt must not be for their own work.
 */
export function peopleFindings(
  candidate: SpendCandidate,
  documents: DocumentReading,
  rules: ApplicableRules,
  household: Finding[],
): Finding[] {
  const text = normalise(candidate.description);
  const reimbursement = rules.withPredicate('paid-back');
  const paidBack = reimbursement?.signals.narrative.matches(text) === true;
  const notForWork = (paidBack || (household.length > 0 && benefitWords.matches(text))) && !workWords.matches(text);
  const receiptForWork = (candidate.receipt ?? []).some((line) => workWords.matches(normalise(line.description)));
  const notes = noteFindings(candidate, rules, text);
  if (!notForWork || receiptForWork || !reimbursement) return [...household, ...notes];
  const { amountPence } = candidate;
  if (documents.hasReceipt && documents.unexplainedPence === 0n) {
    const seenAs = `The bank line reads “${clipped(candidate.description)}”`;
    return [...notes, finding(reimbursement, 'allowed', 'receipt-line', candidate.description, amountPence, seenAs)];
  }
  const rule = rules.withPredicate('evidence-missing');
  if (!rule || documents.differencePence !== 0n) return notes;
  const seenAs = `This looks like paying somebody back (“${clipped(candidate.description)}”)`;
  return [...notes, finding(rule, 'query', 'none', candidate.description, amountPence, seenAs)];
}

function noteFindings(candidate: SpendCandidate, rules: ApplicableRules, text: string): Finding[] {
  return rules.notes
    .filter((rule) => rule.predicate !== 'paid-back' && rule.signals.narrative.matches(text))
    .map((rule) => {
      const seenAs = `The line reads “${clipped(candidate.description)}”`;
      return finding(rule, 'allowed', 'narrative', candidate.description, candidate.amountPence, seenAs);
    });
}

const benefitWords = new Phrases([
  '(membership|memberships)',
  'driving (lesson|lessons|test)',
  '(season ticket|ticket|tickets|club fees)',
]);
const workWords = new Phrases([
  '(care|caring|carer|wage|wages|salary|hours|hour|shift|shifts|support|babysit~|sitting|childminding|childcare|respite|work|worked|worker)',
]);
