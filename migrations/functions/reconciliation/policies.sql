-- Which rows there are for a principal, and who writes them.

CALL protect('match_suggestions', readers('{statements.read}'), 'SELECT, INSERT, UPDATE, DELETE');
CALL protect('allocations', readers('{statements.read}'));
CALL restrict_writes('allocations', readers('{lines.allocate}'), readers('{lines.allocate,statements.reverse}'));
CALL protect('manual_journals', readers('{ledger.read}'), 'SELECT, INSERT');
CALL restrict_writes('manual_journals', readers('{journals.post}'));
CALL protect('policy_trials', $$(SELECT ringfence.sees_all_for('policy.try'))$$, 'SELECT, INSERT');
GRANT UPDATE (spends_total, spends_done, report, done_at) ON policy_trials TO ringfence_app;
CALL restrict_writes('policy_trials', $$(SELECT ringfence.sees_all_for('policy.try'))$$, $$(SELECT ringfence.sees_all_for('policy.try'))$$);
