import type { Provider } from 'oidc-provider';

/** What of oidc-provider's context signing out needs. */
export interface SignOutContext {
  readonly path: string;
  status: number;
  readonly cookies: { set(name: string, value: null, options: object): void };
  redirect(address: string): void;
  readonly oidc?: {
    readonly entities: { readonly IdTokenHint?: { readonly payload: { readonly sub?: string } } };
    readonly session?: {
      readonly accountId?: string;
      readonly authorizations?: Readonly<Record<string, { readonly grantId?: string }>>;
      readonly state?: { readonly postLogoutRedirectUri?: string; readonly state?: string };
      destroy(): Promise<void>;
    };
  };
}

/**
 * Signs out at once whoever is sent here with their own id token (`id_token_hint`): only the service that they signed in
 * to has it, so no other site can sign them out by a link. Nobody else is spared the question. The answer is the same
 * where the session has ended already, so that asking twice does no harm.
 */
export function signOutAtOnce(provider: Provider, cookieOptions: object) {
  return async (ctx: SignOutContext, next: () => Promise<void>): Promise<void> => {
    await next();
    if (ctx.path !== '/session/end' || ctx.status !== 200) return;
    // oidc-provider has verified the token and the address to return to, else the status would not be 200.
    const { entities, session } = ctx.oidc ?? {};
    const back = session?.state?.postLogoutRedirectUri;
    if (!session || !entities?.IdTokenHint || back === undefined) return;
    if (session.accountId !== undefined && session.accountId !== entities.IdTokenHint.payload.sub) return;
    for (const { grantId } of Object.values(session.authorizations ?? {})) {
      if (grantId !== undefined) await (await provider.Grant.find(grantId))?.destroy();
    }
    const address = new URL(back);
    if (session.state?.state !== undefined) address.searchParams.set('state', session.state.state);
    await session.destroy();
    ctx.cookies.set('provider_session', null, { ...cookieOptions, overwrite: true });
    ctx.redirect(address.href);
    ctx.status = 303;
  };
}
