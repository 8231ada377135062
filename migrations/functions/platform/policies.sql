-- Which rows there are for a principal, and who writes them.

CALL protect_from_all('migration_texts');
CALL protect_from_all('file_namers');
CALL protect_from_all('installation');
CALL protect_from_all('file_sweeps');

ALTER TABLE authorities ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS tenant ON authorities;
CREATE POLICY tenant ON authorities TO ringfence_app USING (id = (SELECT context_authority()));
GRANT SELECT ON authorities TO ringfence_app;

CALL protect('idempotency_keys', $$(SELECT ringfence.sees_whole_authority()) OR principal_id = (SELECT ringfence.context_principal())$$);
CALL protect('outbox_jobs', 'true', 'INSERT');
CALL protect('upload_days', $$(SELECT ringfence.sees_whole_authority()) OR principal_id = (SELECT ringfence.context_principal())$$, 'SELECT');

ALTER TABLE web_sessions ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS bearer ON web_sessions;
CREATE POLICY bearer ON web_sessions TO ringfence_app
  USING (id = (SELECT nullif(current_setting('ringfence.session_id', true), '')));
GRANT SELECT, INSERT, UPDATE, DELETE ON web_sessions TO ringfence_app;
