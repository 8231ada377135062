import type { Environment } from '../environment.js';

/**
 * A port that was moved moves the addresses that name it: without this, WEB_PORT=5000 would leave people being sent
 * back to port 4020 after signing in. Addresses that are set stay.
 */
export function deriveAddresses(given: Environment): Environment {
  const derived = (name: string, port: string): Record<string, string> =>
    given[port] && !given[name] ? { [name]: `http://localhost:${given[port]}` } : {};
  return { ...given, ...derived('WEB_URL', 'WEB_PORT'), ...derived('API_URL', 'API_PORT') };
}
