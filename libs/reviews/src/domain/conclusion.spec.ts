import { Problem } from '@ringfence/kernel';
import { requireConclusion, reviewQuestionNames, type Conclusion, type ReviewAnswers } from './conclusion.js';
import { isAdverse, reviewOutcomes } from './review-terms.js';

const answers = Object.fromEntries(reviewQuestionNames.map((name) => [name, { answer: 'YES' }])) as ReviewAnswers;

describe('the conclusion of a review', () => {
  it.each(reviewOutcomes.filter(isAdverse))('that is %s needs reasons in writing', (outcome) => {
    expect(refusal({ outcome, answers, reasons: '  ' })).toBe(
      `/reasons is empty, and the outcome is ${outcome}: give the family the reasons in writing.`,
    );
    expect(refusal({ outcome, answers, reasons: 'Two invoices could not be found.' })).toBeUndefined();
  });

  it.each(['SATISFACTORY', 'ADVICE'] as const)('that is %s needs none', (outcome) => {
    expect(refusal({ outcome, answers })).toBeUndefined();
  });

  it('answers every question', () => {
    const { needsHelp: _, ...open } = answers;
    expect(refusal({ outcome: 'SATISFACTORY', answers: open as ReviewAnswers })).toBe(
      '/answers/needsHelp is missing: answer YES or NO to "Does the recipient need help with managing it?"',
    );
  });

  it('has an outcome of the list', () => {
    expect(refusal({ outcome: 'FINE' as 'ADVICE', answers, reasons: 'x' })).toMatch(
      /^\/outcome is "FINE": name one of /,
    );
  });
});

function refusal(conclusion: Conclusion): string | undefined {
  try {
    requireConclusion(conclusion);
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return error.message;
    throw error;
  }
}
