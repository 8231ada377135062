import type { FundingStream } from '@ringfence/kernel';
import type { SpendCandidate, Verdict } from '@ringfence/spending-rules';
import { createHash } from 'node:crypto';

/** Spends that are alike for one reason, which is why each has its label. */
export interface Family {
  readonly name: string;
  /** Why the label is right: the rule, or what makes the spend harmless. */
  readonly why: string;
  readonly expected: Verdict;
  /** The rule that must be named, where the spend must be flagged. */
  readonly rule?: string;
  readonly spends: readonly Partial<SpendCandidate>[];
}

export interface Labelled {
  readonly id: string;
  readonly family: Family;
  readonly candidate: SpendCandidate;
  /** Rules are written against the one half; the other is looked at last. */
  readonly half: Half;
}

export const halves = ['seen', 'unseen', 'held-out', 'practice', 'practice-two', 'sealed'] as const;
export type Half = (typeof halves)[number];

/** Every spend of the families, each once, in a half that only its own text decides. */
export function labelled(families: readonly Family[], half?: Half): Labelled[] {
  const ids = new Set<string>();
  return families.flatMap((family) =>
    family.spends.map((spend, place) => {
      const { description = '', receipt = [], payee } = spend;
      const text = [family.name, description, ...receipt.map((line) => line.description), payee?.name, place].join(
        ' | ',
      );
      const id = `${family.name} ${place + 1}`;
      if (ids.has(id)) throw new Error(`Two spends are called ${id}: name the families apart.`);
      ids.add(id);
      const own = createHash('sha256').update(text).digest()[0]! % 2 === 0 ? 'seen' : 'unseen';
      return { id, family, half: half ?? own, candidate: { ...plain(place), ...spend, id } };
    }),
  );
}

const streams: readonly FundingStream[] = ['SOCIAL_CHILD', 'EDU', 'HEALTH', 'SOCIAL_ADULT'];

function plain(place: number): SpendCandidate {
  return {
    id: '',
    date: '2026-05-12',
    amountPence: BigInt(-1250 - place * 35),
    stream: streams[place % streams.length]!,
    description: '',
    planned: true,
  };
}

type Printed = (text: string, place: number) => string;

const forms: readonly Printed[] = [
  (text) => text,
  (text) => `CARD PAYMENT TO ${text}`,
  (text) => `${text} LEEDS GB`,
  (text) => `CONTACTLESS ${text}`,
  (text, place) => `${text} ${4000 + place}`,
  (text) => `VISA PURCHASE ${text}`,
  (text) => `POS ${text} LONDON`,
  (text) => text.toLowerCase(),
];

/** Bank lines as banks print them, in turn: with prefixes, store numbers, towns and small letters. */
export function bankLines(texts: string, more: Partial<SpendCandidate> = {}): Partial<SpendCandidate>[] {
  return list(texts).map((text, place) => ({ ...more, description: forms[place % forms.length]!(text, place) }));
}

/** Without the town and the number that a form has put after the name: a weak name tells only with its own town. */
export function withoutTown(spends: readonly Partial<SpendCandidate>[]): Partial<SpendCandidate>[] {
  return spends.map(({ description = '', ...spend }) => ({
    ...spend,
    description: description.replace(/ (LEEDS GB|LONDON|\d{4})$/, ''),
  }));
}

/** Bank lines cut off after so many characters of the name. */
export function cutLines(texts: string, length: number, more: Partial<SpendCandidate> = {}): Partial<SpendCandidate>[] {
  return list(texts).map((text) => ({ ...more, description: `CARD PAYMENT TO ${text.slice(0, length)}`.trim() }));
}

/** A receipt of one line for the whole payment, on a bank line that says nothing. */
export function receipts(texts: string, more: Partial<SpendCandidate> = {}): Partial<SpendCandidate>[] {
  return list(texts).map((text, place) => {
    const amountPence = BigInt(850 + place * 45);
    const receipt = [{ description: text, amountPence }];
    return { description: 'CARD PAYMENT 8812', amountPence: -amountPence, receipt, ...more };
  });
}

/** Lines of a payslip, such as expenses that are paid back through it. */
export function payslipLines(texts: string, more: Partial<SpendCandidate> = {}): Partial<SpendCandidate>[] {
  return list(texts).map((description) => ({ description, evidenceKind: 'payslip' as const, ...more }));
}

/** One text a line; empty lines and the space around them do not count. */
export function list(texts: string): string[] {
  return texts
    .split('\n')
    .map((text) => text.trim())
    .filter((text) => text !== '');
}
