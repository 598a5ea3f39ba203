"""The public views, written over the tables of `schema`. Their columns are described in `columns`."""

from __future__ import annotations

from sqlite_utils import Database

_MENTIONS = """
select concept.concept_id, unit.name as document, context.ja, context.en,
    passage.ja as ja_sentence, passage.en as en_sentence,
    context.ja_start, context.ja_end, context.en_start, context.en_end,
    context.ja_sentence_start, context.ja_sentence_end, context.en_sentence_start, context.en_sentence_end,
    ja_document.document_id as ja_document_id, en_document.document_id as en_document_id,
    pairing.score, pairing.confidence, context.published, context.id, context.passage
from context
    join concept on concept.id = context.concept
    join unit on unit.id = context.unit
    join passage on passage.id = context.passage
    left join pairing on pairing.id = context.pairing
    left join document as ja_document on ja_document.id = context.ja_document
    left join document as en_document on en_document.id = context.en_document
"""

# Which rows are shown is decided when they are stored or a decision or the threshold changes (see `concepts`), so that
# reading is fast and the stored counts are always those of the rows one sees.
VIEW_SQL = {
    "glossary": """
select concept_id, ja, reading, romaji, en, kind, definition_ja, definition_en, definition_source, subject,
    part_of_speech, usage_note, status, iif(status = 'approved', 1.0, confidence) as confidence, origin, occurrences,
    documents, first_seen, last_seen, collection, created, modified, modified_by, id
from concept
where shown = 1
""",
    "terms": """
select concept.concept_id, term.term_id, term.language, term.term, term.reading, term.romaji, term.form, term.status,
    term.region, term.valid_from, term.valid_to, term.occurrences, term.source
from term join concept on concept.id = term.concept
where concept.shown = 1
""",
    "contexts": _MENTIONS + "where context.shown = 1",
    "candidates": _MENTIONS + "where context.shown = 0",
    "evidence": """
select concept.concept_id, unit.name as document, pairing.ja, pairing.en, reason.kind, reason.weight, reason.detail,
    reason.source
from reason
    join pairing on pairing.id = reason.pairing
    join concept on concept.id = pairing.concept
    join unit on unit.id = pairing.unit
""",
    "documents": """
select document_id, name as document, language, title, publisher, published, path, sha256, format, encoding, characters,
    text, repairs, duplicate_of, added, furniture
from document
""",
    "bitexts": """
select ja.document_id as ja_document_id, en.document_id as en_document_id, unit.method, unit.confidence, unit.reasons,
    unit.name as document
from unit
    join document as ja on ja.id = unit.ja_document
    join document as en on en.id = unit.en_document
""",
    "segments": """
select unit.name as document, segment.number as segment, segment.ja_start, segment.ja_end, segment.en_start,
    segment.en_end, segment.score
from segment join unit on unit.id = segment.unit
""",
    # Several documents may tell of the same relation: one row, with the reason that sorts first.
    "relations": """
select concept.concept_id, relation.relation, other.concept_id as other_id, min(relation.reason) as reason
from relation
    join concept on concept.id = relation.concept
    join concept as other on other.id = relation.other
where concept.shown = 1 and other.shown = 1
group by concept.concept_id, relation.relation, other.concept_id
""",
    "decisions": """
select decision_id, at, actor, action, concept_id, selector, before, after, note, state
from decision
""",
    "builds": """
select build_id, started, finished, command, version, counts, lexicons, state
from build
""",
}


def create_views(db: Database) -> None:
    """Lay out all public views anew (inside the caller's transaction)."""
    for name, sql in VIEW_SQL.items():
        db.conn.execute(f"drop view if exists [{name}]")
        db.conn.execute(f"create view [{name}] as {sql.strip()}")
