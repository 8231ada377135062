import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { deriveAddresses } from './addresses.js';
import { requireFreePorts } from './ports.js';

describe('the ports of ringfence start', () => {
  it('that are in use are refused, naming the setting that moves them', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const environment = { API_PORT: '44010', WEB_PORT: String(port), WORKER_PORT: '44030', PROVIDER_PORT: '44040' };
    await expect(requireFreePorts(environment)).rejects.toThrow(
      `Port ${port} is in use by another program: set WEB_PORT to another one, as in WEB_PORT=${port + 1000} npm start.`,
    );
    other.close();
  });

  it('must differ from each other', async () => {
    await expect(requireFreePorts({ API_PORT: '44010', WEB_PORT: '44010' })).rejects.toThrow(
      'API_PORT and WEB_PORT are both 44010: set one of them to another port.',
    );
  });

  it('move the addresses that name them, unless those are set', () => {
    expect(deriveAddresses({ WEB_PORT: '5000', API_PORT: '5001', API_URL: 'https://api.example' })).toMatchObject({
      WEB_URL: 'http://localhost:5000',
      API_URL: 'https://api.example',
    });
  });
});
