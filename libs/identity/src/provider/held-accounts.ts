import { Problem } from '@ringfence/kernel';
import type {
  Adding,
  NewProviderAccount,
  NewProviderClient,
  ProviderAccount,
  ProviderClient,
} from './account-directory.js';
import { accountsMax, clientsMax, shownAccountsMax } from './account-directory.js';
import { hashOfSecret } from './secrets.js';

/** What both directories hold: the whole content of `provider.json`. */
export interface HeldAccounts {
  readonly accounts: readonly ProviderAccount[];
  readonly clients: readonly ProviderClient[];
}

export const nobody: HeldAccounts = { accounts: [], clients: [] };
export const replacing: Adding = { existing: 'replace' };

export const withEmail = ({ accounts }: HeldAccounts, email: string): ProviderAccount | undefined =>
  accounts.find((account) => account.email === normalEmail(email));

export const withSubject = ({ accounts }: HeldAccounts, subject: string): ProviderAccount | undefined =>
  accounts.find((account) => account.subject === subject);

export const withClientId = ({ clients }: HeldAccounts, clientId: string): ProviderClient | undefined =>
  clients.find((client) => client.clientId === clientId);

export const shown = ({ accounts }: HeldAccounts): ProviderAccount[] =>
  accounts.filter((account) => account.shownAs !== undefined).slice(0, shownAccountsMax);

export async function accountOf(input: NewProviderAccount): Promise<NewAccount> {
  const { password, subject, email, ...rest } = input;
  return { ...rest, email: normalEmail(email), passwordHash: await hashOfSecret(password), subject };
}

/** An account whose subject may still be the one that it has already. */
export type NewAccount = Omit<ProviderAccount, 'subject'> & { readonly subject: string | undefined };

export async function clientOf({ secret, ...client }: NewProviderClient): Promise<ProviderClient> {
  return { ...client, secretHash: await hashOfSecret(secret) };
}

export function plusAccount(held: HeldAccounts, input: NewAccount, how: Adding): HeldAccounts {
  const at = held.accounts.findIndex(({ email }) => email === input.email);
  const before = held.accounts[at];
  if (before && how.existing === 'refuse') {
    throw new Problem('conflict', `${input.email} can sign in already: ${how.advice}`);
  }
  const account = { ...before, ...input, subject: input.subject ?? before?.subject ?? input.email };
  if (before && account.subject !== before.subject) {
    throw new Problem(
      'conflict',
      `${input.email} is known by the subject "${before.subject}", which never changes: leave the subject out.`,
    );
  }
  if (held.accounts.some(({ subject, email }) => subject === account.subject && email !== account.email)) {
    throw new Problem('conflict', `The subject "${account.subject}" is somebody else’s: choose another.`);
  }
  if (!before && held.accounts.length >= accountsMax) throw full(accountsMax, 'accounts');
  return { ...held, accounts: before ? held.accounts.with(at, account) : [...held.accounts, account] };
}

export function plusClient(held: HeldAccounts, client: ProviderClient, how: Adding): HeldAccounts {
  const at = held.clients.findIndex(({ clientId }) => clientId === client.clientId);
  const before = held.clients[at];
  if (before && before.kind !== client.kind) {
    const whose = before.kind === 'web' ? 'the pages’ own' : 'a machine’s';
    throw new Problem('conflict', `The client id "${client.clientId}" is ${whose}: choose another.`);
  }
  if (before && how.existing === 'refuse') {
    throw new Problem('conflict', `There is a client "${client.clientId}" already: ${how.advice}`);
  }
  if (!before && held.clients.length >= clientsMax) throw full(clientsMax, 'clients');
  return { ...held, clients: before ? held.clients.with(at, client) : [...held.clients, client] };
}

function full(most: number, what: string): Problem {
  return new Problem(
    'conflict',
    `The bundled provider holds ${most} ${what}, which is its limit: it is for demos and tests.`,
  );
}

function normalEmail(email: string): string {
  return email.trim().toLowerCase();
}
