-- Library: evidence
-- Receipts and invoices: the file as it came, what a person says it shows, and the statement line that it explains.

-- A receipt or invoice: its file, what a person says it shows, and the statement line that it explains.
CREATE TABLE receipts (
  authority_id uuid NOT NULL REFERENCES authorities,
  id uuid NOT NULL,
  budget_id uuid NOT NULL,
  -- Null while it waits for its line.
  statement_line_id uuid,
  file_hash text NOT NULL CHECK (file_hash ~ '^[0-9a-f]{64}$'),
  file_name text NOT NULL CHECK (length(file_name) BETWEEN 1 AND 200),
  file_bytes integer NOT NULL CHECK (file_bytes > 0),
  content_type text NOT NULL CHECK (content_type IN ('image/jpeg', 'image/png', 'application/pdf')),
  amount_pence bigint CHECK (amount_pence > 0),
  receipt_date date,
  supplier text CHECK (length(supplier) BETWEEN 1 AND 200),
  uploaded_by uuid NOT NULL,
  uploaded_at timestamptz NOT NULL,
  changed_by uuid,
  changed_at timestamptz,
  PRIMARY KEY (authority_id, id),
  -- The same file explains one spend of a budget: sent again, it is the receipt that is there already.
  UNIQUE (authority_id, budget_id, file_hash),
  FOREIGN KEY (authority_id, budget_id) REFERENCES budgets (authority_id, id),
  FOREIGN KEY (authority_id, statement_line_id) REFERENCES statement_lines (authority_id, id),
  CHECK (num_nonnulls(changed_by, changed_at) IN (0, 2))
);
CREATE INDEX receipts_line ON receipts (authority_id, statement_line_id) WHERE statement_line_id IS NOT NULL;
CREATE INDEX receipts_budget ON receipts (authority_id, budget_id, uploaded_at);
-- Stored files are shared by all authorities, so they are looked for by their hash alone.
CREATE INDEX receipts_file ON receipts (file_hash);

-- A bank line is one amount, a receipt has many lines: exclusion is decided on these (domain: classification rule).
CREATE TABLE receipt_lines (
  authority_id uuid NOT NULL,
  receipt_id uuid NOT NULL,
  position integer NOT NULL CHECK (position > 0),
  description text NOT NULL CHECK (length(description) BETWEEN 1 AND 1000),
  -- Negative for a discount or a refund on the receipt.
  amount_pence bigint NOT NULL,
  PRIMARY KEY (authority_id, receipt_id, position),
  FOREIGN KEY (authority_id, receipt_id) REFERENCES receipts (authority_id, id)
);

-- What somebody sent after their session had ended, kept for a while until they have signed in again and say what is to
-- become of it.
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
-- Stored files are shared by all authorities, so they are looked for by their hash alone.
CREATE INDEX kept_uploads_file ON kept_uploads (file_hash);
