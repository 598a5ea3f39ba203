-- title: Evidence of a pair
-- description: Why a Japanese and an English term are held to be translations, in each document, strongest first.
select evidence.document, evidence.ja, evidence.en, evidence.kind, evidence.weight, evidence.detail, evidence.source,
       evidence.concept_id
from evidence
where evidence.concept_id in (
    select concept_id from terms where language = 'ja' and term = trim(:ja)
    intersect select concept_id from terms where language = 'en' and term = trim(:en)
)
order by evidence.document, evidence.weight desc, evidence.kind
limit 1000
