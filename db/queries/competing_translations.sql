-- title: Competing translations
-- description: Terms, Japanese or English, that have more than one translation in the glossary, and where each prevails.
-- tally knows which terms several concepts share; the index of English terms is one without case.
select tally.name as term, glossary.ja, glossary.en, glossary.kind, glossary.status,
       glossary.confidence, glossary.occurrences, glossary.documents, glossary.first_seen, glossary.last_seen,
       glossary.concept_id
from tally
cross join glossary on glossary.ja = tally.name and glossary.en is not null
where tally.what = 'shared ja'
union all
select tally.name, glossary.ja, glossary.en, glossary.kind, glossary.status,
       glossary.confidence, glossary.occurrences, glossary.documents, glossary.first_seen, glossary.last_seen,
       glossary.concept_id
from tally
cross join glossary
    on glossary.en = tally.name collate nocase and glossary.en = tally.name and glossary.ja is not null
where tally.what = 'shared en'
order by term, occurrences desc, concept_id
