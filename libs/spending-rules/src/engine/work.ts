import { addDays, daysBetween, Problem, type CalendarDate, type Money } from '@ringfence/kernel';
import type { Approval, Assessment, Finding, PayeeFacts, SpendCandidate } from './candidate.js';
import { householdHits, spansText, type HouseholdHit } from './household.js';
import { assessWith, type AssessOptions } from './assess.js';
import { approvalFor } from './approval.js';
import type { ApplicableRules } from './applicable-rules.js';
import type { CompiledRule } from './compiled-rule.js';
import type { RuleSet } from './rule-set.js';
import { approved, finding } from './reasons.js';
import { inForce } from './rule.js';

/** The most days that one payslip may cover. */
export const workDaysMax = 366;

/** Pay for work, with the days on which it was done. */
export interface WorkPaid {
  readonly id: string;
  readonly amountPence: Money;
  readonly stream: SpendCandidate['stream'];
  readonly planned: boolean;
  /** The payslip's own words, such as `Basic pay` or an expense; they are read as a document's line. */
  readonly description: string;
  readonly payee: PayeeFacts;
  readonly approvals?: readonly Approval[] | undefined;
  /** Each day worked, or the pay period where the days are not known: then every day of it is tested. */
  readonly worked: readonly CalendarDate[] | { readonly from: CalendarDate; readonly to: CalendarDate };
}

/**
 * Assesses a payslip. The household is tested on every day of work: one day of living with the child without a written
 * exception excludes the payslip, and the reason names the days. The policy is the one in force on the last day.
 */
export function assessWork(work: WorkPaid, policy: RuleSet, options: AssessOptions = {}): Assessment {
  const days = daysOf(work.worked);
  const candidate: SpendCandidate = {
    id: work.id,
    date: days[days.length - 1] ?? '',
    amountPence: work.amountPence,
    stream: work.stream,
    description: work.description,
    planned: work.planned,
    payee: work.payee,
    approvals: work.approvals,
    evidenceKind: 'payslip',
  };
  return assessWith(candidate, policy, options, (rules) => overDays(candidate, days, rules));
}

interface DatedHit {
  readonly hit: HouseholdHit;
  readonly rule: CompiledRule;
  readonly approval: Approval | undefined;
  readonly days: CalendarDate[];
}

/** One finding for each rule, verdict and approval, with the spans of days to which it applies. */
function overDays(candidate: SpendCandidate, days: readonly CalendarDate[], rules: ApplicableRules): Finding[] {
  const groups = new Map<string, DatedHit>();
  for (const day of days) {
    for (const hit of householdHits(candidate, day)) {
      const rule = rules.withPredicate(hit.predicate);
      if (!rule || !inForce(rule, day)) continue;
      const approval = approvalFor(rule, candidate, day);
      const key = [hit.predicate, hit.verdict, hit.fact, approval?.from, approval?.to].join('|');
      const group = groups.get(key) ?? { hit, rule, approval, days: [] };
      group.days.push(day);
      groups.set(key, group);
    }
  }
  return [...groups.values()].map(({ hit, rule, approval, days: hitDays }) => {
    const fact = hit.dated ? `${hit.fact} ${spansText(spansOf(hitDays))}` : hit.fact;
    const seen = candidate.payee?.name ?? '';
    const one = finding(rule, hit.verdict, 'household', seen, candidate.amountPence, fact);
    return approval ? approved(rule, one, approval) : one;
  });
}

/** Days in order, each once. Refuses none at all, a period that ends before it begins, and too many. */
function daysOf(worked: WorkPaid['worked']): CalendarDate[] {
  if (isDays(worked)) {
    const days = [...new Set(worked)].sort();
    if (days.length === 0)
      throw Problem.field('/worked', '/worked has no days: give each day worked, or the pay period.');
    if (days.length > workDaysMax) throw tooManyDays(days.length);
    return days;
  }
  const count = daysBetween(worked.from, worked.to) + 1;
  if (count < 1)
    throw Problem.field('/worked/to', `/worked/to is ${worked.to}, before ${worked.from}: check the dates.`);
  if (count > workDaysMax) throw tooManyDays(count);
  return Array.from({ length: count }, (_, offset) => addDays(worked.from, offset));
}

function isDays(worked: WorkPaid['worked']): worked is readonly CalendarDate[] {
  return Array.isArray(worked);
}

function tooManyDays(count: number): Problem {
  return Problem.field('/worked', `/worked covers ${count} days: one payslip may cover ${workDaysMax}, so split it.`);
}

function spansOf(days: readonly CalendarDate[]): { from: CalendarDate; to: CalendarDate }[] {
  const spans: { from: CalendarDate; to: CalendarDate }[] = [];
  for (const day of days) {
    const last = spans.at(-1);
    if (last && addDays(last.to, 1) === day) last.to = day;
    else spans.push({ from: day, to: day });
  }
  return spans;
}
