// oidc-provider carries no types of its own: what the bundled provider uses of it.
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export interface Interaction {
    readonly uid: string;
    readonly params: Readonly<Record<string, string | undefined>>;
    readonly prompt: { readonly name: string };
  }

  export class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>);
    proxy: boolean;
    readonly Client: {
      prototype: {
        readonly clientId: string;
        readonly clientSecret?: string;
        compareClientSecret(actual: string): boolean | Promise<boolean>;
      };
    };
    readonly Grant: { find(id: string): Promise<{ destroy(): Promise<void> } | undefined> };
    // Each middleware asks for as much of Koa's context as it needs.
    use<Context>(middleware: (ctx: Context, next: () => Promise<void>) => Promise<void>): this;
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<Interaction>;
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: Record<string, unknown>,
      options?: { mergeWithLastSubmission?: boolean },
    ): Promise<void>;
    on(event: string, hear: (...args: unknown[]) => void): this;
  }

  export namespace errors {
    class OIDCProviderError extends Error {
      constructor(status: number, message: string);
      error_description?: string;
    }
    class InvalidTarget extends Error {}
    class SessionNotFound extends Error {}
  }

  export default Provider;
}
