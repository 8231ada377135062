-- What became of each job, so that a queue whose store is lost can be filled again from here.

SET LOCAL search_path = ringfence;

ALTER TABLE outbox_jobs
  ADD done_at timestamptz,
  ADD failed_at timestamptz,
  ADD failure text CHECK (length(failure) <= 2000);
CREATE INDEX outbox_jobs_under_way ON outbox_jobs (run_at)
  WHERE relayed_at IS NOT NULL AND done_at IS NULL AND failed_at IS NULL;
CREATE INDEX outbox_jobs_done ON outbox_jobs (done_at) WHERE done_at IS NOT NULL;

-- The worker, like the relay, serves every authority: it too reaches the outbox only through functions.
CREATE FUNCTION mark_outbox_job_done(job_id uuid, of_authority uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  UPDATE outbox_jobs SET done_at = clock_timestamp(), failed_at = NULL, failure = NULL
   WHERE authority_id = of_authority AND id = job_id
$$;

CREATE FUNCTION mark_outbox_job_failed(job_id uuid, of_authority uuid, reason text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  UPDATE outbox_jobs SET failed_at = clock_timestamp(), failure = left(reason, 2000)
   WHERE authority_id = of_authority AND id = job_id AND done_at IS NULL
$$;

-- Jobs that were carried, are due since `grace` and have neither ended nor failed: the queue may have lost them.
CREATE FUNCTION unended_outbox_jobs(at_time timestamptz, grace interval, jobs_max integer) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  SELECT id FROM outbox_jobs
   WHERE relayed_at <= clock_timestamp() - grace AND run_at <= at_time - grace AND done_at IS NULL AND failed_at IS NULL
   ORDER BY relayed_at LIMIT jobs_max
$$;

CREATE FUNCTION relay_outbox_jobs_again(job_ids uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
BEGIN
  UPDATE outbox_jobs SET relayed_at = NULL WHERE id = ANY (job_ids) AND done_at IS NULL AND failed_at IS NULL;
  PERFORM pg_notify('ringfence_outbox', '');
END $$;

CREATE FUNCTION delete_done_outbox_jobs(older_than interval, jobs_max integer) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  WITH gone AS (
    DELETE FROM outbox_jobs o USING (
      SELECT authority_id, id FROM outbox_jobs WHERE done_at < clock_timestamp() - older_than LIMIT jobs_max) old
     WHERE o.authority_id = old.authority_id AND o.id = old.id
    RETURNING 1)
  SELECT count(*)::integer FROM gone
$$;
