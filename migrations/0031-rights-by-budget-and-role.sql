-- Who may do what, per budget: the database knows the table of role × action, and every policy names the action that a
-- reader needs. A grant opens what its role may do on its own budget, and nothing of the same kind on another budget.

SET LOCAL search_path = ringfence;

-- The same pairs as accessTable in libs/identity/src/domain/access.ts; a test compares the two.
CREATE TABLE access_rights (
  action text NOT NULL CHECK (action ~ '^[a-z-]+\.[a-z-]+$'),
  role text NOT NULL CHECK (role IN ('FINANCE_OFFICER', 'APPROVER', 'PLAN_COORDINATOR', 'AUDITOR',
                                     'RECIPIENT', 'MANAGED_ACCOUNT_PROVIDER', 'PAYROLL_BUREAU')),
  PRIMARY KEY (action, role)
);
ALTER TABLE access_rights ENABLE ROW LEVEL SECURITY;
-- The functions below read it as its owner.
CREATE POLICY nobody ON access_rights USING (false);

INSERT INTO access_rights (action, role)
SELECT action, unnest(roles::text[]) FROM (VALUES
  ('people.read', '{FINANCE_OFFICER,APPROVER,PLAN_COORDINATOR,AUDITOR}'),
  ('people.write', '{FINANCE_OFFICER,APPROVER,PLAN_COORDINATOR}'),
  ('grants.read', '{FINANCE_OFFICER,APPROVER,PLAN_COORDINATOR,AUDITOR}'),
  ('budgets.read', '{FINANCE_OFFICER,APPROVER,PLAN_COORDINATOR,AUDITOR,RECIPIENT,MANAGED_ACCOUNT_PROVIDER,PAYROLL_BUREAU}'),
  ('agreements.read', '{FINANCE_OFFICER,APPROVER,PLAN_COORDINATOR,AUDITOR,RECIPIENT,MANAGED_ACCOUNT_PROVIDER}'),
  ('payees.read', '{FINANCE_OFFICER,APPROVER,PLAN_COORDINATOR,AUDITOR,RECIPIENT,MANAGED_ACCOUNT_PROVIDER}'),
  ('budgets.write', '{FINANCE_OFFICER,PLAN_COORDINATOR}'),
  ('household.write', '{FINANCE_OFFICER,PLAN_COORDINATOR}'),
  ('ledger.read', '{FINANCE_OFFICER,APPROVER,PLAN_COORDINATOR,AUDITOR,RECIPIENT,MANAGED_ACCOUNT_PROVIDER}'),
  ('periods.read', '{FINANCE_OFFICER,APPROVER,AUDITOR}'),
  ('periods.close', '{FINANCE_OFFICER}'),
  ('periods.reopen', '{APPROVER}'),
  ('statements.read', '{FINANCE_OFFICER,APPROVER,PLAN_COORDINATOR,AUDITOR,RECIPIENT,MANAGED_ACCOUNT_PROVIDER}'),
  ('statements.upload', '{FINANCE_OFFICER,RECIPIENT,MANAGED_ACCOUNT_PROVIDER}'),
  ('statements.revert', '{FINANCE_OFFICER,RECIPIENT,MANAGED_ACCOUNT_PROVIDER}'),
  ('statements.accept-break', '{FINANCE_OFFICER}'),
  ('statement-profiles.read', '{FINANCE_OFFICER,APPROVER,AUDITOR}'),
  ('statement-profiles.set', '{FINANCE_OFFICER,APPROVER}'),
  ('account-warnings.answer', '{FINANCE_OFFICER}'),
  ('lines.allocate', '{FINANCE_OFFICER}'),
  ('journals.post', '{FINANCE_OFFICER}'),
  ('pay-runs.read', '{FINANCE_OFFICER,APPROVER,AUDITOR,RECIPIENT,MANAGED_ACCOUNT_PROVIDER,PAYROLL_BUREAU}'),
  ('pay-runs.submit', '{PAYROLL_BUREAU}'),
  ('pay-runs.decide', '{FINANCE_OFFICER}'),
  ('pay-runs.set-thresholds', '{APPROVER}'),
  ('receipts.read', '{FINANCE_OFFICER,APPROVER,PLAN_COORDINATOR,AUDITOR,RECIPIENT,MANAGED_ACCOUNT_PROVIDER}'),
  ('receipts.upload', '{FINANCE_OFFICER,RECIPIENT,MANAGED_ACCOUNT_PROVIDER}'),
  ('spend-checks.make', '{FINANCE_OFFICER,APPROVER,PLAN_COORDINATOR,RECIPIENT,MANAGED_ACCOUNT_PROVIDER,PAYROLL_BUREAU}'),
  ('exceptions.read', '{FINANCE_OFFICER,APPROVER,PLAN_COORDINATOR,AUDITOR,RECIPIENT,PAYROLL_BUREAU}'),
  ('exceptions.approve', '{APPROVER}'),
  ('consents.read', '{FINANCE_OFFICER,APPROVER,PLAN_COORDINATOR,AUDITOR,RECIPIENT}'),
  ('policy.read', '{FINANCE_OFFICER,APPROVER,PLAN_COORDINATOR,AUDITOR,RECIPIENT,MANAGED_ACCOUNT_PROVIDER,PAYROLL_BUREAU}'),
  ('policy.try', '{FINANCE_OFFICER,APPROVER}'),
  ('policy.set', '{APPROVER}'),
  ('reviews.read', '{FINANCE_OFFICER,APPROVER,PLAN_COORDINATOR,AUDITOR,RECIPIENT}'),
  ('reviews.conclude', '{FINANCE_OFFICER,PLAN_COORDINATOR}'),
  ('reviews.set-policy', '{APPROVER}'),
  ('work-list.read', '{FINANCE_OFFICER,APPROVER,PLAN_COORDINATOR,AUDITOR}')
) AS allowed (action, roles);

-- ── What the policies ask ──

-- The one place that says which grants count: those of the principal in context, between their days.
CREATE FUNCTION grants_in_force() RETURNS TABLE (role text, budget_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  SELECT g.role, g.budget_id FROM role_grants g
   WHERE g.authority_id = context_authority()
     AND CASE context_principal_kind() WHEN 'person' THEN g.person_id WHEN 'client' THEN g.api_client_id END = context_principal()
     AND context_today() BETWEEN g.valid_from AND coalesce(g.valid_to, 'infinity')
$$;

CREATE OR REPLACE FUNCTION sees_whole_authority() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  SELECT context_authority() IS NOT NULL AND (
    context_principal_kind() = 'system' OR EXISTS (SELECT 1 FROM grants_in_force() g WHERE g.budget_id IS NULL))
$$;

CREATE OR REPLACE FUNCTION granted_budgets() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT g.budget_id), '{}') FROM grants_in_force() g WHERE g.budget_id IS NOT NULL
$$;

-- Whether a grant over the whole authority allows one of the actions. The system acts on all of its authority.
CREATE FUNCTION sees_all_for(VARIADIC actions text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  SELECT context_authority() IS NOT NULL AND (
    context_principal_kind() = 'system'
    OR EXISTS (SELECT 1 FROM grants_in_force() g JOIN access_rights r ON r.role = g.role
                WHERE g.budget_id IS NULL AND r.action = ANY (actions)))
$$;

-- The budgets on which a grant for that budget allows one of the actions.
CREATE FUNCTION budgets_for(VARIADIC actions text[]) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT g.budget_id), '{}') FROM grants_in_force() g JOIN access_rights r ON r.role = g.role
   WHERE g.budget_id IS NOT NULL AND r.action = ANY (actions)
$$;

-- The accounts of whose budgets, all that they have ever served, every one allows one of the actions. In a provider's
-- pooled account one family must not see a file, or an unclaimed line, that may concern another.
CREATE FUNCTION whole_accounts(VARIADIC actions text[]) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  SELECT coalesce(array_agg(w.account_id), '{}') FROM (
    SELECT d.designated_account_id AS account_id
      FROM designated_account_budgets d CROSS JOIN (SELECT budgets_for(VARIADIC actions) AS ids OFFSET 0) b
     WHERE d.authority_id = context_authority() AND d.designated_account_id IN (
       SELECT g.designated_account_id FROM designated_account_budgets g
        WHERE g.authority_id = context_authority() AND g.budget_id = ANY (b.ids))
     GROUP BY 1 HAVING bool_and(d.budget_id = ANY (b.ids))) w
$$;

CREATE FUNCTION holds_whole_account(account_id uuid, VARIADIC actions text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  SELECT coalesce(bool_and(d.budget_id = ANY (budgets_for(VARIADIC actions))), false) FROM designated_account_budgets d
   WHERE d.authority_id = context_authority() AND d.designated_account_id = account_id
$$;

REVOKE ALL ON FUNCTION grants_in_force FROM PUBLIC;

-- ── How a policy is written ──

-- The condition of a row of a budget, for whoever one of the actions is allowed there. Each part in brackets is asked
-- once for a statement, and never for a row.
CREATE FUNCTION readers(actions text[], of_column text DEFAULT 'budget_id') RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT format('(SELECT ringfence.sees_all_for(%1$s)) OR %2$s = ANY ((SELECT ringfence.budgets_for(%1$s))::uuid[])',
                (SELECT string_agg(quote_literal(a), ', ') FROM unnest(actions) a), of_column)
$$;

-- The same for a row of an account.
CREATE FUNCTION account_readers(actions text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT format('(SELECT ringfence.sees_all_for(%1$s)) OR designated_account_id = ANY ((SELECT ringfence.whole_accounts(%1$s))::uuid[])',
                (SELECT string_agg(quote_literal(a), ', ') FROM unnest(actions) a))
$$;

-- Says anew which rows of a table there are for a principal, authority-wide roles included.
CREATE PROCEDURE show_rows(target regclass, visible text) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER POLICY tenant ON %s USING (authority_id = (SELECT ringfence.context_authority()) AND (%s))', target, visible);
END $$;

-- Says who may write a row. Locking a row asks for the right to update it, so the update policy refuses the new row and
-- not the sight of the old.
CREATE PROCEDURE keep_rows(target regclass, on_insert text, on_update text DEFAULT NULL) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('DROP POLICY IF EXISTS kept_insert ON %s', target);
  EXECUTE format('CREATE POLICY kept_insert ON %s AS RESTRICTIVE FOR INSERT TO ringfence_app WITH CHECK (%s)', target, on_insert);
  IF on_update IS NOT NULL THEN
    EXECUTE format('DROP POLICY IF EXISTS kept_update ON %s', target);
    EXECUTE format('CREATE POLICY kept_update ON %s AS RESTRICTIVE FOR UPDATE TO ringfence_app USING (true) WITH CHECK (%s)',
                   target, on_update);
  END IF;
END $$;

REVOKE ALL ON FUNCTION readers, account_readers FROM PUBLIC;
REVOKE ALL ON PROCEDURE show_rows, keep_rows FROM PUBLIC;

-- ── What was agreed ──

-- A payroll bureau computes over the budget, its lines, accounts, payees and household, so the rows are there for it; what
-- of them it is shown, fieldsByRole in libs/identity decides. The plan, the child and the payments due it never needs.
CALL show_rows('budgets', readers('{budgets.read}', 'id'));
CALL show_rows('budget_lines', readers('{budgets.read}'));
CALL show_rows('budget_line_outcomes', readers('{budgets.read}'));
CALL show_rows('payees', readers('{budgets.read}'));
CALL show_rows('household_memberships', readers('{budgets.read}'));
CALL show_rows('designated_account_budgets', readers('{budgets.read}'));
CALL show_rows('designated_accounts', $$(SELECT ringfence.sees_all_for('budgets.read'))
  OR id IN (SELECT d.designated_account_id FROM ringfence.designated_account_budgets d)$$);

CALL show_rows('plan_documents', $$(SELECT ringfence.sees_all_for('agreements.read'))
  OR id IN (SELECT b.plan_document_id FROM ringfence.budgets b
             WHERE b.id = ANY ((SELECT ringfence.budgets_for('agreements.read'))::uuid[]))$$);
CALL show_rows('outcomes', $$(SELECT ringfence.sees_all_for('agreements.read'))
  OR plan_document_id IN (SELECT p.id FROM ringfence.plan_documents p)$$);
CALL show_rows('agreements', readers('{agreements.read}'));
CALL show_rows('agreement_versions', $$(SELECT ringfence.sees_all_for('agreements.read'))
  OR agreement_id IN (SELECT a.id FROM ringfence.agreements a)$$);
CALL show_rows('instalment_schedules', readers('{agreements.read}'));
CALL show_rows('instalments', readers('{agreements.read}'));

CALL show_rows('people', $$(SELECT ringfence.sees_all_for('people.read')) OR id = (SELECT ringfence.context_principal())
  OR id IN (SELECT b.recipient_id FROM ringfence.budgets b)
  OR id IN (SELECT b.child_id FROM ringfence.budgets b
             WHERE b.id = ANY ((SELECT ringfence.budgets_for('agreements.read'))::uuid[]))$$);

-- ── The books ──

CALL show_rows('ledger_accounts', readers('{ledger.read}'));
CALL show_rows('journal_entries', readers('{ledger.read}'));
CALL show_rows('journals', $$(SELECT ringfence.sees_all_for('ledger.read'))
  OR EXISTS (SELECT 1 FROM ringfence.journal_entries e WHERE e.authority_id = journals.authority_id AND e.journal_id = journals.id)$$);
CALL show_rows('account_months', $$(SELECT ringfence.sees_all_for('ledger.read'))
  OR account_id IN (SELECT a.id FROM ringfence.ledger_accounts a)$$);
-- Whoever posts names the book, a bureau too.
CALL show_rows('books', $$(SELECT ringfence.sees_all_for('budgets.read'))
  OR designated_account_id IN (SELECT d.designated_account_id FROM ringfence.designated_account_budgets d)
  OR id IN (SELECT a.book_id FROM ringfence.ledger_accounts a)$$);
CALL show_rows('period_events', $$(SELECT ringfence.sees_all_for('periods.read'))$$);
CALL show_rows('hand_journals', readers('{ledger.read}'));

-- Who does not see the whole authority posts only for budgets on which its role posts, and only to the books of those
-- budgets' accounts. Money without a budget is posted by whoever may for every budget of the account, as brothers' and
-- sisters' one is. Officers' journals are judged by the use case: an entry names an action only there.
CREATE OR REPLACE FUNCTION check_reach(legs leg_draft[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  posting CONSTANT text[] := '{pay-runs.submit,statements.upload,statements.revert}';
  reached uuid[];
  wrong record;
BEGIN
  IF sees_whole_authority() THEN
    RETURN;
  END IF;
  reached := budgets_for(VARIADIC posting);
  SELECT l.book_id, l.budget_id, coalesce(l.budget_id = ANY (reached), false) AS granted INTO wrong
    FROM (SELECT DISTINCT x.book_id, x.budget_id FROM unnest(legs) x) l
   WHERE l.budget_id <> ALL (reached) OR NOT EXISTS (
     SELECT 1 FROM books b JOIN designated_account_budgets d ON d.authority_id = b.authority_id AND d.designated_account_id = b.designated_account_id
      WHERE b.authority_id = context_authority() AND b.id = l.book_id
        AND CASE WHEN l.budget_id IS NULL THEN holds_whole_account(b.designated_account_id, VARIADIC posting)
                 ELSE d.budget_id = l.budget_id END) LIMIT 1;
  IF FOUND AND wrong.granted THEN
    RAISE EXCEPTION 'There is no book % that you can post to.', wrong.book_id USING ERRCODE = 'RF006';
  ELSIF FOUND THEN
    RAISE EXCEPTION 'You may not post for %: it is not granted to you.', coalesce('budget ' || wrong.budget_id, 'money without a budget')
      USING ERRCODE = 'RF007';
  END IF;
END $$;

-- ── Statements ──

CALL show_rows('statement_imports', account_readers('{statements.read}'));
CALL show_rows('statement_import_lines', account_readers('{statements.read}'));
CALL show_rows('statement_line_aliases', account_readers('{statements.read}'));
CALL show_rows('statement_break_acceptances', account_readers('{statements.read}'));
CALL show_rows('account_warnings', account_readers('{statements.read}'));
CALL show_rows('statement_lines', readers('{statements.read}') ||
  $$ OR (budget_id IS NULL AND designated_account_id = ANY ((SELECT ringfence.whole_accounts('statements.read'))::uuid[]))$$);
CALL show_rows('statement_profiles', $$(SELECT ringfence.sees_all_for('statement-profiles.read'))$$);
CALL show_rows('allocations', readers('{statements.read}'));
CALL show_rows('match_suggestions', readers('{statements.read}'));

DROP FUNCTION holds_whole_account(uuid);
DROP FUNCTION whole_accounts();

-- ── Rules, evidence, pay, reviews ──

-- What was approved counts in every judgement, whoever asks for it: a provider's spend check, a bureau's pay run. The
-- lists ask for exceptions.read and consents.read themselves.
CALL show_rows('exception_approvals', readers('{exceptions.read,spend-checks.make,pay-runs.submit}'));
CALL show_rows('premises_consents', readers('{consents.read,spend-checks.make,pay-runs.submit}'));
-- A verdict is as secret as what was judged.
CALL show_rows('spend_verdicts', format($$CASE subject_type WHEN 'payslip' THEN %s WHEN 'receipt' THEN %s WHEN 'journal' THEN %s ELSE %s END$$,
  readers('{pay-runs.read}'), readers('{receipts.read}'), readers('{ledger.read}'), readers('{statements.read}')));
CALL show_rows('policy_trials', $$(SELECT ringfence.sees_all_for('policy.try'))$$);

CALL show_rows('receipts', readers('{receipts.read}'));
CALL show_rows('receipt_lines', $$(SELECT ringfence.sees_all_for('receipts.read'))
  OR receipt_id IN (SELECT r.id FROM ringfence.receipts r)$$);

CALL show_rows('payslips', readers('{pay-runs.read}'));
-- A bureau's client finds its own posted runs also where its grant has ended: a reference is used once. One that waits it
-- sees while it may submit for all of its budgets; a family does not see what nobody has accepted.
CALL show_rows('pay_runs', $$(SELECT ringfence.sees_all_for('pay-runs.read'))
  OR (api_client_id = (SELECT ringfence.context_principal())
      AND (state = 'POSTED' OR budget_ids <@ (SELECT ringfence.budgets_for('pay-runs.submit'))::uuid[]))
  OR (state = 'POSTED' AND id IN (SELECT p.pay_run_id FROM ringfence.payslips p))$$);
CALL show_rows('held_payslips', $$(SELECT ringfence.sees_all_for('pay-runs.read'))
  OR (budget_id = ANY ((SELECT ringfence.budgets_for('pay-runs.submit'))::uuid[]) AND pay_run_id IN (
    SELECT r.id FROM ringfence.pay_runs r WHERE r.api_client_id = (SELECT ringfence.context_principal())))$$);
CALL show_rows('pay_run_holds', $$(SELECT ringfence.sees_all_for('pay-runs.read')) OR pay_run_id IN (
  SELECT r.id FROM ringfence.pay_runs r WHERE r.api_client_id = (SELECT ringfence.context_principal()))$$);
CALL show_rows('pay_run_decisions', $$(SELECT ringfence.sees_all_for('pay-runs.read')) OR pay_run_id IN (
  SELECT r.id FROM ringfence.pay_runs r WHERE r.api_client_id = (SELECT ringfence.context_principal()))$$);
-- Of the whole authority: whoever reads or submits pay runs somewhere may know from which figures on one waits.
CALL show_rows('payroll_thresholds', $$(SELECT ringfence.sees_all_for('pay-runs.read'))
  OR cardinality((SELECT ringfence.budgets_for('pay-runs.read', 'pay-runs.submit'))::uuid[]) > 0$$);

-- What is known of pay and of room is told to whoever submits a run for the budget, or decides about one.
CREATE OR REPLACE FUNCTION may_ask_about(of_budget uuid) RETURNS boolean LANGUAGE sql STABLE SET search_path = ringfence, pg_temp
  RETURN (SELECT sees_all_for('pay-runs.submit', 'pay-runs.decide'))
      OR of_budget = ANY ((SELECT budgets_for('pay-runs.submit', 'pay-runs.decide'))::uuid[]);

CALL show_rows('payslip_lines', $$(SELECT ringfence.sees_all_for('pay-runs.read'))
  OR payslip_id IN (SELECT p.id FROM ringfence.payslips p)$$);
CALL show_rows('payslip_shares', $$(SELECT ringfence.sees_all_for('pay-runs.read'))
  OR payslip_id IN (SELECT p.id FROM ringfence.payslips p)$$);

CALL show_rows('reviews', readers('{reviews.read}'));

-- ── Who writes ──

DO $$
DECLARE
  target regclass;
  writers CONSTANT text := '(SELECT ringfence.sees_all_for(''budgets.write''))';
BEGIN
  FOREACH target IN ARRAY ARRAY['payers', 'plan_documents', 'outcomes', 'budgets', 'agreements', 'agreement_versions', 'budget_lines',
    'budget_line_outcomes', 'instalment_schedules', 'designated_accounts', 'designated_account_budgets', 'payees']::regclass[] LOOP
    CALL keep_rows(target, writers, writers);
  END LOOP;
END $$;
-- A payment is found, and lost again, by whoever decides what a bank line was.
CALL keep_rows('instalments', $$(SELECT ringfence.sees_all_for('budgets.write'))$$,
  $$(SELECT ringfence.sees_all_for('budgets.write', 'lines.allocate', 'statements.revert'))$$);
CALL keep_rows('household_memberships', $$(SELECT ringfence.sees_all_for('household.write'))$$, $$(SELECT ringfence.sees_all_for('household.write'))$$);
CALL keep_rows('account_warnings', $$(SELECT ringfence.sees_all_for('account-warnings.answer'))$$, $$(SELECT ringfence.sees_all_for('account-warnings.answer'))$$);
CALL keep_rows('statement_imports', account_readers('{statements.upload}'), account_readers('{statements.upload,statements.revert}'));
CALL keep_rows('statement_break_acceptances', account_readers('{statements.accept-break}'));
CALL keep_rows('statement_profiles', $$(SELECT ringfence.sees_all_for('statement-profiles.set'))$$, $$(SELECT ringfence.sees_all_for('statement-profiles.set'))$$);
CALL keep_rows('allocations', readers('{lines.allocate}'), readers('{lines.allocate,statements.revert}'));
CALL keep_rows('hand_journals', readers('{journals.post}'));
CALL keep_rows('exception_approvals', readers('{exceptions.approve}'), readers('{exceptions.approve}'));
CALL keep_rows('premises_consents', readers('{budgets.write}'), readers('{budgets.write}'));
CALL keep_rows('policy_versions', $$(SELECT ringfence.sees_all_for('policy.set'))$$, $$(SELECT ringfence.sees_all_for('policy.set'))$$);
CALL keep_rows('policy_trials', $$(SELECT ringfence.sees_all_for('policy.try'))$$, $$(SELECT ringfence.sees_all_for('policy.try'))$$);
-- An officer who accepts a run that waits posts its payslips.
CALL keep_rows('payslips', readers('{pay-runs.submit,pay-runs.decide}'));
CALL keep_rows('pay_runs', $$(SELECT ringfence.sees_all_for('pay-runs.submit'))
  OR cardinality((SELECT ringfence.budgets_for('pay-runs.submit'))::uuid[]) > 0$$);
CALL keep_rows('payroll_thresholds', $$(SELECT ringfence.sees_all_for('pay-runs.set-thresholds'))$$);
CALL keep_rows('receipts', readers('{receipts.upload}'), readers('{receipts.upload}'));
CALL keep_rows('reviews', readers('{reviews.conclude}'), readers('{reviews.conclude}'));
CALL keep_rows('review_policies', $$(SELECT ringfence.sees_all_for('reviews.set-policy'))$$);
