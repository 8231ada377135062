import { Problem } from '@ringfence/kernel';

/** The five-character SQLSTATE of an error from `pg`, also where TypeORM has wrapped it. */
export function postgresCode(error: unknown): string | undefined {
  const code = codeOf(error);
  return code !== undefined && /^[0-9A-Z]{5}$/.test(code) && !code.startsWith('E') ? code : undefined;
}

/** How long a caller may wait before it asks again while the database is away. */
export const databaseRetryAfterSeconds = 5;

/**
 * Whether an error says that the database could not be reached or has gone: not one about what was asked of it. Node's
 * codes of a connection, PostgreSQL's classes 08 (connection) and 57P (shutting down, starting up), a server that has
 * no connection left, and the sentences of `pg`, which have no code.
 */
export function isDatabaseAway(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== undefined && (/^(08...|57P0[1-5]|53300)$/.test(code) || networkCodes.has(code))) return true;
  const { driverError, errors } = (error ?? {}) as { driverError?: unknown; errors?: unknown };
  if (driverError !== undefined && driverError !== error) return isDatabaseAway(driverError);
  // A name with several addresses fails with one error for each of them.
  if (Array.isArray(errors) && errors.length > 0) return errors.every(isDatabaseAway);
  return error instanceof Error && sentencesOfPg.some((sentence) => error.message.startsWith(sentence));
}

const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

const sentencesOfPg = [
  'Connection terminated',
  'timeout exceeded when trying to connect',
  'timeout expired',
  'Client has encountered a connection error',
  'Client was closed and is not queryable',
  'Cannot use a pool after calling end on the pool',
  'Connection with Postgres was lost',
];

const commitsUnanswered = new WeakSet<object>();

/** Notes that an error came instead of the answer to COMMIT: whether anything was kept is not known. */
export function commitUnanswered(error: unknown): void {
  if (typeof error === 'object' && error !== null) commitsUnanswered.add(error);
}

/**
 * What an error from the database means for who sent the request, or undefined where it means nothing to them. The
 * second kind is a net for what a rule has let through: each time it is used is a defect, and is to be logged.
 */
export function problemOfDatabase(
  error: unknown,
): { readonly problem: Problem; readonly kind: 'away' | 'let-through' } | undefined {
  if (isDatabaseAway(error)) {
    const words = commitsUnanswered.has(error as object)
      ? 'The database stopped answering while this was being kept, so it may or may not have been kept: look, or send the same request again with the same key, which keeps it once.'
      : 'The database does not answer just now; nothing was changed. Try again in a moment.';
    return { kind: 'away', problem: new Problem('unavailable', words, { cause: error }) };
  }
  const refusal = refusalOfCode(postgresCode(error));
  if (refusal === undefined) return undefined;
  return { kind: 'let-through', problem: new Problem(...refusal, { cause: error }) };
}

/** In words that tell nothing of tables and constraints. */
function refusalOfCode(
  code: string | undefined,
): ['invalid-request' | 'conflict' | 'malformed-request', string] | undefined {
  switch (code) {
    case '23503':
      return [
        'invalid-request',
        'The request names something that is not there, or that you cannot see: check its ids.',
      ];
    case '23505':
      return [
        'conflict',
        'Something with the same name, number or days is already recorded: read what is there first.',
      ];
    case '23502':
    case '23514':
    case '23P01':
      return ['invalid-request', 'The request has values that do not go together, or one is missing: check them.'];
    case '22P02':
    case '22023':
      return ['invalid-request', 'The request has a value that is not written as its field needs it: check them.'];
    case '22001':
    case '54000':
    case '54001':
      return ['invalid-request', 'The request has a text that is too long, or nested too deep: shorten it.'];
    case '22003':
      return ['invalid-request', 'The request has a number beyond what its field can hold: check the numbers.'];
    case '22007':
    case '22008':
      return ['invalid-request', 'The request has a day or a time that cannot be kept: check the dates.'];
    case '22021':
    case '22P05':
      return ['malformed-request', 'The request has a text with a character that cannot be kept: remove it.'];
    default:
      return undefined;
  }
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, driverError } = error as { code?: unknown; driverError?: unknown };
  return typeof code === 'string' ? code : codeOf(driverError);
}
