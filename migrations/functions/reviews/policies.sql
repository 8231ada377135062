-- Which rows there are for a principal, and who writes them.

CALL protect('review_policies', 'true', 'SELECT, INSERT');
CALL restrict_writes('review_policies', $$(SELECT ringfence.sees_all_for('reviews.set-policy'))$$);
CALL protect('reviews', readers('{reviews.read}'));
CALL restrict_writes('reviews', readers('{reviews.conclude}'), readers('{reviews.conclude}'));
