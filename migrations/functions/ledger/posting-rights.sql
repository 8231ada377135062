-- For which budgets and to which books a principal may post.

-- A principal without a grant over the whole authority posts only for budgets on which its role may post, and only to the
-- books of the accounts of those budgets. Money without a budget needs that right on every budget of the account, as in an
-- account that brothers and sisters share. What officers may post is checked by the use case: only it knows their action.
CREATE OR REPLACE FUNCTION check_posting_rights(entries journal_entry_draft[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  posting CONSTANT text[] := '{pay-runs.submit,statements.upload,statements.reverse}';
  reached uuid[];
  wrong record;
BEGIN
  IF sees_whole_authority() THEN
    RETURN;
  END IF;
  reached := budgets_for(VARIADIC posting);
  SELECT e.book_id, e.budget_id, coalesce(e.budget_id = ANY (reached), false) AS granted INTO wrong
    FROM (SELECT DISTINCT x.book_id, x.budget_id FROM unnest(entries) x) e
   WHERE e.budget_id <> ALL (reached) OR NOT EXISTS (
     SELECT 1 FROM books b JOIN designated_account_budgets d ON d.authority_id = b.authority_id AND d.designated_account_id = b.designated_account_id
      WHERE b.authority_id = context_authority() AND b.id = e.book_id
        AND CASE WHEN e.budget_id IS NULL THEN holds_whole_account(b.designated_account_id, VARIADIC posting)
                 ELSE d.budget_id = e.budget_id END) LIMIT 1;
  IF FOUND AND wrong.granted THEN
    RAISE EXCEPTION 'There is no book % that you can post to.', wrong.book_id USING ERRCODE = 'RF006';
  ELSIF FOUND THEN
    RAISE EXCEPTION 'You may not post for %: it is not granted to you.', coalesce('budget ' || wrong.budget_id, 'money without a budget')
      USING ERRCODE = 'RF007';
  END IF;
END $$;

REVOKE ALL ON FUNCTION check_posting_rights FROM PUBLIC;
