-- title: Newest terms
-- description: Concepts by the date of the first document that uses them, the newest first.
select ja, reading, en, kind, confidence, first_seen, last_seen, occurrences, documents, concept_id
from glossary
where first_seen is not null
order by first_seen desc, occurrences desc, concept_id
limit 500
