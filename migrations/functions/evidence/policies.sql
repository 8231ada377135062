-- Which rows there are for a principal, and who writes them.

CALL protect('receipts', readers('{receipts.read}'), 'SELECT, INSERT');
GRANT UPDATE (statement_line_id, amount_pence, receipt_date, supplier, changed_by, changed_at) ON receipts TO ringfence_app;
CALL restrict_writes('receipts', readers('{receipts.upload}'), readers('{receipts.upload}'));
CALL protect('receipt_lines', $$(SELECT ringfence.sees_all_for('receipts.read'))
  OR receipt_id IN (SELECT r.id FROM ringfence.receipts r)$$, 'SELECT, INSERT, DELETE');

-- Nothing has been sent in before its sender says so: not even those who see the whole authority see it.
ALTER TABLE kept_uploads ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS sender ON kept_uploads;
CREATE POLICY sender ON kept_uploads TO ringfence_app
  USING (authority_id = (SELECT context_authority())
    AND ((SELECT context_principal_kind()) = 'system'
      OR ((SELECT context_principal_kind()) = 'person' AND person_id = (SELECT context_principal()))));
GRANT SELECT, INSERT, DELETE ON kept_uploads TO ringfence_app;
GRANT UPDATE (fields, file_name, kept_at, expires_at) ON kept_uploads TO ringfence_app;
