import { setTimeout as pause } from 'node:timers/promises';

export const attemptsMax = 6;
export const answerMsMax = 30_000;
export const pagesMax = 200;

/** A refusal as the service words it (RFC 9457), or any other answer that was not expected. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    /** The last part of the problem's type, such as `spend-excluded`. */
    readonly type: string,
    sentence: string,
  ) {
    super(sentence);
    this.name = 'Refused';
  }
}

export interface UploadedFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/**
 * Somebody who calls the public API. Every POST carries a key made of what it does, so that a load that was cut short
 * can be run again: what was done is answered as before, and nothing is done twice.
 */
export class DemoApiClient {
  constructor(
    private readonly apiUrl: string,
    private readonly token: () => Promise<string>,
    /** Once aborted, nothing more is asked. */
    private readonly stopping?: AbortSignal,
  ) {}

  get<Answer>(path: string): Promise<Answer> {
    return this.call<Answer>('GET', path, {});
  }

  /** Everything on a list, page after page. */
  async all<Item>(path: string): Promise<Item[]> {
    const items: Item[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < pagesMax; page += 1) {
      const next = `${path}${path.includes('?') ? '&' : '?'}limit=200${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;
      const answer: { items: Item[]; nextCursor: string | null } = await this.get(next);
      items.push(...answer.items);
      cursor = answer.nextCursor;
      if (cursor === null) return items;
    }
    throw new Error(`${path} has more than ${pagesMax} pages.`);
  }

  post<Answer>(path: string, body: unknown, key: string): Promise<Answer> {
    const json = { 'content-type': 'application/json' };
    return this.call<Answer>('POST', path, { headers: json, body: JSON.stringify(body), key });
  }

  postFile<Answer>(path: string, file: UploadedFile, key: string): Promise<Answer> {
    const { contentType, bytes } = file;
    return this.call<Answer>('POST', path, { headers: { 'content-type': contentType }, body: bytes, key });
  }

  upload<Answer>(
    path: string,
    fields: Readonly<Record<string, string>>,
    file: UploadedFile,
    key: string,
  ): Promise<Answer> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', new Blob([new Uint8Array(file.bytes)], { type: file.contentType }), file.name);
    return this.call<Answer>('POST', path, { body: form, key });
  }

  patch(path: string, body: unknown): Promise<unknown> {
    const json = { 'content-type': 'application/json' };
    return this.call('PATCH', path, { headers: json, body: JSON.stringify(body) });
  }

  private async call<Answer>(
    method: string,
    path: string,
    {
      headers = {},
      body,
      key,
    }: { headers?: Record<string, string>; body?: FormData | Uint8Array | string; key?: string },
  ): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      this.stopping?.throwIfAborted();
      const response = await fetch(`${this.apiUrl}${path}`, {
        method,
        headers: {
          ...headers,
          authorization: `Bearer ${await this.token()}`,
          ...(key ? { 'idempotency-key': key } : {}),
        },
        ...(body === undefined ? {} : { body: body as RequestInit['body'] & {} }),
        signal: AbortSignal.timeout(answerMsMax),
      }).catch((error: unknown) => error as Error);
      // What was not answered, or not for now, may be asked again: the key keeps it from being done twice.
      const again = response instanceof Error || [429, 502, 503, 504].includes(response.status);
      if (again && attempt < attemptsMax) {
        await pause(250 * attempt);
        continue;
      }
      if (response instanceof Error) throw new Error(`${method} ${path} was not answered: ${response.message}`);
      const text = await response.text();
      const answer = /json/.test(response.headers.get('content-type') ?? '') && text ? JSON.parse(text) : undefined;
      if (response.ok) return answer as Answer;
      const problem = (answer ?? {}) as { type?: string; detail?: string };
      const type = problem.type?.split(/[/#:]/).at(-1) ?? 'unknown';
      throw new Refused(response.status, type, `${method} ${path}: ${problem.detail ?? (text || response.statusText)}`);
    }
  }
}
