import type { NewProviderAccount, NewProviderClient, ProviderAccount, ProviderClient } from './account-directory.js';
import { accountsMax, clientsMax, shownAccountsMax } from './account-directory.js';
import { hashOfSecret } from './secrets.js';

/** What both directories hold: the whole content of `provider.json`. */
export interface HeldAccounts {
  readonly accounts: readonly ProviderAccount[];
  readonly clients: readonly ProviderClient[];
}

export const nobody: HeldAccounts = { accounts: [], clients: [] };

export const withEmail = ({ accounts }: HeldAccounts, email: string): ProviderAccount | undefined =>
  accounts.find((account) => account.email === normalEmail(email));

export const withSubject = ({ accounts }: HeldAccounts, subject: string): ProviderAccount | undefined =>
  accounts.find((account) => account.subject === subject);

export const withClientId = ({ clients }: HeldAccounts, clientId: string): ProviderClient | undefined =>
  clients.find((client) => client.clientId === clientId);

export const shown = ({ accounts }: HeldAccounts): ProviderAccount[] =>
  accounts.filter((account) => account.shownAs !== undefined).slice(0, shownAccountsMax);

export async function accountOf(input: NewProviderAccount): Promise<ProviderAccount> {
  const email = normalEmail(input.email);
  return {
    subject: input.subject ?? email,
    email,
    name: input.name,
    passwordHash: await hashOfSecret(input.password),
    ...(input.shownAs === undefined ? {} : { shownAs: input.shownAs }),
  };
}

export async function clientOf({ secret, ...client }: NewProviderClient): Promise<ProviderClient> {
  return { ...client, secretHash: await hashOfSecret(secret) };
}

export function plusAccount(held: HeldAccounts, account: ProviderAccount): HeldAccounts {
  const at = held.accounts.findIndex(({ email }) => email === account.email);
  if (at < 0 && held.accounts.length >= accountsMax) {
    throw new Error(
      `The bundled provider holds ${accountsMax} accounts, which is its limit: it is for demos and tests.`,
    );
  }
  return { ...held, accounts: at < 0 ? [...held.accounts, account] : held.accounts.with(at, account) };
}

export function plusClient(held: HeldAccounts, client: ProviderClient): HeldAccounts {
  const at = held.clients.findIndex(({ clientId }) => clientId === client.clientId);
  if (at < 0 && held.clients.length >= clientsMax) {
    throw new Error(`The bundled provider holds ${clientsMax} clients, which is its limit: it is for demos and tests.`);
  }
  return { ...held, clients: at < 0 ? [...held.clients, client] : held.clients.with(at, client) };
}

function normalEmail(email: string): string {
  return email.trim().toLowerCase();
}
