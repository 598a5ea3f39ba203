"""All that a page about one concept shows. Nothing here reads more of the database than the concept's own rows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from glossary.uses.lookup import Row, best_contexts, entry, rows

if TYPE_CHECKING:
    import sqlite3

VIEWS = ("glossary", "terms", "contexts", "evidence", "relations", "documents")
"""The public views whose rows a concept page shows; decisions come on top where they may be seen."""

_AROUND = 400
"""Characters of the text looked at on either side of a sentence for the sentences next to it."""

_MONTHS = """
select substr(published, 1, 7) as month, count(*) as mentions from contexts
where concept_id = ? and published is not null group by 1 order by 1
"""
_PUBLISHERS = """
select coalesce(ja_text.publisher, en_text.publisher) as publisher, count(*) as mentions
from contexts
left join documents as ja_text on ja_text.document_id = contexts.ja_document_id
left join documents as en_text on en_text.document_id = contexts.en_document_id
where contexts.concept_id = ? and coalesce(ja_text.publisher, en_text.publisher) is not null
group by 1 order by 2 desc, 1
"""
_DECISIONS = """
select decision_id, at, actor, action, before, after, note, state from decisions
where concept_id = ? order by at desc, decision_id limit 100
"""
_WINDOW = "select substr(text, ? + 1, ?) from documents where document_id = ?"


def current_concept_id(db: sqlite3.Connection, concept_id: str) -> str | None:
    """The id under which the concept is found now; None where there never was one."""
    from glossary.decisions import current_id
    from glossary.uses.reading import Reader

    return current_id(Reader(db), concept_id)


def concept_page(db: sqlite3.Connection, concept_id: str, *, decisions: bool = True) -> Row | None:
    """Everything about the concept, or None where the glossary does not show it.

    The keys of a brief `lookup.entry` but for `match`, `contexts` with both sides first; `usage` (`months` and
    `publishers`, each a list of rows with `mentions`) and `decisions` (newest first, at most 100, JSON decoded; none
    unless `decisions`).
    """
    found = rows(db, "select * from glossary where concept_id = ?", [concept_id])
    if not found:
        return None
    page = entry(db, {"match": "exact", **found[0]}, brief=True)
    del page["match"]
    contexts = best_contexts(page["contexts"], len(page["contexts"]))
    page["contexts"] = sorted(contexts, key=lambda context: context["ja"] is None or context["en"] is None)
    page["usage"] = {"months": rows(db, _MONTHS, [concept_id]), "publishers": rows(db, _PUBLISHERS, [concept_id])}
    page["decisions"] = [_decoded(row) for row in rows(db, _DECISIONS, [concept_id])] if decisions else []
    return page


def sentences_around(db: sqlite3.Connection, context: Row, language: str) -> tuple[str, str]:
    """The sentence before and the one after that of `context` (a row of `contexts`); "" where there is none."""
    document = context[f"{language}_document_id"]
    start, end = context[f"{language}_sentence_start"], context[f"{language}_sentence_end"]
    if document is None or start is None:
        return "", ""
    first = max(0, start - _AROUND)
    found = db.execute(_WINDOW, [first, end - first + _AROUND, document]).fetchone()
    if found is None:
        return "", ""
    window = cast(str, found[0])
    before = _sentences(window, 0, start - first, language)
    after = _sentences(window, end - first, len(window), language)
    return before[-1] if before else "", after[0] if after else ""


def _sentences(text: str, start: int, end: int, language: str) -> list[str]:
    from glossary.languages import english, japanese

    split = japanese.split_sentences if language == "ja" else english.split_sentences
    return [text[slice(*span)] for span in split(text, start, end)]


def _decoded(decision: Row) -> Row:
    return decision | {name: _json(decision[name]) for name in ("before", "after")}


def _json(value: Any) -> Any:
    try:
        return json.loads(value) if value else {}
    except ValueError:
        return {}
