import { addAuthority as add, type NewAuthority } from '@ringfence/identity';
import { Problem, SystemClock } from '@ringfence/kernel';
import { postgresCode } from '@ringfence/platform';
import { requireTables } from '../migrate-database.js';
import { withDatabase } from '../open-database.js';
import { writeLine } from '../write-line.js';

export interface AddAuthorityOptions {
  readonly name: string;
  readonly kind: NewAuthority['kind'];
  readonly code: string;
  readonly approverName: string;
  readonly approverEmail: string;
  readonly issuer?: string;
  readonly subject: string;
  readonly json?: true;
}

const uniqueViolation = '23505';
const checkViolation = '23514';

/** As the database's owner. The approver may act from today. */
export async function addAuthority(options: AddAuthorityOptions): Promise<void> {
  const { name, kind, code, approverName, approverEmail, subject } = options;
  const added = await withDatabase(async (config) => {
    const issuer = options.issuer ?? config.OIDC_ISSUER;
    const approver = { name: approverName, email: approverEmail, issuer, subject };
    const today = new SystemClock().today();
    return requireTables(add(config.DATABASE_URL, { name, kind, code, approver }, today)).catch((error: unknown) => {
      const fault = postgresCode(error);
      if (fault === uniqueViolation) {
        throw new Problem('conflict', `The code "${code}" is another authority’s: choose a code that is not taken.`);
      }
      if (fault === checkViolation) {
        throw Problem.field(
          '/name',
          'A name is longer than 200 characters: write the authority’s and the approver’s shorter.',
        );
      }
      throw error;
    });
  });
  await writeLine(
    options.json
      ? JSON.stringify(added)
      : `Added ${name} as ${added.authorityId}; ${approverName} may approve from today.`,
  );
}
