-- What a payroll bureau may know of pay and of the remaining budget: it may pay from the budget, but not read all of its books.

-- Whoever submits a run for the budget, or decides about one, may ask what is known of its pay and of what remains.
CREATE OR REPLACE FUNCTION may_ask_about(of_budget uuid) RETURNS boolean LANGUAGE sql STABLE SET search_path = ringfence, pg_temp
  RETURN (SELECT sees_all_for('pay-runs.submit', 'pay-runs.decide'))
      OR of_budget = ANY ((SELECT budgets_for('pay-runs.submit', 'pay-runs.decide'))::uuid[]);

-- Payslips posted or held that pay an employee of a budget for some of the days asked about: `place` counts the question.
CREATE OR REPLACE FUNCTION payslips_of_days(of_budgets uuid[], of_payees uuid[], first_days date[], last_days date[], except_run uuid)
RETURNS TABLE (place integer, pay_run_id uuid, gross_pence bigint, period_start date, period_end date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  WITH asked AS (
    SELECT a.budget_id, a.payee_id, a.first_day, a.last_day, a.place::integer AS place
      FROM unnest(of_budgets, of_payees, first_days, last_days) WITH ORDINALITY AS a (budget_id, payee_id, first_day, last_day, place)
     WHERE may_ask_about(a.budget_id)
  ), known AS (
    SELECT a.place, p.pay_run_id, p.gross_pence, p.period_start, p.period_end FROM asked a
      JOIN payslips p ON p.authority_id = context_authority() AND p.payee_id = a.payee_id AND p.budget_id = a.budget_id
       AND p.period_start <= a.last_day AND p.period_end >= a.first_day
    UNION ALL
    SELECT a.place, h.pay_run_id, h.gross_pence, h.period_start, h.period_end FROM asked a
      JOIN held_payslips h ON h.authority_id = context_authority() AND h.payee_id = a.payee_id AND h.budget_id = a.budget_id
       AND h.period_start <= a.last_day AND h.period_end >= a.first_day
      JOIN pay_runs r ON r.authority_id = h.authority_id AND r.id = h.pay_run_id AND r.state = 'HELD'
  )
  SELECT k.* FROM known k WHERE k.pay_run_id IS DISTINCT FROM except_run ORDER BY k.place, k.period_start, k.pay_run_id
$$;

-- The last payslips of employees with pay in them, newest first: what their usual pay is taken from.
CREATE OR REPLACE FUNCTION last_pay(of_budgets uuid[], of_payees uuid[], payslips_max integer)
RETURNS TABLE (payee_id uuid, gross_pence bigint, days integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  SELECT a.payee_id, l.gross_pence, l.days
    FROM (SELECT DISTINCT u.budget_id, u.payee_id FROM unnest(of_budgets, of_payees) AS u (budget_id, payee_id)
           WHERE may_ask_about(u.budget_id)) a
   CROSS JOIN LATERAL (
     SELECT p.gross_pence, p.period_end - p.period_start + 1 AS days FROM payslips p
      WHERE p.authority_id = context_authority() AND p.payee_id = a.payee_id AND p.budget_id = a.budget_id AND p.gross_pence > 0
      ORDER BY p.pay_date DESC, p.id DESC LIMIT payslips_max) l
$$;

-- What the agreements give a stream for the budget's year around a day, line by line in the share that falls into it, and
-- what was spent for that year. A budget's years are counted from its first day.
CREATE OR REPLACE FUNCTION streams_in_year(of_budgets uuid[], days date[])
RETURNS TABLE (budget_id uuid, day date, stream text, year_from date, year_to date, agreed_pence bigint, spent_pence bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  WITH years AS (
    SELECT DISTINCT b.authority_id, b.id AS budget_id, a.day, y.first, (y.first + interval '1 year')::date - 1 AS last
      FROM unnest(of_budgets, days) AS a (budget_id, day)
      JOIN budgets b ON b.authority_id = context_authority() AND b.id = a.budget_id
     CROSS JOIN LATERAL (SELECT (b.starts_on + make_interval(years => greatest(0, extract(year FROM age(a.day, b.starts_on)))::integer))::date AS first) y
     WHERE may_ask_about(b.id)
  ), agreed AS (
    SELECT y.*, l.stream,
           sum(div(l.amount_pence::numeric * (least(l.ends_on, y.last) - greatest(l.starts_on, y.first) + 1), l.ends_on - l.starts_on + 1))::bigint AS pence
      FROM years y
      JOIN budget_lines l ON l.authority_id = y.authority_id AND l.budget_id = y.budget_id AND l.mechanism <> 'ORGANISED'
       AND l.starts_on <= y.last AND l.ends_on >= y.first
     GROUP BY y.authority_id, y.budget_id, y.day, y.first, y.last, l.stream
  )
  SELECT g.budget_id, g.day, g.stream, g.first, g.last, g.pence, coalesce((
           SELECT sum(e.amount_pence) FROM ledger_accounts c
             JOIN journal_entries e ON e.authority_id = c.authority_id AND e.account_id = c.id
            WHERE c.authority_id = g.authority_id AND c.budget_id = g.budget_id AND c.stream = g.stream
              AND c.code IN ('PROVISION', 'UNEVIDENCED')
              AND coalesce(e.service_date, e.effective_date) BETWEEN g.first AND g.last), 0)::bigint
    FROM agreed g
$$;
