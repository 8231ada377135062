import type { ProviderKeys } from './keys.js';

/** Somebody who can sign in at the bundled provider. */
export interface ProviderAccount {
  /** What tokens name them by; never changes. */
  readonly subject: string;
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string;
  /** What the demo says about them beside their name ("Finance officer"). Absent: not listed on the sign-in page. */
  readonly shownAs?: string;
}

export interface NewProviderAccount {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  /** Without it: the email address in lower case. */
  readonly subject?: string;
  readonly shownAs?: string;
}

/** A machine (client credentials), or the pages themselves (authorization code with PKCE). */
export type ProviderClient = MachineClient | WebClient;

interface MachineClient {
  readonly kind: 'machine';
  readonly clientId: string;
  readonly name: string;
  readonly secretHash: string;
}

interface WebClient {
  readonly kind: 'web';
  readonly clientId: string;
  readonly name: string;
  readonly secretHash: string;
  /** The address of the pages, such as `http://localhost:4020`: they are returned to under it, and nowhere else. */
  readonly webUrl: string;
}

export type NewProviderClient =
  | { readonly kind: 'machine'; readonly clientId: string; readonly name: string; readonly secret: string }
  | {
      readonly kind: 'web';
      readonly clientId: string;
      readonly name: string;
      readonly secret: string;
      readonly webUrl: string;
    };

/** What to do where there is one already; `replace` without it. `advice` ends the refusal's sentence. */
export type Adding = { readonly existing: 'replace' } | { readonly existing: 'refuse'; readonly advice: string };

/** Where the bundled provider finds whom it lets in. */
export interface AccountDirectory {
  keys(): Promise<ProviderKeys>;
  accountBySubject(subject: string): Promise<ProviderAccount | undefined>;
  accountByEmail(email: string): Promise<ProviderAccount | undefined>;
  client(clientId: string): Promise<ProviderClient | undefined>;
  /** Those that the demo's sign-in page offers, at most {@link shownAccountsMax}. */
  shownAccounts(): Promise<ProviderAccount[]>;
  /**
   * Adds, or replaces the one with this email address, who keeps the subject and the place on the sign-in page that
   * they have. Refuses to replace where told so, and a subject that is another's. Returns the subject.
   */
  addAccount(account: NewProviderAccount, how?: Adding): Promise<string>;
  /** Adds, or replaces the one with this client id; the pages' client is replaced by itself alone. */
  addClient(client: NewProviderClient, how?: Adding): Promise<void>;
}

export const shownAccountsMax = 20;
export const accountsMax = 5_000;
export const clientsMax = 500;
