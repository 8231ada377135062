import type { Clock } from '@ringfence/kernel';
import type { Database, TenantContext } from '@ringfence/platform';
import type { Grant } from './domain/roles.js';
import type { Principal } from './principal.js';

interface Resolved {
  authority_id: string;
  authority_name: string;
  id: string;
  name: string;
  organisation_id: string | null;
}

interface GrantRow {
  role: Grant['role'];
  budget_id: string | null;
  valid_from: string;
  valid_to: string | null;
}

/** Finds who a verified token or sign-in stands for. Knowing a subject gives nothing without a grant in force. */
export class PrincipalDirectory {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** One principal for each authority that knows the subject, by the authority's name; empty when none does. */
  async bySubject(issuer: string, subject: string): Promise<Principal[]> {
    const found = await this.resolve(
      `SELECT authority_id, authority_name, person_id AS id, person_name AS name, NULL AS organisation_id
         FROM resolve_sign_in($1, $2)`,
      issuer,
      subject,
    );
    return Promise.all(found.map((row) => this.principal('person', row)));
  }

  /** The same for the client id of client credentials. */
  async byClientId(issuer: string, clientId: string): Promise<Principal[]> {
    const found = await this.resolve(
      `SELECT authority_id, authority_name, api_client_id AS id, client_name AS name, organisation_id
         FROM resolve_api_client($1, $2)`,
      issuer,
      clientId,
    );
    return Promise.all(found.map((row) => this.principal('client', row)));
  }

  private async resolve(sql: string, issuer: string, name: string): Promise<Resolved[]> {
    return this.database.untenanted<Resolved>(sql, [issuer, name]);
  }

  private async principal(kind: 'person' | 'client', row: Resolved): Promise<Principal> {
    const context: TenantContext = { authorityId: row.authority_id, principal: { kind, id: row.id } };
    const grants = await this.database.transaction(context, (tx) =>
      tx.query<GrantRow>(
        `SELECT role, budget_id, valid_from, valid_to FROM role_grants
          WHERE authority_id = $1 AND ${kind === 'person' ? 'person_id' : 'api_client_id'} = $2 ORDER BY valid_from, id`,
        [row.authority_id, row.id],
      ),
    );
    return {
      authorityId: row.authority_id,
      authorityName: row.authority_name,
      kind,
      id: row.id,
      name: row.name,
      organisationId: row.organisation_id,
      today: this.clock.today(),
      grants: grants.map((grant) => ({
        role: grant.role,
        budgetId: grant.budget_id,
        validFrom: grant.valid_from,
        validTo: grant.valid_to,
      })),
    };
  }
}
