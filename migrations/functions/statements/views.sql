-- What several pages and reports ask of statements in the same words.

-- Whose a statement line may be: the budget that it says, else each budget of an account that several share.
CREATE OR REPLACE VIEW line_budgets WITH (security_invoker = true) AS
  SELECT l.authority_id, l.id AS statement_line_id, l.budget_id FROM statement_lines l
   WHERE l.budget_id IS NOT NULL AND l.reversed_at IS NULL
  UNION ALL
  SELECT DISTINCT l.authority_id, l.id, d.budget_id FROM statement_lines l
    JOIN designated_account_budgets d ON d.authority_id = l.authority_id AND d.designated_account_id = l.designated_account_id
   WHERE l.budget_id IS NULL AND l.reversed_at IS NULL;
GRANT SELECT ON line_budgets TO ringfence_app;

-- The lines of an account that still stand, by the id under which each is known: the bank's own, else the one that a
-- later file gave it, unless that file was reversed.
CREATE OR REPLACE VIEW statement_lines_known WITH (security_invoker = true) AS
  SELECT l.authority_id, l.id, l.designated_account_id, l.line_date, l.amount_pence, l.normalised_description, l.balance_pence,
         l.position, coalesce(l.bank_id, (
           SELECT a.bank_id FROM statement_line_aliases a
             JOIN statement_imports i ON i.authority_id = a.authority_id AND i.id = a.import_id AND i.state <> 'REVERSED'
            WHERE a.authority_id = l.authority_id AND a.statement_line_id = l.id ORDER BY a.recorded_at, a.id LIMIT 1)) AS bank_id
    FROM statement_lines l WHERE l.kind = 'LINE' AND l.reversed_at IS NULL;
GRANT SELECT ON statement_lines_known TO ringfence_app;

-- The whole months that have ended, since a budget came into an account, that no committed statement touches: files say
-- the days of their lines, not of their period, so a quiet week at either end is no gap. Nor is a month between two
-- statements of which the later opens with what the earlier closed with: nothing moved in it. Statements of prepaid cards
-- are not asked for: the council sees the card's transactions itself.
CREATE OR REPLACE VIEW missing_statements WITH (security_invoker = true) AS
  SELECT d.authority_id, d.budget_id, a.id AS designated_account_id, m.month::date AS month
    FROM designated_account_budgets d
    JOIN designated_accounts a ON a.authority_id = d.authority_id AND a.id = d.designated_account_id AND a.kind <> 'PREPAID_CARD'
   CROSS JOIN LATERAL generate_series(date_trunc('month', greatest(d.valid_from, a.opened_on)::timestamp),
           date_trunc('month', least(coalesce(least(d.valid_to, a.closed_on), context_today()), context_today() - interval '1 month')::timestamp),
           interval '1 month') AS m (month)
   WHERE NOT EXISTS (SELECT 1 FROM statement_imports i
           WHERE i.authority_id = d.authority_id AND i.designated_account_id = a.id AND i.state = 'COMMITTED'
             AND i.first_date < (m.month + interval '1 month')::date AND i.last_date >= m.month::date)
     AND NOT coalesce(
           (SELECT i.closing_pence FROM statement_imports i
             WHERE i.authority_id = d.authority_id AND i.designated_account_id = a.id AND i.state = 'COMMITTED'
               AND i.last_date < m.month::date ORDER BY i.last_date DESC, i.first_date DESC LIMIT 1)
           = (SELECT i.opening_pence FROM statement_imports i
             WHERE i.authority_id = d.authority_id AND i.designated_account_id = a.id AND i.state = 'COMMITTED'
               AND i.first_date >= (m.month + interval '1 month')::date ORDER BY i.first_date, i.last_date LIMIT 1), false);
GRANT SELECT ON missing_statements TO ringfence_app;

-- What is asked of the posted lines, and what has settled it: an officer's answer, a spending rule that asks the
-- same, or what the line was found to be. Still open where nothing has.
CREATE OR REPLACE VIEW account_questions WITH (security_invoker = true) AS
  SELECT w.authority_id, w.id, w.designated_account_id, w.import_id, l.id AS statement_line_id, l.budget_id, w.code, w.subject, l.line_date,
         l.amount_pence, l.balance_pence, l.description, w.found_at, w.answered_by, w.answered_at, w.reasons,
         CASE WHEN w.state = 'ANSWERED' THEN 'ANSWER'
              WHEN EXISTS (SELECT 1 FROM spend_verdicts v CROSS JOIN LATERAL jsonb_array_elements(v.findings) AS f (finding)
                     WHERE v.authority_id = w.authority_id AND v.subject_type = 'statement-line' AND v.subject_id = l.id AND v.current
                       AND f.finding ->> 'rule' = ANY (w.asked_by_rules)) THEN 'SPENDING_RULE'
              WHEN EXISTS (SELECT 1 FROM allocations a WHERE a.authority_id = w.authority_id AND a.statement_line_id = l.id
                       AND a.undone_at IS NULL AND a.target_type = ANY (w.explained_by))
                OR EXISTS (SELECT 1 FROM match_suggestions m WHERE m.authority_id = w.authority_id AND m.statement_line_id = l.id
                       AND m.state = 'OPEN' AND m.target_type = ANY (w.explained_by)) THEN 'LINE_EXPLAINED'
         END AS settled_by
    FROM account_warnings w
    JOIN statement_lines l ON l.authority_id = w.authority_id AND l.designated_account_id = w.designated_account_id
     AND l.line_date = w.line_date AND l.import_id = w.import_id AND l.position = w.position
   WHERE l.reversed_at IS NULL;
GRANT SELECT ON account_questions TO ringfence_app;
