import { Problem } from '@ringfence/kernel';
import { CommanderError } from 'commander';

/** What a command ends with: done, failed, or the input was refused. */
export const exitCodes = { done: 0, failed: 1, refused: 2 } as const;

/** Something outside the program is not as it must be: one sentence says what to change, and no stack is shown. */
export class CommandFailure extends Error {}

export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.refused;
  return error instanceof Problem && error.status < 500 ? exitCodes.refused : exitCodes.failed;
}

/** A line for what is expected to go wrong; the whole story for a fault in the program. */
export function sentenceOf(error: unknown): string {
  if (error instanceof CommandFailure || error instanceof Problem || isConfigError(error)) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** By name: importing platform for its class would load the database's libraries for commands that need none. */
function isConfigError(error: unknown): error is Error {
  return error instanceof Error && error.constructor.name === 'ConfigError';
}
