"""Searching terms and sentences. Any string is a safe query."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..languages.kana import fold_romaji
from .grams import CUT, key

if TYPE_CHECKING:
    from sqlite_utils import Database

_LONGEST_QUERY = 1000
"""Characters of a query that are looked at."""

_TRIGRAM = 3

_CONCEPTS = """
with hits (concept, place) as (
    select concept, 0 from search_key where key in (:key, :romaji)
    union all select concept, 1 from search_key where key >= :key and key < :key || char(0x10ffff)
    union all select concept, 1 from search_key where key >= :romaji and key < :romaji || char(0x10ffff)
    union all select rowid, 2 from term_search where term_search match :phrases
),
best as (select concept, min(place) as place from hits group by concept)
select concept.concept_id from best join concept on concept.id = best.concept
order by best.place, concept.occurrences desc, concept.concept_id
limit :limit
"""


def search_concepts(db: Database, text: str, limit: int = 20) -> list[str]:
    """concept_ids of the shown concepts that `text` finds: Japanese, kana, romaji or English, whole or in part.

    First those with a term, reading or romaji equal to it, then those with one that begins with it, then those with
    it inside a Japanese term or reading or at the start of a word; the more frequent first.
    """
    text = _cleaned(text)
    if not text:
        return []
    whole = key(text)
    parameters = {
        "key": whole,
        "romaji": fold_romaji(text) or whole,
        "phrases": phrases(text),
        "limit": limit,
    }
    return [row[0] for row in db.conn.execute(_CONCEPTS, parameters)]


def search_contexts(db: Database, text: str, limit: int = 20) -> list[dict[str, Any]]:
    """Rows of `contexts` whose Japanese or English sentence has `text` in it (case of ASCII letters aside).

    From three characters on the trigram index answers. Shorter queries, which it cannot answer, are looked up in all
    sentences with LIKE: some 10 ms for 10,000 sentences. Latest documents first.
    """
    text = _cleaned(text)
    if not text:
        return []
    if len(text) >= _TRIGRAM:
        found, query = "select rowid from context_search where context_search match ?", [_quoted(text)]
    else:
        pattern = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        found, query = r"select id from passage where ja like ? escape '\' or en like ? escape '\'", [pattern, pattern]
    return list(
        db.query(
            f"select * from contexts where passage in ({found}) order by published desc, document, id limit ?",
            [*query, limit],
        )
    )


def phrases(text: str) -> str:
    """An FTS5 query that asks for every word of `text`, each quoted as Datasette's search box quotes it."""
    return " ".join(_quoted(word[:CUT]) for word in text[:_LONGEST_QUERY].split())


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _cleaned(text: str) -> str:
    """Without what SQLite cannot take: lone surrogates cannot be encoded, NUL ends a string for FTS5 and LIKE."""
    return text[:_LONGEST_QUERY].encode("utf-8", "ignore").decode().replace("\0", " ").strip()
