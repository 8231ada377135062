-- What is kept after a session has ended names files too: they are verified, and stay until nothing names them.

SET LOCAL search_path = ringfence;

CALL names_files('kept_uploads', 'kept upload', 'false', 'person_id', 'kept_at');
