-- title: Usage by month
-- description: How often a term, Japanese or English, is mentioned in the documents of each month.
select substr(contexts.published, 1, 7) as month, count(*) as mentions,
       count(distinct contexts.document) as documents,
       count(contexts.ja) as ja_mentions, count(contexts.en) as en_mentions
from contexts
where contexts.concept_id in (select concept_id from terms where term = trim(:term)) and contexts.published is not null
group by month
order by month
