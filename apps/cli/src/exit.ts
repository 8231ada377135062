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
  if (isLostDatabase(error))
    return 'PostgreSQL was stopped, or its connection lost, while the command used it: run the command again.';
  const silent = silentServer(error);
  if (silent)
    return `No server listens on ${silent}: it was stopped, or its address is wrong. Start it, then run the command again.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** As `pg` tells it; a broken call of the API comes as a `TypeError` of `fetch`, and is none of these. */
function isLostDatabase(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: string };
  // admin_shutdown, crash_shutdown and cannot_connect_now
  return (
    ['57P01', '57P02', '57P03', 'ECONNRESET', 'EPIPE'].includes(code ?? '') ||
    error.message === 'Connection terminated unexpectedly'
  );
}

/**
 * The address that refused a connection: a database that was stopped between two connections says so with no code of its
 * own. Node.js wraps the refusals of a name with several addresses in one `AggregateError`.
 */
function silentServer(error: unknown): string | undefined {
  type Refusal = { code?: string; address?: string; port?: number; errors?: readonly Refusal[] };
  const given = (error ?? {}) as Refusal;
  const { code, address, port } = given.errors?.[0] ?? given;
  return code === 'ECONNREFUSED' && address !== undefined ? `${address}:${port}` : undefined;
}

/** By name: importing platform for its class would load the database's libraries for commands that need none. */
function isConfigError(error: unknown): error is Error {
  return error instanceof Error && error.constructor.name === 'ConfigError';
}
