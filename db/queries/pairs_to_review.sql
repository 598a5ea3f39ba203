-- title: Pairs to review
-- description: Undecided pairs of the glossary with the lowest confidence, the most frequent of them first.
select ja, reading, en, kind, confidence, occurrences, documents, concept_id
from glossary
where status = 'candidate' and confidence is not null
order by round(confidence, 1), occurrences desc, concept_id
limit 200
