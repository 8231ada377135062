import { covers, longDate, type CalendarDate, type DateRange } from '@ringfence/kernel';
import type { PayeeFacts, SpendCandidate } from './candidate.js';
import { kinshipOf, type Kinship } from './relationships.js';
import type { Predicate, Verdict } from './rule.js';
import { Phrases } from '../text/phrases.js';
import { normalise } from '../text/text.js';

/** What the dated facts about a payee say for one day. */
export interface HouseholdHit {
  readonly predicate: Extract<
    Predicate,
    'family-in-household' | 'friend-in-household' | 'spouse-elsewhere' | 'recipient-paid'
  >;
  readonly verdict: Exclude<Verdict, 'allowed'>;
  /** The fact without its date: `Ben (brother) was living with your child`. */
  readonly fact: string;
  /** Whether the fact holds on particular days, so that a sentence should name them. */
  readonly dated: boolean;
}

/**
 * Tests one payee on one day. The bar is on paying a person who lives with the child, not on spending from which one
 * benefits, and it is about days: a brother at university in term lives elsewhere in term. The guide and the NHS test
 * the child's household; social care also tests the recipient's ("Making it Personal 2", section 5; SI 2013/1617 reg 8
 * as amended; SI 2009/1887; SI 2014/2871 reg 3). Money whose stream is not known yet is only asked about where the
 * streams differ. Nothing is concluded from a surname or an address.
 */
export function householdHits(candidate: SpendCandidate, day: CalendarDate): HouseholdHit[] {
  const { payee, stream } = candidate;
  if (!payee) return [];
  const kinship = kinshipOf(payee.relationship);
  const withChild = lives(payee.livesWithChild, day);
  const withRecipient = lives(payee.livesWithRecipient, day);
  const social = stream === 'SOCIAL_CHILD' || stream === 'SOCIAL_ADULT';
  const unknownStream = stream === 'UNALLOCATED';
  const who = named(payee);
  const hits: HouseholdHit[] = [];

  if (kinship === 'recipient') {
    hits.push({
      predicate: 'recipient-paid',
      verdict: 'excluded',
      fact: `${who} holds this account and was paid from it`,
      dated: false,
    });
  }
  const household = familyHit(kinship, { withChild, withRecipient, social, unknownStream, payee, who, candidate });
  if (household) hits.push(household);

  if (kinship === 'friend' && withChild && (stream === 'HEALTH' || unknownStream)) {
    // Who is a friend, and not a lodger or a live-in worker, is for the ICB to say: domain, "in HEALTH query only if a friend".
    hits.push({
      predicate: 'friend-in-household',
      verdict: 'query',
      fact: `${who} was living with your child`,
      dated: true,
    });
  }
  if (kinship === 'spouse' && !household && (social || unknownStream)) {
    const fact = `${who} is recorded as the spouse or partner of the person who receives the payment, living elsewhere`;
    hits.push({ predicate: 'spouse-elsewhere', verdict: 'query', fact, dated: false });
  }
  return hits;
}

interface Facts {
  readonly withChild: boolean;
  readonly withRecipient: boolean;
  readonly social: boolean;
  readonly unknownStream: boolean;
  readonly payee: PayeeFacts;
  readonly who: string;
  readonly candidate: SpendCandidate;
}

function familyHit(kinship: Kinship, facts: Facts): HouseholdHit | undefined {
  const { withChild, withRecipient, who } = facts;
  const hit = (verdict: 'query' | 'excluded', fact: string, dated = true): HouseholdHit => ({
    predicate: 'family-in-household',
    verdict,
    fact: `${who} ${fact}`,
    dated,
  });
  switch (kinship) {
    case 'none':
    case 'friend':
      return undefined;
    case 'foster':
      return hit('query', 'cares for your child at home', false);
    case 'unknown':
      return withChild
        ? hit('query', 'was living with your child, and how you are related is not recorded')
        : undefined;
    case 'former-spouse':
      if (withChild) return hit('query', 'had your child staying for part of the week');
      if (withRecipient && facts.social) return hit('query', 'was living in the same home as you');
      return mayShareHome(facts) ? hit('query', 'may have your child staying for part of the week', false) : undefined;
    case 'recipient':
      return withChild ? hit('excluded', 'was living with your child') : undefined;
    case 'family':
    case 'spouse':
      break;
  }
  if (withChild) return hit('excluded', 'was living with your child');
  if (withRecipient) {
    const fact = 'was living with the person who receives the payment';
    if (facts.social) return hit('excluded', fact);
    // The child's household decides here; where nobody has recorded it, the recipient's makes it worth asking.
    if (facts.unknownStream || facts.payee.livesWithChild === undefined) return hit('query', fact);
  }
  if (mayShareHome(facts)) {
    return hit('query', 'may share a home with your child: the address alone does not settle it', false);
  }
  return undefined;
}

function mayShareHome({ candidate, payee }: Facts): boolean {
  return sharedHomeWords.matches(normalise(`${candidate.description} | ${payee.name} | ${payee.relationship ?? ''}`));
}

const sharedHomeWords = new Phrases([
  '(annexe|annex|granny flat|same address|same house|same home|same household|same building|same roof|shared care|shared custody|joint custody|shared residence|half the week|half of the week|part of the week|part of each week|alternate weeks|alternating weeks|every other week|week on week off|garden room|garden lodge|converted garage|lodge in the garden|cabin in the garden)',
  '(caravan|cabin|lodge|mobile home) (in|on) the (garden|drive|grounds)',
  '(flat|room|rooms) (above|below|upstairs|downstairs|over the garage)',
  '(upstairs|downstairs|basement|attic) flat',
  'stays with (him|her|them)',
]);

function lives(ranges: readonly DateRange[] | undefined, day: CalendarDate): boolean {
  return (ranges ?? []).some((range) => covers(range, day));
}

function named(payee: PayeeFacts): string {
  const relationship = payee.relationship?.trim().replace(/-/g, ' ');
  if (!relationship || kinshipOf(relationship) === 'none') return payee.name;
  return `${payee.name} (${relationship})`;
}

/** `on 3 August 2026`, or `from 3 August 2026 to 9 August 2026 and on 20 August 2026`. */
export function spansText(spans: readonly { from: CalendarDate; to: CalendarDate }[]): string {
  const parts = spans.map(({ from, to }) =>
    from === to ? `on ${longDate(from)}` : `from ${longDate(from)} to ${longDate(to)}`,
  );
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
