-- Books, accounts, journals, entries, month totals and periods. Only post_journals() writes money.
-- Refusals carry SQLSTATEs of class RF and a whole sentence; libs/ledger maps them to problems.

SET LOCAL search_path = ringfence;

CREATE DOMAIN account_code AS text CHECK (VALUE IN (
  'BANK', 'DUE_FROM_PAYER', 'RECOVERABLE', 'FUNDS_HELD', 'FAMILY_MONEY', 'NET_PAY', 'HMRC', 'PENSION', 'ATTACHMENT',
  'PAYROLL_FEE', 'SUPPLIER', 'HOLIDAY_PROVISION', 'REDUNDANCY_RESERVE', 'SUSPENSE', 'UNEVIDENCED', 'PROVISION'));

CREATE DOMAIN ledger_stream AS text CHECK (VALUE IN (
  'EDU', 'HEALTH', 'SOCIAL_CHILD', 'SOCIAL_ADULT', 'TRANSPORT', 'FAMILY', 'UNALLOCATED'));

CREATE FUNCTION journals_per_batch_max() RETURNS integer LANGUAGE sql IMMUTABLE RETURN 10000;
CREATE FUNCTION entries_per_batch_max() RETURNS integer LANGUAGE sql IMMUTABLE RETURN 100000;
CREATE FUNCTION entries_per_journal_max() RETURNS integer LANGUAGE sql IMMUTABLE RETURN 1000;

-- ── Tables ──
-- Keys other than the primary ones have authority_id last: while a table is small, every index that begins with it looks
-- equally good to the planner, and a plan that is kept would go on reading a whole authority.

-- The unit of ordering, of locking and of the hash chain: one designated account, or one organised arrangement.
CREATE TABLE books (
  authority_id uuid NOT NULL REFERENCES authorities,
  id uuid NOT NULL,
  designated_account_id uuid,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  head_sequence bigint NOT NULL DEFAULT 0 CHECK (head_sequence >= 0),
  head_hash bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex') CHECK (octet_length(head_hash) = 32),
  last_recorded_at timestamptz NOT NULL DEFAULT '-infinity',
  created_at timestamptz NOT NULL DEFAULT context_now(),
  PRIMARY KEY (authority_id, id),
  UNIQUE (designated_account_id, authority_id),
  FOREIGN KEY (authority_id, designated_account_id) REFERENCES designated_accounts (authority_id, id)
) WITH (fillfactor = 50);

-- A place in a book that has a balance. Debit is positive. A pooled book's money not yet understood has no budget.
CREATE TABLE ledger_accounts (
  authority_id uuid NOT NULL,
  id uuid NOT NULL,
  book_id uuid NOT NULL,
  code account_code NOT NULL,
  budget_id uuid,
  stream ledger_stream NOT NULL,
  version bigint NOT NULL CHECK (version > 0),
  balance_pence bigint NOT NULL,
  opened_at timestamptz NOT NULL DEFAULT context_now(),
  PRIMARY KEY (authority_id, id),
  FOREIGN KEY (authority_id, book_id) REFERENCES books (authority_id, id),
  FOREIGN KEY (authority_id, budget_id) REFERENCES budgets (authority_id, id)
) WITH (fillfactor = 50);
-- Says what UNIQUE NULLS NOT DISTINCT would say, in a form that a join can look up when there is no budget.
CREATE UNIQUE INDEX ledger_accounts_place ON ledger_accounts
  (book_id, code, stream, coalesce(budget_id, '00000000-0000-0000-0000-000000000000'), authority_id);
CREATE INDEX ledger_accounts_budget ON ledger_accounts (budget_id, authority_id);

CREATE TABLE journals (
  authority_id uuid NOT NULL,
  id uuid NOT NULL,
  book_id uuid NOT NULL,
  sequence bigint NOT NULL CHECK (sequence > 0),
  kind text NOT NULL CHECK (kind IN ('STATEMENT_LINE', 'ALLOCATION', 'INSTALMENT_DUE', 'PAY_RUN', 'INVOICE', 'RECEIPT_ADJUSTMENT',
                                     'DECISION', 'RECOVERY', 'SURPLUS', 'REVERSAL', 'STREAM_TRANSFER', 'OPENING', 'ADJUSTMENT')),
  description text NOT NULL CHECK (length(description) BETWEEN 1 AND 500),
  effective_date date NOT NULL CHECK (effective_date BETWEEN '2000-01-01' AND '2100-12-31'),
  recorded_at timestamptz NOT NULL,
  source_type text NOT NULL CHECK (length(source_type) BETWEEN 1 AND 60),
  source_id text NOT NULL CHECK (length(source_id) BETWEEN 1 AND 200),
  actor_kind text NOT NULL CHECK (actor_kind IN ('person', 'client', 'system')),
  actor_id uuid NOT NULL,
  idempotency_key text NOT NULL CHECK (length(idempotency_key) BETWEEN 1 AND 200),
  reverses uuid,
  reason text CHECK (length(reason) BETWEEN 1 AND 1000),
  giving_payer_id uuid,
  giving_approved_by uuid,
  receiving_payer_id uuid,
  receiving_approved_by uuid,
  entry_count integer NOT NULL CHECK (entry_count BETWEEN 2 AND entries_per_journal_max()),
  previous_hash bytea NOT NULL CHECK (octet_length(previous_hash) = 32),
  hash bytea NOT NULL CHECK (octet_length(hash) = 32),
  PRIMARY KEY (authority_id, id),
  CONSTRAINT journals_sequence UNIQUE (book_id, sequence, authority_id),
  CONSTRAINT journals_key UNIQUE (idempotency_key, book_id, authority_id),
  FOREIGN KEY (authority_id, book_id) REFERENCES books (authority_id, id),
  FOREIGN KEY (authority_id, reverses) REFERENCES journals (authority_id, id),
  FOREIGN KEY (authority_id, giving_payer_id) REFERENCES payers (authority_id, id),
  FOREIGN KEY (authority_id, receiving_payer_id) REFERENCES payers (authority_id, id),
  FOREIGN KEY (authority_id, giving_approved_by) REFERENCES people (authority_id, id),
  FOREIGN KEY (authority_id, receiving_approved_by) REFERENCES people (authority_id, id),
  CHECK ((kind = 'REVERSAL') = (reverses IS NOT NULL)),
  CHECK (reverses IS NULL OR reason IS NOT NULL),
  -- Each stream is another payer's money: both must have agreed to a move (domain.md, section 2.2).
  CONSTRAINT transfer_names_both_approvals CHECK (
    num_nonnulls(giving_payer_id, giving_approved_by, receiving_payer_id, receiving_approved_by)
      = CASE kind WHEN 'STREAM_TRANSFER' THEN 4 ELSE 0 END)
);
CREATE UNIQUE INDEX journals_reversed_once ON journals (reverses, authority_id) WHERE reverses IS NOT NULL;

-- The legs. Entries arrive before their journal, all in one statement; the key to the journal is checked at commit. The
-- account is checked for a whole statement at once by journal_entries_checked, and is never deleted.
CREATE TABLE journal_entries (
  authority_id uuid NOT NULL,
  journal_id uuid NOT NULL,
  position integer NOT NULL CHECK (position > 0),
  account_id uuid NOT NULL,
  book_id uuid NOT NULL,
  code account_code NOT NULL,
  budget_id uuid,
  stream ledger_stream NOT NULL,
  amount_pence bigint NOT NULL CHECK (amount_pence <> 0 AND abs(amount_pence) <= 9999999999999),
  version bigint NOT NULL CHECK (version > 0),
  balance_after_pence bigint NOT NULL,
  effective_date date NOT NULL,
  service_date date,
  budget_line_id uuid,
  outcome_id uuid,
  agreement_id uuid,
  PRIMARY KEY (authority_id, journal_id, position),
  UNIQUE (account_id, version, authority_id),
  FOREIGN KEY (authority_id, journal_id) REFERENCES journals (authority_id, id) DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (authority_id, budget_line_id) REFERENCES budget_lines (authority_id, id),
  FOREIGN KEY (authority_id, outcome_id) REFERENCES outcomes (authority_id, id),
  FOREIGN KEY (authority_id, agreement_id) REFERENCES agreements (authority_id, id)
);
CREATE INDEX journal_entries_day ON journal_entries (account_id, effective_date, authority_id);

-- Sums per account and month of the effective date, kept with every posting. Both are zero or more.
CREATE TABLE account_months (
  authority_id uuid NOT NULL,
  account_id uuid NOT NULL,
  month date NOT NULL CHECK (extract(day FROM month) = 1),
  debit_pence bigint NOT NULL CHECK (debit_pence >= 0),
  credit_pence bigint NOT NULL CHECK (credit_pence >= 0),
  PRIMARY KEY (authority_id, account_id, month),
  FOREIGN KEY (authority_id, account_id) REFERENCES ledger_accounts (authority_id, id)
) WITH (fillfactor = 50);
CREATE INDEX account_months_month ON account_months (month, authority_id);

-- A month without a row is open, unless a later one is closed: months close in order, so that what was true at the end
-- of a closed month stays true. The financial year is named by the year of its April.
CREATE TABLE periods (
  authority_id uuid NOT NULL REFERENCES authorities,
  month date NOT NULL CHECK (extract(day FROM month) = 1),
  financial_year integer GENERATED ALWAYS AS (extract(year FROM month)::integer - CASE WHEN extract(month FROM month) < 4 THEN 1 ELSE 0 END) STORED,
  state text NOT NULL CHECK (state IN ('OPEN', 'CLOSED')),
  PRIMARY KEY (authority_id, month)
);

CREATE TABLE period_events (
  authority_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  month date NOT NULL,
  action text NOT NULL CHECK (action IN ('OPENED', 'CLOSED', 'REOPENED')),
  reason text CHECK (length(reason) BETWEEN 1 AND 1000),
  approved_by uuid,
  actor_kind text NOT NULL,
  actor_id uuid NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT context_now(),
  PRIMARY KEY (authority_id, id),
  FOREIGN KEY (authority_id, month) REFERENCES periods (authority_id, month),
  FOREIGN KEY (authority_id, approved_by) REFERENCES people (authority_id, id),
  CHECK ((action = 'REOPENED') = (num_nonnulls(reason, approved_by) = 2))
);

-- ── The hash chain: hash = sha256(body || length of the previous hash || previous hash) ──

-- One field of the canonical form: its length in bytes, a colon, its text; a hyphen for null.
CREATE FUNCTION canonical(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN value IS NULL THEN '-' ELSE octet_length(value)::text || ':' || value END;

-- Dates and times are written as numbers, so that no setting of the session can change them: days since 1970-01-01,
-- microseconds since 1970-01-01 UTC.
CREATE FUNCTION canonical_day(value date) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN canonical((value - DATE '1970-01-01')::text);

CREATE FUNCTION canonical_entry(e journal_entries) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN canonical(e.authority_id::text) || canonical(e.journal_id::text) || canonical(e.position::text)
    || canonical(e.account_id::text) || canonical(e.book_id::text) || canonical(e.code::text) || canonical(e.budget_id::text)
    || canonical(e.stream::text) || canonical(e.amount_pence::text) || canonical(e.version::text)
    || canonical(e.balance_after_pence::text) || canonical_day(e.effective_date) || canonical_day(e.service_date)
    || canonical(e.budget_line_id::text) || canonical(e.outcome_id::text) || canonical(e.agreement_id::text);

-- `entries` is canonical_entry of each entry, in order of position. The hashes themselves are not part of the body.
CREATE FUNCTION canonical_journal(j journals, entries text) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE
  RETURN convert_to('ringfence-ledger/1' || canonical(j.authority_id::text) || canonical(j.id::text) || canonical(j.book_id::text)
    || canonical(j.sequence::text) || canonical(j.kind) || canonical(j.description) || canonical_day(j.effective_date)
    || canonical((extract(epoch FROM j.recorded_at) * 1000000)::bigint::text) || canonical(j.source_type)
    || canonical(j.source_id) || canonical(j.actor_kind) || canonical(j.actor_id::text) || canonical(j.idempotency_key)
    || canonical(j.reverses::text) || canonical(j.reason) || canonical(j.giving_payer_id::text)
    || canonical(j.giving_approved_by::text) || canonical(j.receiving_payer_id::text)
    || canonical(j.receiving_approved_by::text) || canonical(j.entry_count::text) || entries, 'UTF8');

CREATE FUNCTION chain_link(previous bytea, head bytea, body bytea) RETURNS bytea LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN sha256(body || '\x33323a'::bytea || coalesce(previous, head));
END $$;

-- Folds bodies, in the order of a window, into their hashes, beginning at the book's head.
CREATE AGGREGATE chain(head bytea, body bytea) (SFUNC = chain_link, STYPE = bytea);

-- ── What holds even against the owner ──

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: the ledger is append-only. Post a reversal and a new journal instead.', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'RF009';
END $$;

DO $$
DECLARE kept text;
BEGIN
  FOREACH kept IN ARRAY ARRAY['journals', 'journal_entries', 'period_events'] LOOP
    EXECUTE format('CREATE TRIGGER %1$s_append_only BEFORE UPDATE OR DELETE ON %1$s FOR EACH ROW EXECUTE FUNCTION refuse_change()', kept);
    EXECUTE format('ALTER TABLE %1$s ENABLE ALWAYS TRIGGER %1$s_append_only', kept);
  END LOOP;
  FOREACH kept IN ARRAY ARRAY['books', 'ledger_accounts', 'account_months', 'periods'] LOOP
    EXECUTE format('CREATE TRIGGER %1$s_kept BEFORE DELETE ON %1$s FOR EACH ROW EXECUTE FUNCTION refuse_change()', kept);
    EXECUTE format('ALTER TABLE %1$s ENABLE ALWAYS TRIGGER %1$s_kept', kept);
  END LOOP;
  FOREACH kept IN ARRAY ARRAY['journals', 'journal_entries', 'period_events', 'books', 'ledger_accounts', 'account_months', 'periods'] LOOP
    EXECUTE format('CREATE TRIGGER %1$s_not_truncated BEFORE TRUNCATE ON %1$s FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', kept);
    EXECUTE format('ALTER TABLE %1$s ENABLE ALWAYS TRIGGER %1$s_not_truncated', kept);
  END LOOP;
END $$;
CREATE TRIGGER books_place BEFORE UPDATE OF authority_id, id, designated_account_id ON books
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_accounts_place BEFORE UPDATE OF authority_id, id, book_id, code, budget_id, stream ON ledger_accounts
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE FUNCTION pounds(pence numeric) RETURNS text LANGUAGE sql IMMUTABLE
  RETURN CASE WHEN pence < 0 THEN '−' ELSE '' END || '£' || to_char(abs(pence) / 100, 'FM999,999,999,999,990.00');

-- Balanced per budget and stream, true to their accounts, and never for a journal that is already there.
CREATE FUNCTION check_new_entries() RETURNS trigger LANGUAGE plpgsql SET search_path = ringfence, pg_temp AS $$
DECLARE wrong record;
BEGIN
  SELECT n.stream, n.budget_id, sum(n.amount_pence) AS over INTO wrong FROM new_entries n
   GROUP BY n.authority_id, n.journal_id, n.budget_id, n.stream HAVING sum(n.amount_pence) <> 0 LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'The journal does not balance: its entries of stream % for % sum to %, and must sum to zero.', wrong.stream,
      coalesce('budget ' || wrong.budget_id, 'no budget'), pounds(wrong.over) USING ERRCODE = 'RF001';
  END IF;
  SELECT j.sequence INTO wrong FROM (SELECT DISTINCT n.authority_id, n.journal_id FROM new_entries n) n CROSS JOIN LATERAL (
    SELECT j.sequence FROM journals j WHERE j.authority_id = n.authority_id AND j.id = n.journal_id LIMIT 1) j LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'Journal % already has its entries: post a new journal instead.', wrong.sequence USING ERRCODE = 'RF001';
  END IF;
  SELECT n.account_id INTO wrong FROM new_entries n LEFT JOIN LATERAL (
    SELECT * FROM ledger_accounts a WHERE a.authority_id = n.authority_id AND a.id = n.account_id LIMIT 1) a ON true
   WHERE a.id IS NULL OR (n.book_id, n.code::text, n.stream::text) <> (a.book_id, a.code::text, a.stream::text) OR n.budget_id IS DISTINCT FROM a.budget_id
      OR n.version > a.version OR (n.version = a.version AND n.balance_after_pence <> a.balance_pence) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'An entry does not agree with its account %: only post_journals() posts.', wrong.account_id USING ERRCODE = 'RF001';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER journal_entries_checked AFTER INSERT ON journal_entries REFERENCING NEW TABLE AS new_entries
  FOR EACH STATEMENT EXECUTE FUNCTION check_new_entries();

-- The first day that takes postings: everything up to the end of the latest closed month is closed.
CREATE FUNCTION first_open_day(of_authority uuid) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  SELECT coalesce((max(month) + interval '1 month')::date, '-infinity') FROM periods WHERE authority_id = of_authority AND state = 'CLOSED'
$$;

CREATE FUNCTION check_new_journals() RETURNS trigger LANGUAGE plpgsql SET search_path = ringfence, pg_temp AS $$
DECLARE wrong record;
BEGIN
  SELECT n.effective_date, n.idempotency_key, o.day INTO wrong
    FROM (SELECT a.authority_id, first_open_day(a.authority_id) AS day FROM (SELECT DISTINCT n.authority_id FROM new_journals n) a OFFSET 0) o
    JOIN new_journals n ON n.authority_id = o.authority_id AND n.effective_date < o.day LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'The period % is closed: post to % or later.', to_char(wrong.effective_date, 'FMMonth YYYY'),
      to_char(wrong.day, 'FMDD FMMonth YYYY') USING ERRCODE = 'RF003';
  END IF;

  SELECT n.sequence, n.entry_count, e.* INTO wrong FROM new_journals n CROSS JOIN LATERAL (
    SELECT count(*) AS found, bool_and(e.book_id = n.book_id AND e.effective_date = n.effective_date) AS agree,
           bool_or(e.code = 'FUNDS_HELD' AND e.amount_pence > 0) AND bool_or(e.code = 'FUNDS_HELD' AND e.amount_pence < 0)
           AND (min(e.stream::text) FILTER (WHERE e.code = 'FUNDS_HELD') <> max(e.stream::text) FILTER (WHERE e.code = 'FUNDS_HELD')
                OR min(e.budget_id::text) FILTER (WHERE e.code = 'FUNDS_HELD') <> max(e.budget_id::text) FILTER (WHERE e.code = 'FUNDS_HELD'))
           AND n.kind NOT IN ('STREAM_TRANSFER', 'REVERSAL', 'OPENING') AS transfers
      FROM journal_entries e WHERE e.authority_id = n.authority_id AND e.journal_id = n.id) e
   WHERE e.found <> n.entry_count OR NOT e.agree OR e.transfers LIMIT 1;
  IF wrong.transfers THEN
    RAISE EXCEPTION 'The journal moves a payer''s money between streams or budgets: post it as a STREAM_TRANSFER with both payers'' approvals.'
      USING ERRCODE = 'RF011';
  ELSIF FOUND THEN
    RAISE EXCEPTION 'Journal % has % of its % entries, or entries of another book or day: entries arrive before their journal, in one statement.',
      wrong.sequence, wrong.found, wrong.entry_count USING ERRCODE = 'RF001';
  END IF;

  SELECT n.book_id INTO wrong
    FROM (SELECT n.authority_id, n.book_id, max(n.sequence) AS last, count(*) AS count, min(n.sequence) AS first
            FROM new_journals n GROUP BY n.authority_id, n.book_id) n
   CROSS JOIN LATERAL (SELECT * FROM books b WHERE b.authority_id = n.authority_id AND b.id = n.book_id LIMIT 1) b
   WHERE b.head_sequence <> n.last OR n.last - n.first + 1 <> n.count LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'The sequence of book % would have a gap: only post_journals() posts.', wrong.book_id USING ERRCODE = 'RF001';
  END IF;

  IF EXISTS (SELECT 1 FROM new_journals n WHERE n.reverses IS NOT NULL) THEN
    SELECT o.sequence, o.kind INTO wrong FROM new_journals n JOIN journals o ON o.authority_id = n.authority_id AND o.id = n.reverses
     WHERE o.kind = 'REVERSAL' OR o.book_id <> n.book_id OR o.entry_count <> n.entry_count OR EXISTS (
       SELECT 1 FROM journal_entries m
         LEFT JOIN journal_entries e ON e.authority_id = m.authority_id AND e.journal_id = o.id AND e.position = m.position
          AND e.account_id = m.account_id AND e.amount_pence = -m.amount_pence
          AND (e.service_date, e.budget_line_id, e.outcome_id, e.agreement_id)
              IS NOT DISTINCT FROM (m.service_date, m.budget_line_id, m.outcome_id, m.agreement_id)
        WHERE m.authority_id = n.authority_id AND m.journal_id = n.id AND e.journal_id IS NULL) LIMIT 1;
    IF wrong.kind = 'REVERSAL' THEN
      RAISE EXCEPTION 'Journal % is itself a reversal: post a new journal instead of reversing it.', wrong.sequence USING ERRCODE = 'RF008';
    ELSIF FOUND THEN
      RAISE EXCEPTION 'The reversal of journal % is not its exact mirror: each entry must be repeated with the opposite amount.', wrong.sequence
        USING ERRCODE = 'RF001';
    END IF;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER journals_checked AFTER INSERT ON journals REFERENCING NEW TABLE AS new_journals
  FOR EACH STATEMENT EXECUTE FUNCTION check_new_journals();

-- ── Posting ──

CREATE TYPE journal_draft AS (
  n integer, id uuid, book_id uuid, kind text, description text, effective_date date, when_closed text, source_type text,
  source_id text, idempotency_key text, reverses uuid, reason text, giving_payer_id uuid, giving_approved_by uuid,
  receiving_payer_id uuid, receiving_approved_by uuid, entry_count integer);
CREATE TYPE entry_draft AS (
  account text, budget_id uuid, stream text, amount_pence bigint, service_date date, budget_line_id uuid, outcome_id uuid, agreement_id uuid);
CREATE TYPE leg_draft AS (
  journal_id uuid, "position" integer, book_id uuid, effective_date date, code text, budget_id uuid, stream text,
  amount_pence bigint, service_date date, budget_line_id uuid, outcome_id uuid, agreement_id uuid);

-- Held shared by whoever posts and alone by whoever closes, so that no journal slips into a month that is closing.
-- Lock order: this one first, then books by id.
CREATE FUNCTION periods_lock(of_authority uuid) RETURNS bigint LANGUAGE sql IMMUTABLE
  RETURN hashtextextended('ringfence.periods.' || of_authority, 0);

-- Posts journals of one book or many, all or none, in the order given. `drafts` is an array of objects with the
-- fields of journal_draft (without n, id and entry_count) and `entries`, an array with the fields of entry_draft.
-- when_closed: 'REFUSE' (the default) or 'FIRST_OPEN_DAY', which moves the effective date out of closed months.
-- Every stored row is met through its whole key (LATERAL … LIMIT 1, and the settings): plans are kept per connection,
-- and one made while the tables were small must still serve when they are large.
CREATE FUNCTION post_journals(drafts jsonb)
RETURNS TABLE (n integer, id uuid, book_id uuid, sequence bigint, effective_date date, recorded_at timestamptz, repeated boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ringfence, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
#variable_conflict use_column
DECLARE
  authority CONSTANT uuid := context_authority();
  batch_size CONSTANT integer := jsonb_array_length(drafts);
  fresh journal_draft[];
  legs leg_draft[];
  bodies text[];
  book_ids uuid[];
  known integer[];
  entries_found bigint;
  entries_most integer;
  reversing boolean;
  books_found integer;
  wrong record;
  open_from date;
  read_at timestamptz;
BEGIN
  IF authority IS NULL OR context_principal() IS NULL THEN
    RAISE EXCEPTION 'Nothing can be posted without an authority and a principal.' USING ERRCODE = 'RF007';
  END IF;
  IF batch_size NOT BETWEEN 1 AND journals_per_batch_max() THEN
    RAISE EXCEPTION 'The batch has % journals: post 1 to % at once.', batch_size, journals_per_batch_max() USING ERRCODE = 'RF004';
  END IF;

  PERFORM pg_advisory_xact_lock_shared(periods_lock(authority));
  IF drafts @? '$[*] ? (@.when_closed == "FIRST_OPEN_DAY")' THEN
    open_from := first_open_day(authority);
  END IF;
  SELECT array_agg(d.draft ORDER BY (d.draft).id), array_agg(DISTINCT (d.draft).book_id), sum((d.draft).entry_count), max((d.draft).entry_count),
         bool_or((d.draft).reverses IS NOT NULL)
    INTO fresh, book_ids, entries_found, entries_most, reversing
    FROM (SELECT ROW(x.n, uuidv7(), d.book_id, d.kind, d.description,
                     CASE d.when_closed WHEN 'FIRST_OPEN_DAY' THEN greatest(d.effective_date, open_from) ELSE d.effective_date END,
                     d.when_closed, d.source_type, d.source_id, d.idempotency_key, d.reverses, d.reason, d.giving_payer_id,
                     d.giving_approved_by, d.receiving_payer_id, d.receiving_approved_by,
                     jsonb_array_length(x.draft -> 'entries'))::journal_draft AS draft
            FROM jsonb_array_elements(drafts) WITH ORDINALITY x(draft, n)
           CROSS JOIN LATERAL jsonb_populate_record(NULL::journal_draft, x.draft) d) d;
  IF entries_most > entries_per_journal_max() OR entries_found > entries_per_batch_max() THEN
    RAISE EXCEPTION 'The batch has % entries, % in one journal: post at most % entries at once and % in one journal.',
      entries_found, entries_most, entries_per_batch_max(), entries_per_journal_max() USING ERRCODE = 'RF004';
  END IF;
  legs := draft_legs(fresh, drafts);
  PERFORM check_reach(legs);

  PERFORM 1 FROM books b WHERE b.authority_id = authority AND b.id = ANY (book_ids) ORDER BY b.id FOR UPDATE;
  GET DIAGNOSTICS books_found = ROW_COUNT;
  IF books_found < cardinality(book_ids) THEN
    RAISE EXCEPTION 'There is no book % that you can post to.', (SELECT w FROM unnest(book_ids) w
      WHERE NOT EXISTS (SELECT 1 FROM books b WHERE b.authority_id = authority AND b.id = w) LIMIT 1) USING ERRCODE = 'RF006';
  END IF;

  -- From here on nobody else posts to these books, and the clock is read.
  read_at := context_now();
  known := ARRAY(SELECT d.n FROM unnest(fresh) d CROSS JOIN LATERAL (
    SELECT 1 FROM journals j WHERE j.authority_id = authority AND j.book_id = d.book_id AND j.idempotency_key = d.idempotency_key LIMIT 1) j);
  IF known <> '{}' THEN
    RETURN QUERY SELECT * FROM repeated_journals(ARRAY(SELECT d FROM unnest(fresh) d WHERE d.n = ANY (known) ORDER BY d.id), legs);
    fresh := ARRAY(SELECT d FROM unnest(fresh) d WHERE d.n <> ALL (known) ORDER BY d.id);
    IF fresh = '{}' THEN
      RETURN;
    END IF;
    legs := draft_legs(fresh, drafts);
  END IF;
  IF reversing THEN
    SELECT (SELECT j.sequence FROM journals j WHERE j.authority_id = authority AND j.id = d.reverses) AS sequence, r.sequence AS reversal INTO wrong
      FROM unnest(fresh) d CROSS JOIN LATERAL (
      SELECT j.sequence FROM journals j WHERE j.authority_id = authority AND j.reverses = d.reverses LIMIT 1) r
     WHERE d.reverses IS NOT NULL LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'Journal % has already been reversed, by journal %: a journal is reversed once.', wrong.sequence, wrong.reversal USING ERRCODE = 'RF002';
    END IF;
  END IF;

  -- Versions and balances follow the order of the batch; the ids were made in that order.
  WITH found AS (
    SELECT l.*, coalesce(a.id, uuidv7()) AS candidate_id, coalesce(a.version, 0) AS account_version,
           coalesce(a.balance_pence, 0) AS account_balance
      FROM unnest(legs) l
      LEFT JOIN LATERAL (
        SELECT * FROM ledger_accounts a
         WHERE a.authority_id = authority AND a.book_id = l.book_id AND a.code = l.code AND a.stream = l.stream
           AND coalesce(a.budget_id, '00000000-0000-0000-0000-000000000000') = coalesce(l.budget_id, '00000000-0000-0000-0000-000000000000')
         LIMIT 1) a ON true
  ), leg AS (
    SELECT f.*, first_value(f.candidate_id) OVER place AS account_id, f.account_version + row_number() OVER place AS version,
           f.account_balance + sum(f.amount_pence) OVER place AS balance_after_pence
      FROM found f
    WINDOW place AS (PARTITION BY f.book_id, f.code, f.budget_id, f.stream ORDER BY f.journal_id, f.position
                     ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
  ), accounts AS (
    INSERT INTO ledger_accounts AS a (authority_id, id, book_id, code, budget_id, stream, version, balance_pence)
    SELECT DISTINCT ON (l.account_id) authority, l.account_id, l.book_id, l.code, l.budget_id, l.stream, l.version, l.balance_after_pence
      FROM leg l ORDER BY l.account_id, l.version DESC
        ON CONFLICT (authority_id, id) DO UPDATE SET version = EXCLUDED.version, balance_pence = EXCLUDED.balance_pence
  ), months AS (
    INSERT INTO account_months AS m (authority_id, account_id, month, debit_pence, credit_pence)
    SELECT authority, l.account_id, date_trunc('month', l.effective_date)::date,
           sum(greatest(l.amount_pence, 0)), sum(greatest(-l.amount_pence, 0))
      FROM leg l GROUP BY 2, 3 ORDER BY 2, 3
        ON CONFLICT (authority_id, account_id, month)
        DO UPDATE SET debit_pence = m.debit_pence + EXCLUDED.debit_pence, credit_pence = m.credit_pence + EXCLUDED.credit_pence
  ), entries AS (
    INSERT INTO journal_entries AS e (authority_id, journal_id, position, account_id, book_id, code, budget_id, stream, amount_pence,
                                      version, balance_after_pence, effective_date, service_date, budget_line_id, outcome_id, agreement_id)
    SELECT authority, l.journal_id, l.position, l.account_id, l.book_id, l.code, l.budget_id, l.stream, l.amount_pence,
           l.version, l.balance_after_pence, l.effective_date, l.service_date, l.budget_line_id, l.outcome_id, l.agreement_id
      FROM leg l
    RETURNING e.journal_id, e.position, canonical_entry(e) AS body
  )
  SELECT array_agg(b.body ORDER BY b.journal_id) INTO bodies
    FROM (SELECT e.journal_id, string_agg(e.body, '' ORDER BY e.position) AS body FROM entries e GROUP BY e.journal_id) b;

  RETURN QUERY WITH numbered AS (
    SELECT d.n, d.id, d.book_id, b.head_sequence + row_number() OVER (PARTITION BY d.book_id ORDER BY d.id) AS sequence, d.kind,
           d.description, d.effective_date, greatest(read_at, b.last_recorded_at) AS recorded_at, d.source_type, d.source_id,
           context_principal_kind() AS actor_kind, context_principal() AS actor_id, d.idempotency_key, d.reverses, d.reason,
           d.giving_payer_id, d.giving_approved_by, d.receiving_payer_id, d.receiving_approved_by, d.entry_count, b.head_hash, d.body
      FROM ROWS FROM (unnest(fresh), unnest(bodies)) AS d(n, id, book_id, kind, description, effective_date, when_closed, source_type,
             source_id, idempotency_key, reverses, reason, giving_payer_id, giving_approved_by, receiving_payer_id,
             receiving_approved_by, entry_count, body)
     CROSS JOIN LATERAL (SELECT * FROM books b WHERE b.authority_id = authority AND b.id = d.book_id LIMIT 1) b
  ), chained AS (
    SELECT j.*, chain(j.head_hash, canonical_journal(ROW(authority, j.id, j.book_id, j.sequence, j.kind, j.description, j.effective_date,
             j.recorded_at, j.source_type, j.source_id, j.actor_kind, j.actor_id, j.idempotency_key, j.reverses, j.reason,
             j.giving_payer_id, j.giving_approved_by, j.receiving_payer_id, j.receiving_approved_by, j.entry_count,
             NULL, NULL)::journals, j.body)) OVER (PARTITION BY j.book_id ORDER BY j.sequence) AS hash
      FROM numbered j
  ), linked AS (
    SELECT j.*, lag(j.hash, 1, j.head_hash) OVER (PARTITION BY j.book_id ORDER BY j.sequence) AS previous_hash FROM chained j
  ), posted AS (
    INSERT INTO journals
    SELECT authority, j.id, j.book_id, j.sequence, j.kind, j.description, j.effective_date, j.recorded_at, j.source_type, j.source_id,
           j.actor_kind, j.actor_id, j.idempotency_key, j.reverses, j.reason, j.giving_payer_id, j.giving_approved_by,
           j.receiving_payer_id, j.receiving_approved_by, j.entry_count, j.previous_hash, j.hash
      FROM linked j
  ), heads AS (
    -- Each book exists, so this only updates; an UPDATE with a join could choose to read all books.
    INSERT INTO books AS b (authority_id, id, name, head_sequence, head_hash, last_recorded_at)
    SELECT DISTINCT ON (l.book_id) authority, l.book_id, '-', l.sequence, l.hash, l.recorded_at FROM linked l ORDER BY l.book_id, l.sequence DESC
        ON CONFLICT (authority_id, id) DO UPDATE
       SET head_sequence = EXCLUDED.head_sequence, head_hash = EXCLUDED.head_hash, last_recorded_at = EXCLUDED.last_recorded_at
  )
  SELECT j.n, j.id, j.book_id, j.sequence, j.effective_date, j.recorded_at, false FROM linked j;
END $$;

CREATE FUNCTION draft_legs(of_drafts journal_draft[], drafts jsonb) RETURNS leg_draft[] LANGUAGE sql STABLE AS $$
  SELECT array_agg(ROW(d.id, e.position, d.book_id, d.effective_date, e.account, e.budget_id, e.stream, e.amount_pence, e.service_date,
                       e.budget_line_id, e.outcome_id, e.agreement_id)::ringfence.leg_draft)
    FROM unnest(of_drafts) d
   CROSS JOIN LATERAL ROWS FROM (jsonb_populate_recordset(NULL::ringfence.entry_draft, drafts -> (d.n - 1) -> 'entries')) WITH ORDINALITY
     AS e(account, budget_id, stream, amount_pence, service_date, budget_line_id, outcome_id, agreement_id, position)
$$;

-- Who does not see the whole authority posts only for budgets granted, and only to the books of those budgets' accounts.
-- Money without a budget is posted by whoever was granted every budget of the account, as brothers' and sisters' one is.
CREATE FUNCTION check_reach(legs leg_draft[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE wrong record;
BEGIN
  IF sees_whole_authority() THEN
    RETURN;
  END IF;
  SELECT l.book_id, l.budget_id, coalesce(l.budget_id = ANY (granted_budgets()), false) AS granted INTO wrong
    FROM (SELECT DISTINCT x.book_id, x.budget_id FROM unnest(legs) x) l
   WHERE l.budget_id <> ALL (granted_budgets()) OR NOT EXISTS (
     SELECT 1 FROM books b JOIN designated_account_budgets d ON d.authority_id = b.authority_id AND d.designated_account_id = b.designated_account_id
      WHERE b.authority_id = context_authority() AND b.id = l.book_id
        AND CASE WHEN l.budget_id IS NULL THEN holds_whole_account(b.designated_account_id) ELSE d.budget_id = l.budget_id END) LIMIT 1;
  IF FOUND AND wrong.granted THEN
    RAISE EXCEPTION 'There is no book % that you can post to.', wrong.book_id USING ERRCODE = 'RF006';
  ELSIF FOUND THEN
    RAISE EXCEPTION 'You may not post for %: it is not granted to you.', coalesce('budget ' || wrong.budget_id, 'money without a budget')
      USING ERRCODE = 'RF007';
  END IF;
END $$;

-- Answers drafts whose keys are known with the journals of those keys, and refuses a draft that asks for something else.
CREATE FUNCTION repeated_journals(drafts journal_draft[], legs leg_draft[])
RETURNS TABLE (n integer, id uuid, book_id uuid, sequence bigint, effective_date date, recorded_at timestamptz, repeated boolean)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE wrong record;
BEGIN
  SELECT d.idempotency_key, j.sequence INTO wrong FROM unnest(drafts) d
    JOIN journals j ON j.authority_id = context_authority() AND j.book_id = d.book_id AND j.idempotency_key = d.idempotency_key
   WHERE (d.kind, d.description, d.source_type, d.source_id, d.reverses, d.reason, d.giving_payer_id, d.giving_approved_by,
          d.receiving_payer_id, d.receiving_approved_by)
         IS DISTINCT FROM (j.kind, j.description, j.source_type, j.source_id, j.reverses, j.reason, j.giving_payer_id,
          j.giving_approved_by, j.receiving_payer_id, j.receiving_approved_by)
      -- A draft that follows the first open day may find another one than it did the first time.
      OR (d.effective_date <> j.effective_date AND d.when_closed IS DISTINCT FROM 'FIRST_OPEN_DAY')
      OR ARRAY(SELECT ROW(e.position::bigint, e.code::text, e.budget_id, e.stream::text, e.amount_pence, e.service_date, e.budget_line_id, e.outcome_id, e.agreement_id)::text
                 FROM journal_entries e WHERE e.authority_id = j.authority_id AND e.journal_id = j.id ORDER BY e.position)
         <> ARRAY(SELECT ROW(l.position::bigint, l.code, l.budget_id, l.stream, l.amount_pence, l.service_date, l.budget_line_id, l.outcome_id, l.agreement_id)::text
                    FROM unnest(legs) l WHERE l.journal_id = d.id ORDER BY l.position) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'The idempotency key "%" was used before for a different journal, number %: use a new key.', wrong.idempotency_key, wrong.sequence
      USING ERRCODE = 'RF005';
  END IF;
  RETURN QUERY SELECT d.n, j.id, j.book_id, j.sequence, j.effective_date, j.recorded_at, true FROM unnest(drafts) d
    JOIN journals j ON j.authority_id = context_authority() AND j.book_id = d.book_id AND j.idempotency_key = d.idempotency_key;
END $$;

CREATE FUNCTION open_book(new_id uuid, of_designated_account uuid, called text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
BEGIN
  IF NOT coalesce(sees_whole_authority(), false) THEN
    RAISE EXCEPTION 'You may not open a book: only the authority''s officers do.' USING ERRCODE = 'RF007';
  END IF;
  INSERT INTO books (authority_id, id, designated_account_id, name) VALUES (context_authority(), new_id, of_designated_account, called);
  RETURN new_id;
EXCEPTION
  WHEN unique_violation THEN
    RAISE EXCEPTION 'This designated account already has a book, or the id % is taken.', new_id USING ERRCODE = 'RF008';
  WHEN foreign_key_violation THEN
    RAISE EXCEPTION 'There is no designated account % that you can see.', of_designated_account USING ERRCODE = 'RF006';
END $$;

-- ── Periods ──

-- Opens, closes or re-opens a month. Months close in order and re-open in the opposite order, the last closed first.
CREATE FUNCTION set_period(of_month date, wanted text, why text, approver uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
DECLARE
  authority CONSTANT uuid := context_authority();
  this_month CONSTANT date := date_trunc('month', of_month)::date;
  month_name CONSTANT text := to_char(of_month, 'FMMonth YYYY');
  open_from date;
  other date;
BEGIN
  IF NOT coalesce(sees_whole_authority(), false) THEN
    RAISE EXCEPTION 'You may not change periods: only the authority''s officers do.' USING ERRCODE = 'RF007';
  END IF;
  PERFORM pg_advisory_xact_lock(periods_lock(authority));
  open_from := first_open_day(authority);
  IF wanted = 'REOPENED' THEN
    IF this_month >= open_from THEN
      RAISE EXCEPTION '% is not closed: there is nothing to re-open.', month_name USING ERRCODE = 'RF008';
    ELSIF this_month + interval '1 month' <> open_from THEN
      RAISE EXCEPTION '% cannot be re-opened while % is closed: re-open the later month first.', month_name,
        to_char(open_from - 1, 'FMMonth YYYY') USING ERRCODE = 'RF008';
    ELSIF NOT EXISTS (SELECT 1 FROM role_grants g WHERE g.authority_id = authority AND g.person_id = approver AND g.role = 'APPROVER'
                         AND context_today() BETWEEN g.valid_from AND coalesce(g.valid_to, 'infinity')) THEN
      RAISE EXCEPTION 'The re-opening of % needs an approver of the authority: % is not one today.', month_name, approver USING ERRCODE = 'RF007';
    END IF;
  ELSIF this_month < open_from THEN
    RAISE EXCEPTION '% is closed already.', month_name USING ERRCODE = 'RF003';
  ELSIF wanted = 'CLOSED' THEN
    SELECT min(month) INTO other FROM (
      SELECT p.month FROM periods p WHERE p.authority_id = authority AND p.month >= open_from AND p.month < this_month
      UNION ALL
      SELECT m.month FROM account_months m WHERE m.authority_id = authority AND m.month >= open_from AND m.month < this_month) earlier;
    IF other IS NOT NULL THEN
      RAISE EXCEPTION '% cannot be closed while % is open: close the earlier month first.', month_name, to_char(other, 'FMMonth YYYY')
        USING ERRCODE = 'RF008';
    END IF;
  END IF;
  INSERT INTO periods (authority_id, month, state) VALUES (authority, this_month, CASE wanted WHEN 'CLOSED' THEN 'CLOSED' ELSE 'OPEN' END)
    ON CONFLICT (authority_id, month) DO UPDATE SET state = EXCLUDED.state;
  -- Months before the first that was ever closed have no row and were closed with it; re-opening that one leaves them closed.
  IF wanted = 'REOPENED' AND first_open_day(authority) < this_month THEN
    INSERT INTO periods (authority_id, month, state) VALUES (authority, this_month - interval '1 month', 'CLOSED') ON CONFLICT DO NOTHING;
  END IF;
  INSERT INTO period_events (authority_id, month, action, reason, approved_by, actor_kind, actor_id)
  VALUES (authority, this_month, wanted, why, approver, context_principal_kind(), context_principal());
END $$;

-- ── Verification ──

-- Recomputes the chain of a book over journals after `after_sequence`, and answers how far it came and the first
-- difference: 'sequence' (a journal is missing), 'previousHash', 'hash' (a column of the journal or of its entries was
-- changed) or 'head' (the book's head is not its last journal).
CREATE FUNCTION verify_book(of_book uuid, after_sequence bigint, journals_max integer)
RETURNS TABLE (checked integer, last_sequence bigint, differs_at bigint, field text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
BEGIN
  IF NOT coalesce(sees_whole_authority(), false) THEN
    RAISE EXCEPTION 'You may not verify a book: only the authority''s officers do.' USING ERRCODE = 'RF007';
  END IF;
  RETURN QUERY WITH journal AS (
    SELECT j.*, sha256(canonical_journal(j, coalesce((SELECT string_agg(canonical_entry(e), '' ORDER BY e.position) FROM journal_entries e
             WHERE e.authority_id = j.authority_id AND e.journal_id = j.id), '')) || '\x33323a'::bytea || j.previous_hash) AS recomputed,
           after_sequence + row_number() OVER (ORDER BY j.sequence) AS expected,
           coalesce(lag(j.hash) OVER (ORDER BY j.sequence), (SELECT p.hash FROM journals p WHERE p.authority_id = j.authority_id
             AND p.book_id = j.book_id AND p.sequence = after_sequence), decode(repeat('00', 32), 'hex')) AS previous
      FROM journals j WHERE j.authority_id = context_authority() AND j.book_id = of_book AND j.sequence > after_sequence
     ORDER BY j.sequence LIMIT journals_max
  ), seen AS (
    SELECT count(*)::integer AS checked, coalesce(max(j.sequence), after_sequence) AS last FROM journal j
  ), difference AS (
    SELECT j.expected AS at, CASE WHEN j.sequence <> j.expected THEN 'sequence' WHEN j.previous_hash <> j.previous THEN 'previousHash' ELSE 'hash' END AS field
      FROM journal j WHERE j.sequence <> j.expected OR j.previous_hash <> j.previous OR j.hash <> j.recomputed
    UNION ALL
    SELECT s.last, 'head' FROM seen s JOIN books b ON b.authority_id = context_authority() AND b.id = of_book
     WHERE s.checked < journals_max AND (b.head_sequence <> s.last OR b.head_hash <> coalesce((SELECT j.hash FROM journals j
             WHERE j.authority_id = b.authority_id AND j.book_id = b.id AND j.sequence = s.last), decode(repeat('00', 32), 'hex')))
    ORDER BY 1 LIMIT 1
  )
  SELECT s.checked, s.last, d.at, d.field FROM seen s LEFT JOIN difference d ON true;
END $$;

-- ── Who sees and does what ──

CALL protect('ledger_accounts', 'budget_id = ANY ((SELECT ringfence.granted_budgets())::uuid[])', 'SELECT');
CALL protect('journal_entries', 'budget_id = ANY ((SELECT ringfence.granted_budgets())::uuid[])', 'SELECT');
CALL protect('journals', 'EXISTS (SELECT 1 FROM ringfence.journal_entries e WHERE e.authority_id = journals.authority_id AND e.journal_id = journals.id)', 'SELECT');
CALL protect('account_months', 'account_id IN (SELECT a.id FROM ringfence.ledger_accounts a)', 'SELECT');
CALL protect('books', 'designated_account_id IN (SELECT d.designated_account_id FROM ringfence.designated_account_budgets d)
  OR id IN (SELECT a.book_id FROM ringfence.ledger_accounts a)', 'SELECT');
CALL protect('periods', 'true', 'SELECT');
CALL protect('period_events', 'false', 'SELECT');

REVOKE ALL ON FUNCTION post_journals, draft_legs, check_reach, repeated_journals, open_book, set_period, verify_book, first_open_day FROM PUBLIC;
GRANT EXECUTE ON FUNCTION post_journals, open_book, set_period, verify_book, first_open_day TO ringfence_app;
