-- Which rows name a stored file, how much everybody has sent today, and when files without a row were last swept.

-- ── Who names files ──

-- Says that the rows of a table name files. It has authority_id, id, file_hash and file_bytes, and an index on file_hash
-- alone, because files are shared by all authorities; `sent_by` and `sent_at` are its columns for who sent a file and when.
CREATE OR REPLACE PROCEDURE names_files(target text, kind text, in_use text, sent_by text, sent_at text)
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO file_namers AS f (table_name, kind, in_use, sent_by, sent_at) VALUES (target, kind, in_use, sent_by, sent_at)
  ON CONFLICT (table_name) DO UPDATE
     SET kind = excluded.kind, in_use = excluded.in_use, sent_by = excluded.sent_by, sent_at = excluded.sent_at;
END $$;

-- A table of authorities that names files and is not known here would lose them to the sweep: nothing is answered until
-- it is. (Registers of the installation keep the hash of a file that was read, and no file.)
CREATE OR REPLACE FUNCTION every_file_namer() RETURNS SETOF file_namers
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
DECLARE
  unknown text;
BEGIN
  SELECT string_agg(c.relname, ', ' ORDER BY c.relname) INTO unknown
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
   WHERE c.relnamespace = 'ringfence'::regnamespace AND c.relkind IN ('r', 'p') AND a.attname = 'file_hash'
     AND NOT a.attisdropped
     AND EXISTS (SELECT 1 FROM pg_attribute o WHERE o.attrelid = c.oid AND o.attname = 'authority_id')
     AND c.relname NOT IN (SELECT table_name FROM file_namers);
  IF unknown IS NOT NULL THEN
    RAISE EXCEPTION '% has a column file_hash: a migration must call names_files for it', unknown;
  END IF;
  RETURN QUERY SELECT * FROM file_namers ORDER BY table_name;
END $$;

-- The rows, of any authority, that name these files: whose they are and their ids, and nothing of what they hold.
CREATE OR REPLACE FUNCTION named_files(hashes text[]) RETURNS TABLE (file_hash text, kind text, authority_id uuid, id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
DECLARE
  namer file_namers;
BEGIN
  FOR namer IN SELECT * FROM every_file_namer() LOOP
    RETURN QUERY EXECUTE format(
      'SELECT f.file_hash, %L::text, f.authority_id, f.id FROM %I f WHERE f.file_hash = ANY ($1) ORDER BY f.file_hash, f.id',
      namer.kind, namer.table_name) USING hashes;
  END LOOP;
END $$;

-- A page of the files that rows name, in the order of their hashes, with the length that each must have.
CREATE OR REPLACE FUNCTION files_named_after(after text, files_max integer) RETURNS TABLE (file_hash text, file_bytes bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
DECLARE
  parts text;
BEGIN
  SELECT string_agg(format(
    '(SELECT f.file_hash, max(f.file_bytes)::bigint AS file_bytes FROM %I f WHERE f.file_hash > $1
       GROUP BY f.file_hash ORDER BY f.file_hash LIMIT $2)', n.table_name), ' UNION ALL ') INTO parts
    FROM every_file_namer() n;
  RETURN QUERY EXECUTE format(
    'SELECT p.file_hash, max(p.file_bytes) FROM (%s) p GROUP BY p.file_hash ORDER BY p.file_hash LIMIT $2', parts)
    USING after, files_max;
END $$;

CREATE OR REPLACE FUNCTION count_named_files() RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
DECLARE
  parts text;
  found bigint;
BEGIN
  SELECT string_agg(format('SELECT f.file_hash FROM %I f', n.table_name), ' UNION ') INTO parts FROM every_file_namer() n;
  EXECUTE format('SELECT count(*) FROM (%s) p', parts) INTO found;
  RETURN found;
END $$;

-- ── How much is sent ──

-- Counts an upload of the principal in context, and returns what was sent with it on the day.
CREATE OR REPLACE FUNCTION count_upload(on_day date, sent_bytes bigint)
RETURNS TABLE (own_files integer, own_bytes bigint, authority_files integer, authority_bytes bigint)
LANGUAGE sql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  -- Always in this order, so that two who send at once wait for each other and for nothing else.
  WITH counted AS (
    INSERT INTO upload_days AS d (authority_id, day, principal_id, files, bytes)
    VALUES (context_authority(), on_day, context_principal(), 1, sent_bytes),
           (context_authority(), on_day, '00000000-0000-0000-0000-000000000000', 1, sent_bytes)
    ON CONFLICT (authority_id, day, principal_id)
    DO UPDATE SET files = d.files + 1, bytes = d.bytes + excluded.bytes
    RETURNING d.principal_id, d.files, d.bytes)
  SELECT own.files, own.bytes, everybody.files, everybody.bytes
    FROM counted own JOIN counted everybody ON everybody.principal_id = '00000000-0000-0000-0000-000000000000'
   WHERE own.principal_id = context_principal()
$$;

-- The bytes that somebody has sent since a moment, and that nothing needs.
CREATE OR REPLACE FUNCTION unused_upload_bytes(of_principal uuid, since timestamptz) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
DECLARE
  namer file_namers;
  one bigint;
  total bigint := 0;
BEGIN
  FOR namer IN SELECT * FROM every_file_namer() WHERE in_use <> 'true' LOOP
    EXECUTE format('SELECT coalesce(sum(f.file_bytes), 0)::bigint FROM %I f
                     WHERE f.authority_id = context_authority() AND f.%I = $1 AND f.%I >= $2 AND NOT (%s)',
                   namer.table_name, namer.sent_by, namer.sent_at, namer.in_use) INTO one USING of_principal, since;
    total := total + one;
  END LOOP;
  RETURN total;
END $$;

-- ── The sweep of files that no row names ──

CREATE OR REPLACE FUNCTION installation_id() RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  SELECT id FROM installation
$$;

-- The number of a sweep that is due, or null where one began since `every`: of several workers one sweeps.
CREATE OR REPLACE FUNCTION begin_file_sweep(at_time timestamptz, every interval) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
DECLARE
  begun bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(727022);
  INSERT INTO file_sweeps (began_at)
  SELECT at_time WHERE NOT EXISTS (SELECT 1 FROM file_sweeps s WHERE s.began_at > at_time - every)
  RETURNING id INTO begun;
  RETURN begun;
END $$;

CREATE OR REPLACE FUNCTION end_file_sweep(sweep bigint, at_time timestamptz, found jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  UPDATE file_sweeps SET ended_at = at_time, report = found WHERE id = sweep
$$;
