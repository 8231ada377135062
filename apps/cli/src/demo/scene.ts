import type { FundingStream } from '@ringfence/kernel';
import type { Caller } from './caller.js';
import type { DemoYear } from './demo-year.js';
import type { AuthorityKey, Family } from './story.js';

/** Who acts in one authority, and what the service called its things. */
export interface AuthorityScene {
  readonly officer: Caller;
  readonly coordinator: Caller;
  readonly approver: Caller;
  /** Payer ids by the authority whose money it is. */
  readonly payers: Readonly<Record<AuthorityKey, string>>;
}

export interface OrganisationScene {
  readonly id: string;
  readonly apiClientId?: string | undefined;
  readonly personId?: string | undefined;
  /** The organisation's machine or person. */
  readonly caller: Caller;
}

export interface Scene {
  readonly year: DemoYear;
  readonly issuer: string;
  readonly authorities: Readonly<Record<AuthorityKey, AuthorityScene>>;
  readonly organisations: ReadonlyMap<string, OrganisationScene>;
  /** Adds somebody who can sign in, and answers what their token says of them. */
  readonly addSignIn: (person: {
    name: string;
    email: string;
    says: string;
  }) => Promise<{ issuer: string; subject: string }>;
  readonly personCaller: (email: string) => Caller;
}

/** What the service called a family's things, by the keys of its story. */
export interface FamilyIds {
  readonly accountId: string;
  readonly bookId: string;
  readonly budgets: ReadonlyMap<string, string>;
  readonly lines: ReadonlyMap<
    string,
    { readonly id: string; readonly stream: FundingStream; readonly outcomeId: string }
  >;
}

export interface FamilyScene {
  readonly family: Family;
  readonly ids: FamilyIds;
  readonly uploader: Caller;
}
