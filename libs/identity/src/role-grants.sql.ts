// The SQL of grants and of proposals for grants.

export const giveSql = `
  INSERT INTO role_grants (authority_id, id, person_id, api_client_id, role, budget_id, valid_from, valid_to, granted_by, approved_by)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;

export const proposeSql = `
  INSERT INTO role_grant_proposals (authority_id, id, person_id, api_client_id, role, budget_id, valid_from, valid_to, proposed_by, reason)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;

const proposalColumns = `
  p.id, p.person_id AS "personId", p.api_client_id AS "apiClientId", p.role, p.budget_id AS "budgetId",
  p.valid_from AS "validFrom", p.valid_to AS "validTo", p.reason, p.state, p.proposed_by AS "proposedBy",
  p.proposed_at AS "proposedAt", p.decided_by AS "decidedBy", p.decided_at AS "decidedAt", p.grant_id AS "grantId"`;

export const proposalToDecideSql = `
  SELECT ${proposalColumns} FROM role_grant_proposals p WHERE p.authority_id = $1 AND p.id = $2 FOR UPDATE`;

export const decideProposalSql = `
  UPDATE role_grant_proposals SET state = $3, decided_by = $4, decided_at = context_now(), grant_id = $5
   WHERE authority_id = $1 AND id = $2`;

export const proposalsSql = `
  SELECT ${proposalColumns} FROM role_grant_proposals p
   WHERE p.authority_id = $1 AND ($2::text IS NULL OR p.state = $2)
     AND ($3::timestamptz IS NULL OR (p.proposed_at, p.id) < ($3, $4::uuid))
   ORDER BY p.proposed_at DESC, p.id DESC LIMIT $5`;

const grantColumns = `
  g.id, g.person_id AS "personId", g.api_client_id AS "apiClientId", g.role, g.budget_id AS "budgetId",
  g.valid_from AS "validFrom", g.valid_to AS "validTo", g.granted_by AS "grantedBy", g.granted_on AS "grantedOn",
  g.approved_by AS "approvedBy"`;

export const grantToEndSql = `
  SELECT ${grantColumns} FROM role_grants g WHERE g.authority_id = $1 AND g.id = $2 FOR UPDATE`;

export const endGrantSql = 'UPDATE role_grants SET valid_to = $3 WHERE authority_id = $1 AND id = $2';

/** Two who end the last approvers at once wait for each other. */
export const lockApproversSql = `SELECT pg_advisory_xact_lock(hashtextextended('approvers ' || $1::text, 0))`;

/** Whether somebody else has the role on the day after $3 and can sign in. The grant $2 does not count. */
export const otherApproverSql = `
  SELECT 1 FROM role_grants g
   WHERE g.authority_id = $1 AND g.role = 'APPROVER' AND g.id <> $2
     AND $3::date + 1 BETWEEN g.valid_from AND coalesce(g.valid_to, 'infinity')
     AND EXISTS (SELECT 1 FROM sign_ins s WHERE s.authority_id = g.authority_id AND s.person_id = g.person_id) LIMIT 1`;

/** Newest first. The state is that of $6, today. */
export const grantsSql = `
  SELECT ${grantColumns} FROM role_grants g
   WHERE g.authority_id = $1
     AND ($2::uuid IS NULL OR coalesce(g.person_id, g.api_client_id) = $2)
     AND ($3::uuid IS NULL OR g.budget_id = $3)
     AND ($4::text IS NULL OR g.role = $4)
     AND CASE $5::text WHEN 'in-force' THEN $6::date BETWEEN g.valid_from AND coalesce(g.valid_to, 'infinity')
                       WHEN 'ended' THEN g.valid_to < $6::date WHEN 'to-come' THEN g.valid_from > $6::date ELSE true END
     AND ($7::uuid IS NULL OR g.id < $7)
   ORDER BY g.id DESC LIMIT $8`;

export const oneGrantSql = `SELECT ${grantColumns} FROM role_grants g WHERE g.authority_id = $1 AND g.id = $2`;

export const grantEventsSql = `
  SELECT e.event, e.by_id AS "by", e.approved_by AS "approvedBy", e.at, e.valid_from AS "validFrom", e.valid_to AS "validTo"
    FROM role_grant_events e WHERE e.authority_id = $1 AND e.grant_id = $2 ORDER BY e.id`;
