"""Searching terms and sentences. Any string is a safe query."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from ..languages.kana import fold_romaji
from .grams import CUT, key

if TYPE_CHECKING:
    from sqlite_utils import Database

_LONGEST_QUERY = 1000
"""Characters of a query that are looked at."""

_TRIGRAM = 3

MOST = 500
"""Hits of each kind that are looked at; of a text that finds more, the most frequent concepts are looked through."""

FREQUENT = 1000
"""How many of the most frequent concepts."""

_BEGINS = "select concept, 1 from search_key where key >= {text} and key < {text} || char(0x10ffff) limit :most"
_HITS = f"""
select * from (select concept, 0 from search_key where key in (:key, :romaji) limit :most)
union all select * from ({_BEGINS.format(text=":key")})
union all select * from ({_BEGINS.format(text=":romaji")})
union all select * from (select rowid, 2 from term_search where term_search match :phrases limit :most)
"""
# Within a key Japanese is found anywhere, all else at the start of a word. "occurrences >= 0" has the index searched.
_AMONG_FREQUENT = """
select search_key.concept,
    case when search_key.key in (:key, :romaji) then 0
         when substr(search_key.key, 1, length(:key)) = :key then 1
         when substr(search_key.key, 1, length(:romaji)) = :romaji then 1
         else 2 end
from (
    select id from concept where shown = 1 and occurrences >= 0 order by occurrences desc limit :frequent
) as often
    cross join search_key on search_key.concept = often.id
where instr(iif(:whole_words, ' ' || search_key.key, search_key.key), iif(:whole_words, ' ' || :key, :key)) > 0
    or substr(search_key.key, 1, length(:romaji)) = :romaji
"""
_RANKED = """
select concept.concept_id
from json_each(:best) as best cross join concept on concept.id = json_extract(best.value, '$[0]')
order by json_extract(best.value, '$[1]'), concept.occurrences desc, concept.concept_id limit :limit
"""


def search_concepts(db: Database, text: str, limit: int = 20) -> list[str]:
    """concept_ids of the shown concepts that `text` finds: Japanese, kana, romaji or English, whole or in part.

    First those with a term, reading or romaji equal to it, then those with one that begins with it, then those with
    it inside a Japanese term or reading or at the start of a word; the more frequent first.

    The work does not grow with the glossary: of more than MOST hits of a kind, the FREQUENT most frequent concepts of
    the glossary are looked through, and some of the others.
    """
    text = _cleaned(text)
    if not text:
        return []
    whole, romaji = key(text), fold_romaji(text)
    parameters = {
        "key": whole,
        "romaji": romaji if romaji and romaji != whole else None,  # what is asked for once is not asked for twice
        "phrases": phrases(text),
        "most": MOST,
        "frequent": FREQUENT,
        "whole_words": whole.isascii(),
    }
    hits = db.conn.execute(_HITS, parameters).fetchall()
    if max(Counter(place for _, place in hits).values(), default=0) >= MOST:
        hits += db.conn.execute(_AMONG_FREQUENT, parameters).fetchall()
    best: dict[int, int] = {}
    for concept, place in hits:
        best[concept] = min(place, best.get(concept, place))
    ranked = {"best": json.dumps(list(best.items())), "limit": limit}
    return [row[0] for row in db.conn.execute(_RANKED, ranked)]


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
