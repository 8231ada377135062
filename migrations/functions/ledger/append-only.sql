-- What holds even against the owner: the ledger is never rewritten.

CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: the ledger is append-only. Post a reversal and a new journal instead.', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'RF009';
END $$;

DO $$
DECLARE kept text;
BEGIN
  FOREACH kept IN ARRAY ARRAY['journals', 'journal_entries', 'book_heads', 'period_events'] LOOP
    EXECUTE format('CREATE OR REPLACE TRIGGER %1$s_append_only BEFORE UPDATE OR DELETE ON %1$s FOR EACH ROW EXECUTE FUNCTION refuse_change()', kept);
    EXECUTE format('ALTER TABLE %1$s ENABLE ALWAYS TRIGGER %1$s_append_only', kept);
  END LOOP;
  FOREACH kept IN ARRAY ARRAY['books', 'ledger_accounts', 'account_months', 'periods'] LOOP
    EXECUTE format('CREATE OR REPLACE TRIGGER %1$s_kept BEFORE DELETE ON %1$s FOR EACH ROW EXECUTE FUNCTION refuse_change()', kept);
    EXECUTE format('ALTER TABLE %1$s ENABLE ALWAYS TRIGGER %1$s_kept', kept);
  END LOOP;
  FOREACH kept IN ARRAY ARRAY['journals', 'journal_entries', 'book_heads', 'period_events', 'books', 'ledger_accounts', 'account_months', 'periods'] LOOP
    EXECUTE format('CREATE OR REPLACE TRIGGER %1$s_not_truncated BEFORE TRUNCATE ON %1$s FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', kept);
    EXECUTE format('ALTER TABLE %1$s ENABLE ALWAYS TRIGGER %1$s_not_truncated', kept);
  END LOOP;
END $$;

CREATE OR REPLACE TRIGGER books_place BEFORE UPDATE OF authority_id, id, designated_account_id ON books
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE OR REPLACE TRIGGER ledger_accounts_place BEFORE UPDATE OF authority_id, id, book_id, code, budget_id, stream ON ledger_accounts
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
