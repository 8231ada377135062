-- Books, accounts, journals, entries, month totals and periods. Only post_journals() writes money.
-- Refusals carry SQLSTATEs of class RF and a whole sentence; libs/ledger maps them to problems.

SET LOCAL search_path = ringfence;

CREATE DOMAIN account_code AS text CHECK (VALUE IN (
  'BANK', 'DUE_FROM_PAYER', 'RECOVERABLE', 'FUNDS_HELD', 'FAMILY_MONEY', 'NET_PAY', 'HMRC', 'PENSION', 'ATTACHMENT',
  'PAYROLL_FEE', 'SUPPLIER', 'HOLIDAY_PROVISION', 'REDUNDANCY_RESERVE', 'SUSPENSE', 'UNEVIDENCED', 'PROVISION'));

CREATE DOMAIN ledger_stream AS text CHECK (VALUE IN (
  'EDU', 'HEALTH', 'SOCIAL_CHILD', 'SOCIAL_ADULT', 'TRANSPORT', 'FAMILY', 'UNALLOCATED'));

-- On the tables below what a column may hold is said by domains, and what holds between columns by the statement
-- triggers. A CHECK would say the same, but PostgreSQL reads a table's CHECKs from their stored text again for every
-- statement, also for an UPDATE of other columns: a third of the time of a small journal.
CREATE DOMAIN journal_kind AS text CHECK (VALUE IN (
  'STATEMENT_LINE', 'ALLOCATION', 'INSTALMENT_DUE', 'PAY_RUN', 'INVOICE', 'RECEIPT_ADJUSTMENT', 'DECISION', 'RECOVERY', 'SURPLUS',
  'REVERSAL', 'STREAM_TRANSFER', 'OPENING', 'ADJUSTMENT'));
CREATE DOMAIN journal_actor AS text CHECK (VALUE IN ('person', 'client', 'system'));
CREATE DOMAIN text_of_60 AS text CHECK (length(VALUE) BETWEEN 1 AND 60);
CREATE DOMAIN text_of_200 AS text CHECK (length(VALUE) BETWEEN 1 AND 200);
CREATE DOMAIN text_of_500 AS text CHECK (length(VALUE) BETWEEN 1 AND 500);
CREATE DOMAIN text_of_1000 AS text CHECK (length(VALUE) BETWEEN 1 AND 1000);
CREATE DOMAIN sha256_hash AS bytea CHECK (octet_length(VALUE) = 32);
CREATE DOMAIN effective_day AS date CHECK (VALUE BETWEEN '2000-01-01' AND '2100-12-31');
CREATE DOMAIN first_of_month AS date CHECK (extract(day FROM VALUE) = 1);
CREATE DOMAIN entry_pence AS bigint CHECK (VALUE <> 0 AND abs(VALUE) <= 9999999999999);
CREATE DOMAIN total_pence AS bigint CHECK (VALUE >= 0);
CREATE DOMAIN from_zero AS bigint CHECK (VALUE >= 0);
CREATE DOMAIN from_one AS bigint CHECK (VALUE > 0);

CREATE FUNCTION journals_per_batch_max() RETURNS integer LANGUAGE sql IMMUTABLE RETURN 10000;
CREATE FUNCTION entries_per_batch_max() RETURNS integer LANGUAGE sql IMMUTABLE RETURN 100000;
CREATE FUNCTION entries_per_journal_max() RETURNS integer LANGUAGE sql IMMUTABLE RETURN 1000;
CREATE DOMAIN journal_size AS integer CHECK (VALUE BETWEEN 2 AND 1000);

-- ── Tables ──
-- Keys other than the primary ones have authority_id last: while a table is small, every index that begins with it looks
-- equally good to the planner, and a plan that is kept would go on reading a whole authority.

-- The unit of ordering, of locking and of the hash chain: one designated account, or one organised arrangement.
CREATE TABLE books (
  authority_id uuid NOT NULL REFERENCES authorities,
  id uuid NOT NULL,
  designated_account_id uuid,
  name text_of_200 NOT NULL,
  head_sequence from_zero NOT NULL DEFAULT 0,
  head_hash sha256_hash NOT NULL DEFAULT decode(repeat('00', 32), 'hex'),
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
  version from_one NOT NULL,
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

-- A journal and its entries arrive in one statement, whose triggers look each other up: what foreign keys between them,
-- and to the book, would check row by row. Books, accounts and journals are never deleted.
CREATE TABLE journals (
  authority_id uuid NOT NULL,
  id uuid NOT NULL,
  book_id uuid NOT NULL,
  sequence from_one NOT NULL,
  kind journal_kind NOT NULL,
  description text_of_500 NOT NULL,
  effective_date effective_day NOT NULL,
  recorded_at timestamptz NOT NULL,
  source_type text_of_60 NOT NULL,
  source_id text_of_200 NOT NULL,
  actor_kind journal_actor NOT NULL,
  actor_id uuid NOT NULL,
  idempotency_key text_of_200 NOT NULL,
  reverses uuid,
  reason text_of_1000,
  giving_payer_id uuid,
  giving_approved_by uuid,
  receiving_payer_id uuid,
  receiving_approved_by uuid,
  entry_count journal_size NOT NULL,
  previous_hash sha256_hash NOT NULL,
  hash sha256_hash NOT NULL,
  PRIMARY KEY (authority_id, id),
  CONSTRAINT journals_sequence UNIQUE (book_id, sequence, authority_id),
  CONSTRAINT journals_key UNIQUE (idempotency_key, book_id, authority_id),
  FOREIGN KEY (authority_id, reverses) REFERENCES journals (authority_id, id),
  FOREIGN KEY (authority_id, giving_payer_id) REFERENCES payers (authority_id, id),
  FOREIGN KEY (authority_id, receiving_payer_id) REFERENCES payers (authority_id, id),
  FOREIGN KEY (authority_id, giving_approved_by) REFERENCES people (authority_id, id),
  FOREIGN KEY (authority_id, receiving_approved_by) REFERENCES people (authority_id, id)
);
CREATE UNIQUE INDEX journals_reversed_once ON journals (reverses, authority_id) WHERE reverses IS NOT NULL;

CREATE TABLE journal_entries (
  authority_id uuid NOT NULL,
  journal_id uuid NOT NULL,
  position integer NOT NULL,
  account_id uuid NOT NULL,
  book_id uuid NOT NULL,
  code account_code NOT NULL,
  budget_id uuid,
  stream ledger_stream NOT NULL,
  amount_pence entry_pence NOT NULL,
  version from_one NOT NULL,
  balance_after_pence bigint NOT NULL,
  effective_date date NOT NULL,
  service_date date,
  budget_line_id uuid,
  outcome_id uuid,
  agreement_id uuid,
  PRIMARY KEY (authority_id, journal_id, position),
  UNIQUE (account_id, version, authority_id),
  FOREIGN KEY (authority_id, budget_line_id) REFERENCES budget_lines (authority_id, id),
  FOREIGN KEY (authority_id, outcome_id) REFERENCES outcomes (authority_id, id),
  FOREIGN KEY (authority_id, agreement_id) REFERENCES agreements (authority_id, id)
);
CREATE INDEX journal_entries_day ON journal_entries (account_id, effective_date, authority_id);

-- Sums per account and month of the effective date, kept with every posting. Both are zero or more.
CREATE TABLE account_months (
  authority_id uuid NOT NULL,
  account_id uuid NOT NULL,
  month first_of_month NOT NULL,
  debit_pence total_pence NOT NULL,
  credit_pence total_pence NOT NULL,
  PRIMARY KEY (authority_id, account_id, month),
  FOREIGN KEY (authority_id, account_id) REFERENCES ledger_accounts (authority_id, id)
) WITH (fillfactor = 50);

-- The last journal of each book at the end of a day, kept where the day's head differs from the one before: compared by
-- every verification, and exported out of the owner's reach.
CREATE TABLE book_heads (
  authority_id uuid NOT NULL,
  book_id uuid NOT NULL,
  day date NOT NULL,
  sequence from_one NOT NULL,
  hash sha256_hash NOT NULL,
  PRIMARY KEY (authority_id, book_id, day),
  FOREIGN KEY (authority_id, book_id) REFERENCES books (authority_id, id)
);

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

-- ── The hash chain ──
-- The canonical form is the format's version and then, of the journal and of each entry in order of position, the columns
-- in PostgreSQL's binary record form: how many, and for each its type, its length in bytes (-1 for null) and its bytes,
-- big-endian; a day counts from 2000-01-01, an instant in microseconds from then. No setting of a session changes it:
-- free text goes in as its UTF-8 bytes. Domains are left behind, because their type numbers differ between databases.

CREATE FUNCTION canonical_entry(e journal_entries) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE
  RETURN record_send(ROW(e.authority_id, e.journal_id, e.position, e.account_id, e.book_id, e.code::text, e.budget_id,
    e.stream::text, e.amount_pence::bigint, e.version::bigint, e.balance_after_pence, e.effective_date, e.service_date,
    e.budget_line_id, e.outcome_id, e.agreement_id));

-- `entries` is canonical_entry of each entry, in order of position. The hash of the journal before it is part of the
-- form, its own hash is not.
CREATE FUNCTION canonical_journal(j journals, entries bytea) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE
  RETURN '\x72696e6766656e63652d6c65646765722f31'::bytea || record_send(ROW(j.authority_id, j.id, j.book_id, j.sequence::bigint,
    j.kind::text, convert_to(j.description, 'UTF8'), j.effective_date::date, j.recorded_at, convert_to(j.source_type, 'UTF8'),
    convert_to(j.source_id, 'UTF8'), j.actor_kind::text, j.actor_id, convert_to(j.idempotency_key, 'UTF8'), j.reverses,
    convert_to(j.reason, 'UTF8'), j.giving_payer_id, j.giving_approved_by, j.receiving_payer_id, j.receiving_approved_by,
    j.entry_count::integer, j.previous_hash::bytea)) || entries;

-- ── What holds even against the owner ──

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: the ledger is append-only. Post a reversal and a new journal instead.', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'RF009';
END $$;

DO $$
DECLARE kept text;
BEGIN
  FOREACH kept IN ARRAY ARRAY['journals', 'journal_entries', 'book_heads', 'period_events'] LOOP
    EXECUTE format('CREATE TRIGGER %1$s_append_only BEFORE UPDATE OR DELETE ON %1$s FOR EACH ROW EXECUTE FUNCTION refuse_change()', kept);
    EXECUTE format('ALTER TABLE %1$s ENABLE ALWAYS TRIGGER %1$s_append_only', kept);
  END LOOP;
  FOREACH kept IN ARRAY ARRAY['books', 'ledger_accounts', 'account_months', 'periods'] LOOP
    EXECUTE format('CREATE TRIGGER %1$s_kept BEFORE DELETE ON %1$s FOR EACH ROW EXECUTE FUNCTION refuse_change()', kept);
    EXECUTE format('ALTER TABLE %1$s ENABLE ALWAYS TRIGGER %1$s_kept', kept);
  END LOOP;
  FOREACH kept IN ARRAY ARRAY['journals', 'journal_entries', 'book_heads', 'period_events', 'books', 'ledger_accounts', 'account_months', 'periods'] LOOP
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

-- The first day that takes postings: everything up to the end of the latest closed month is closed.
CREATE FUNCTION first_open_day(of_authority uuid) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  SELECT coalesce((max(month) + interval '1 month')::date, '-infinity') FROM periods WHERE authority_id = of_authority AND state = 'CLOSED'
$$;

-- One reading of all that arrived: a journal's entries are whole, balanced per budget and stream, true to their accounts,
-- of their journal's book and day; the journal is open, in an open month, next in its book's chain and its book's head.
-- Written over groups, and each stored row met by its whole key: it must cost little for one journal and for 10,000.
CREATE FUNCTION check_new_entries() RETURNS trigger LANGUAGE plpgsql SET search_path = ringfence, pg_temp AS $$
DECLARE
  wrong record;
  other record;
BEGIN
  SELECT g.*, j.id AS known, j.sequence, j.kind, j.entry_count, j.book_id AS journal_book, j.effective_date AS journal_day, c.open_from,
         num_nonnulls(j.giving_payer_id, j.giving_approved_by, j.receiving_payer_id, j.receiving_approved_by) AS approvals
    INTO wrong
    FROM (SELECT s.authority_id, s.journal_id, s.book_id, s.effective_date, sum(s.arrived) AS arrived, min(s.first) AS first,
                 max(s.last) AS last, bool_or(s.over <> 0) AS unbalanced, bool_or(s.astray) AS astray,
                 count(*) FILTER (WHERE s.raised OR s.lowered) > 1 AND bool_or(s.raised) AND bool_or(s.lowered) AS transfers
            FROM (SELECT n.authority_id, n.journal_id, n.book_id, n.effective_date, n.budget_id, n.stream, count(*) AS arrived,
                         min(n.position) AS first, max(n.position) AS last, sum(n.amount_pence) AS over,
                         bool_or(n.code = 'FUNDS_HELD' AND n.amount_pence > 0) AS raised,
                         bool_or(n.code = 'FUNDS_HELD' AND n.amount_pence < 0) AS lowered,
                         bool_or(a.id IS NULL OR n.book_id <> a.book_id OR n.code <> a.code OR n.stream <> a.stream
                                 OR n.budget_id IS DISTINCT FROM a.budget_id OR n.version > a.version
                                 OR (n.version = a.version AND n.balance_after_pence <> a.balance_pence)) AS astray
                    FROM new_entries n LEFT JOIN LATERAL (
                      SELECT * FROM ledger_accounts a WHERE a.authority_id = n.authority_id AND a.id = n.account_id LIMIT 1) a ON true
                   GROUP BY n.authority_id, n.journal_id, n.book_id, n.effective_date, n.budget_id, n.stream) s
           GROUP BY s.authority_id, s.journal_id, s.book_id, s.effective_date) g
    LEFT JOIN LATERAL (SELECT * FROM journals j WHERE j.authority_id = g.authority_id AND j.id = g.journal_id LIMIT 1) j ON true
    LEFT JOIN LATERAL (SELECT * FROM books b WHERE b.authority_id = j.authority_id AND b.id = j.book_id LIMIT 1) b ON true
    LEFT JOIN LATERAL (SELECT p.hash, p.recorded_at FROM journals p
      WHERE p.book_id = j.book_id AND p.sequence = j.sequence - 1 AND p.authority_id IS NOT DISTINCT FROM j.authority_id LIMIT 1) p ON true
    LEFT JOIN LATERAL (SELECT (m.month + interval '1 month')::date AS open_from FROM periods m
      WHERE m.authority_id = g.authority_id AND m.state = 'CLOSED' ORDER BY m.month DESC LIMIT 1) c ON true
   WHERE g.unbalanced OR g.astray OR j.id IS NULL OR b.id IS NULL OR g.first <> 1 OR g.last <> g.arrived OR g.arrived <> j.entry_count
      OR g.book_id <> j.book_id OR g.effective_date <> j.effective_date OR j.effective_date < c.open_from
      OR (g.transfers AND j.kind NOT IN ('STREAM_TRANSFER', 'REVERSAL', 'OPENING'))
      OR (j.kind = 'REVERSAL') <> (j.reverses IS NOT NULL) OR (j.reverses IS NOT NULL AND j.reason IS NULL)
      OR num_nonnulls(j.giving_payer_id, j.giving_approved_by, j.receiving_payer_id, j.receiving_approved_by)
         <> CASE j.kind WHEN 'STREAM_TRANSFER' THEN 4 ELSE 0 END
      OR j.previous_hash IS DISTINCT FROM coalesce(p.hash, CASE j.sequence WHEN 1 THEN decode(repeat('00', 32), 'hex') END)
      OR p.recorded_at > j.recorded_at OR b.head_sequence < j.sequence OR (b.head_sequence = j.sequence AND b.head_hash <> j.hash)
   LIMIT 1;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;

  IF wrong.unbalanced THEN
    SELECT n.stream, n.budget_id, sum(n.amount_pence) AS over INTO other FROM new_entries n WHERE n.journal_id = wrong.journal_id
     GROUP BY n.budget_id, n.stream HAVING sum(n.amount_pence) <> 0 LIMIT 1;
    RAISE EXCEPTION 'The journal does not balance: its entries of stream % for % sum to %, and must sum to zero.', other.stream,
      coalesce('budget ' || other.budget_id, 'no budget'), pounds(other.over) USING ERRCODE = 'RF001';
  END IF;
  SELECT count(*) AS entries INTO other FROM journal_entries e
   WHERE e.authority_id = wrong.authority_id AND e.journal_id = wrong.journal_id;
  IF wrong.known IS NOT NULL AND other.entries > wrong.entry_count THEN
    RAISE EXCEPTION 'Journal % already has its entries: post a new journal instead.', wrong.sequence USING ERRCODE = 'RF001';
  ELSIF wrong.astray THEN
    RAISE EXCEPTION 'The entries of a journal do not agree with their accounts: only post_journals() posts.' USING ERRCODE = 'RF001';
  ELSIF wrong.known IS NULL OR wrong.first <> 1 OR wrong.last <> wrong.arrived OR wrong.arrived <> wrong.entry_count
        OR wrong.book_id <> wrong.journal_book OR wrong.effective_date <> wrong.journal_day THEN
    RAISE EXCEPTION 'Journal % has % of its % entries, or entries of another book or day: a journal and its entries arrive in one statement.',
      coalesce(wrong.sequence::text, '-'), other.entries, coalesce(wrong.entry_count::text, '-') USING ERRCODE = 'RF001';
  ELSIF wrong.journal_day < wrong.open_from THEN
    RAISE EXCEPTION 'The period % is closed: post to % or later.', to_char(wrong.journal_day, 'FMMonth YYYY'),
      to_char(wrong.open_from, 'FMDD FMMonth YYYY') USING ERRCODE = 'RF003';
  ELSIF wrong.kind <> 'STREAM_TRANSFER' AND wrong.transfers AND wrong.kind NOT IN ('REVERSAL', 'OPENING') THEN
    RAISE EXCEPTION 'The journal moves a payer''s money between streams or budgets: post it as a STREAM_TRANSFER with both payers'' approvals.'
      USING ERRCODE = 'RF011';
  ELSIF wrong.approvals <> (CASE wrong.kind WHEN 'STREAM_TRANSFER' THEN 4 ELSE 0 END) THEN
    -- Each stream is another payer's money: both must have agreed to a move (domain.md, section 2.2).
    RAISE EXCEPTION 'Journal % is of kind % and names % of the four facts of two payers'' approvals: a STREAM_TRANSFER names all, no other journal any.',
      wrong.sequence, wrong.kind, wrong.approvals USING ERRCODE = 'RF011';
  ELSE
    RAISE EXCEPTION 'Journal % is not the next of its book, or its header contradicts itself: only post_journals() posts.', wrong.sequence
      USING ERRCODE = 'RF001';
  END IF;
END $$;
CREATE TRIGGER journal_entries_checked AFTER INSERT ON journal_entries REFERENCING NEW TABLE AS new_entries
  FOR EACH STATEMENT EXECUTE FUNCTION check_new_entries();

-- A journal without entries, which the other trigger never sees; and the mirror of a reversal.
CREATE FUNCTION check_new_journals() RETURNS trigger LANGUAGE plpgsql SET search_path = ringfence, pg_temp AS $$
DECLARE wrong record;
BEGIN
  SELECT n.sequence INTO wrong FROM new_journals n WHERE NOT EXISTS (SELECT 1 FROM journal_entries e
    WHERE e.authority_id = n.authority_id AND e.journal_id = n.id AND e.position = 1 OFFSET 0) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'Journal % has none of its entries: a journal and its entries arrive in one statement.', wrong.sequence USING ERRCODE = 'RF001';
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
-- One journal is posted by small statements and several by large ones: a large statement takes longer to begin than a
-- journal does to post, and a thousand small ones longer than one large one.
CREATE FUNCTION post_journals(drafts jsonb)
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

-- Plans are kept per connection, and one made while the tables were small must still serve when they are large. So
-- every stored row is met through its own key alone: what no index may begin with, as the authority, is compared by IS
-- NOT DISTINCT FROM, which no index answers.
CREATE FUNCTION post_one(authority uuid, drafts jsonb)
RETURNS TABLE (n integer, id uuid, book_id uuid, sequence bigint, effective_date date, recorded_at timestamptz, repeated boolean)
LANGUAGE plpgsql SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
  draft journal_draft := jsonb_populate_record(NULL::journal_draft, drafts -> 0);
  legs CONSTANT entry_draft[] := ARRAY(SELECT e FROM jsonb_populate_recordset(NULL::entry_draft, drafts -> 0 -> 'entries') e);
  book books;
  journal journals;
  leg entry_draft;
  entry journal_entries;
  entries journal_entries[] := '{}';
  body bytea := '';
  month_of date;
  reversal bigint;
BEGIN
  draft.n := 1;
  draft.id := uuidv7();
  draft.entry_count := cardinality(legs);
  IF draft.entry_count > entries_per_journal_max() THEN
    RAISE EXCEPTION 'The journal has % entries: the limit is %.', draft.entry_count, entries_per_journal_max() USING ERRCODE = 'RF004';
  END IF;
  IF draft.when_closed = 'FIRST_OPEN_DAY' THEN
    draft.effective_date := greatest(draft.effective_date, first_open_day(authority));
  END IF;
  IF context_principal_kind() <> 'system' THEN
    PERFORM check_reach(draft_legs(ARRAY[draft], drafts));
  END IF;

  SELECT * INTO book FROM books b WHERE b.authority_id = authority AND b.id = draft.book_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'There is no book % that you can post to.', draft.book_id USING ERRCODE = 'RF006';
  END IF;
  -- From here on nobody else posts to this book, and the clock is read.
  IF EXISTS (SELECT 1 FROM journals j WHERE j.idempotency_key = draft.idempotency_key AND j.book_id IS NOT DISTINCT FROM draft.book_id
                AND j.authority_id IS NOT DISTINCT FROM authority) THEN
    RETURN QUERY SELECT * FROM repeated_journals(ARRAY[draft], draft_legs(ARRAY[draft], drafts));
    RETURN;
  END IF;
  IF draft.reverses IS NOT NULL THEN
    SELECT j.sequence INTO reversal FROM journals j WHERE j.reverses = draft.reverses AND j.authority_id IS NOT DISTINCT FROM authority;
    IF FOUND THEN
      PERFORM refuse_second_reversal(authority, draft.reverses, reversal);
    END IF;
  END IF;

  month_of := draft.effective_date - extract(day FROM draft.effective_date)::integer + 1;
  FOREACH leg IN ARRAY legs LOOP
    UPDATE ledger_accounts a SET version = a.version + 1, balance_pence = a.balance_pence + leg.amount_pence
     WHERE a.book_id = draft.book_id AND a.code = leg.account AND a.stream = leg.stream AND a.authority_id IS NOT DISTINCT FROM authority
       AND coalesce(a.budget_id, '00000000-0000-0000-0000-000000000000') = coalesce(leg.budget_id, '00000000-0000-0000-0000-000000000000')
    RETURNING a.id, a.version, a.balance_pence INTO entry.account_id, entry.version, entry.balance_after_pence;
    IF NOT FOUND THEN
      INSERT INTO ledger_accounts AS a (authority_id, id, book_id, code, budget_id, stream, version, balance_pence)
      VALUES (authority, uuidv7(), draft.book_id, leg.account, leg.budget_id, leg.stream, 1, leg.amount_pence)
      RETURNING a.id, a.version, a.balance_pence INTO entry.account_id, entry.version, entry.balance_after_pence;
    END IF;
    UPDATE account_months m
       SET debit_pence = m.debit_pence + greatest(leg.amount_pence, 0), credit_pence = m.credit_pence + greatest(-leg.amount_pence, 0)
     WHERE m.authority_id = authority AND m.account_id = entry.account_id AND m.month = month_of;
    IF NOT FOUND THEN
      INSERT INTO account_months (authority_id, account_id, month, debit_pence, credit_pence)
      VALUES (authority, entry.account_id, month_of, greatest(leg.amount_pence, 0), greatest(-leg.amount_pence, 0));
    END IF;
    entry := ROW(authority, draft.id, cardinality(entries) + 1, entry.account_id, draft.book_id, leg.account, leg.budget_id, leg.stream,
                 leg.amount_pence, entry.version, entry.balance_after_pence, draft.effective_date, leg.service_date, leg.budget_line_id,
                 leg.outcome_id, leg.agreement_id);
    entries := entries || entry;
    body := body || canonical_entry(entry);
  END LOOP;

  journal := ROW(authority, draft.id, draft.book_id, book.head_sequence + 1, draft.kind, draft.description, draft.effective_date,
                 greatest(context_now(), book.last_recorded_at), draft.source_type, draft.source_id, context_principal_kind(),
                 context_principal(), draft.idempotency_key, draft.reverses, draft.reason, draft.giving_payer_id, draft.giving_approved_by,
                 draft.receiving_payer_id, draft.receiving_approved_by, draft.entry_count, book.head_hash, NULL);
  journal.hash := sha256(canonical_journal(journal, body));
  UPDATE books b SET head_sequence = journal.sequence, head_hash = journal.hash, last_recorded_at = journal.recorded_at
   WHERE b.authority_id = authority AND b.id = draft.book_id;
  WITH posted AS (INSERT INTO journals SELECT journal.*)
  INSERT INTO journal_entries SELECT * FROM unnest(entries);
  RETURN QUERY SELECT 1, journal.id, journal.book_id, journal.sequence::bigint, journal.effective_date::date, journal.recorded_at, false;
END $$;

CREATE FUNCTION refuse_second_reversal(authority uuid, of_journal uuid, reversal bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Journal % has already been reversed, by journal %: a journal is reversed once.',
    (SELECT j.sequence FROM journals j WHERE j.authority_id = authority AND j.id = of_journal), reversal USING ERRCODE = 'RF002';
END $$;

CREATE FUNCTION chain_link(previous bytea, head bytea, journal journals, entries bytea) RETURNS bytea LANGUAGE plpgsql STABLE AS $$
BEGIN
  journal.previous_hash := coalesce(previous, head);
  RETURN sha256(canonical_journal(journal, entries));
END $$;

-- Folds journals, in the order of a window, into their hashes, beginning at the book's head.
CREATE AGGREGATE chain(head bytea, journal journals, entries bytea) (SFUNC = chain_link, STYPE = bytea);

CREATE FUNCTION post_many(authority uuid, drafts jsonb)
RETURNS TABLE (n integer, id uuid, book_id uuid, sequence bigint, effective_date date, recorded_at timestamptz, repeated boolean)
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off AS $$
#variable_conflict use_column
DECLARE
  fresh journal_draft[];
  legs leg_draft[];
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
  IF drafts @? '$[*] ? (@.when_closed == "FIRST_OPEN_DAY")' THEN
    open_from := first_open_day(authority);
  END IF;
  SELECT array_agg(d.draft ORDER BY (d.draft).n), array_agg(DISTINCT (d.draft).book_id), sum((d.draft).entry_count), max((d.draft).entry_count),
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
  IF context_principal_kind() <> 'system' THEN
    PERFORM check_reach(legs);
  END IF;

  PERFORM 1 FROM books b WHERE b.authority_id = authority AND b.id = ANY (book_ids) ORDER BY b.id FOR NO KEY UPDATE;
  GET DIAGNOSTICS books_found = ROW_COUNT;
  IF books_found < cardinality(book_ids) THEN
    RAISE EXCEPTION 'There is no book % that you can post to.', (SELECT w FROM unnest(book_ids) w
      WHERE NOT EXISTS (SELECT 1 FROM books b WHERE b.authority_id = authority AND b.id = w) LIMIT 1) USING ERRCODE = 'RF006';
  END IF;

  -- From here on nobody else posts to these books, and the clock is read.
  read_at := context_now();
  known := ARRAY(SELECT d.n FROM unnest(fresh) d CROSS JOIN LATERAL (
    SELECT 1 FROM journals j WHERE j.idempotency_key = d.idempotency_key AND j.book_id IS NOT DISTINCT FROM d.book_id
       AND j.authority_id IS NOT DISTINCT FROM authority LIMIT 1) j);
  IF known <> '{}' THEN
    RETURN QUERY SELECT * FROM repeated_journals(ARRAY(SELECT d FROM unnest(fresh) d WHERE d.n = ANY (known) ORDER BY d.n), legs);
    fresh := ARRAY(SELECT d FROM unnest(fresh) d WHERE d.n <> ALL (known) ORDER BY d.n);
    IF fresh = '{}' THEN
      RETURN;
    END IF;
    legs := draft_legs(fresh, drafts);
  END IF;
  IF reversing THEN
    SELECT d.reverses, r.sequence AS reversal INTO wrong
      FROM unnest(fresh) d CROSS JOIN LATERAL (
      SELECT j.sequence FROM journals j WHERE j.reverses = d.reverses AND j.authority_id IS NOT DISTINCT FROM authority LIMIT 1) r
     WHERE d.reverses IS NOT NULL LIMIT 1;
    IF FOUND THEN
      PERFORM refuse_second_reversal(authority, wrong.reverses, wrong.reversal);
    END IF;
  END IF;

  -- Versions, balances and sequences follow the order of the batch; the ids were made in that order.
  RETURN QUERY WITH found AS MATERIALIZED (
    SELECT l.*, coalesce(a.id, uuidv7()) AS candidate_id, coalesce(a.version, 0) AS account_version,
           coalesce(a.balance_pence, 0) AS account_balance
      FROM unnest(legs) l
      LEFT JOIN LATERAL (
        SELECT * FROM ledger_accounts a
         WHERE a.authority_id IS NOT DISTINCT FROM authority AND a.book_id = l.book_id AND a.code = l.code AND a.stream = l.stream
           AND coalesce(a.budget_id, '00000000-0000-0000-0000-000000000000') = coalesce(l.budget_id, '00000000-0000-0000-0000-000000000000')
         LIMIT 1) a ON true
  ), leg AS MATERIALIZED (
    SELECT f.*, first_value(f.candidate_id) OVER place AS account_id, f.account_version + row_number() OVER place AS version,
           f.account_balance + sum(f.amount_pence) OVER place AS balance_after_pence
      FROM found f
    WINDOW place AS (PARTITION BY f.book_id, f.code, f.budget_id, f.stream ORDER BY f.journal_id, f.position
                     ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
  ), last AS MATERIALIZED (
    SELECT DISTINCT ON (l.account_id) l.* FROM leg l ORDER BY l.account_id, l.version DESC
  ), opened AS (
    INSERT INTO ledger_accounts (authority_id, id, book_id, code, budget_id, stream, version, balance_pence)
    SELECT authority, l.account_id, l.book_id, l.code, l.budget_id, l.stream, l.version, l.balance_after_pence FROM last l WHERE l.account_version = 0
  ), moved AS (
    UPDATE ledger_accounts a SET version = l.version, balance_pence = l.balance_after_pence
      FROM last l WHERE l.account_version > 0 AND a.authority_id = authority AND a.id = l.account_id
  ), months AS (
    INSERT INTO account_months AS m (authority_id, account_id, month, debit_pence, credit_pence)
    SELECT authority, l.account_id, date_trunc('month', l.effective_date)::date,
           sum(greatest(l.amount_pence, 0)), sum(greatest(-l.amount_pence, 0))
      FROM leg l GROUP BY 2, 3 ORDER BY 2, 3
        ON CONFLICT (authority_id, account_id, month)
        DO UPDATE SET debit_pence = m.debit_pence + EXCLUDED.debit_pence, credit_pence = m.credit_pence + EXCLUDED.credit_pence
  ), entry AS MATERIALIZED (
    SELECT ROW(authority, l.journal_id, l.position, l.account_id, l.book_id, l.code, l.budget_id, l.stream, l.amount_pence, l.version,
               l.balance_after_pence, l.effective_date, l.service_date, l.budget_line_id, l.outcome_id, l.agreement_id)::journal_entries AS row
      FROM leg l
  ), body AS (
    SELECT (e.row).journal_id, string_agg(canonical_entry(e.row), '' ORDER BY (e.row).position) AS entries FROM entry e GROUP BY 1 ORDER BY 1
  ), numbered AS (
    -- Both sides are in the order of the ids: the bodies are met by place, not searched for.
    SELECT d.n, b.head_hash, d.entries,
           ROW(authority, d.id, d.book_id, b.head_sequence + row_number() OVER (PARTITION BY d.book_id ORDER BY d.n), d.kind, d.description,
               d.effective_date, greatest(read_at, b.last_recorded_at), d.source_type, d.source_id, context_principal_kind(),
               context_principal(), d.idempotency_key, d.reverses, d.reason, d.giving_payer_id, d.giving_approved_by,
               d.receiving_payer_id, d.receiving_approved_by, d.entry_count, b.head_hash, NULL)::journals AS j
      FROM ROWS FROM (unnest(fresh), unnest((SELECT array_agg(x.entries ORDER BY x.journal_id) FROM body x))) AS d(n, id, book_id, kind, description,
             effective_date, when_closed, source_type, source_id, idempotency_key, reverses, reason, giving_payer_id, giving_approved_by,
             receiving_payer_id, receiving_approved_by, entry_count, entries)
     CROSS JOIN LATERAL (SELECT * FROM books b WHERE b.authority_id = authority AND b.id = d.book_id LIMIT 1) b
  ), chained AS (
    SELECT x.n, x.j, x.head_hash, chain(x.head_hash, x.j, x.entries) OVER (PARTITION BY (x.j).book_id ORDER BY x.n) AS hash FROM numbered x
  ), linked AS MATERIALIZED (
    SELECT c.n, c.j, c.hash, lag(c.hash, 1, c.head_hash) OVER (PARTITION BY (c.j).book_id ORDER BY c.n) AS previous_hash FROM chained c
  ), posted AS (
    INSERT INTO journals
    SELECT (l.j).authority_id, (l.j).id, (l.j).book_id, (l.j).sequence, (l.j).kind, (l.j).description, (l.j).effective_date,
           (l.j).recorded_at, (l.j).source_type, (l.j).source_id, (l.j).actor_kind, (l.j).actor_id, (l.j).idempotency_key, (l.j).reverses,
           (l.j).reason, (l.j).giving_payer_id, (l.j).giving_approved_by, (l.j).receiving_payer_id, (l.j).receiving_approved_by,
           (l.j).entry_count, l.previous_hash, l.hash
      FROM linked l
  ), entries AS (
    INSERT INTO journal_entries SELECT (e.row).* FROM entry e
  ), heads AS (
    UPDATE books b SET head_sequence = h.sequence, head_hash = h.hash, last_recorded_at = h.recorded_at
      FROM (SELECT DISTINCT ON ((l.j).book_id) (l.j).book_id, (l.j).sequence, l.hash, (l.j).recorded_at FROM linked l
             ORDER BY (l.j).book_id, l.n DESC) h
     WHERE b.authority_id = authority AND b.id = h.book_id
  )
  SELECT l.n, (l.j).id, (l.j).book_id, (l.j).sequence::bigint, (l.j).effective_date::date, (l.j).recorded_at, false FROM linked l;
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
    JOIN journals j ON j.idempotency_key = d.idempotency_key AND j.book_id IS NOT DISTINCT FROM d.book_id
     AND j.authority_id IS NOT DISTINCT FROM context_authority()
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
  RETURN QUERY SELECT d.n, j.id, j.book_id, j.sequence::bigint, j.effective_date::date, j.recorded_at, true FROM unnest(drafts) d
    JOIN journals j ON j.idempotency_key = d.idempotency_key AND j.book_id IS NOT DISTINCT FROM d.book_id
     AND j.authority_id IS NOT DISTINCT FROM context_authority();
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
    ELSIF approver = (SELECT e.actor_id FROM period_events e WHERE e.authority_id = authority AND e.action = 'CLOSED' AND e.month >= this_month
                       ORDER BY e.month = this_month DESC, e.id DESC LIMIT 1) THEN
      RAISE EXCEPTION '% was closed by the same person who would re-open it: another approver decides.', month_name USING ERRCODE = 'RF007';
    END IF;
  ELSIF this_month < open_from THEN
    RAISE EXCEPTION '% is closed already.', month_name USING ERRCODE = 'RF003';
  ELSIF wanted = 'CLOSED' THEN
    IF context_today() < this_month + interval '1 month' THEN
      RAISE EXCEPTION '% is not over: close it from % on.', month_name, to_char(this_month + interval '1 month', 'FMDD FMMonth YYYY')
        USING ERRCODE = 'RF008';
    END IF;
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
-- Each answers the first difference of a book, or nothing: the number of the journal, and the field where the rows tell
-- which one it is. For principals who see the whole authority.

CREATE FUNCTION require_sight_of_books() RETURNS void LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF NOT coalesce(ringfence.sees_whole_authority(), false) THEN
    RAISE EXCEPTION 'You may not verify a book: only the authority''s officers do.' USING ERRCODE = 'RF007';
  END IF;
END $$;

-- A journal whose hash is not that of its rows: what its neighbours, its account and its own other columns contradict.
-- 'hash' when only the hash itself was changed, 'content' when nothing else tells which column it was.
CREATE FUNCTION changed_field(j journals, recomputed bytea) RETURNS text LANGUAGE plpgsql STABLE SET search_path = ringfence, pg_temp AS $$
DECLARE seen record;
BEGIN
  IF EXISTS (SELECT 1 FROM journals n WHERE n.authority_id = j.authority_id AND n.book_id = j.book_id AND n.sequence = j.sequence + 1
                AND n.previous_hash = recomputed)
     OR EXISTS (SELECT 1 FROM books b WHERE b.authority_id = j.authority_id AND b.id = j.book_id AND b.head_sequence = j.sequence
                AND b.head_hash = recomputed) THEN
    RETURN 'hash';
  END IF;
  SELECT count(*) AS entries, max(e.position) AS last_position, bool_or(e.book_id <> j.book_id) AS book,
         bool_or(e.effective_date <> j.effective_date) AS day, bool_or(a.id IS NULL) AS account, bool_or(a.code <> e.code) AS code,
         bool_or(a.budget_id IS DISTINCT FROM e.budget_id) AS budget, bool_or(a.stream <> e.stream) AS stream,
         bool_or(a.book_id <> j.book_id OR (b.journal_id IS NULL AND e.version > 1)) AS other_account, sum(e.amount_pence) <> 0 AS unbalanced,
         bool_or(e.balance_after_pence <> e.amount_pence + coalesce(b.balance_after_pence, 0)) AS balance,
         bool_or(coalesce(f.balance_after_pence - f.amount_pence, CASE a.version WHEN e.version THEN a.balance_pence END)
                 <> e.balance_after_pence) AS balance_after
    INTO seen FROM journal_entries e
    LEFT JOIN ledger_accounts a ON a.authority_id = e.authority_id AND a.id = e.account_id
    LEFT JOIN journal_entries b ON b.authority_id = e.authority_id AND b.account_id = e.account_id AND b.version = e.version - 1
    LEFT JOIN journal_entries f ON f.authority_id = e.authority_id AND f.account_id = e.account_id AND f.version = e.version + 1
   WHERE e.authority_id = j.authority_id AND e.journal_id = j.id;
  RETURN CASE
    WHEN seen.entries <> j.entry_count AND seen.last_position = seen.entries THEN 'entryCount'
    WHEN seen.entries <> j.entry_count THEN 'entries'
    WHEN seen.last_position <> seen.entries THEN 'position'
    WHEN seen.book THEN 'bookId' WHEN seen.day THEN 'effectiveDate'
    WHEN seen.account OR (seen.code AND (seen.budget OR seen.stream)) THEN 'account'
    WHEN seen.code THEN 'code' WHEN seen.budget THEN 'budgetId' WHEN seen.stream THEN 'stream'
    WHEN seen.other_account THEN 'version'
    WHEN seen.unbalanced THEN 'amountPence'
    WHEN seen.balance AND seen.balance_after THEN 'balanceAfterPence'
    WHEN seen.balance THEN 'amountPence'
    ELSE 'content' END;
END $$;

-- The chain over the journals after `after_sequence`, `journals_max` at most: every number there, each journal's hash that
-- of its rows, and following the one before; at the end of the book, the book's head its last journal.
CREATE FUNCTION verify_journals(of_book uuid, after_sequence bigint, journals_max integer)
RETURNS TABLE (checked integer, last_sequence bigint, differs_at bigint, field text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
BEGIN
  PERFORM require_sight_of_books();
  RETURN QUERY WITH journal AS (
    SELECT j, j.sequence, j.previous_hash, j.hash, sha256(canonical_journal(j, coalesce((SELECT string_agg(canonical_entry(e), '' ORDER BY e.position)
             FROM journal_entries e WHERE e.authority_id = j.authority_id AND e.journal_id = j.id), ''))) AS recomputed,
           after_sequence + row_number() OVER (ORDER BY j.sequence) AS expected,
           coalesce(lag(j.hash) OVER (ORDER BY j.sequence), (SELECT p.hash FROM journals p WHERE p.authority_id = j.authority_id
             AND p.book_id = j.book_id AND p.sequence = after_sequence), decode(repeat('00', 32), 'hex')) AS previous
      FROM journals j WHERE j.authority_id = context_authority() AND j.book_id = of_book AND j.sequence > after_sequence
     ORDER BY j.sequence LIMIT journals_max
  ), seen AS (
    SELECT count(*)::integer AS checked, coalesce(max(j.sequence), after_sequence)::bigint AS last FROM journal j
  ), difference AS (
    SELECT j.expected AS at, CASE WHEN j.sequence <> j.expected THEN 'sequence' WHEN j.hash <> j.recomputed THEN changed_field(j.j, j.recomputed)
                                  ELSE 'previousHash' END AS field
      FROM journal j WHERE j.sequence <> j.expected OR j.previous_hash <> j.previous OR j.hash <> j.recomputed
    UNION ALL
    -- A journal that the head names is gone; or the head itself was changed.
    SELECT CASE WHEN b.head_sequence > s.last THEN s.last + 1 ELSE s.last END, CASE WHEN b.head_sequence > s.last THEN 'sequence' ELSE 'head' END
      FROM seen s JOIN books b ON b.authority_id = context_authority() AND b.id = of_book
     WHERE s.checked < journals_max AND (b.head_sequence <> s.last OR b.head_hash <> coalesce((SELECT j.hash FROM journals j
             WHERE j.authority_id = b.authority_id AND j.book_id = b.id AND j.sequence = s.last), decode(repeat('00', 32), 'hex')))
    ORDER BY 1 LIMIT 1
  )
  SELECT s.checked, s.last, d.at, d.field FROM seen s LEFT JOIN difference d ON true;
END $$;

-- What is kept beside the journals: versions without a gap, balances after, the accounts' balances and the month totals,
-- each against the sums of the entries; and entries whose journal is gone. Names the last journal of what does not agree.
CREATE FUNCTION verify_totals(of_book uuid) RETURNS TABLE (differs_at bigint, field text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
BEGIN
  PERFORM require_sight_of_books();
  RETURN QUERY WITH entry AS MATERIALIZED (
    SELECT e.account_id, e.version, e.amount_pence, e.balance_after_pence, date_trunc('month', e.effective_date)::date AS month, j.sequence,
           row_number() OVER place AS expected_version, sum(e.amount_pence) OVER place AS expected_balance
      FROM journal_entries e LEFT JOIN journals j ON j.authority_id = e.authority_id AND j.id = e.journal_id
     WHERE e.authority_id = context_authority() AND e.account_id IN (
       SELECT a.id FROM ledger_accounts a WHERE a.authority_id = context_authority() AND a.book_id = of_book)
    WINDOW place AS (PARTITION BY e.account_id ORDER BY e.version)
  ), sums AS (
    SELECT e.account_id, max(e.sequence) AS last, count(*) AS versions, sum(e.amount_pence) AS pence FROM entry e GROUP BY 1
  ), months AS (
    SELECT e.account_id, e.month, max(e.sequence) AS last, sum(greatest(e.amount_pence, 0)) AS debit, sum(greatest(-e.amount_pence, 0)) AS credit
      FROM entry e GROUP BY 1, 2
  )
  SELECT coalesce(d.at, 0)::bigint, d.field FROM (
    SELECT j.sequence AS at, 'account' AS field FROM journals j
      JOIN journal_entries e ON e.authority_id = j.authority_id AND e.journal_id = j.id
      LEFT JOIN ledger_accounts a ON a.authority_id = e.authority_id AND a.id = e.account_id
     WHERE j.authority_id = context_authority() AND j.book_id = of_book
       AND (a.book_id, a.code::text, a.budget_id, a.stream::text) IS DISTINCT FROM (e.book_id, e.code::text, e.budget_id, e.stream::text)
    UNION ALL
    SELECT coalesce(e.sequence, 0), CASE WHEN e.sequence IS NULL THEN 'entries' WHEN e.version <> e.expected_version THEN 'version'
                                               ELSE 'balanceAfterPence' END AS field
      FROM entry e WHERE e.sequence IS NULL OR e.version <> e.expected_version OR e.balance_after_pence <> e.expected_balance
    UNION ALL
    SELECT s.last, CASE WHEN a.balance_pence IS DISTINCT FROM s.pence THEN 'accountBalance' ELSE 'accountVersion' END
      FROM ledger_accounts a LEFT JOIN sums s ON s.account_id = a.id
     WHERE a.authority_id = context_authority() AND a.book_id = of_book AND (a.balance_pence, a.version::bigint) IS DISTINCT FROM (s.pence, s.versions)
    UNION ALL
    SELECT coalesce(m.last, s.last), 'monthTotals'
      FROM (SELECT t.* FROM account_months t JOIN ledger_accounts a ON a.authority_id = t.authority_id AND a.id = t.account_id
             WHERE t.authority_id = context_authority() AND a.book_id = of_book) t
      FULL JOIN months m ON m.account_id = t.account_id AND m.month = t.month
      LEFT JOIN sums s ON s.account_id = t.account_id
     WHERE (t.debit_pence, t.credit_pence) IS DISTINCT FROM (m.debit, m.credit)) d
   ORDER BY d.at LIMIT 1;
END $$;

-- Heads that were known before, kept by record_heads() or brought from an export: the journal of that number must still be
-- there, with that hash. This finds a tail that was deleted or rewritten, head and all. `heads`: [{book, sequence, hash}].
CREATE FUNCTION verify_heads(of_book uuid, heads jsonb DEFAULT '[]') RETURNS TABLE (differs_at bigint, field text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
BEGIN
  PERFORM require_sight_of_books();
  RETURN QUERY SELECT h.sequence, CASE WHEN j.id IS NULL THEN 'sequence' ELSE 'hash' END
    FROM (SELECT k.sequence::bigint AS sequence, k.hash::bytea AS hash FROM book_heads k WHERE k.authority_id = context_authority() AND k.book_id = of_book
          UNION
          SELECT x.sequence, decode(x.hash, 'hex') FROM jsonb_to_recordset(heads) x(book uuid, sequence bigint, hash text) WHERE x.book = of_book) h
    LEFT JOIN journals j ON j.authority_id = context_authority() AND j.book_id = of_book AND j.sequence = h.sequence
   WHERE h.sequence > 0 AND h.hash IS DISTINCT FROM j.hash ORDER BY h.sequence LIMIT 1;
END $$;

-- Keeps the head of every book that has moved since its last kept head; answers how many. Once a day is enough.
CREATE FUNCTION record_heads() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
DECLARE kept integer;
BEGIN
  PERFORM require_sight_of_books();
  INSERT INTO book_heads (authority_id, book_id, day, sequence, hash)
  SELECT b.authority_id, b.id, context_today(), b.head_sequence, b.head_hash FROM books b
   WHERE b.authority_id = context_authority() AND b.head_sequence > coalesce((
     SELECT h.sequence FROM book_heads h WHERE h.authority_id = b.authority_id AND h.book_id = b.id ORDER BY h.day DESC LIMIT 1), 0)
      ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS kept = ROW_COUNT;
  RETURN kept;
END $$;

-- ── Who sees and does what ──

CALL protect('ledger_accounts', 'budget_id = ANY ((SELECT ringfence.granted_budgets())::uuid[])', 'SELECT');
CALL protect('journal_entries', 'budget_id = ANY ((SELECT ringfence.granted_budgets())::uuid[])', 'SELECT');
CALL protect('journals', 'EXISTS (SELECT 1 FROM ringfence.journal_entries e WHERE e.authority_id = journals.authority_id AND e.journal_id = journals.id)', 'SELECT');
CALL protect('account_months', 'account_id IN (SELECT a.id FROM ringfence.ledger_accounts a)', 'SELECT');
CALL protect('books', 'designated_account_id IN (SELECT d.designated_account_id FROM ringfence.designated_account_budgets d)
  OR id IN (SELECT a.book_id FROM ringfence.ledger_accounts a)', 'SELECT');
CALL protect('book_heads', 'false', 'SELECT');
CALL protect('periods', 'true', 'SELECT');
CALL protect('period_events', 'false', 'SELECT');

REVOKE ALL ON FUNCTION post_journals, post_one, post_many, draft_legs, check_reach, repeated_journals, open_book, set_period, record_heads,
  verify_journals, verify_totals, verify_heads, first_open_day FROM PUBLIC;
GRANT EXECUTE ON FUNCTION post_journals, open_book, set_period, record_heads, verify_journals, verify_totals, verify_heads, first_open_day
  TO ringfence_app;
