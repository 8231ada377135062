import { MemoryAccountDirectory, startBundledProvider, TokenVerifier, type BundledProvider } from '@ringfence/identity';
import { createServer, type AddressInfo } from 'node:net';
import { AccessToken } from '../../apps/cli/src/api-client/access-token.js';

const audience = 'http://localhost:4010';

describe('the access token of a command', () => {
  let provider: BundledProvider;
  let issuer: string;

  beforeAll(async () => {
    const port = await freePort();
    issuer = `http://127.0.0.1:${port}`;
    const accounts = new MemoryAccountDirectory();
    await accounts.addClient({
      kind: 'machine',
      clientId: 'finance system',
      name: 'Finance',
      secret: 'a secret: of 2 parts',
    });
    provider = await startBundledProvider({ port, issuer, apiAudience: audience, accounts });
  });
  afterAll(() => provider.close());

  it('is given by client credentials, names the client to the API, and is kept', async () => {
    const token = new AccessToken({ issuer, clientId: 'finance system', clientSecret: 'a secret: of 2 parts' });
    const text = await token.text();
    expect(await new TokenVerifier(issuer, audience).verify(text)).toMatchObject({ clientId: 'finance system' });
    expect(await token.text()).toBe(text);
  });

  it('is refused for a wrong secret, in a sentence that does not hold it', async () => {
    const token = new AccessToken({ issuer, clientId: 'finance system', clientSecret: 'hunter2' });
    await expect(token.text()).rejects.toThrow(
      /^The identity provider .* does not let the client "finance system" in \((?!.*hunter2)/,
    );
  });
});

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening));
  const { port } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  return port;
}
