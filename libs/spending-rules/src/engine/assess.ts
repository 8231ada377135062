import { addDays, covers, poundsText, type CalendarDate, type Money } from '@ringfence/kernel';
import type { Approval, Assessment, Finding, SpendCandidate } from './candidate.js';
import { householdHits, spansText } from './household.js';
import { assessDocument, assessNarrative, type DocumentReading } from './papers.js';
import { ruleOf } from './phrase-index.js';
import type { RegisterIndex } from '../registers/register-index.js';
import { approved, clipped, finding, magnitude, onReceipt } from './reasons.js';
import { inForce, noPolicyOn, type ExcludedSpendRule, type PolicyVersion, type Verdict } from './rule.js';
import { mentions, normalise, transferToPerson } from '../text/text.js';

export interface AssessOptions {
  /** Codes of `local-policy` rules that this account's agreement switches off, such as CASH where it is permitted. */
  readonly permittedRules?: readonly string[];
  /** The imported registers of surgeries, dentists and pharmacies; none where left out. */
  readonly registers?: RegisterIndex | undefined;
}

/**
 * Judges one spend by one version of the policy, which must be in force on the day of service; otherwise refuses.
 * A receipt line outranks the plan, the plan the payee's record, that the card's code, that the narrative ("Making it
 * Personal 2", section 5; order of evidence: design). Narrative and code only ask, except gambling's own code.
 */
export function assessSpend(candidate: SpendCandidate, policy: PolicyVersion, options: AssessOptions = {}): Assessment {
  return assessWith(candidate, policy, options, (rules) => householdOn(candidate, rules));
}

/** As {@link assessSpend}, with the household findings, approvals applied, from elsewhere: work is tested day by day. */
export function assessWith(
  candidate: SpendCandidate,
  policy: PolicyVersion,
  options: AssessOptions,
  household: (rules: readonly ExcludedSpendRule[]) => Finding[],
): Assessment {
  if (!inForce(policy, candidate.date)) throw noPolicyOn(candidate.date);
  const rules = applicableRules(candidate, policy, options);
  const papers = assessDocument(candidate, rules);
  const people = peopleFindings(candidate, papers, rules, household(rules));
  const texts = [
    ...papers.findings,
    ...assessNarrative(candidate, papers, rules, options.registers),
    ...missingReceipt(candidate, papers, rules),
  ];
  const afterApprovals = [...texts.map((one) => withApproval(one, candidate, rules)), ...people];
  const findings = [...afterApprovals, ...planFindings(candidate, papers, rules, afterApprovals)];
  return {
    id: candidate.id,
    verdict: strictest(findings),
    policyVersion: policy.id,
    findings: inOrder(findings, rules),
  };
}

export function strictest(findings: readonly { verdict: Verdict }[]): Verdict {
  if (findings.some((one) => one.verdict === 'excluded')) return 'excluded';
  return findings.some((one) => one.verdict === 'query') ? 'query' : 'allowed';
}

/** The rules that apply to a candidate: in force, for its stream, not switched off. Unknown stream: all, gently. */
function applicableRules(
  candidate: SpendCandidate,
  policy: PolicyVersion,
  options: AssessOptions,
): readonly ExcludedSpendRule[] {
  const { date, stream } = candidate;
  let lists = ruleLists.get(policy);
  if (!lists) ruleLists.set(policy, (lists = { turns: turnsOf(policy), known: new Map() }));
  // The rules change only on the days on which one begins or ends, so that a few lists serve every candidate.
  const turn = lists.turns.findLastIndex((day) => day <= date);
  const key = `${stream} ${turn} ${(options.permittedRules ?? []).join(' ')}`;
  let rules = lists.known.get(key);
  if (!rules) lists.known.set(key, (rules = rulesFor(stream, date, policy, options)));
  return rules;
}

interface RuleLists {
  readonly turns: readonly CalendarDate[];
  readonly known: Map<string, readonly ExcludedSpendRule[]>;
}

const ruleLists = new WeakMap<PolicyVersion, RuleLists>();

function turnsOf(policy: PolicyVersion): CalendarDate[] {
  const days = policy.rules.flatMap(({ validFrom, validTo }) => [validFrom, ...(validTo ? [addDays(validTo, 1)] : [])]);
  return [...new Set(days)].sort();
}

function rulesFor(
  stream: SpendCandidate['stream'],
  date: CalendarDate,
  policy: PolicyVersion,
  options: AssessOptions,
): ExcludedSpendRule[] {
  return policy.rules
    .filter((rule) => inForce(rule, date))
    .filter((rule) => !(rule.force === 'local-policy' && options.permittedRules?.includes(rule.code)))
    .flatMap((rule) => {
      if (rule.streams === 'all') return stream === 'TRANSPORT' ? [] : [rule];
      if (stream === 'UNALLOCATED') return [{ ...rule, verdict: rule.verdict === 'excluded' ? 'query' : rule.verdict }];
      return rule.streams.includes(stream) ? [rule] : [];
    });
}

function householdOn(candidate: SpendCandidate, rules: readonly ExcludedSpendRule[]): Finding[] {
  return householdHits(candidate, candidate.date).flatMap((hit) => {
    const rule = ruleOf(rules, hit.rule);
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
function peopleFindings(
  candidate: SpendCandidate,
  papers: DocumentReading,
  rules: readonly ExcludedSpendRule[],
  household: Finding[],
): Finding[] {
  const text = normalise(candidate.description);
  const reimbursement = ruleOf(rules, 'REIMBURSEMENT');
  const paidBack = mentions(text, reimbursement?.signals.narrative);
  const notForWork = (paidBack || (household.length > 0 && mentions(text, benefitWords))) && !mentions(text, workWords);
  const receiptForWork = (candidate.receipt ?? []).some((line) => mentions(normalise(line.description), workWords));
  const notes = noteFindings(candidate, rules, text);
  if (!notForWork || receiptForWork || !reimbursement) return [...household, ...notes];
  const { amountPence } = candidate;
  if (papers.hasReceipt && papers.unexplainedPence === 0n) {
    const seenAs = `The bank line reads “${clipped(candidate.description)}”`;
    return [...notes, finding(reimbursement, 'allowed', 'receipt-line', candidate.description, amountPence, seenAs)];
  }
  const rule = ruleOf(rules, 'NO_EVIDENCE');
  if (!rule || papers.differencePence !== 0n) return notes;
  const seenAs = `This looks like paying somebody back (“${clipped(candidate.description)}”)`;
  return [...notes, finding(rule, 'query', 'none', candidate.description, amountPence, seenAs)];
}

function noteFindings(candidate: SpendCandidate, rules: readonly ExcludedSpendRule[], text: string): Finding[] {
  return rules
    .filter((rule) => rule.force === 'note' && rule.code !== 'REIMBURSEMENT' && mentions(text, rule.signals.narrative))
    .map((rule) => {
      const seenAs = `The line reads “${clipped(candidate.description)}”`;
      return finding(rule, 'allowed', 'narrative', candidate.description, candidate.amountPence, seenAs);
    });
}

/** A receipt that does not add up, and a transfer that names a person nobody has recorded. */
function missingReceipt(
  candidate: SpendCandidate,
  papers: DocumentReading,
  rules: readonly ExcludedSpendRule[],
): Finding[] {
  const rule = ruleOf(rules, 'NO_EVIDENCE');
  if (!rule) return [];
  if (papers.hasReceipt && papers.differencePence !== 0n) {
    const difference = magnitude(papers.differencePence);
    const receiptPence = magnitude(candidate.amountPence - papers.differencePence);
    const seenAs = `The receipt adds up to ${poundsText(receiptPence)} and the payment was ${poundsText(magnitude(candidate.amountPence))}, a difference of ${poundsText(difference)}`;
    return [finding(rule, 'query', 'receipt-line', candidate.description, difference, seenAs)];
  }
  const person = transferToPerson(candidate.description);
  const isDocument = papers.isDocument || papers.hasReceipt;
  if (person === undefined || isDocument || candidate.payee?.relationship !== undefined) return [];
  const seenAs = `This is a bank transfer to ${person}, which may be wages outside payroll or paying somebody back`;
  return [finding(rule, 'query', 'none', candidate.description, candidate.amountPence, seenAs)];
}

/** What the plan says about the part that no other rule has spoken about. */
function planFindings(
  candidate: SpendCandidate,
  papers: DocumentReading,
  rules: readonly ExcludedSpendRule[],
  found: readonly Finding[],
): Finding[] {
  const rule = ruleOf(rules, 'NOT_IN_PLAN');
  if (!rule || found.some((one) => one.rule === 'BANK_INTEREST')) return [];
  // What only a plan would answer is not in the plan either; anything firmer is said first.
  const spoken =
    strictest(candidate.planned ? found : found.filter((one) => !onlyPlanAnswers(one, rules))) !== 'allowed';
  const clear = papers.clearLines;
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
function onlyPlanAnswers(one: Finding, rules: readonly ExcludedSpendRule[]): boolean {
  const rule = ruleOf(rules, one.rule);
  if (!rule?.planLiftsQuery || one.verdict !== 'query') return false;
  const text = normalise(one.seen);
  const { firm, mixedBasket } = rule.signals;
  if (one.evidence === 'receipt-line' && mentions(text, firm?.phrases)) return false;
  const code = /^\d{4}(?= )/.exec(one.seen)?.[0];
  return !mentions(text, mixedBasket?.narrative) && !(code && mixedBasket?.mccs.includes(code));
}

/** Lines in the order of their texts, so that the order on the receipt changes nothing. */
function summed(lines: readonly { description: string; amountPence: Money }[]): { texts: string; amountPence: Money } {
  const texts = lines
    .map((line) => line.description.trim())
    .sort()
    .join(', ');
  return { texts, amountPence: lines.reduce((sum, line) => sum + line.amountPence, 0n) };
}

/** An approval lifts what its rule found for its payee on its days, unless nobody can lift the rule. */
function withApproval(one: Finding, candidate: SpendCandidate, rules: readonly ExcludedSpendRule[]): Finding {
  const rule = ruleOf(rules, one.rule);
  if (!rule || one.verdict === 'allowed') return one;
  const approval = approvalFor(rule, candidate, candidate.date);
  return approval ? approved(rule, one, approval) : one;
}

/** The approval of a rule that names the candidate's payee (or its text, where no payee is known) and covers a day. */
export function approvalFor(
  rule: ExcludedSpendRule,
  candidate: SpendCandidate,
  day: CalendarDate,
): Approval | undefined {
  if (rule.force === 'absolute' || rule.force === 'note') return undefined;
  const who = normalise(candidate.payee?.name ?? '');
  const text = ` ${normalise(candidate.description)} `;
  return (candidate.approvals ?? []).find((approval) => {
    const name = normalise(approval.payee);
    const same = name !== '' && (who === '' ? text.includes(` ${name} `) : who === name);
    return approval.rule === rule.code && same && covers(approval, day);
  });
}

function inOrder(findings: readonly Finding[], rules: readonly ExcludedSpendRule[]): Finding[] {
  if (findings.length < 2) return [...findings];
  const severity: Record<Verdict, number> = { excluded: 0, query: 1, allowed: 2 };
  const place = new Map(rules.map(({ code }, order) => [code, order]));
  return [...findings].sort(
    (a, b) =>
      severity[a.verdict] - severity[b.verdict] ||
      (place.get(a.rule) ?? 0) - (place.get(b.rule) ?? 0) ||
      compare(a.seen, b.seen) ||
      compare(a.amountPence, b.amountPence),
  );
}

function compare<T extends string | bigint>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const benefitWords = [
  '(membership|memberships)',
  'driving (lesson|lessons|test)',
  '(season ticket|ticket|tickets|club fees)',
];
const workWords = [
  '(care|caring|carer|wage|wages|salary|hours|hour|shift|shifts|support|babysit~|sitting|childminding|childcare|respite|work|worked|worker)',
];
