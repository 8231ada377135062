import type { SpendCandidate } from './candidate.js';

/** A planned spend that no rule finds; a test changes what it is about. */
export function spend(changes: Partial<SpendCandidate> = {}): SpendCandidate {
  return {
    id: 'spend-1',
    date: '2026-05-12',
    amountPence: 2340n,
    stream: 'SOCIAL_CHILD',
    description: 'SWIMMING LESSONS',
    planned: true,
    ...changes,
  };
}

/** Receipt lines from `description: pence`. */
export function receipt(lines: Readonly<Record<string, bigint>>): NonNullable<SpendCandidate['receipt']> {
  return Object.entries(lines).map(([description, amountPence]) => ({ description, amountPence }));
}

export const always = [{ from: '2020-01-01', to: null }];
