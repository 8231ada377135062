import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pageHtml, type ProviderPage } from './pages.js';

export const signInFormBytesMax = 8_192;

/** What a page needs of oidc-provider's context. */
export interface PageContext {
  type: string;
  body: unknown;
  set(headers: Record<string, string>): void;
  readonly oidc?: { readonly session?: { readonly state?: { readonly postLogoutRedirectUri?: string } } };
}

/** The fields of a form; undefined for one beyond {@link signInFormBytesMax}. */
export async function formOf(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > signInFormBytesMax) return undefined;
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

/** Answers with a page whose forms may lead to these origins besides; `headers` are added to those of every page. */
export function send(
  response: ServerResponse,
  status: number,
  page: ProviderPage,
  formOrigins: readonly string[] = [],
  headers: Readonly<Record<string, string>> = {},
): void {
  if (response.headersSent) return void response.destroy();
  const nonce = randomBytes(16).toString('base64');
  response.writeHead(status, { ...pageHeaders(nonce, formOrigins), ...headers }).end(pageHtml(page, nonce));
}

/** The same, inside oidc-provider. */
export function show(ctx: PageContext, page: ProviderPage, formOrigins: readonly string[] = []): void {
  const nonce = randomBytes(16).toString('base64');
  ctx.type = 'html';
  ctx.body = pageHtml(page, nonce);
  ctx.set(pageHeaders(nonce, formOrigins));
}

function pageHeaders(nonce: string, formOrigins: readonly string[]): Record<string, string> {
  const forms = ["'self'", ...formOrigins].join(' ');
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; form-action ${forms}; frame-ancestors 'none'; base-uri 'none'`,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  };
}
