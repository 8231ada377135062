-- Which rows there are for a principal, and who writes them.

CALL protect('match_suggestions', readers('{statements.read}'), 'SELECT, INSERT, UPDATE, DELETE');
CALL protect('allocations', readers('{statements.read}'));
CALL keep_rows('allocations', readers('{lines.allocate}'), readers('{lines.allocate,statements.revert}'));
CALL protect('hand_journals', readers('{ledger.read}'), 'SELECT, INSERT');
CALL keep_rows('hand_journals', readers('{journals.post}'));
