-- Sessions of the pages that are over.

-- expires_at is the end of a session's first age; it is kept for a day more (lapsedSessionHoursMax of the pages). One that
-- was ended by its owner is marked with -infinity, so that a request under way cannot bring it back.
CREATE OR REPLACE FUNCTION delete_expired_sessions() RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  WITH gone AS (DELETE FROM web_sessions WHERE expires_at < clock_timestamp() - interval '24 hours' RETURNING 1)
  SELECT count(*) FROM gone
$$;
