-- Which rows there are for a principal, and who writes them.

CALL protect('ledger_accounts', readers('{ledger.read}'), 'SELECT');
CALL protect('journal_entries', readers('{ledger.read}'), 'SELECT');
CALL protect('journals', $$(SELECT ringfence.sees_all_for('ledger.read'))
  OR EXISTS (SELECT 1 FROM ringfence.journal_entries e WHERE e.authority_id = journals.authority_id AND e.journal_id = journals.id)$$, 'SELECT');
CALL protect('account_months', $$(SELECT ringfence.sees_all_for('ledger.read'))
  OR account_id IN (SELECT a.id FROM ringfence.ledger_accounts a)$$, 'SELECT');
-- Whoever posts names the book, a bureau too.
CALL protect('books', $$(SELECT ringfence.sees_all_for('budgets.read'))
  OR designated_account_id IN (SELECT d.designated_account_id FROM ringfence.designated_account_budgets d)
  OR id IN (SELECT a.book_id FROM ringfence.ledger_accounts a)$$, 'SELECT');
CALL protect('book_heads', '(SELECT ringfence.sees_whole_authority())', 'SELECT');
CALL protect('periods', 'true', 'SELECT');
CALL protect('period_events', $$(SELECT ringfence.sees_all_for('periods.read'))$$, 'SELECT');
