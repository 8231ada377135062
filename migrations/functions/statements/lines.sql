-- What the bank said does not change, and nothing new is hung on a line that was reversed.

-- What the bank said does not change; only whose line it is, and whether an opening balance still stands.
CREATE OR REPLACE FUNCTION statement_line_is_as_received() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.reversed_at IS NOT NULL
     OR to_jsonb(NEW) - '{budget_id,superseded_at,reversed_at,reversal_journal_id}'::text[]
        <> to_jsonb(OLD) - '{budget_id,superseded_at,reversed_at,reversal_journal_id}'::text[] THEN
    RAISE EXCEPTION 'a statement line is kept as it was received: correct it by a journal' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER statement_lines_as_received BEFORE UPDATE OR DELETE ON statement_lines
  FOR EACH ROW EXECUTE FUNCTION statement_line_is_as_received();

-- Nothing new is hung on a line that was reversed, whichever of the two came first: the line's row is locked by both.
CREATE OR REPLACE FUNCTION statement_line_stands() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
DECLARE
  line_reversed_at timestamptz;
BEGIN
  IF NEW.statement_line_id IS NULL THEN RETURN NEW; END IF;
  SELECT reversed_at INTO line_reversed_at FROM statement_lines
   WHERE authority_id = NEW.authority_id AND id = NEW.statement_line_id FOR UPDATE;
  IF line_reversed_at IS NOT NULL THEN
    RAISE EXCEPTION 'statement line % was reversed with its statement', NEW.statement_line_id USING ERRCODE = 'RF103';
  END IF;
  RETURN NEW;
END $$;
