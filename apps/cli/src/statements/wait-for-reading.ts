import { setTimeout as pause } from 'node:timers/promises';
import type { ApiClient } from '../api-client/api-client.js';
import { CommandFailure } from '../exit.js';

/** A statement import as the API answers it. */
export interface ImportAnswer {
  readonly id: string;
  readonly state: 'RECEIVED' | 'PARSED' | 'COMMITTED' | 'REFUSED';
  readonly firstDate: string | null;
  readonly lastDate: string | null;
  readonly openingBalance: string | null;
  readonly closingBalance: string | null;
  readonly warnings: readonly { readonly code: string; readonly message: string; readonly line: number | null }[];
  readonly refusal: { readonly code: string; readonly message: string; readonly line: number | null } | null;
  readonly counts: {
    readonly new: number;
    readonly alreadyHeld: number;
    readonly doubtful: number;
    readonly notPosted: number;
  };
}

export const readingWaitMsMax = 10 * 60_000;
const firstPauseMs = 100;
const longestPauseMs = 2_000;

/** Asks until the worker has read the file. Throws a CommandFailure when it has not after {@link readingWaitMsMax}. */
export async function readToTheEnd(api: ApiClient, importId: string): Promise<ImportAnswer> {
  const until = Date.now() + readingWaitMsMax;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 1.5, longestPauseMs)) {
    const answer = await api.get<ImportAnswer>(`/v1/statement-imports/${importId}`);
    if (answer.state !== 'RECEIVED') return answer;
    if (Date.now() > until) {
      throw new CommandFailure(
        `The statement was received as ${importId} and has not been read for ${readingWaitMsMax / 60_000} minutes: check that the worker runs, and repeat the command.`,
      );
    }
    await pause(pauseMs);
  }
}
