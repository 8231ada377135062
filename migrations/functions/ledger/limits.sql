-- How large a posting may be, and how money is written in a refusal. Refusals carry SQLSTATEs of class RF and a whole
-- sentence; libs/ledger maps them to problems.

CREATE OR REPLACE FUNCTION journals_per_batch_max() RETURNS integer LANGUAGE sql IMMUTABLE RETURN 10000;
CREATE OR REPLACE FUNCTION entries_per_batch_max() RETURNS integer LANGUAGE sql IMMUTABLE RETURN 100000;
CREATE OR REPLACE FUNCTION entries_per_journal_max() RETURNS integer LANGUAGE sql IMMUTABLE RETURN 1000;

CREATE OR REPLACE FUNCTION pounds(pence numeric) RETURNS text LANGUAGE sql IMMUTABLE
  RETURN CASE WHEN pence < 0 THEN '−' ELSE '' END || '£' || to_char(abs(pence) / 100, 'FM999,999,999,999,990.00');
