-- title: Competing translations
-- description: Terms, Japanese or English, that have more than one translation in the glossary, and where each prevails.
with shared as (
    select 'ja' as language, ja as term, concept_id
    from glossary
    where en is not null and ja in (select ja from glossary where en is not null group by ja having count(*) > 1)
    union all
    select 'en', en, concept_id
    from glossary
    where ja is not null and en in (select en from glossary where ja is not null group by en having count(*) > 1)
)
select shared.term, glossary.ja, glossary.en, glossary.kind, glossary.status, glossary.confidence,
       glossary.occurrences, glossary.documents, glossary.first_seen, glossary.last_seen, glossary.concept_id
from shared
join glossary on glossary.concept_id = shared.concept_id
order by shared.language desc, shared.term, glossary.occurrences desc, glossary.concept_id
