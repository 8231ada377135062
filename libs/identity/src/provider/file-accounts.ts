import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
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
  type HeldAccounts,
} from './held-accounts.js';
import { newProviderKeys, type ProviderKeys } from './keys.js';

export const writeWaitMsMax = 10_000;

/**
 * Keeps accounts and clients in `provider.json` and the keys in `provider-keys.json` of a folder, readable by their
 * owner alone (mode 0600); passwords and client secrets only as scrypt hashes. The file is read again whenever it has
 * changed, so that another process (the demo's loader) may add to it while the provider runs. Two processes that write
 * at once wait for each other.
 */
export class FileAccountDirectory implements AccountDirectory {
  private held: { readonly stamp: string; readonly content: HeldAccounts } | undefined;

  constructor(private readonly folder: string) {}

  async keys(): Promise<ProviderKeys> {
    return this.writing(async () => {
      const path = join(this.folder, 'provider-keys.json');
      const text = await readFile(path, 'utf8').catch(missing);
      if (text !== undefined) return JSON.parse(text) as ProviderKeys;
      const keys = await newProviderKeys();
      await replace(path, JSON.stringify(keys));
      return keys;
    });
  }

  async accountBySubject(subject: string): Promise<ProviderAccount | undefined> {
    return withSubject(await this.current(), subject);
  }

  async accountByEmail(email: string): Promise<ProviderAccount | undefined> {
    return withEmail(await this.current(), email);
  }

  async client(clientId: string): Promise<ProviderClient | undefined> {
    return withClientId(await this.current(), clientId);
  }

  async shownAccounts(): Promise<ProviderAccount[]> {
    return shown(await this.current());
  }

  async addAccount(input: NewProviderAccount, how: Adding = replacing): Promise<string> {
    const account = await accountOf(input);
    const held = await this.change((before) => plusAccount(before, account, how));
    return withEmail(held, account.email)!.subject;
  }

  async addClient(input: NewProviderClient, how: Adding = replacing): Promise<void> {
    const client = await clientOf(input);
    await this.change((held) => plusClient(held, client, how));
  }

  private get path(): string {
    return join(this.folder, 'provider.json');
  }

  private async current(): Promise<HeldAccounts> {
    const found = await stat(this.path).catch(missing);
    if (!found) return nobody;
    // The file is replaced, never written in place, so a new content has a new inode.
    const stamp = `${found.ino} ${found.mtimeMs} ${found.size}`;
    if (this.held?.stamp !== stamp) {
      this.held = { stamp, content: JSON.parse(await readFile(this.path, 'utf8')) as HeldAccounts };
    }
    return this.held.content;
  }

  private change(by: (held: HeldAccounts) => HeldAccounts): Promise<HeldAccounts> {
    return this.writing(async () => {
      const held = by(await this.current());
      await replace(this.path, `${JSON.stringify(held, null, 2)}\n`);
      return held;
    });
  }

  /** Holds `provider.lock` meanwhile. A lock older than the longest wait was left by a process that was killed. */
  private async writing<T>(work: () => Promise<T>): Promise<T> {
    await mkdir(this.folder, { recursive: true, mode: 0o711 });
    const lock = join(this.folder, 'provider.lock');
    for (;;) {
      const handle = await open(lock, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') return undefined;
        throw error;
      });
      if (handle) {
        await handle.close();
        break;
      }
      const held = await stat(lock).catch(missing);
      if (held && Date.now() - held.mtimeMs > writeWaitMsMax) await rm(lock, { force: true });
      else await pause(20);
    }
    try {
      return await work();
    } finally {
      await rm(lock, { force: true });
    }
  }
}

async function replace(path: string, text: string): Promise<void> {
  const fresh = `${path}.${process.pid}.new`;
  await writeFile(fresh, text, { mode: 0o600 });
  await rename(fresh, path);
}

function missing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}
