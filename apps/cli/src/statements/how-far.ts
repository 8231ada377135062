import type { ImportProgress } from './wait-for-reading.js';

/** "45%", or how many lines where nobody knows of how many; nothing where nobody tells. */
export function howFar(progress: ImportProgress | undefined): string {
  if (!progress) return '';
  const { done, of } = progress;
  if (of !== null && of > 0) return `${Math.min(100, Math.floor((done * 100) / of))}%`;
  return done > 0 ? `${done} lines` : '';
}

/** As a part of a step of the bar: from 0 to just below 1. */
export function partOf(progress: ImportProgress | undefined): number {
  if (!progress || progress.of === null || progress.of <= 0) return 0;
  return Math.min(0.99, Math.max(0, progress.done / progress.of));
}
