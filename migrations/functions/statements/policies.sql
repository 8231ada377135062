-- Which rows there are for a principal, and who writes them.

CALL protect('statement_imports', account_readers('{statements.read}'));
CALL restrict_writes('statement_imports', account_readers('{statements.upload}'), account_readers('{statements.upload,statements.reverse}'));
CALL protect('statement_import_lines', account_readers('{statements.read}'), 'SELECT, INSERT, UPDATE, DELETE');
CALL protect('statement_lines', readers('{statements.read}') ||
  $$ OR (budget_id IS NULL AND designated_account_id = ANY ((SELECT ringfence.whole_accounts('statements.read'))::uuid[]))$$);
CALL protect('statement_line_aliases', account_readers('{statements.read}'), 'SELECT, INSERT');
CALL protect('statement_break_acceptances', account_readers('{statements.read}'), 'SELECT, INSERT');
CALL restrict_writes('statement_break_acceptances', account_readers('{statements.accept-break}'));
CALL protect('statement_profiles', $$(SELECT ringfence.sees_all_for('statement-profiles.read'))$$, 'SELECT, INSERT');
GRANT UPDATE (retired_on, retired_by, retired_at) ON statement_profiles TO ringfence_app;
CALL restrict_writes('statement_profiles', $$(SELECT ringfence.sees_all_for('statement-profiles.set'))$$, $$(SELECT ringfence.sees_all_for('statement-profiles.set'))$$);

-- A family sees what is asked of its account; only those who work for the authority, and the system, write it.
CALL protect('account_warnings', account_readers('{statements.read}'), 'SELECT, INSERT, DELETE');
GRANT UPDATE (state, answered_by, answered_at, reasons) ON account_warnings TO ringfence_app;
CALL restrict_writes('account_warnings', $$(SELECT ringfence.sees_all_for('account-warnings.answer'))$$, $$(SELECT ringfence.sees_all_for('account-warnings.answer'))$$);
DROP POLICY IF EXISTS writers_delete ON account_warnings;
CREATE POLICY writers_delete ON account_warnings AS RESTRICTIVE FOR DELETE TO ringfence_app
  USING ((SELECT ringfence.sees_whole_authority()) AND state = 'OPEN');
