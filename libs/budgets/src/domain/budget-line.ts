import {
  addDays,
  addMonths,
  type CalendarDate,
  type Fault,
  type FundingStream,
  type Money,
  nameCharactersMax,
  poundsText,
  timesRate,
} from '@ringfence/kernel';
import { Faults } from './faults.js';
import type { DeliveryMechanism, Holder, PlanKind, PlanSection } from './terms.js';

export interface LineTerms {
  readonly name: string;
  readonly stream: FundingStream;
  readonly mechanism: DeliveryMechanism;
  readonly holder: Holder;
  readonly planSection: PlanSection;
  readonly amountPence: Money;
  /** All three or none. `quantity` is a decimal text with three places at most, such as `520` or `3.25`. */
  readonly quantity?: string | null | undefined;
  readonly unit?: string | null | undefined;
  readonly ratePence?: Money | null | undefined;
  readonly startsOn: CalendarDate;
  readonly endsOn: CalendarDate;
  /** How many outcomes the line names. */
  readonly outcomes: number;
}

export interface LineSurroundings {
  readonly planKind: PlanKind;
  readonly budgetStartsOn: CalendarDate;
  readonly budgetEndsOn: CalendarDate | null;
  readonly childBornOn: CalendarDate | null;
}

/** Whether the line's money is cash in somebody's account; an organised line is a commitment only. */
export function holdsCash(mechanism: DeliveryMechanism): boolean {
  return mechanism !== 'ORGANISED';
}

/**
 * Whether the law of direct payments (account, notices, repayment) applies. Money held by a third party is a direct
 * payment, except in health, where a third-party budget is a way of its own (SI 2013/1617; NHS England).
 */
export function isDirectPayment(stream: FundingStream, mechanism: DeliveryMechanism): boolean {
  return mechanism === 'DIRECT_PAYMENT' || (mechanism === 'THIRD_PARTY' && stream !== 'HEALTH');
}

/** Everything that is wrong with a line. Pointers are relative to it, such as `/amount`. */
export function lineFaults(line: LineTerms, around: LineSurroundings): readonly Fault[] {
  const faults = new Faults();
  faults.text('/name', line.name, nameCharactersMax);
  moneyFaults(line, faults);
  sectionFault(line, around.planKind, faults);
  holderFault(line, faults);
  if (holdsCash(line.mechanism) && line.outcomes === 0) {
    // Making it Personal 2, section 5; EHC plan, section J.
    faults.add('/outcomes', '/outcomes is empty: money paid out must name at least one outcome of the plan.');
  }
  dateFaults(line, around, faults);
  return faults.all;
}

/** The three places at most that `quantity` may have, and no more than 999,999,999. */
export const quantityPattern = /^\d{1,9}(\.\d{1,3})?$/;

export function quantityText(text: string): boolean {
  return quantityPattern.test(text) && /[1-9]/.test(text);
}

function moneyFaults({ amountPence, quantity, unit, ratePence }: LineTerms, faults: Faults): void {
  if (amountPence <= 0n) faults.add('/amount', '/amount must be more than nothing.');
  const given = [quantity, unit, ratePence].filter((value) => value !== null && value !== undefined && value !== '');
  if (given.length === 0) return;
  if (given.length < 3) {
    faults.add('/quantity', 'quantity, unit and rate belong together: give all three or none.');
    return;
  }
  if (!quantityText(quantity!)) {
    faults.add('/quantity', `/quantity is ${JSON.stringify(quantity)}: write a number such as "520" or "3.25".`);
    return;
  }
  if (ratePence! <= 0n) {
    faults.add('/rate', '/rate must be more than nothing.');
    return;
  }
  const made = timesRate(ratePence!, quantity!);
  if (made !== amountPence) {
    faults.add(
      '/amount',
      `${quantity} ${unit} at ${poundsText(ratePence!)} make ${poundsText(made)}, and the amount is ${poundsText(amountPence)}: correct one of them.`,
    );
  }
}

/**
 * The stream follows the plan section, not the supplier: what educates stands in section F whoever delivers it, G is
 * health's, H1 and H2 are social care's, and J tells of the budget as a whole (Making it Personal 2, appendix).
 */
const sectionStreams: Readonly<Record<PlanSection, readonly FundingStream[]>> = {
  F: ['EDU'],
  G: ['HEALTH'],
  // H1 is provision under section 2 of the Chronically Sick and Disabled Persons Act 1970, for people under 18.
  H1: ['SOCIAL_CHILD'],
  H2: ['SOCIAL_CHILD', 'SOCIAL_ADULT'],
  J: ['EDU', 'HEALTH', 'SOCIAL_CHILD', 'SOCIAL_ADULT', 'TRANSPORT'],
  OTHER: ['HEALTH', 'SOCIAL_CHILD', 'SOCIAL_ADULT', 'TRANSPORT'],
};

function sectionFault({ planSection, stream }: LineTerms, planKind: PlanKind, faults: Faults): void {
  if (planKind !== 'EHC_PLAN' && planSection !== 'OTHER') {
    faults.add('/planSection', `Only an EHC plan has a section ${planSection}, and this is ${planKind}: write OTHER.`);
  } else if (!sectionStreams[planSection].includes(stream)) {
    const own =
      stream === 'EDU' && planKind !== 'EHC_PLAN'
        ? 'education money needs an EHC plan'
        : `${stream} belongs in ${sectionsOf(stream).join(' or ')}`;
    faults.add('/planSection', `Section ${planSection} cannot carry ${stream} money: ${own}.`);
  }
}

function sectionsOf(stream: FundingStream): string[] {
  return Object.entries(sectionStreams).flatMap(([section, streams]) => (streams.includes(stream) ? [section] : []));
}

const mechanismHolders: Readonly<Record<DeliveryMechanism, readonly Holder[]>> = {
  // An organisation may keep the account of a direct payment: the managed account of SI 2013/1617 reg 10(1A).
  DIRECT_PAYMENT: ['FAMILY', 'INDIVIDUAL', 'ORGANISATION'],
  ORGANISED: ['LOCAL_AUTHORITY', 'INTEGRATED_CARE_BOARD', 'SCHOOL'],
  THIRD_PARTY: ['ORGANISATION', 'INDIVIDUAL', 'SCHOOL'],
};

function holderFault({ mechanism, holder }: LineTerms, faults: Faults): void {
  const allowed = mechanismHolders[mechanism];
  if (allowed.includes(holder)) return;
  faults.add('/holder', `/holder is ${holder}, and a line of ${mechanism} is held by ${allowed.join(' or ')}.`);
}

function dateFaults(line: LineTerms, around: LineSurroundings, faults: Faults): void {
  const before = faults.all.length;
  faults.day('/startsOn', line.startsOn);
  faults.day('/endsOn', line.endsOn);
  if (faults.all.length > before) return;
  faults.lastDay('/endsOn', line.startsOn, line.endsOn);
  if (line.startsOn < around.budgetStartsOn) {
    faults.add('/startsOn', `/startsOn is ${line.startsOn}, and the budget begins on ${around.budgetStartsOn}.`);
  }
  if (around.budgetEndsOn !== null && line.endsOn > around.budgetEndsOn) {
    faults.add('/endsOn', `/endsOn is ${line.endsOn}, and the budget ends on ${around.budgetEndsOn}.`);
  }
  if (around.childBornOn !== null) birthdayFault(line, addMonths(around.childBornOn, 18 * 12), faults);
}

/** The balance at 18 belongs to the stream's payer: a line is closed and another opened, never re-labelled. */
function birthdayFault({ stream, startsOn, endsOn }: LineTerms, eighteenth: CalendarDate, faults: Faults): void {
  if (stream === 'SOCIAL_CHILD' && endsOn >= eighteenth) {
    faults.add(
      '/endsOn',
      `/endsOn is ${endsOn}, and the child is 18 on ${eighteenth}: end this line on ${addDays(eighteenth, -1)} and begin a SOCIAL_ADULT line.`,
    );
  }
  if (stream === 'SOCIAL_ADULT' && startsOn < eighteenth) {
    faults.add(
      '/startsOn',
      `/startsOn is ${startsOn}, and SOCIAL_ADULT money begins at 18, on ${eighteenth}: use SOCIAL_CHILD before that day.`,
    );
  }
}
