-- Posting: nothing else writes money.
-- Most of the cost of a posting is what PostgreSQL does before it touches a row. It sets up each node of a plan again for
-- every statement, and applies and removes each setting of a function at every call. So statements are few, the checks look
-- for a reason only where something is wrong, and one function of each call carries the settings.

-- Posts journals of one book or many, all or none, in the order given. `drafts` is an array of objects with the
-- fields of journal_draft (without n, id and entry_count) and `entries`, an array with the fields of entry_draft.
-- when_closed: 'REFUSE' (the default) or 'FIRST_OPEN_DAY', which moves the effective date out of closed months.
-- One journal is posted by small statements and several by large ones: a large statement takes longer to begin than a
-- journal does to post, and a thousand small ones longer than one large one.
CREATE OR REPLACE FUNCTION post_journals(drafts jsonb)
RETURNS TABLE (n integer, id uuid, book_id uuid, sequence bigint, effective_date date, recorded_at timestamptz, repeated boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
DECLARE
  authority CONSTANT uuid := context_authority();
  batch_size CONSTANT integer := jsonb_array_length(drafts);
BEGIN
  IF authority IS NULL OR context_principal() IS NULL OR context_principal_kind() IS NULL THEN
    RAISE EXCEPTION 'Nothing can be posted without an authority and a principal.' USING ERRCODE = 'RF007';
  END IF;
  IF batch_size NOT BETWEEN 1 AND journals_per_batch_max() THEN
    RAISE EXCEPTION 'The batch has % journals: post 1 to % at once.', batch_size, journals_per_batch_max() USING ERRCODE = 'RF004';
  END IF;
  PERFORM pg_advisory_xact_lock_shared(periods_lock(authority));
  IF batch_size = 1 THEN
    RETURN QUERY SELECT * FROM post_one(authority, drafts);
  ELSE
    RETURN QUERY SELECT * FROM post_many(authority, drafts);
  END IF;
END $$;

REVOKE ALL ON FUNCTION post_journals FROM PUBLIC;
GRANT EXECUTE ON FUNCTION post_journals TO ringfence_app;
