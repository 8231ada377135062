/**
 * Every way in which Ringfence refuses, in one list: the code is the last part of the problem's `type`, stable for
 * callers; the status is HTTP's; the title is the same for every occurrence. The detail is written where it happens.
 */
export const problemTypes = {
  'invalid-request': { status: 422, title: 'The request has fields that cannot be accepted' },
  'malformed-request': { status: 400, title: 'The request could not be read' },
  'not-signed-in': { status: 401, title: 'You are not signed in' },
  'not-permitted': { status: 403, title: 'You may not do this' },
  'not-found': { status: 404, title: 'There is nothing here that you can see' },
  conflict: { status: 409, title: 'This conflicts with what is already recorded' },
  'too-large': { status: 413, title: 'This is larger than the limit' },
  'address-too-long': { status: 414, title: 'The address is too long' },
  'unsupported-file': { status: 415, title: 'This kind of file is not accepted' },
  'expectation-unknown': { status: 417, title: 'The Expect header asks for what is not known' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'headers-too-large': { status: 431, title: 'The headers are larger than the limit' },
  'file-not-stored': { status: 507, title: 'The file could not be kept' },
  'file-missing': { status: 410, title: 'The stored file is missing' },
  'file-altered': { status: 410, title: 'The stored file is not the one that was sent' },
  'idempotency-key-missing': { status: 400, title: 'An Idempotency-Key header is needed' },
  'idempotency-key-reused': { status: 409, title: 'This Idempotency-Key was used for another request' },
  'journal-unbalanced': { status: 422, title: 'The journal does not balance' },
  'journal-already-reversed': { status: 409, title: 'The journal has already been reversed' },
  'period-closed': { status: 409, title: 'The period is closed' },
  'batch-too-large': { status: 413, title: 'The batch is larger than the limit' },
  'import-refused': { status: 422, title: 'The file was refused' },
  'statement-unreadable': { status: 422, title: 'The statement could not be read' },
  'statement-not-ready': { status: 409, title: 'The statement is not ready for this step' },
  'statement-break': { status: 409, title: 'The statement has a balance break' },
  'spend-excluded': { status: 422, title: 'This spend is excluded' },
  'control-total-mismatch': { status: 422, title: 'The control totals do not agree with the payslips' },
  'more-than-held': { status: 409, title: 'This is more than is owed or held' },
  'already-allocated': { status: 409, title: 'The line is already allocated' },
  'request-timeout': { status: 408, title: 'The request took too long to arrive' },
  unavailable: { status: 503, title: 'Ringfence cannot answer just now' },
  'internal-error': { status: 500, title: 'Something went wrong in Ringfence' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problemTypes;

/** One fault in a request or a file. `pointer` is a JSON pointer to the field; `line` counts from 1. */
export interface Fault {
  readonly pointer?: string;
  readonly line?: number;
  readonly message: string;
}

/** What a refusal may carry besides its sentence. */
export interface ProblemExtras {
  readonly errors?: readonly Fault[];
  /** Facts for machines, added to the problem+json body as they are. */
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** A refusal, as a sentence for a person: what was found, where, and what to do. Each app turns it into its protocol. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly errors: readonly Fault[];
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(code: ProblemCode, detail: string, extras: ProblemExtras = {}) {
    super(detail, extras.cause === undefined ? undefined : { cause: extras.cause });
    this.name = 'Problem';
    this.code = code;
    this.errors = extras.errors ?? [];
    this.extensions = extras.extensions ?? {};
  }

  get status(): number {
    return problemTypes[this.code].status;
  }

  get title(): string {
    return problemTypes[this.code].title;
  }

  /** A refusal of one field. */
  static field(pointer: string, message: string): Problem {
    return new Problem('invalid-request', message, { errors: [{ pointer, message }] });
  }
}
