import { covers, longDate, Problem, type CalendarDate, type FundingStream } from '@ringfence/kernel';

/** Allowed < query < excluded. A query asks a person; it accuses nobody. */
export type Verdict = 'allowed' | 'query' | 'excluded';

export function strictest(findings: readonly { verdict: Verdict }[]): Verdict {
  if (findings.some((one) => one.verdict === 'excluded')) return 'excluded';
  return findings.some((one) => one.verdict === 'query') ? 'query' : 'allowed';
}

/**
 * How firm a rule is. `absolute`: nobody can lift it. `exception`: a named officer may approve it, in writing and for
 * dated people. `local-policy`: authorities differ. `note`: only marks a spend, and never makes it worse than allowed.
 */
export type Force = 'absolute' | 'exception' | 'local-policy' | 'note';

/** Phrases in the small language of `phrases.ts`, and card merchant codes, that point to a rule. */
export interface Signals {
  /** On a line of a receipt, an invoice or a payslip these decide. */
  readonly receipt?: readonly string[];
  /** Names of goods: as `receipt` on a document's line. A bank's narrative names a trader, and is not read by them. */
  readonly goods?: readonly string[];
  /** In a bank narrative, and on a receipt, these only ask. */
  readonly narrative?: readonly string[];
  /** Card merchant category codes that ask. */
  readonly mccs?: readonly string[];
  /** Card merchant category codes that decide: gambling only (domain: classification rule). */
  readonly decidingMccs?: readonly string[];
  /** Kinds of payee, as confirmed on the payee's record, whose every sale falls under the rule. */
  readonly payeeKinds?: readonly string[];
  /** Signals that ask of a planned spend too: a rent is no provision, whatever budget line it was put under. */
  readonly firm?: readonly string[];
  readonly firmMccs?: readonly string[];
  /** Shops that sell both kinds of thing: without a receipt they ask even when the spend is planned. */
  readonly mixedBasket?: readonly string[];
  readonly mixedBasketMccs?: readonly string[];
  /** Phrases that look like a signal and are not: they are struck out before reading. */
  readonly exclusions?: readonly string[];
  /** Where a bank narrative has one of these, it is another trade's, and neither its words nor its code say anything. */
  readonly unrelatedTrades?: readonly string[];
  /** Whether the words of another trade outrank even the rule's own merchant code: a therapist may bear a doctor's. */
  readonly unrelatedTradesClearCode?: boolean;
  /** Merchant codes of other trades: they outrank the words of the narrative. */
  readonly unrelatedTradeMccs?: readonly string[];
  /** Where a document's line has one of these, it is another thing, and the rule does not speak about it. */
  readonly unrelatedItems?: readonly string[];
  /** Kinds of payee that make a narrative or a merchant code of this rule meaningless. */
  readonly unrelatedPayeeKinds?: readonly string[];
  /** Goods that a payee of the rule's kind may sell: a receipt of these alone is not the service. */
  readonly ancillaryGoods?: readonly string[];
  /** Next to one of these even a receipt line only asks. */
  readonly doubt?: readonly string[];
}

/**
 * What words cannot say and the engine decides by itself: who lives where on which day, what the plan covers, which
 * documents are missing. A rule names the one that it gives its verdict, its source and its sentences to.
 */
export const predicates = [
  'family-in-household',
  'friend-in-household',
  'spouse-elsewhere',
  'recipient-paid',
  /** A line that says that somebody is paid back: the purchase is assessed, and not the person. */
  'paid-back',
  'evidence-missing',
  'plan-does-not-say',
  /** Money of which no plan speaks. */
  'no-plan-needed',
  /** Of a payee of the rule's kind it asks whatever the documents show. */
  'asks-despite-documents',
] as const;
export type Predicate = (typeof predicates)[number];

/** One kind of spend that public money may not, or may not simply, pay for, as it is written down. */
export interface ExcludedSpendRule {
  readonly code: string;
  readonly name: string;
  readonly predicate?: Predicate;
  /** `all` is every stream except TRANSPORT, whose outflows are tested only by a rule that lists it. */
  readonly streams: 'all' | readonly FundingStream[];
  readonly force: Force;
  /** Who may approve an exception. */
  readonly approverRole?: string;
  /** What a deciding signal gives. */
  readonly verdict: Verdict;
  /** Whether an agreed budget line answers a query of this rule, but for its firm signals. It never lifts an exclusion. */
  readonly planLiftsQuery: boolean;
  readonly validFrom: CalendarDate;
  readonly validTo: CalendarDate | null;
  /** Document and section. */
  readonly source: string;
  /** A clause that completes "…, and": plain English, kind, accusing nobody. No capital, no full stop. */
  readonly reason: string;
  /** A sentence: what to do when it is excluded. */
  readonly whatToDo: string;
  /** A sentence: what to do when it is a query. */
  readonly whatToAsk: string;
  readonly signals: Signals;
}

/** The rules as they stood over a span of days. */
export interface PolicyVersion {
  readonly id: string;
  readonly name: string;
  readonly validFrom: CalendarDate;
  readonly validTo: CalendarDate | null;
  /** In order of precedence: findings of the same verdict are listed in this order. */
  readonly rules: readonly ExcludedSpendRule[];
}

export function inForce(dated: { validFrom: CalendarDate; validTo: CalendarDate | null }, day: CalendarDate): boolean {
  return covers({ from: dated.validFrom, to: dated.validTo }, day);
}

/** The version in force on the day of service; where several are, the latest to begin. Refuses when there is none. */
export function policyInForce<Version extends Pick<PolicyVersion, 'validFrom' | 'validTo'>>(
  versions: readonly Version[],
  day: CalendarDate,
): Version {
  const candidates = versions.filter((version) => inForce(version, day));
  const latest = candidates.sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1))[0];
  if (!latest) throw noPolicyOn(day);
  return latest;
}

export function noPolicyOn(day: CalendarDate): Problem {
  return Problem.field('/date', `/date is ${longDate(day)}, when no spending policy was in force: check the date.`);
}
