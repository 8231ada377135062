import { Problem, type ProblemCode } from '@ringfence/kernel';
import { postgresCode } from '@ringfence/platform';

/** The SQLSTATEs of migrations/functions/ledger and of reconciliation/sides.sql. Their messages are sentences for a person and are passed on as they are. */
const problemOfState: Readonly<Record<string, ProblemCode>> = {
  RF001: 'journal-unbalanced',
  RF002: 'journal-already-reversed',
  RF003: 'period-closed',
  RF004: 'batch-too-large',
  RF005: 'idempotency-key-reused',
  RF006: 'not-found',
  RF007: 'not-permitted',
  RF008: 'conflict',
  RF011: 'invalid-request',
  RF104: 'more-than-held',
};

/** Runs a call of the ledger's SQL; what the database refuses becomes a {@link Problem}, anything else stays as it is. */
export async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw problemOf(error) ?? error;
  }
}

function problemOf(error: unknown): Problem | undefined {
  const state = postgresCode(error) ?? '';
  const { message, constraint } = error as { message: string; constraint?: string };
  const code = problemOfState[state];
  if (code) return new Problem(code, message, { cause: error });
  if (state === '23505' && constraint === 'journals_reversed_once') {
    return new Problem(
      'journal-already-reversed',
      'The batch reverses the same journal twice: a journal is reversed once.',
      {
        cause: error,
      },
    );
  }
  if (state === '23503') {
    const what =
      /_(book|budget|budget_line|outcome|agreement|payer|approved)_(?:id|by)_fkey$/.exec(constraint ?? '')?.[1] ??
      'record';
    const named = what === 'approved' ? 'person' : what.replace('_', ' ');
    return new Problem('not-found', `No ${named} has the id that a journal of the batch names: check it.`, {
      cause: error,
    });
  }
  return undefined;
}
