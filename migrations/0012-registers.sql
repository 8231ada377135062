-- Registers of the NHS and the card schemes' merchant codes, and the versions of the spending policy.

SET LOCAL search_path = ringfence;

-- Public data that an operator imports, the same for every authority of the installation: it says nothing of any
-- family. So the rows carry no authority_id. Whoever acts for some authority may read; only the owner writes.
CREATE TABLE reference_registers (
  register text PRIMARY KEY CHECK (register IN ('gp', 'dental', 'pharmacy', 'mcc')),
  file_name text NOT NULL CHECK (length(file_name) BETWEEN 1 AND 300),
  file_hash text NOT NULL CHECK (file_hash ~ '^[0-9a-f]{64}$'),
  row_count integer NOT NULL CHECK (row_count > 0),
  imported_at timestamptz NOT NULL
);

CREATE TABLE reference_names (
  register text NOT NULL REFERENCES reference_registers ON DELETE CASCADE,
  -- The organisation's ODS code, or the merchant code.
  code text NOT NULL CHECK (length(code) BETWEEN 3 AND 12),
  -- The site's name, or what the merchant code means.
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 300),
  -- Towns and counties of the address, which banks print after the name.
  places text[] NOT NULL,
  PRIMARY KEY (register, code)
);

ALTER TABLE reference_registers ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_everybody ON reference_registers FOR SELECT TO ringfence_app
  USING ((SELECT ringfence.context_authority()) IS NOT NULL);
GRANT SELECT ON reference_registers TO ringfence_app;

ALTER TABLE reference_names ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_everybody ON reference_names FOR SELECT TO ringfence_app
  USING ((SELECT ringfence.context_authority()) IS NOT NULL);
GRANT SELECT ON reference_names TO ringfence_app;

-- An authority's own rules from a day on, as changes to the national set. A version is never edited: a later one
-- follows it, and one that has not begun may be withdrawn.
CREATE TABLE policy_versions (
  authority_id uuid NOT NULL REFERENCES authorities,
  id uuid NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  reasons text NOT NULL CHECK (length(reasons) BETWEEN 1 AND 2000),
  valid_from date NOT NULL,
  changes jsonb NOT NULL CHECK (jsonb_typeof(changes) = 'array'),
  made_by uuid NOT NULL,
  made_at timestamptz NOT NULL,
  withdrawn_by uuid,
  withdrawn_at timestamptz,
  -- When the spends of its days were sent to be judged again.
  applied_at timestamptz,
  PRIMARY KEY (authority_id, id),
  FOREIGN KEY (authority_id, made_by) REFERENCES people (authority_id, id),
  CHECK (num_nonnulls(withdrawn_by, withdrawn_at) IN (0, 2))
);
-- One version begins on a day.
CREATE UNIQUE INDEX policy_versions_days ON policy_versions (authority_id, valid_from) WHERE withdrawn_at IS NULL;

-- What public money may not buy is no secret: everybody whom the authority knows may read its policy.
CALL protect('policy_versions', 'true', 'SELECT, INSERT');
GRANT UPDATE (withdrawn_by, withdrawn_at, applied_at) ON policy_versions TO ringfence_app;
