-- title: Pairs below the threshold
-- description: The best pairs that the glossary does not show because their confidence is too low.
select ja, en, max(confidence) as confidence, count(*) as mentions, count(distinct document) as documents,
       ja_sentence, en_sentence, concept_id
from candidates
where ja is not null and en is not null
group by concept_id, ja, en
order by max(confidence) desc, ja, en
limit 200
