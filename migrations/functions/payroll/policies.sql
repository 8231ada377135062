-- Which rows there are for a principal, and who writes them.

CALL protect('payslips', readers('{pay-runs.read}'), 'SELECT, INSERT');
-- An officer who accepts a run that waits posts its payslips.
CALL restrict_writes('payslips', readers('{pay-runs.submit,pay-runs.decide}'));
CALL protect('payslip_lines', $$(SELECT ringfence.sees_all_for('pay-runs.read'))
  OR payslip_id IN (SELECT p.id FROM ringfence.payslips p)$$, 'SELECT, INSERT');
CALL protect('payslip_shares', $$(SELECT ringfence.sees_all_for('pay-runs.read'))
  OR payslip_id IN (SELECT p.id FROM ringfence.payslips p)$$, 'SELECT, INSERT');

-- A bureau's client finds its own posted runs also where its grant has ended: a reference is used once. One that waits it
-- sees while it may submit for all of its budgets; a family does not see what nobody has accepted.
CALL protect('pay_runs', $$(SELECT ringfence.sees_all_for('pay-runs.read'))
  OR (api_client_id = (SELECT ringfence.context_principal())
      AND (state = 'POSTED' OR budget_ids <@ (SELECT ringfence.budgets_for('pay-runs.submit'))::uuid[]))
  OR (state = 'POSTED' AND id IN (SELECT p.pay_run_id FROM ringfence.payslips p))$$, 'SELECT, INSERT');
CALL restrict_writes('pay_runs', $$(SELECT ringfence.sees_all_for('pay-runs.submit'))
  OR cardinality((SELECT ringfence.budgets_for('pay-runs.submit'))::uuid[]) > 0$$);
CALL protect('held_payslips', $$(SELECT ringfence.sees_all_for('pay-runs.read'))
  OR (budget_id = ANY ((SELECT ringfence.budgets_for('pay-runs.submit'))::uuid[]) AND pay_run_id IN (
    SELECT r.id FROM ringfence.pay_runs r WHERE r.api_client_id = (SELECT ringfence.context_principal())))$$, 'SELECT, INSERT');
CALL protect('pay_run_holds', $$(SELECT ringfence.sees_all_for('pay-runs.read')) OR pay_run_id IN (
  SELECT r.id FROM ringfence.pay_runs r WHERE r.api_client_id = (SELECT ringfence.context_principal()))$$, 'SELECT, INSERT');
CALL protect('pay_run_decisions', $$(SELECT ringfence.sees_all_for('pay-runs.read')) OR pay_run_id IN (
  SELECT r.id FROM ringfence.pay_runs r WHERE r.api_client_id = (SELECT ringfence.context_principal()))$$, 'SELECT, INSERT');

-- Of the whole authority: whoever reads or submits pay runs somewhere may know from which figures on one waits.
CALL protect('payroll_thresholds', $$(SELECT ringfence.sees_all_for('pay-runs.read'))
  OR cardinality((SELECT ringfence.budgets_for('pay-runs.read', 'pay-runs.submit'))::uuid[]) > 0$$, 'SELECT, INSERT');
CALL restrict_writes('payroll_thresholds', $$(SELECT ringfence.sees_all_for('pay-runs.set-thresholds'))$$);
