import { Problem, problemTypes, type Fault, type ProblemCode } from '@ringfence/kernel';
import { CommandFailure } from '../exit.js';
import { printable } from '../write-line.js';

interface ProblemJson {
  readonly type?: string;
  readonly title?: string;
  readonly status?: number;
  readonly detail?: string;
  readonly errors?: readonly Fault[];
}

const prefix = 'urn:ringfence:problem:';

/**
 * What the API refused, as it said it: a {@link Problem} for what the caller can put right, its further faults a line
 * each; a {@link CommandFailure} for a fault of the API or an answer that is not the API's.
 */
export async function refusalOf(response: Response): Promise<Error> {
  const body = await problemJson(response);
  const code = body?.type?.startsWith(prefix) ? body.type.slice(prefix.length) : undefined;
  if (!body?.detail || code === undefined || !isKnown(code) || response.status >= 500) {
    const said = body?.detail ?? body?.title ?? `status ${response.status}`;
    return new CommandFailure(`${new URL(response.url).origin} could not do this: ${printable(said)}`);
  }
  const errors = body.errors ?? [];
  const listed =
    errors.length > 1 ? errors.map((fault) => `\n  ${printable(placeOf(fault) + fault.message)}`).join('') : '';
  return new Problem(code, `${printable(body.detail)}${listed}`, { errors });
}

async function problemJson(response: Response): Promise<ProblemJson | undefined> {
  if (!response.headers.get('content-type')?.includes('json')) return undefined;
  return (await response.json().catch(() => undefined)) as ProblemJson | undefined;
}

function isKnown(code: string): code is ProblemCode {
  return Object.hasOwn(problemTypes, code);
}

/** Most messages begin with their place already. */
function placeOf({ line, pointer, message }: Fault): string {
  if (line !== undefined) return /^line \d/i.test(message) ? '' : `line ${line}: `;
  return pointer === undefined || message.startsWith(pointer) ? '' : `${pointer}: `;
}
