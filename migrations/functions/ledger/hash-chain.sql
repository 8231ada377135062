-- The canonical form of a journal, and the chain of hashes through a book.

-- The canonical form is the format's version and then, of the journal and of each entry in order of position, the columns
-- in PostgreSQL's binary record form: how many, and for each its type, its length in bytes (-1 for null) and its bytes,
-- big-endian; a day counts from 2000-01-01, an instant in microseconds from then. No setting of a session changes it: free
-- text goes in as its UTF-8 bytes. Values are cast from their domains to the base types, because the type numbers of domains
-- differ between databases.
CREATE OR REPLACE FUNCTION canonical_entry(e journal_entries) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE
  RETURN record_send(ROW(e.authority_id, e.journal_id, e.position, e.account_id, e.book_id, e.code::text, e.budget_id,
    e.stream::text, e.amount_pence::bigint, e.version::bigint, e.balance_after_pence, e.effective_date, e.service_date,
    e.budget_line_id, e.outcome_id, e.agreement_id));

-- `entries` is canonical_entry of each entry, in order of position. The hash of the journal before it is part of the
-- form, its own hash is not.
CREATE OR REPLACE FUNCTION canonical_journal(j journals, entries bytea) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE
  RETURN '\x72696e6766656e63652d6c65646765722f31'::bytea || record_send(ROW(j.authority_id, j.id, j.book_id, j.sequence::bigint,
    j.kind::text, convert_to(j.description, 'UTF8'), j.effective_date::date, j.recorded_at, convert_to(j.source_type, 'UTF8'),
    convert_to(j.source_id, 'UTF8'), j.actor_kind::text, j.actor_id, convert_to(j.idempotency_key, 'UTF8'), j.reverses,
    convert_to(j.reason, 'UTF8'), j.giving_payer_id, j.giving_approved_by, j.receiving_payer_id, j.receiving_approved_by,
    j.entry_count::integer, j.previous_hash::bytea)) || entries;

-- Returns 64 bytes, the hash before a journal and its own, so that one pass over a window gives both.
CREATE OR REPLACE FUNCTION chain_pair(pair bytea, head bytea, header bytea, entries bytea) RETURNS bytea LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  head := coalesce(substr(pair, 33), head);
  RETURN head || sha256(header || head || entries);
END $$;

-- Chains journals in the order of a window, beginning at the book's head. `header` is the canonical form without its last
-- part, the hash of the journal before.
CREATE OR REPLACE AGGREGATE chain(head bytea, header bytea, entries bytea) (SFUNC = chain_pair, STYPE = bytea);

REVOKE ALL ON FUNCTION chain_pair FROM PUBLIC;
