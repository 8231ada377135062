import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { callerAddress } from './caller-address.js';
import { GuessThrottle, type ThrottleOptions } from './guess-throttle.js';
import { nobodysHash, secretMatches } from './secrets.js';

/** What oidc-provider turns into OAuth's error answer: the error's code, its words and the status. */
export type OAuthError = new (status: number, code: string) => Error & { error_description?: string };

interface Asking {
  readonly address: string;
  readonly response: ServerResponse;
  /** A request in which a client shows its secret, in whichever way. */
  readonly withSecret: boolean;
}

const pathsWithSecret: readonly string[] = ['/token', '/request'];
const clientIdCharactersMax = 200;

/**
 * Compares client secrets, which are kept as hashes, and slows guessing at them like guessing at passwords. oidc-provider
 * tells neither its comparison nor its storage which request they serve: `during` says so for all that happens in it.
 */
export class ClientSecrets {
  private readonly throttle: GuessThrottle;
  private readonly asking = new AsyncLocalStorage<Asking>();

  constructor(
    private readonly options: ThrottleOptions,
    private readonly OAuthError: OAuthError,
  ) {
    this.throttle = new GuessThrottle(options.nowMs);
  }

  during<T>(request: IncomingMessage, response: ServerResponse, work: () => Promise<T>): Promise<T> {
    const path = (request.url ?? '').split('?')[0]!;
    const withSecret = request.method === 'POST' && pathsWithSecret.includes(path);
    const address = callerAddress(request, this.options.trustedProxies);
    return this.asking.run({ address, response, withSecret }, work);
  }

  /** Throws OAuth's `slow_down`, as 429 with Retry-After, where the attempt has to wait. */
  async matches(clientId: string, secret: string, secretHash: string): Promise<boolean> {
    const asking = this.asking.getStore();
    const check = (): Promise<boolean> => secretMatches(secret, secretHash);
    if (!asking) return check();
    const attempt = await this.throttle.attempt(asking.address, clientId.slice(0, clientIdCharactersMax), check);
    if ('right' in attempt) return attempt.right;
    const seconds = Math.ceil(attempt.waitMs / 1_000);
    asking.response.setHeader('retry-after', String(seconds));
    const error = new this.OAuthError(429, 'slow_down');
    error.error_description = `Too many wrong secrets were sent for this client or from this address: wait ${seconds} s and send the request again.`;
    throw error;
  }

  /** A client id that nobody has is answered as slowly, and waits as long, as a wrong secret. */
  async unknown(clientId: string): Promise<void> {
    if (this.asking.getStore()?.withSecret) await this.matches(clientId, '', nobodysHash);
  }
}
