import { CommandFailure } from '../exit.js';

/** How long one request may take, its answer included. */
export const requestMsMax = 120_000;

/** `fetch`, with one sentence that names the address where nobody answers. */
export async function send(address: string, request: RequestInit, what: string): Promise<Response> {
  try {
    return await fetch(address, { ...request, signal: AbortSignal.timeout(requestMsMax) });
  } catch (error) {
    const { origin } = new URL(address);
    throw new CommandFailure(`${what} at ${origin} does not answer (${reasonOf(error)}): check that it runs there.`, {
      cause: error,
    });
  }
}

/** `fetch` says "fetch failed"; what failed is in the cause, which may be several failures in one. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${requestMsMax / 1000} seconds`;
  const cause: unknown = error.cause instanceof AggregateError ? error.cause.errors[0] : error.cause;
  if (!(cause instanceof Error)) return error.message;
  return (cause as NodeJS.ErrnoException).code ?? cause.message;
}
