-- Opening a book, and holding books while something is decided about them.

CREATE OR REPLACE FUNCTION open_book(new_id uuid, of_designated_account uuid, called text) RETURNS uuid
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

-- Holds books until the transaction ends, in the order in which postings take them, so that what is read of them before a
-- decision still holds when the decision is posted.
CREATE OR REPLACE FUNCTION lock_books(book_ids uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(periods_lock(context_authority()));
  PERFORM 1 FROM books b WHERE b.authority_id = context_authority() AND b.id = ANY (book_ids) ORDER BY b.id FOR NO KEY UPDATE;
END $$;

REVOKE ALL ON FUNCTION open_book, lock_books FROM PUBLIC;
GRANT EXECUTE ON FUNCTION open_book, lock_books TO ringfence_app;
