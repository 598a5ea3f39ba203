-- title: Most frequent terms
-- description: Concepts by the number of their mentions, the most frequent first.
select ja, reading, en, kind, confidence, occurrences, documents, first_seen, last_seen, concept_id
from glossary
-- true of all; it lets SQLite use the index of occurrences
where occurrences >= 0
order by occurrences desc, concept_id
limit 500
