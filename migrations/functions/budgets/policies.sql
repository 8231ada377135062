-- Which rows there are for a principal, and who writes them.

-- A payroll bureau computes over the budget, its lines, accounts, payees and household, so the rows are there for it; what
-- of them it is shown, fieldsByRole in libs/identity decides. The plan, the child and the payments due it never needs.
CALL protect('payers', 'true');
CALL protect('budgets', readers('{budgets.read}', 'id'));
CALL protect('budget_lines', readers('{budgets.read}'));
CALL protect('budget_line_outcomes', readers('{budgets.read}'));
CALL protect('payees', readers('{budgets.read}'));
CALL protect('household_memberships', readers('{budgets.read}'));
CALL protect('designated_account_budgets', readers('{budgets.read}'));
CALL protect('designated_accounts', $$(SELECT ringfence.sees_all_for('budgets.read'))
  OR id IN (SELECT d.designated_account_id FROM ringfence.designated_account_budgets d)$$);

CALL protect('plan_documents', $$(SELECT ringfence.sees_all_for('agreements.read'))
  OR id IN (SELECT b.plan_document_id FROM ringfence.budgets b
             WHERE b.id = ANY ((SELECT ringfence.budgets_for('agreements.read'))::uuid[]))$$);
CALL protect('outcomes', $$(SELECT ringfence.sees_all_for('agreements.read'))
  OR plan_document_id IN (SELECT p.id FROM ringfence.plan_documents p)$$);
CALL protect('agreements', readers('{agreements.read}'));
CALL protect('agreement_versions', $$(SELECT ringfence.sees_all_for('agreements.read'))
  OR agreement_id IN (SELECT a.id FROM ringfence.agreements a)$$, 'SELECT, INSERT');
CALL protect('instalment_schedules', readers('{agreements.read}'));
CALL protect('instalments', readers('{agreements.read}'));

-- ── Who writes ──

DO $$
DECLARE
  target regclass;
  writers CONSTANT text := '(SELECT ringfence.sees_all_for(''budgets.write''))';
BEGIN
  FOREACH target IN ARRAY ARRAY['payers', 'plan_documents', 'outcomes', 'budgets', 'agreements', 'agreement_versions', 'budget_lines',
    'budget_line_outcomes', 'instalment_schedules', 'designated_accounts', 'designated_account_budgets', 'payees']::regclass[] LOOP
    CALL restrict_writes(target, writers, writers);
  END LOOP;
END $$;
-- A payment is found, and lost again, by whoever decides what a bank line was.
CALL restrict_writes('instalments', $$(SELECT ringfence.sees_all_for('budgets.write'))$$,
  $$(SELECT ringfence.sees_all_for('budgets.write', 'lines.allocate', 'statements.reverse'))$$);
CALL restrict_writes('household_memberships', $$(SELECT ringfence.sees_all_for('household.write'))$$, $$(SELECT ringfence.sees_all_for('household.write'))$$);
