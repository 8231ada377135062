-- Roles, the context of a transaction, and the one way in which a table comes under row-level security.

CREATE SCHEMA IF NOT EXISTS ringfence;
CREATE SCHEMA IF NOT EXISTS bullmq;

DO $$
BEGIN
  -- Roles belong to the whole server: another database of ours may have made them, even at this moment.
  BEGIN
    CREATE ROLE ringfence_app NOLOGIN NOBYPASSRLS;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
  END;
  BEGIN
    CREATE ROLE ringfence_queue NOLOGIN NOBYPASSRLS;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
  END;
  EXECUTE format('GRANT ringfence_app, ringfence_queue TO %I', current_user);
EXCEPTION WHEN OTHERS THEN
  -- A concurrent GRANT of the same membership can collide in the catalogue; what matters is that we are members.
  IF NOT pg_has_role(current_user, 'ringfence_app', 'MEMBER') OR NOT pg_has_role(current_user, 'ringfence_queue', 'MEMBER') THEN
    RAISE;
  END IF;
END $$;

GRANT USAGE ON SCHEMA ringfence TO ringfence_app;
GRANT USAGE, CREATE ON SCHEMA bullmq TO ringfence_queue;

-- The queue's library runs CREATE SCHEMA IF NOT EXISTS at every start, which asks for this right even when it exists.
DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO ringfence_queue', current_database()); END $$;

SET LOCAL search_path = ringfence;

CREATE TABLE migration_texts (
  name text PRIMARY KEY,
  sha256 text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE migration_texts ENABLE ROW LEVEL SECURITY;
CREATE POLICY nobody ON migration_texts USING (false);

-- ── The context of a transaction, set by the service with set_config(…, true) ──

CREATE FUNCTION context_authority() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('ringfence.authority_id', true), '')::uuid;

CREATE FUNCTION context_principal() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('ringfence.principal_id', true), '')::uuid;

CREATE FUNCTION context_principal_kind() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('ringfence.principal_kind', true), '');

-- The injected clock: what the service says the time is. Only without one is it the server's.
CREATE FUNCTION context_now() RETURNS timestamptz LANGUAGE sql VOLATILE PARALLEL SAFE
  RETURN coalesce(nullif(current_setting('ringfence.now', true), '')::timestamptz, clock_timestamp());

CREATE FUNCTION context_today() RETURNS date LANGUAGE sql VOLATILE PARALLEL SAFE
  RETURN (context_now() AT TIME ZONE 'Europe/London')::date;

-- ── Tenancy ──

CREATE TABLE authorities (
  id uuid PRIMARY KEY,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  kind text NOT NULL CHECK (kind IN ('LOCAL_AUTHORITY', 'INTEGRATED_CARE_BOARD')),
  code text NOT NULL UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- Brings a table under row-level security. Every table has authority_id; `visible` narrows it further for principals
-- without a grant over the whole authority, and defaults to showing such principals nothing.
CREATE PROCEDURE protect(target regclass, visible text DEFAULT 'false', privileges text DEFAULT 'SELECT, INSERT, UPDATE')
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format(
    'CREATE POLICY tenant ON %s TO ringfence_app USING (authority_id = (SELECT ringfence.context_authority())
       AND ((SELECT ringfence.sees_whole_authority()) OR (%s)))', target, visible);
  EXECUTE format('GRANT %s ON %s TO ringfence_app', privileges, target);
END $$;

-- ── Repeats ──

CREATE TABLE idempotency_keys (
  authority_id uuid NOT NULL REFERENCES authorities,
  principal_id uuid NOT NULL,
  operation text NOT NULL,
  key text NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
  fingerprint text NOT NULL,
  answer jsonb,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (authority_id, principal_id, operation, key)
);

-- ── Jobs to be relayed to the queue, written in the transaction that wants them ──

CREATE TABLE outbox_jobs (
  authority_id uuid NOT NULL REFERENCES authorities,
  id uuid NOT NULL,
  queue text NOT NULL,
  name text NOT NULL,
  payload jsonb NOT NULL,
  run_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  relayed_at timestamptz,
  PRIMARY KEY (authority_id, id)
);
CREATE INDEX outbox_jobs_waiting ON outbox_jobs (created_at) WHERE relayed_at IS NULL;

CREATE FUNCTION tell_outbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('ringfence_outbox', '');
  RETURN NULL;
END $$;
CREATE TRIGGER outbox_jobs_told AFTER INSERT ON outbox_jobs FOR EACH STATEMENT EXECUTE FUNCTION tell_outbox();

-- The relay serves every authority, so it has no context: it reaches the outbox only through these two functions.
CREATE FUNCTION claim_outbox_jobs(jobs_max integer)
RETURNS TABLE (authority_id uuid, id uuid, queue text, name text, payload jsonb, run_at timestamptz)
LANGUAGE sql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  SELECT o.authority_id, o.id, o.queue, o.name, o.payload, o.run_at FROM outbox_jobs o
   WHERE o.relayed_at IS NULL ORDER BY o.created_at LIMIT jobs_max FOR UPDATE SKIP LOCKED
$$;

CREATE FUNCTION mark_outbox_jobs_relayed(job_ids uuid[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  UPDATE outbox_jobs SET relayed_at = clock_timestamp() WHERE id = ANY (job_ids)
$$;

CREATE FUNCTION every_authority() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  SELECT id FROM authorities ORDER BY id
$$;

-- ── Sessions of the pages: a session is reached by knowing its id, and by nothing else ──

CREATE TABLE web_sessions (
  id text PRIMARY KEY,
  content jsonb NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX web_sessions_expiry ON web_sessions (expires_at);
ALTER TABLE web_sessions ENABLE ROW LEVEL SECURITY;
CREATE POLICY bearer ON web_sessions TO ringfence_app
  USING (id = (SELECT nullif(current_setting('ringfence.session_id', true), '')));
GRANT SELECT, INSERT, UPDATE, DELETE ON web_sessions TO ringfence_app;

CREATE FUNCTION delete_expired_sessions() RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  WITH gone AS (DELETE FROM web_sessions WHERE expires_at < clock_timestamp() RETURNING 1) SELECT count(*) FROM gone
$$;
