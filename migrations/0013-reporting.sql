-- What several pages and reports ask in the same words.

SET LOCAL search_path = ringfence;

-- Whose a statement line may be: the budget that it says, else each budget of an account that several share.
CREATE VIEW line_budgets WITH (security_invoker = true) AS
  SELECT l.authority_id, l.id AS statement_line_id, l.budget_id FROM statement_lines l WHERE l.budget_id IS NOT NULL
  UNION ALL
  SELECT DISTINCT l.authority_id, l.id, d.budget_id FROM statement_lines l
    JOIN designated_account_budgets d ON d.authority_id = l.authority_id AND d.designated_account_id = l.designated_account_id
   WHERE l.budget_id IS NULL;
GRANT SELECT ON line_budgets TO ringfence_app;

-- The whole months that have ended, since a budget came into an account, that no committed statement touches: files say
-- the days of their lines, not of their period, so a quiet week at either end is no gap. Statements of prepaid cards are
-- not asked for: the council sees the card's transactions itself.
CREATE VIEW missing_statements WITH (security_invoker = true) AS
  SELECT d.authority_id, d.budget_id, a.id AS designated_account_id, m.month::date AS month
    FROM designated_account_budgets d
    JOIN designated_accounts a ON a.authority_id = d.authority_id AND a.id = d.designated_account_id AND a.kind <> 'PREPAID_CARD'
   CROSS JOIN LATERAL generate_series(date_trunc('month', greatest(d.valid_from, a.opened_on)::timestamp),
           date_trunc('month', least(coalesce(least(d.valid_to, a.closed_on), context_today()), context_today() - interval '1 month')::timestamp),
           interval '1 month') AS m (month)
   WHERE NOT EXISTS (SELECT 1 FROM statement_imports i
           WHERE i.authority_id = d.authority_id AND i.designated_account_id = a.id AND i.state = 'COMMITTED'
             AND i.first_date < (m.month + interval '1 month')::date AND i.last_date >= m.month::date);
GRANT SELECT ON missing_statements TO ringfence_app;
