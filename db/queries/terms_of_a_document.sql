-- title: Terms of a document
-- description: The glossary of one document, in the order of first mention. Without a name: of the first document.
with chosen as (
    select coalesce(nullif(trim(:document), ''), (select min(document) from documents)) as document
)
select glossary.ja, glossary.reading, glossary.en, glossary.kind, glossary.confidence, count(*) as mentions,
       min(contexts.ja_start) as first_ja, min(contexts.en_start) as first_en, contexts.document, glossary.concept_id
from contexts
join glossary on glossary.concept_id = contexts.concept_id
where contexts.document = (select document from chosen)
group by contexts.concept_id
order by first_ja is null, first_ja, first_en, glossary.concept_id
