import type { KeptUploadKind } from '@ringfence/evidence';
import type { Principal } from '@ringfence/identity';
import type { NavigationItem } from './navigation.js';
import type { Vocabulary } from './vocabulary.js';

/** What every page may say besides its own model. */
export interface PageLocals {
  cspNonce?: string;
  csrfToken?: string;
  authorityName?: string;
  personName?: string;
  /** The words of who reads. */
  terms?: Vocabulary;
  navigation?: readonly NavigationItem[];
  /** Said once: what was done. */
  flash?: string;
  /** Said once: what did not happen. */
  notice?: string;
  demo?: boolean;
  styleVersion?: string;
}

declare module 'fastify' {
  interface FastifyReply {
    locals?: PageLocals;
  }
  interface FastifyRequest {
    /** Who asks; set on every page but those that are open to all. */
    principal?: Principal;
    /** The token that came as the first part of a multipart form. */
    firstPartCsrfToken?: string;
  }
  interface FastifyContextConfig {
    /** Needs no sign-in. */
    open?: boolean;
    /** Signs out: where nobody is signed in there is nothing to protect, and no token to ask for. */
    endsSession?: boolean;
    /** Takes a form whose fields may come several times. */
    lists?: boolean;
    /** Takes a multipart form and checks its token itself, by `readUpload`. */
    upload?: boolean;
    /** What of this form is kept when it is sent after the session has ended. */
    keeps?: KeptUploadKind;
  }
}
