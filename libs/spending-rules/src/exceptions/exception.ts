import {
  addMonths,
  type CalendarDate,
  type Fault,
  type FundingStream,
  longDate,
  reasonsCharactersMax,
} from '@ringfence/kernel';
import { kinshipOf } from '../engine/relationships.js';
import type { ExcludedSpendRule, PolicyVersion } from '../engine/rule.js';

/** The longest exception: every budget is reviewed yearly, and no exception outlives the next review. */
export const exceptionMonthsMax = 12;

export interface ExceptionTerms {
  readonly rule: string;
  /** Left out: the money of every stream. */
  readonly stream?: FundingStream | null | undefined;
  readonly reasons: string;
  /** What the approver saw, such as a letter or a social worker's assessment. */
  readonly evidence: string;
  readonly conditions?: string | null | undefined;
  readonly validFrom: CalendarDate;
  readonly validTo: CalendarDate;
  /** What the approver is to the payee, in plain words; `none` where left out. */
  readonly approverRelationship?: string | null | undefined;
}

/**
 * What is wrong with an exception by itself: the rule must be one that somebody may lift, the dates must end by the
 * next review, and the approver must not be the payee's relative (domain: classification rule; separation of duties).
 */
export function exceptionFaults(
  terms: ExceptionTerms,
  policy: PolicyVersion,
  nextReview: CalendarDate | null,
): Fault[] {
  return [
    ...ruleFaults(terms, policy),
    ...textFaults(terms),
    ...dateFaults(terms, nextReview),
    ...relationshipFaults(terms.approverRelationship),
  ];
}

function ruleFaults({ rule: code, stream }: ExceptionTerms, policy: PolicyVersion): Fault[] {
  const rule = policy.rules.find((one) => one.code === code);
  if (!rule) {
    const codes = policy.rules.filter(mayBeLifted).map((one) => one.code);
    return [
      fault('/rule', `is ${JSON.stringify(code)}, which is no rule of the policy: use one of ${codes.join(', ')}.`),
    ];
  }
  if (!mayBeLifted(rule)) {
    const why =
      rule.force === 'absolute'
        ? `is ${code}: “${rule.name}” can never be bought with this money, and nobody may approve an exception (${rule.source}).`
        : `is ${code}, which only marks a spend: there is nothing to approve.`;
    return [fault('/rule', why)];
  }
  if (consentRules.includes(code)) {
    const found = `is ${code}: the head teacher agrees to this in writing, so record it as a premises consent and not as an exception.`;
    return [fault('/rule', found)];
  }
  if (stream && rule.streams !== 'all' && !rule.streams.includes(stream)) {
    const found = `is ${stream}, but ${code} is a rule for ${rule.streams.join(' and ')} money: no exception is needed.`;
    return [fault('/stream', found)];
  }
  return [];
}

/** A school answers these, not an officer of the authority (SI 2014/1652 reg 9; Liverpool policy 2017, section 3.4). */
const consentRules = ['ON_PREMISES_NO_CONSENT', 'ELEMENT2_NO_CONSENT'];

function mayBeLifted(rule: ExcludedSpendRule): boolean {
  return rule.force === 'exception' || rule.force === 'local-policy';
}

function textFaults(terms: ExceptionTerms): Fault[] {
  return (['reasons', 'evidence', 'conditions'] as const).flatMap((field) => {
    const text = terms[field];
    if (text === null || text === undefined) return [];
    if (text.trim() === '') return [fault(`/${field}`, 'is empty: write a sentence.')];
    if (text.length <= reasonsCharactersMax) return [];
    return [fault(`/${field}`, `has ${text.length} characters: ${reasonsCharactersMax} is the most.`)];
  });
}

function dateFaults({ validFrom, validTo }: ExceptionTerms, nextReview: CalendarDate | null): Fault[] {
  if (validTo < validFrom) {
    return [fault('/validTo', `is ${validTo}, before the exception begins on ${validFrom}: check the dates.`)];
  }
  if (nextReview !== null && validTo > nextReview) {
    const found = `is ${validTo}, after the next review on ${longDate(nextReview)}: end it by then, and the review can renew it.`;
    return [fault('/validTo', found)];
  }
  const longest = addMonths(validFrom, exceptionMonthsMax);
  if (validTo <= longest) return [];
  const found = `is ${validTo}, more than ${exceptionMonthsMax} months after it begins: end it by ${longest}, as budgets are reviewed yearly.`;
  return [fault('/validTo', found)];
}

function relationshipFaults(given: string | null | undefined): Fault[] {
  const relationship = given ?? 'none';
  if (kinshipOf(relationship) === 'none') return [];
  const found = `is ${JSON.stringify(relationship)}: an exception is approved by somebody who is not related to the payee, so ask another approver.`;
  return [fault('/approverRelationship', found)];
}

function fault(pointer: string, rest: string): Fault {
  return { pointer, message: `${pointer} ${rest}` };
}
