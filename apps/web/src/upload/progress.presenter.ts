import { counted } from '../shell/formatting.js';
import type { Vocabulary } from '../shell/vocabulary.js';

/** How far a job has come with a statement: `of` is null while nobody knows yet how much there is. */
export interface ImportProgress {
  readonly step: 'READING' | 'COMPARING' | 'POSTING';
  readonly done: number;
  readonly of: number | null;
}

export interface ProgressView {
  readonly sentence: string;
  /** From 0 to 100; null while nobody knows. */
  readonly percent: number | null;
}

export function presentProgress(progress: ImportProgress | null, terms: Vocabulary): ProgressView | null {
  if (progress === null) return null;
  const { step, done, of } = progress;
  const steps: Readonly<Record<typeof step, string>> = {
    READING: 'Reading the file',
    COMPARING: 'Comparing it with what is there already',
    POSTING: terms.posting,
  };
  const percent = of === null || of <= 0 ? null : Math.min(100, Math.floor((done * 100) / of));
  const far = percent === null ? (done > 0 ? `: ${counted(done, 'line')} so far` : '') : `: ${percent}%`;
  return { sentence: `${steps[step]}${far}.`, percent };
}
