-- Which rows there are for a principal, and who writes them.

-- The functions of access.sql read it as its owner.
CALL protect_from_all('access_rights');

CALL protect('organisations', 'true');
CALL protect('people', $$(SELECT ringfence.sees_all_for('people.read')) OR id = (SELECT ringfence.context_principal())
  OR id IN (SELECT b.recipient_id FROM ringfence.budgets b)
  OR id IN (SELECT b.child_id FROM ringfence.budgets b
             WHERE b.id = ANY ((SELECT ringfence.budgets_for('agreements.read'))::uuid[]))$$);
-- A sign-in is an accepted invitation: nobody writes one past decide_invitation().
CALL protect('sign_ins', '(SELECT ringfence.sees_whole_authority())', 'SELECT');
CALL protect('api_clients', '(SELECT ringfence.sees_whole_authority())', 'SELECT');
GRANT INSERT (authority_id, id, organisation_id, issuer, client_id, name) ON api_clients TO ringfence_app;
CALL protect('role_grants', $$(SELECT ringfence.sees_whole_authority()) OR coalesce(person_id, api_client_id) = (SELECT ringfence.context_principal())$$);
CALL protect('role_grant_proposals', '(SELECT ringfence.sees_whole_authority())', 'SELECT, INSERT');
GRANT UPDATE (state, decided_by, decided_at, grant_id) ON role_grant_proposals TO ringfence_app;
CALL protect('role_grant_events', $$(SELECT ringfence.sees_whole_authority()) OR grant_id IN (SELECT g.id FROM ringfence.role_grants g)$$, 'SELECT');
CALL protect('invitations', $$(SELECT ringfence.sees_whole_authority()) OR coalesce(person_id, api_client_id) = (SELECT ringfence.context_principal())$$, 'SELECT, INSERT');
-- The services withdraw; acceptance, refusal and leaving go through decide_invitation().
GRANT UPDATE (state, ended_at, withdrawn_by) ON invitations TO ringfence_app;
