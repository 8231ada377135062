-- Receipts are hung on lines that stand, and their files stay.

CREATE OR REPLACE TRIGGER receipts_line_stands BEFORE INSERT OR UPDATE OF statement_line_id ON receipts
  FOR EACH ROW EXECUTE FUNCTION statement_line_stands();

CALL names_files('receipts', 'receipt', 'true', 'uploaded_by', 'uploaded_at');

-- What is kept after a session has ended names files too: they are verified, and stay until nothing names them.
CALL names_files('kept_uploads', 'kept upload', 'false', 'person_id', 'kept_at');
