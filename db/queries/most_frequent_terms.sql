-- title: Most frequent terms
-- description: Concepts by the number of their mentions, the most frequent first.
select ja, reading, en, kind, confidence, occurrences, documents, first_seen, last_seen, concept_id
from glossary
where occurrences >= 0
order by occurrences desc, concept_id
limit 500
