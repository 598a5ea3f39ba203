"""Which concepts match a string, and all that the glossary knows of them. Reads the public views only."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    import sqlite3

    from sqlite_utils import Database

Row = dict[str, Any]

ENTRY_KEYS = ("match", "concept", "terms", "contexts", "evidence", "competing", "relations")
"""Of an entry, in this order; more may be added at the end."""

_ENOUGH_CONTEXTS = 200
"""To choose a few for a person to read."""

_CONTEXTS = """
with found as (
    select * from contexts where concept_id = :concept_id
    order by ja is null or en is null, confidence desc, document, ja_start, en_start
    limit :limit
)
select found.*, ja_text.title as ja_title, en_text.title as en_title,
       coalesce(ja_text.publisher, en_text.publisher) as publisher
from found
left join documents as ja_text on ja_text.document_id = found.ja_document_id
left join documents as en_text on en_text.document_id = found.en_document_id
order by found.ja is null or found.en is null, found.confidence desc, found.document, found.ja_start, found.en_start
"""

_EVIDENCE = """
select document, ja, en, kind, weight, detail, source from evidence where concept_id = :concept_id
order by document, ja, en, weight desc, kind, detail
"""

_STRONGEST_EVIDENCE = """
select document, ja, en, kind, weight, detail, source from evidence
where concept_id = :concept_id and (document, ja, en) = (
    select document, ja, en from evidence where concept_id = :concept_id
    group by document, ja, en order by sum(weight) desc, document, ja, en limit 1
)
order by weight desc, kind, detail
"""

_COMPETING = """
select distinct glossary.concept_id, glossary.ja, glossary.en, glossary.kind, glossary.confidence, glossary.occurrences
from glossary
where glossary.concept_id <> :concept_id and glossary.concept_id in (
    select other_id from relations where concept_id = :concept_id and relation = 'competes_with'
    union select concept_id from relations where other_id = :concept_id and relation = 'competes_with'
    union select concept_id from terms where language = 'ja' and term = :ja
    union select concept_id from terms where language = 'en' and term = :en
)
order by glossary.confidence desc, glossary.occurrences desc, glossary.concept_id
"""

_RELATIONS = """
select relations.relation, relations.other_id, glossary.ja, glossary.en, relations.reason
from relations left join glossary on glossary.concept_id = relations.other_id
where relations.concept_id = ? and relations.relation <> 'competes_with'
order by relations.relation, relations.other_id
"""


def find_concepts(db: sqlite3.Connection, text: str, *, limit: int = 20) -> list[Row]:
    """At most `limit` concepts that match `text` (Japanese, English, kana or romaji), best first.

    Each row is that of the view `glossary`, with `match` added: "exact" where a term, reading or romanization of
    the concept is `text` (but for width, case, script of kana and long vowels), else "partial".
    """
    from glossary.store.search import search_concepts
    from glossary.uses.reading import Reader

    found = []
    for concept_id in search_concepts(cast("Database", Reader(db)), text, limit):
        for row in rows(db, "select * from glossary where concept_id = ?", [concept_id]):
            found.append({"match": "exact" if _is_exact(db, concept_id, text) else "partial", **row})
    return found


def entry(db: sqlite3.Connection, found: Row, *, brief: bool = False) -> Row:
    """Everything about one row of `find_concepts`: a dictionary with ENTRY_KEYS.

    `concept` is the row of `glossary`; `terms`, `contexts` and `evidence` are rows of these views, contexts with
    both sides first, with `ja_title`, `en_title` and `publisher` of their documents; `competing` are the other
    concepts that share a term or are recorded as competing. If `brief`, `evidence` has the reasons of the pairing with
    the highest score alone, by descending weight, and `contexts` the best 200.
    """
    concept = {key: value for key, value in found.items() if key != "match"}
    key = concept["concept_id"]
    return {
        "match": found["match"],
        "concept": concept,
        "terms": rows(
            db, "select * from terms where concept_id = ? order by language desc, occurrences desc, term", [key]
        ),
        "contexts": rows(db, _CONTEXTS, {"concept_id": key, "limit": _ENOUGH_CONTEXTS if brief else -1}),
        "evidence": rows(db, _STRONGEST_EVIDENCE if brief else _EVIDENCE, {"concept_id": key}),
        "competing": rows(db, _COMPETING, {"concept_id": key, "ja": concept["ja"], "en": concept["en"]}),
        "relations": rows(db, _RELATIONS, [key]),
    }


def rows(db: sqlite3.Connection, sql: str, parameters: Any = ()) -> list[Row]:
    """The rows of a query as dictionaries."""
    cursor = db.execute(sql, parameters)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, values, strict=True)) for values in cursor]


def _is_exact(db: sqlite3.Connection, concept_id: str, text: str) -> bool:
    from glossary.languages.kana import fold_romaji, to_katakana

    wanted = _folded(text)
    romaji = fold_romaji(text) if _is_latin(wanted) else ""
    for term in rows(db, "select term, reading, romaji from terms where concept_id = ?", [concept_id]):
        if wanted == _folded(term["term"]) or to_katakana(wanted) == term["reading"]:
            return True
        if romaji and term["romaji"] and romaji == fold_romaji(term["romaji"]):
            return True
    return False


def _is_latin(text: str) -> bool:
    return all(c < "\u0250" or unicodedata.combining(c) or c in "’‐–" for c in text)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()


def best_contexts(contexts: list[Row], limit: int) -> list[Row]:
    """At most `limit` contexts: different sentences, of different documents as far as there are, in their order."""
    fresh: list[Row] = []
    rest: list[Row] = []
    documents: set[str] = set()
    sentences: set[tuple[str | None, str | None]] = set()
    for context in contexts:
        sentence = (context["ja_sentence"], context["en_sentence"])
        if sentence in sentences:
            continue
        sentences.add(sentence)
        (rest if context["document"] in documents else fresh).append(context)
        documents.add(context["document"])
    return (fresh + rest)[:limit]
