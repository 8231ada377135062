-- Uploaded statements are stored files; those that entered the books stay.

CALL names_files('statement_imports', 'statement import', $$f.state IN ('COMMITTING', 'COMMITTED')$$, 'uploaded_by', 'received_at');
