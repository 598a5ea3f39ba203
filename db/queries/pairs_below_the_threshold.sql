-- title: Pairs below the threshold
-- description: The best pairs that the glossary does not show because their confidence is too low.
-- "cross join" keeps the order: the pairs nearest the threshold, by the index of confidences, then what belongs to them.
with nearest as (
    select concept, ja, en, confidence
    from pairing
    where rejected = 0 and confidence < ifnull((
        select cast(value as real) from settings where key in ('threshold', 'default_threshold')
        order by key desc limit 1
    ), 0.5)
    order by confidence desc
    limit 2000
),
best as (
    select concept, ja, en, max(confidence) as confidence
    from nearest
    group by concept, ja, en
    order by max(confidence) desc
    limit 400
)
select best.ja, best.en, max(candidates.confidence) as confidence, count(*) as mentions,
       count(distinct candidates.document) as documents, candidates.ja_sentence, candidates.en_sentence,
       concept.concept_id
from best
cross join concept on concept.id = best.concept and concept.status <> 'rejected'
cross join candidates
    on candidates.concept_id = concept.concept_id and candidates.ja = best.ja and candidates.en = best.en
group by concept.concept_id, best.ja, best.en
order by max(candidates.confidence) desc, best.ja, best.en
limit 200
