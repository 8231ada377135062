import { newId } from '@ringfence/kernel';
import { ownerPool, systemId } from '@ringfence/platform';

export interface NewAuthority {
  readonly name: string;
  readonly kind: 'LOCAL_AUTHORITY' | 'INTEGRATED_CARE_BOARD';
  /** The authority's short code, unique in the installation. */
  readonly code: string;
  /** The first approver: with this role they let everybody else in. */
  readonly approver: {
    readonly name: string;
    readonly email: string;
    readonly issuer: string;
    readonly subject: string;
  };
}

/**
 * Sets up an authority with its first approver, whose sign-in counts as accepted. An operator does it, as the database's
 * owner: nobody who signs in may make an authority. Returns the ids; throws the database's error when the code is taken.
 */
export async function addAuthority(
  databaseUrl: string,
  input: NewAuthority,
  validFrom: string,
): Promise<{ authorityId: string; approverId: string }> {
  const pool = ownerPool(databaseUrl, 1);
  const client = await pool.connect();
  const [authorityId, approverId] = [newId(), newId()];
  try {
    await client.query('BEGIN');
    await client.query('INSERT INTO authorities (id, name, kind, code) VALUES ($1, $2, $3, $4)', [
      authorityId,
      input.name,
      input.kind,
      input.code,
    ]);
    await client.query('INSERT INTO payers (authority_id, id, name, kind, code) VALUES ($1, $2, $3, $4, $5)', [
      authorityId,
      newId(),
      input.name,
      input.kind,
      input.code,
    ]);
    await client.query('INSERT INTO people (authority_id, id, name, email) VALUES ($1, $2, $3, $4)', [
      authorityId,
      approverId,
      input.approver.name,
      input.approver.email,
    ]);
    await client.query(
      `INSERT INTO invitations (authority_id, id, issuer, identity, person_id, state, invited_by, accepted_at)
       VALUES ($1, $2, $3, $4, $5, 'ACCEPTED', $6, now())`,
      [authorityId, newId(), input.approver.issuer, input.approver.subject, approverId, systemId],
    );
    await client.query('INSERT INTO sign_ins (authority_id, issuer, subject, person_id) VALUES ($1, $2, $3, $4)', [
      authorityId,
      input.approver.issuer,
      input.approver.subject,
      approverId,
    ]);
    await client.query(
      `INSERT INTO role_grants (authority_id, id, person_id, role, valid_from, granted_by) VALUES ($1, $2, $3, 'APPROVER', $4, $5)`,
      [authorityId, newId(), approverId, validFrom, systemId],
    );
    await client.query('COMMIT');
    return { authorityId, approverId };
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
    await pool.end();
  }
}

/** As the database's owner: the id of the authority with a code, where there is one. */
export async function authorityWithCode(databaseUrl: string, code: string): Promise<string | undefined> {
  const pool = ownerPool(databaseUrl, 1);
  try {
    const found = await pool.query<{ id: string }>('SELECT id FROM authorities WHERE code = $1', [code]);
    return found.rows[0]?.id;
  } finally {
    await pool.end();
  }
}
