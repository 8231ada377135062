import { setTimeout as pause } from 'node:timers/promises';
import type { ApiClient } from '../api-client/api-client.js';
import { CommandFailure } from '../exit.js';

/** A statement import as the API answers it. */
export interface ImportAnswer {
  readonly id: string;
  readonly state: 'RECEIVED' | 'PARSED' | 'COMMITTING' | 'COMMITTED' | 'REFUSED' | 'REVERSED';
  readonly firstDate: string | null;
  readonly lastDate: string | null;
  readonly openingBalance: string | null;
  readonly closingBalance: string | null;
  readonly warnings: readonly { readonly code: string; readonly message: string; readonly line: number | null }[];
  readonly refusal: { readonly code: string; readonly message: string; readonly line: number | null } | null;
  readonly counts: {
    readonly new: number;
    readonly alreadyHeld: number;
    readonly possibleDuplicates: number;
    readonly notPosted: number;
  };
  /** How far the job has come that is at work on it; null, or left out, where none is. */
  readonly progress?: ImportProgress | null;
  /** Why the books refused lines that the worker was posting. */
  readonly commitRefusal?: string | null;
}

export interface ImportProgress {
  readonly step: 'READING' | 'COMPARING' | 'POSTING';
  readonly done: number;
  /** Null while nobody knows how much there is. */
  readonly of: number | null;
}

/** How long a job may show no progress. A large file takes longer, and shows some. */
export const quietMsMax = 10 * 60_000;
const firstPauseMs = 100;
const longestPauseMs = 2_000;

/**
 * Asks until the worker is done with an import: it is read, or posted. Tells every step on the way. Throws a
 * CommandFailure when nothing has moved for {@link quietMsMax}.
 */
export async function waitForImport(
  api: ApiClient,
  importId: string,
  tell: (progress: ImportProgress) => void,
): Promise<ImportAnswer> {
  let [until, last] = [Date.now() + quietMsMax, ''];
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 1.5, longestPauseMs)) {
    const answer = await api.get<ImportAnswer>(`/v1/statement-imports/${importId}`);
    if (answer.state !== 'RECEIVED' && answer.state !== 'COMMITTING') return answer;
    if (answer.progress) tell(answer.progress);
    const now = JSON.stringify([answer.state, answer.progress ?? null]);
    if (now !== last) [until, last] = [Date.now() + quietMsMax, now];
    if (Date.now() > until) {
      const action = answer.state === 'RECEIVED' ? 'read' : 'posted';
      throw new CommandFailure(
        `The statement was received as ${importId} and has not been ${action} for ${quietMsMax / 60_000} minutes: check that the worker runs, and repeat the command.`,
      );
    }
    await pause(pauseMs);
  }
}
