-- title: Names with readings
-- description: People, places, organizations and facilities with reading and romanization, by reading.
select reading, ja, romaji, en, kind, confidence, occurrences, concept_id
from glossary
where kind in ('person', 'place', 'organization', 'facility') and reading is not null
order by reading, ja, concept_id
