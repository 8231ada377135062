import type { AccountDirectory, ProviderClient } from './account-directory.js';

/** Sessions, codes and grants that one provider remembers; the oldest are forgotten beyond it. */
export const artifactsMax = 50_000;

type Payload = Record<string, unknown> & { grantId?: string; uid?: string; consumed?: number };

/**
 * The storage that oidc-provider asks for: clients come from the directory, everything else is kept in memory, so a
 * restart ends the provider's own sessions (not those of the pages) and nothing else. `onUnknownClient` is awaited before
 * a client id that nobody has is answered.
 */
export function artifactStore(
  accounts: AccountDirectory,
  onUnknownClient: (clientId: string) => Promise<void>,
): (model: string) => object {
  const held = new Map<string, { payload: Payload; expiresMs: number }>();

  const find = (key: string): Payload | undefined => {
    const found = held.get(key);
    if (found && found.expiresMs > Date.now()) return found.payload;
    held.delete(key);
    return undefined;
  };

  return (model) => ({
    async upsert(id: string, payload: Payload, expiresInSeconds?: number): Promise<void> {
      const key = `${model}:${id}`;
      held.delete(key);
      held.set(key, { payload, expiresMs: expiresInSeconds ? Date.now() + expiresInSeconds * 1000 : Infinity });
      if (held.size > artifactsMax) held.delete(held.keys().next().value!);
    },
    async find(id: string): Promise<object | undefined> {
      if (model !== 'Client') return find(`${model}:${id}`);
      const client = await accounts.client(id);
      if (!client) await onUnknownClient(id);
      return client && metadataOf(client);
    },
    async findByUid(uid: string): Promise<Payload | undefined> {
      for (const [key, { payload }] of held) {
        if (key.startsWith(`${model}:`) && payload.uid === uid) return find(key);
      }
      return undefined;
    },
    async findByUserCode(): Promise<undefined> {
      return undefined;
    },
    async consume(id: string): Promise<void> {
      const payload = find(`${model}:${id}`);
      if (payload) payload.consumed = Math.floor(Date.now() / 1000);
    },
    async destroy(id: string): Promise<void> {
      held.delete(`${model}:${id}`);
    },
    async revokeByGrantId(grantId: string): Promise<void> {
      for (const [key, { payload }] of held) if (payload.grantId === grantId) held.delete(key);
    },
  });
}

/** `client_secret` carries the hash: the provider's comparison is replaced by one that knows (see start-provider.ts). */
function metadataOf(client: ProviderClient): object {
  const common = {
    client_id: client.clientId,
    client_name: client.name,
    client_secret: client.secretHash,
    token_endpoint_auth_method: 'client_secret_basic',
  };
  if (client.kind === 'machine') {
    return { ...common, grant_types: ['client_credentials'], response_types: [], redirect_uris: [] };
  }
  const base = client.webUrl.replace(/\/$/, '');
  return {
    ...common,
    grant_types: ['authorization_code'],
    response_types: ['code'],
    redirect_uris: [`${base}/sign-in/callback`],
    post_logout_redirect_uris: [`${base}/signed-out`],
  };
}
