import type { FundingStream } from '@ringfence/kernel';
import type { DemoApiClient } from './api-client.js';
import type { DemoYear } from './demo-year.js';
import type { AuthorityKey, Family } from './scenario.js';

/** Who acts in one authority, and what the service called its things. */
export interface AuthorityContext {
  readonly officer: DemoApiClient;
  readonly coordinator: DemoApiClient;
  readonly approver: DemoApiClient;
  /** Payer ids by the authority whose money it is. */
  readonly payers: Readonly<Record<AuthorityKey, string>>;
}

export interface OrganisationContext {
  readonly id: string;
  readonly apiClientId?: string | undefined;
  readonly personId?: string | undefined;
  /** The organisation's machine or person. */
  readonly client: DemoApiClient;
}

export interface DemoContext {
  readonly year: DemoYear;
  readonly issuer: string;
  readonly authorities: Readonly<Record<AuthorityKey, AuthorityContext>>;
  readonly organisations: ReadonlyMap<string, OrganisationContext>;
  /** Adds somebody who can sign in, and returns what their token says of them. */
  readonly addSignIn: (person: {
    name: string;
    email: string;
    says: string;
  }) => Promise<{ issuer: string; subject: string }>;
  readonly personClient: (email: string) => DemoApiClient;
}

/** What the service called a family's things, by the keys of its scenario. */
export interface FamilyIds {
  readonly accountId: string;
  readonly bookId: string;
  readonly budgets: ReadonlyMap<string, string>;
  readonly lines: ReadonlyMap<
    string,
    { readonly id: string; readonly stream: FundingStream; readonly outcomeId: string }
  >;
}

export interface FamilyContext {
  readonly family: Family;
  readonly ids: FamilyIds;
  readonly uploader: DemoApiClient;
}
