-- title: Terms on one side only
-- description: Concepts for which no term in the other language has been found, the most frequent first.
select case when ja is null then 'en' else 'ja' end as language, coalesce(ja, en) as term, reading, kind, occurrences,
       documents, origin, concept_id
from glossary
where ja is null or en is null
order by occurrences desc, concept_id
limit 500
