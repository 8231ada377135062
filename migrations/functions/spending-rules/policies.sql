-- Which rows there are for a principal, and who writes them.

-- ── Registers: whoever acts for some authority may read; only the owner writes ──

ALTER TABLE reference_registers ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS of_everybody ON reference_registers;
CREATE POLICY of_everybody ON reference_registers FOR SELECT TO ringfence_app
  USING ((SELECT ringfence.context_authority()) IS NOT NULL);
GRANT SELECT ON reference_registers TO ringfence_app;

ALTER TABLE reference_names ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS of_everybody ON reference_names;
CREATE POLICY of_everybody ON reference_names FOR SELECT TO ringfence_app
  USING ((SELECT ringfence.context_authority()) IS NOT NULL);
GRANT SELECT ON reference_names TO ringfence_app;

-- ── An authority's policy ──

-- What public money may not buy is no secret: everybody whom the authority knows may read its policy.
CALL protect('policy_versions', 'true', 'SELECT, INSERT');
GRANT UPDATE (withdrawn_by, withdrawn_at, applied_at) ON policy_versions TO ringfence_app;
CALL restrict_writes('policy_versions', $$(SELECT ringfence.sees_all_for('policy.set'))$$, $$(SELECT ringfence.sees_all_for('policy.set'))$$);

-- ── Exceptions, consents and verdicts ──

-- What was approved counts in every assessment, whoever asks for it: a provider's spend check, a bureau's pay run. The
-- lists ask for exceptions.read and consents.read themselves.
CALL protect('exception_approvals', readers('{exceptions.read,spend-checks.make,pay-runs.submit}'), 'SELECT, INSERT');
GRANT UPDATE (valid_to, ended_by, ended_at, end_reasons, lapse_assessed_at) ON exception_approvals TO ringfence_app;
CALL restrict_writes('exception_approvals', readers('{exceptions.approve}'), readers('{exceptions.approve}'));
CALL protect('premises_consents', readers('{consents.read,spend-checks.make,pay-runs.submit}'), 'SELECT, INSERT');
GRANT UPDATE (decision, decided_on, decided_by_name, decided_by_role, evidence, decision_recorded_by) ON premises_consents
  TO ringfence_app;
CALL restrict_writes('premises_consents', readers('{budgets.write}'), readers('{budgets.write}'));
-- A verdict is as secret as what was assessed.
CALL protect('spend_verdicts', format($$CASE subject_type WHEN 'payslip' THEN %s WHEN 'receipt' THEN %s WHEN 'journal' THEN %s ELSE %s END$$,
  readers('{pay-runs.read}'), readers('{receipts.read}'), readers('{ledger.read}'), readers('{statements.read}')), 'SELECT, INSERT');
-- An assessment is superseded, never rewritten.
GRANT UPDATE (current) ON spend_verdicts TO ringfence_app;
