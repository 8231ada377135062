// The SQL of invitations. Those of a bearer go through functions that see every authority; an officer's stay in theirs.

export const invitationsOfSql = `
  SELECT id, authority_id AS "authorityId", authority_name AS "authorityName", known_as AS "knownAs",
         organisation_name AS "organisationName", state, invited_at AS "invitedAt"
    FROM invitations_of($1, $2, $3)`;

export const decideInvitationSql = 'SELECT decide_invitation($1, $2, $3, $4, $5, $6) AS state';

/** Null where the identity has a standing invitation in this authority already. */
export const inviteSql = `
  INSERT INTO invitations (authority_id, id, issuer, identity, person_id, api_client_id, invited_by)
  VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING id`;

export const withdrawInvitationSql = `
  UPDATE invitations SET state = 'WITHDRAWN', ended_at = context_now(), withdrawn_by = $3
   WHERE authority_id = $1 AND id = $2 AND state = 'OPEN' RETURNING id`;

export const invitationStateSql = 'SELECT state FROM invitations WHERE authority_id = $1 AND id = $2';

export const sentInvitationsSql = `
  SELECT id, issuer, identity, state, invited_by AS "invitedBy", invited_at AS "invitedAt", accepted_at AS "acceptedAt",
         ended_at AS "endedAt"
    FROM invitations WHERE authority_id = $1 AND coalesce(person_id, api_client_id) = $2 ORDER BY invited_at DESC, id DESC`;
