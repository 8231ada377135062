-- Library: platform
-- Schemas, roles, the context of a transaction, jobs for the queue, sessions of the pages, and what is known of stored files.

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

-- ── The context of a transaction, set by the service with set_config(…, true) ──
-- These functions stand here and not in functions/, because columns take their defaults from them.

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

-- A council or an NHS body that uses Ringfence, to which nearly all other rows belong: so it stands before them.
-- Library: identity.
CREATE TABLE authorities (
  id uuid PRIMARY KEY,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  kind text NOT NULL CHECK (kind IN ('LOCAL_AUTHORITY', 'INTEGRATED_CARE_BOARD')),
  code text NOT NULL UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- ── Repeats ──

-- The keys of requests that were sent with one, and the first answer to each: a repeat gets the same answer.
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

-- A job for the queue, written in the transaction that wants it and relayed under its id. It is the record of what is due.
CREATE TABLE outbox_jobs (
  authority_id uuid NOT NULL REFERENCES authorities,
  id uuid NOT NULL,
  queue text NOT NULL,
  name text NOT NULL,
  payload jsonb NOT NULL,
  run_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  relayed_at timestamptz,
  -- What became of the job, so that a queue whose store is lost can be filled again from here.
  done_at timestamptz,
  failed_at timestamptz,
  failure text CHECK (length(failure) <= 2000),
  PRIMARY KEY (authority_id, id)
);
CREATE INDEX outbox_jobs_waiting ON outbox_jobs (created_at) WHERE relayed_at IS NULL;
CREATE INDEX outbox_jobs_under_way ON outbox_jobs (run_at)
  WHERE relayed_at IS NOT NULL AND done_at IS NULL AND failed_at IS NULL;
CREATE INDEX outbox_jobs_done ON outbox_jobs (done_at) WHERE done_at IS NOT NULL;

-- ── Sessions of the pages: a session is reached by knowing its id, and by nothing else ──

-- A session of the pages. Whoever knows its id reaches it, and nobody else does.
CREATE TABLE web_sessions (
  id text PRIMARY KEY,
  content jsonb NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX web_sessions_expiry ON web_sessions (expires_at);

-- ── Stored files ──

-- The tables that name files by their hash. They are filled by names_files, which a migration calls for each.
CREATE TABLE file_namers (
  table_name text PRIMARY KEY,
  -- What a row of it is, in the words of a report.
  kind text NOT NULL,
  -- A condition on a row `f`: something needs its file, such as a posted line.
  in_use text NOT NULL,
  sent_by text NOT NULL,
  sent_at text NOT NULL
);

-- What was sent on a day, whether it was accepted or not, with the length that was announced: by one person or client,
-- and, under the id of nobody, by all of the authority.
CREATE TABLE upload_days (
  authority_id uuid NOT NULL REFERENCES authorities,
  day date NOT NULL,
  principal_id uuid NOT NULL,
  files integer NOT NULL CHECK (files >= 0),
  bytes bigint NOT NULL CHECK (bytes >= 0),
  PRIMARY KEY (authority_id, day, principal_id)
);

-- What tells this database from another, so that the files of one are never swept by the other. A copy keeps it.
CREATE TABLE installation (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  only_one boolean NOT NULL UNIQUE DEFAULT true CHECK (only_one)
);
INSERT INTO installation DEFAULT VALUES;

-- A sweep of stored files that no row names, and what it found.
CREATE TABLE file_sweeps (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  began_at timestamptz NOT NULL,
  ended_at timestamptz,
  report jsonb
);
