import { counted } from '../shell/formatting.js';

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

const steps: Readonly<Record<ImportProgress['step'], string>> = {
  READING: 'Reading the file',
  COMPARING: 'Comparing it with what is there already',
  POSTING: 'Adding it to the books',
};

export function presentProgress(progress: ImportProgress | null): ProgressView | null {
  if (progress === null) return null;
  const { step, done, of } = progress;
  const percent = of === null || of <= 0 ? null : Math.min(100, Math.floor((done * 100) / of));
  const far = percent === null ? (done > 0 ? `: ${counted(done, 'line')} so far` : '') : `: ${percent}%`;
  return { sentence: `${steps[step]}${far}.`, percent };
}
