-- What somebody sent after their session had ended, kept for a while until they have signed in again and say what is to
-- become of it; and the second age of a session, in which it is good for nothing but that.

SET LOCAL search_path = ringfence;

CREATE TABLE kept_uploads (
  authority_id uuid NOT NULL REFERENCES authorities,
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('RECEIPT', 'STATEMENT')),
  budget_id uuid NOT NULL,
  -- The form as it was sent, without its file, token and key.
  fields jsonb NOT NULL CHECK (jsonb_typeof(fields) = 'object' AND octet_length(fields::text) <= 65536),
  file_hash text NOT NULL CHECK (file_hash ~ '^[0-9a-f]{64}$'),
  file_name text NOT NULL CHECK (length(file_name) BETWEEN 1 AND 255),
  file_bytes integer NOT NULL CHECK (file_bytes > 0),
  kept_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL CHECK (expires_at > kept_at),
  PRIMARY KEY (authority_id, id),
  -- A form that is sent twice is kept once, as it was sent last.
  UNIQUE (authority_id, person_id, kind, budget_id, file_hash),
  FOREIGN KEY (authority_id, person_id) REFERENCES people (authority_id, id),
  FOREIGN KEY (authority_id, budget_id) REFERENCES budgets (authority_id, id)
);
CREATE INDEX kept_uploads_expiry ON kept_uploads (authority_id, expires_at);

-- Nothing has been sent in before its sender says so: not even those who see the whole authority see it.
ALTER TABLE kept_uploads ENABLE ROW LEVEL SECURITY;
CREATE POLICY sender ON kept_uploads TO ringfence_app
  USING (authority_id = (SELECT context_authority())
    AND ((SELECT context_principal_kind()) = 'system'
      OR ((SELECT context_principal_kind()) = 'person' AND person_id = (SELECT context_principal()))));
GRANT SELECT, INSERT, DELETE ON kept_uploads TO ringfence_app;
GRANT UPDATE (fields, file_name, kept_at, expires_at) ON kept_uploads TO ringfence_app;

-- expires_at is the end of a session's first age; it is kept for a day more (lapsedSessionHoursMax of the pages). One that
-- was ended by its owner is marked with -infinity, so that a request under way cannot bring it back.
CREATE OR REPLACE FUNCTION delete_expired_sessions() RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  WITH gone AS (DELETE FROM web_sessions WHERE expires_at < clock_timestamp() - interval '24 hours' RETURNING 1)
  SELECT count(*) FROM gone
$$;
