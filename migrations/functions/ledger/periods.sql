-- Months are closed in order and re-opened in the opposite order.

-- The lock of an authority's periods: postings share it, a change of a period takes it alone, so that no journal enters a
-- month that is closing.
-- Lock order: this one first, then books by id.
CREATE OR REPLACE FUNCTION periods_lock(of_authority uuid) RETURNS bigint LANGUAGE sql IMMUTABLE
  RETURN hashtextextended('ringfence.periods.' || of_authority, 0);

-- The first day that takes postings: everything up to the end of the latest closed month is closed.
CREATE OR REPLACE FUNCTION first_open_day(of_authority uuid) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  SELECT coalesce((max(month) + interval '1 month')::date, '-infinity') FROM periods WHERE authority_id = of_authority AND state = 'CLOSED'
$$;

-- Opens, closes or re-opens a month. Months close in order and re-open in the opposite order, the last closed first.
CREATE OR REPLACE FUNCTION set_period(of_month date, wanted text, why text, approver uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
DECLARE
  authority CONSTANT uuid := context_authority();
  this_month CONSTANT date := date_trunc('month', of_month)::date;
  month_name CONSTANT text := to_char(of_month, 'FMMonth YYYY');
  open_from date;
  other date;
BEGIN
  IF NOT coalesce(sees_whole_authority(), false) THEN
    RAISE EXCEPTION 'You may not change periods: only the authority''s officers do.' USING ERRCODE = 'RF007';
  END IF;
  PERFORM pg_advisory_xact_lock(periods_lock(authority));
  open_from := first_open_day(authority);
  IF wanted = 'REOPENED' THEN
    IF this_month >= open_from THEN
      RAISE EXCEPTION '% is not closed: there is nothing to re-open.', month_name USING ERRCODE = 'RF008';
    ELSIF this_month + interval '1 month' <> open_from THEN
      RAISE EXCEPTION '% cannot be re-opened while % is closed: re-open the later month first.', month_name,
        to_char(open_from - 1, 'FMMonth YYYY') USING ERRCODE = 'RF008';
    ELSIF NOT EXISTS (SELECT 1 FROM role_grants g WHERE g.authority_id = authority AND g.person_id = approver AND g.role = 'APPROVER'
                         AND context_today() BETWEEN g.valid_from AND coalesce(g.valid_to, 'infinity')) THEN
      RAISE EXCEPTION 'The re-opening of % needs an approver of the authority: % is not one today.', month_name, approver USING ERRCODE = 'RF007';
    ELSIF approver = (SELECT e.actor_id FROM period_events e WHERE e.authority_id = authority AND e.action = 'CLOSED' AND e.month >= this_month
                       ORDER BY e.month = this_month DESC, e.id DESC LIMIT 1) THEN
      RAISE EXCEPTION '% was closed by the same person who would re-open it: another approver decides.', month_name USING ERRCODE = 'RF007';
    END IF;
  ELSIF this_month < open_from THEN
    RAISE EXCEPTION '% is closed already.', month_name USING ERRCODE = 'RF003';
  ELSIF wanted = 'CLOSED' THEN
    IF context_today() < this_month + interval '1 month' THEN
      RAISE EXCEPTION '% is not over: close it from % on.', month_name, to_char(this_month + interval '1 month', 'FMDD FMMonth YYYY')
        USING ERRCODE = 'RF008';
    END IF;
    SELECT min(month) INTO other FROM (
      SELECT p.month FROM periods p WHERE p.authority_id = authority AND p.month >= open_from AND p.month < this_month
      UNION ALL
      SELECT m.month FROM account_months m WHERE m.authority_id = authority AND m.month >= open_from AND m.month < this_month) earlier;
    IF other IS NOT NULL THEN
      RAISE EXCEPTION '% cannot be closed while % is open: close the earlier month first.', month_name, to_char(other, 'FMMonth YYYY')
        USING ERRCODE = 'RF008';
    END IF;
  END IF;
  INSERT INTO periods (authority_id, month, state) VALUES (authority, this_month, CASE wanted WHEN 'CLOSED' THEN 'CLOSED' ELSE 'OPEN' END)
    ON CONFLICT (authority_id, month) DO UPDATE SET state = EXCLUDED.state;
  -- Months before the first that was ever closed have no row and were closed with it; re-opening that one leaves them closed.
  IF wanted = 'REOPENED' AND first_open_day(authority) < this_month THEN
    INSERT INTO periods (authority_id, month, state) VALUES (authority, this_month - interval '1 month', 'CLOSED') ON CONFLICT DO NOTHING;
  END IF;
  INSERT INTO period_events (authority_id, month, action, reason, approved_by, actor_kind, actor_id)
  VALUES (authority, this_month, wanted, why, approver, context_principal_kind(), context_principal());
END $$;

REVOKE ALL ON FUNCTION first_open_day, set_period FROM PUBLIC;
GRANT EXECUTE ON FUNCTION first_open_day, set_period TO ringfence_app;
