import { spendCheckJson, type SpendCandidate, type Verdict } from '@ringfence/spending-rules';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A spend with the verdict that it must have. */
export interface Labelled {
  readonly id: string;
  readonly set: LabelledSet;
  /** What the spends that share a label have in common. */
  readonly family: string;
  /** Why the label is right: the rule, or what makes the spend planned. */
  readonly why: string;
  readonly expected: Verdict;
  /** The rule that must be named, where the spend must be flagged. */
  readonly rule?: string;
  readonly candidate: SpendCandidate;
}

/** A file each in `spends/`. Rules are written against `seen` alone; the others are looked at last. */
export const labelledSets = ['seen', 'unseen', 'held-out', 'practice', 'practice-two', 'sealed'] as const;
export type LabelledSet = (typeof labelledSets)[number];

/** The spends of one set, a line of its file each, in the form that `ringfence spend check` reads. */
export function labelled(set: LabelledSet): Labelled[] {
  const lines = readFileSync(join(import.meta.dirname, 'spends', `${set}.jsonl`), 'utf8').split('\n');
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const { spend, ...label } = JSON.parse(line) as Omit<Labelled, 'candidate' | 'set'> & { readonly spend: object };
      return { ...label, set, candidate: spendCheckJson({ id: label.id, ...spend }) };
    });
}

export const everyLabelled = (): Labelled[] => labelledSets.flatMap(labelled);
