-- What the policies ask: which grants count today, and what they open.

-- The one place that says which grants count: those of the principal in context, between their days.
CREATE OR REPLACE FUNCTION grants_in_force() RETURNS TABLE (role text, budget_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  SELECT g.role, g.budget_id FROM role_grants g
   WHERE g.authority_id = context_authority()
     AND CASE context_principal_kind() WHEN 'person' THEN g.person_id WHEN 'client' THEN g.api_client_id END = context_principal()
     AND context_today() BETWEEN g.valid_from AND coalesce(g.valid_to, 'infinity')
$$;
REVOKE ALL ON FUNCTION grants_in_force FROM PUBLIC;

CREATE OR REPLACE FUNCTION sees_whole_authority() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  SELECT context_authority() IS NOT NULL AND (
    context_principal_kind() = 'system' OR EXISTS (SELECT 1 FROM grants_in_force() g WHERE g.budget_id IS NULL))
$$;

-- Whether a grant over the whole authority allows one of the actions. The system acts on all of its authority.
CREATE OR REPLACE FUNCTION sees_all_for(VARIADIC actions text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  SELECT context_authority() IS NOT NULL AND (
    context_principal_kind() = 'system'
    OR EXISTS (SELECT 1 FROM grants_in_force() g JOIN access_rights r ON r.role = g.role
                WHERE g.budget_id IS NULL AND r.action = ANY (actions)))
$$;

-- The budgets on which a grant for that budget allows one of the actions.
CREATE OR REPLACE FUNCTION budgets_for(VARIADIC actions text[]) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT g.budget_id), '{}') FROM grants_in_force() g JOIN access_rights r ON r.role = g.role
   WHERE g.budget_id IS NOT NULL AND r.action = ANY (actions)
$$;

-- The accounts of whose budgets, all that they have ever served, every one allows one of the actions. In a provider's
-- pooled account one family must not see a file, or an unclaimed line, that may concern another.
CREATE OR REPLACE FUNCTION whole_accounts(VARIADIC actions text[]) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  SELECT coalesce(array_agg(w.account_id), '{}') FROM (
    SELECT d.designated_account_id AS account_id
      FROM designated_account_budgets d CROSS JOIN (SELECT budgets_for(VARIADIC actions) AS ids OFFSET 0) b
     WHERE d.authority_id = context_authority() AND d.designated_account_id IN (
       SELECT g.designated_account_id FROM designated_account_budgets g
        WHERE g.authority_id = context_authority() AND g.budget_id = ANY (b.ids))
     GROUP BY 1 HAVING bool_and(d.budget_id = ANY (b.ids))) w
$$;

-- Whether the principal was granted every budget that an account has ever served. In a provider's pooled account one
-- family must not see a file, or an unclaimed line, that may concern another.
CREATE OR REPLACE FUNCTION holds_whole_account(account_id uuid, VARIADIC actions text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  SELECT coalesce(bool_and(d.budget_id = ANY (budgets_for(VARIADIC actions))), false) FROM designated_account_budgets d
   WHERE d.authority_id = context_authority() AND d.designated_account_id = account_id
$$;

-- ── How a policy is written ──

-- The condition of a row of a budget, for whoever one of the actions is allowed there. Each part in brackets is asked
-- once for a statement, and never for a row.
CREATE OR REPLACE FUNCTION readers(actions text[], of_column text DEFAULT 'budget_id') RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT format('(SELECT ringfence.sees_all_for(%1$s)) OR %2$s = ANY ((SELECT ringfence.budgets_for(%1$s))::uuid[])',
                (SELECT string_agg(quote_literal(a), ', ') FROM unnest(actions) a), of_column)
$$;

-- The same for a row of an account.
CREATE OR REPLACE FUNCTION account_readers(actions text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT format('(SELECT ringfence.sees_all_for(%1$s)) OR designated_account_id = ANY ((SELECT ringfence.whole_accounts(%1$s))::uuid[])',
                (SELECT string_agg(quote_literal(a), ', ') FROM unnest(actions) a))
$$;

REVOKE ALL ON FUNCTION readers, account_readers FROM PUBLIC;
