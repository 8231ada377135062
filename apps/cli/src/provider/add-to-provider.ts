import { randomBytes } from 'node:crypto';
import type { Adding } from '@ringfence/identity';
import { environment } from '../environment.js';
import { requireDataFolder } from '../open-database.js';
import { providerAccounts } from '../start/provider.js';
import { printable, writeLine } from '../write-line.js';
import { askNewPassword, secretFromInput } from './secrets-in.js';
import { requireClientId, requireEmail, requireName, requirePassword, requireSecret } from './who-signs-in.js';

export interface AddPersonOptions {
  readonly email: string;
  readonly name: string;
  readonly subject?: string;
  readonly passwordStdin?: true;
  readonly replace?: true;
  readonly json?: true;
}

export interface AddClientOptions {
  readonly clientId: string;
  readonly name: string;
  readonly secretStdin?: true;
  readonly replace?: true;
  readonly json?: true;
}

/** The running provider reads its directory again when it has changed: nothing needs to be started anew. */
export async function addPerson(options: AddPersonOptions): Promise<void> {
  const [email, name] = [requireEmail(options.email), requireName(options.name)];
  const password = requirePassword(options.passwordStdin ? await secretFromInput() : await askNewPassword());
  const person = { email, name, password, ...(options.subject === undefined ? {} : { subject: options.subject }) };
  const subject = await directory().addAccount(
    person,
    onExisting(options, 'add --replace to change their name and password.'),
  );
  await writeLine(
    options.json
      ? JSON.stringify({ subject, email: email.toLowerCase() })
      : `${printable(name)} can sign in with ${email}; their subject is ${printable(subject)}.`,
  );
}

export async function addClient(options: AddClientOptions): Promise<void> {
  const [clientId, name] = [requireClientId(options.clientId), requireName(options.name)];
  const read = options.secretStdin ? requireSecret(await secretFromInput()) : undefined;
  const secret = read ?? randomBytes(32).toString('base64url');
  const client = { kind: 'machine', clientId, name, secret } as const;
  await directory().addClient(client, onExisting(options, 'add --replace to change its name and secret.'));
  const made = read === undefined ? secret : null;
  if (options.json) return writeLine(JSON.stringify({ clientId, secret: made }));
  await writeLine(`${printable(name)} can sign in as ${clientId}.`);
  if (made !== null) await writeLine(`Its secret is shown this once and kept nowhere: ${made}`);
}

function directory() {
  return providerAccounts(requireDataFolder(environment()));
}

function onExisting({ replace }: { readonly replace?: true }, advice: string): Adding {
  return replace ? { existing: 'replace' } : { existing: 'refuse', advice };
}
