-- Jobs are written in the transaction that wants them, and relayed to the queue from there.

CREATE OR REPLACE FUNCTION notify_outbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('ringfence_outbox', '');
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER outbox_jobs_notified AFTER INSERT ON outbox_jobs FOR EACH STATEMENT EXECUTE FUNCTION notify_outbox();

-- The relay serves every authority, so it has no context: it reaches the outbox only through these two functions.
CREATE OR REPLACE FUNCTION claim_outbox_jobs(jobs_max integer)
RETURNS TABLE (authority_id uuid, id uuid, queue text, name text, payload jsonb, run_at timestamptz)
LANGUAGE sql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  SELECT o.authority_id, o.id, o.queue, o.name, o.payload, o.run_at FROM outbox_jobs o
   WHERE o.relayed_at IS NULL ORDER BY o.created_at LIMIT jobs_max FOR UPDATE SKIP LOCKED
$$;

CREATE OR REPLACE FUNCTION mark_outbox_jobs_relayed(job_ids uuid[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  UPDATE outbox_jobs SET relayed_at = clock_timestamp() WHERE id = ANY (job_ids)
$$;

-- The worker, like the relay, serves every authority: it too reaches the outbox only through functions.
CREATE OR REPLACE FUNCTION mark_outbox_job_done(job_id uuid, of_authority uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  UPDATE outbox_jobs SET done_at = clock_timestamp(), failed_at = NULL, failure = NULL
   WHERE authority_id = of_authority AND id = job_id
$$;

CREATE OR REPLACE FUNCTION mark_outbox_job_failed(job_id uuid, of_authority uuid, reason text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  UPDATE outbox_jobs SET failed_at = clock_timestamp(), failure = left(reason, 2000)
   WHERE authority_id = of_authority AND id = job_id AND done_at IS NULL
$$;

-- Jobs that were carried, are due since `grace` and have neither ended nor failed: the queue may have lost them.
CREATE OR REPLACE FUNCTION unended_outbox_jobs(at_time timestamptz, grace interval, jobs_max integer) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  SELECT id FROM outbox_jobs
   WHERE relayed_at <= clock_timestamp() - grace AND run_at <= at_time - grace AND done_at IS NULL AND failed_at IS NULL
   ORDER BY relayed_at LIMIT jobs_max
$$;

CREATE OR REPLACE FUNCTION relay_outbox_jobs_again(job_ids uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
BEGIN
  UPDATE outbox_jobs SET relayed_at = NULL WHERE id = ANY (job_ids) AND done_at IS NULL AND failed_at IS NULL;
  PERFORM pg_notify('ringfence_outbox', '');
END $$;

CREATE OR REPLACE FUNCTION delete_done_outbox_jobs(older_than interval, jobs_max integer) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  WITH gone AS (
    DELETE FROM outbox_jobs o USING (
      SELECT authority_id, id FROM outbox_jobs WHERE done_at < clock_timestamp() - older_than LIMIT jobs_max) old
     WHERE o.authority_id = old.authority_id AND o.id = old.id
    RETURNING 1)
  SELECT count(*)::integer FROM gone
$$;

CREATE OR REPLACE FUNCTION every_authority() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  SELECT id FROM authorities ORDER BY id
$$;
