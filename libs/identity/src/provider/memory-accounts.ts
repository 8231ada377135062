import type {
  AccountDirectory,
  Adding,
  NewProviderAccount,
  NewProviderClient,
  ProviderAccount,
  ProviderClient,
} from './account-directory.js';
import {
  accountOf,
  clientOf,
  nobody,
  replacing,
  plusAccount,
  plusClient,
  shown,
  withClientId,
  withEmail,
  withSubject,
} from './held-accounts.js';
import { newProviderKeys, type ProviderKeys } from './keys.js';

/** Forgets everything with its process: for tests. */
export class MemoryAccountDirectory implements AccountDirectory {
  private held = nobody;
  private made: Promise<ProviderKeys> | undefined;

  keys(): Promise<ProviderKeys> {
    return (this.made ??= newProviderKeys());
  }

  async accountBySubject(subject: string): Promise<ProviderAccount | undefined> {
    return withSubject(this.held, subject);
  }

  async accountByEmail(email: string): Promise<ProviderAccount | undefined> {
    return withEmail(this.held, email);
  }

  async client(clientId: string): Promise<ProviderClient | undefined> {
    return withClientId(this.held, clientId);
  }

  async shownAccounts(): Promise<ProviderAccount[]> {
    return shown(this.held);
  }

  async addAccount(input: NewProviderAccount, how: Adding = replacing): Promise<string> {
    const account = await accountOf(input);
    this.held = plusAccount(this.held, account, how);
    return withEmail(this.held, account.email)!.subject;
  }

  async addClient(input: NewProviderClient, how: Adding = replacing): Promise<void> {
    const client = await clientOf(input);
    this.held = plusClient(this.held, client, how);
  }
}
