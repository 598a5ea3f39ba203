-- title: Contexts of a term
-- description: Every sentence that mentions a term, Japanese or English, as it is spelled in the glossary.
select contexts.document, contexts.published, contexts.ja, contexts.en, contexts.ja_sentence, contexts.en_sentence,
       contexts.confidence, contexts.concept_id
from contexts
where contexts.concept_id in (select concept_id from terms where term = trim(:term))
order by contexts.published desc, contexts.document, contexts.ja_start, contexts.en_start
limit 1000
