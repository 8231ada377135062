import { assessSpend, nationalPolicy, type Assessment, type RegisterIndex } from '@ringfence/spending-rules';
import type { Labelled } from './labelled.js';

export interface Miss {
  readonly id: string;
  readonly text: string;
  readonly expected: string;
  readonly got: string;
}

export interface Score {
  readonly spends: number;
  /** Of what must be flagged, how much is, by the rule that the label names. */
  readonly mustFlag: number;
  readonly flagged: number;
  /** Of planned spend, how much is flagged all the same. */
  readonly planned: number;
  readonly falselyFlagged: number;
  /** Spends that are excluded and must not be. */
  readonly wronglyExcluded: number;
  /** Spends that must be excluded and are only asked about. */
  readonly onlyAsked: number;
  readonly misses: readonly Miss[];
}

export function score(spends: readonly Labelled[], registers: RegisterIndex): Score {
  const assessed = spends.map((one) => ({
    one,
    assessment: assessSpend(one.candidate, nationalPolicy, { registers }),
  }));
  const mustFlag = assessed.filter(({ one }) => one.expected !== 'allowed');
  const planned = assessed.filter(({ one }) => one.expected === 'allowed');
  const wrong = assessed.filter(
    ({ one, assessment }) => assessment.verdict !== one.expected || !found(one, assessment),
  );
  return {
    spends: spends.length,
    mustFlag: mustFlag.length,
    flagged: mustFlag.filter(({ one, assessment }) => assessment.verdict !== 'allowed' && found(one, assessment))
      .length,
    planned: planned.length,
    falselyFlagged: planned.filter(({ assessment }) => assessment.verdict !== 'allowed').length,
    wronglyExcluded: wrong
      .filter(({ assessment }) => assessment.verdict === 'excluded')
      .filter(({ one }) => one.expected !== 'excluded').length,
    onlyAsked: wrong.filter(({ one, assessment }) => one.expected === 'excluded' && assessment.verdict === 'query')
      .length,
    misses: wrong.map(({ one, assessment }) => ({
      id: one.id,
      text: [one.candidate.description, ...(one.candidate.receipt ?? []).map((line) => line.description)].join(' · '),
      expected: [one.expected, one.rule].filter(Boolean).join(' '),
      got: [assessment.verdict, ...assessment.findings.map(({ rule }) => rule)].join(' '),
    })),
  };
}

function found({ rule: wanted }: Labelled, { findings }: Assessment): boolean {
  return wanted === undefined || findings.some(({ rule, verdict }) => rule === wanted && verdict !== 'allowed');
}
