"""Which concepts match a string, and all that the glossary knows of them. Reads the public views only."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from sqlite_utils import Database

    from glossary.languages.style import HouseStyle
    from glossary.layers import Stack

Row = dict[str, Any]

ENTRY_KEYS = ("match", "concept", "terms", "contexts", "evidence", "competing", "relations")
"""Of an entry, in this order; more may be added at the end. One of several glossaries has `layer` besides."""

_ENOUGH_CONTEXTS = 200
"""To choose a few for a person to read."""

_ENOUGH_RIVALS, _RIVALS_SHOWN = 200, 50
"""Of concepts that share a term, how many are looked at and how many shown where an entry is brief."""

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
    union select * from (select concept_id from terms where language = 'ja' and term = :ja limit :limit)
    union select * from (select concept_id from terms where language = 'en' and term = :en limit :limit)
)
order by glossary.confidence desc, glossary.occurrences desc, glossary.concept_id
limit :shown
"""

_USABLE_ENGLISH = """
select term from terms where concept_id = ? and language = 'en' and status in ('preferred', 'admitted')
order by occurrences desc, term
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
    the highest score alone, by descending weight, `contexts` the best 200, and `competing` at most 50 concepts.
    """
    concept = {key: value for key, value in found.items() if key not in ("match", "layer")}
    key = concept["concept_id"]
    rivals = {"limit": _ENOUGH_RIVALS if brief else -1, "shown": _RIVALS_SHOWN if brief else -1}
    return {
        "match": found["match"],
        "concept": concept,
        "terms": rows(
            db, "select * from terms where concept_id = ? order by language desc, occurrences desc, term", [key]
        ),
        "contexts": rows(db, _CONTEXTS, {"concept_id": key, "limit": _ENOUGH_CONTEXTS if brief else -1}),
        "evidence": rows(db, _STRONGEST_EVIDENCE if brief else _EVIDENCE, {"concept_id": key}),
        "competing": rows(db, _COMPETING, {"concept_id": key, "ja": concept["ja"], "en": concept["en"], **rivals}),
        "relations": rows(db, _RELATIONS, [key]),
    }


def find_in_layers(stack: Stack, text: str, *, limit: int = 20) -> list[Row]:
    """As `find_concepts`, in one or several glossaries: exact matches first, then by layer.

    Of several, each row says its `layer`, and what a higher layer hides is left out.
    """
    if len(stack) == 1:
        return find_concepts(stack.connections[0], text, limit=limit)
    found: list[Row] = []
    for number in range(len(stack)):
        found += _find_visible(stack, number, text, limit)
    return sorted(found, key=lambda row: row["match"] != "exact")[:limit]


def _find_visible(stack: Stack, number: int, text: str, limit: int) -> list[Row]:
    """As `find_concepts`, in one layer: `limit` concepts and more that no higher layer hides, if there are so many."""
    asked = limit
    while True:
        found = find_concepts(stack.connections[number], text, limit=asked)
        visible = _visible(stack, number, found)
        if len(visible) >= limit or len(found) < asked:
            return visible
        asked *= 2


def entry_of(stack: Stack, found: Row, *, brief: bool = False, style: HouseStyle | None = None) -> Row:
    """As `entry`, for a row of `find_in_layers`; of several glossaries with `layer` at the end."""
    layer = found.get("layer")
    whole = entry(_connection(stack, layer), found, brief=brief)
    if style is not None and style.changes_something:
        whole["concept"] = in_style(stack, whole["concept"], style, layer)
        whole["terms"] = [{**term, "romaji": style.romanized(term["romaji"])} for term in whole["terms"]]
        whole["competing"] = [
            {**other, "en": _english_of(stack, other["concept_id"], style, layer)} for other in whole["competing"]
        ]
        whole["relations"] = [
            {**other, "en": _english_of(stack, other["other_id"], style, layer)} for other in whole["relations"]
        ]
    return whole if layer is None else {**whole, "layer": layer}


def in_style(stack: Stack, row: Row, style: HouseStyle, layer: str | None = None) -> Row:
    """A row of `glossary`, of the layer that it or `layer` names, in house style."""
    if not style.changes_something:
        return row
    usable: list[str] = []
    if style.spelling != "as-found":
        db = _connection(stack, row.get("layer") or layer)
        usable = [term["term"] for term in rows(db, _USABLE_ENGLISH, [row["concept_id"]])]
    english = style.english(row["en"], usable, row["kind"], row["romaji"])
    return {**row, "en": english, "romaji": style.romanized(row["romaji"])}


def _english_of(stack: Stack, concept_id: str, style: HouseStyle, layer: str | None) -> str | None:
    """The preferred English term of a concept of a layer in house style; None without one, or if it is not shown."""
    found = rows(_connection(stack, layer), "select * from glossary where concept_id = ?", [concept_id])
    return in_style(stack, found[0], style, layer)["en"] if found else None


def all_concepts(stack: Stack) -> Iterator[Row]:
    """All rows of `glossary`, in the order of their ids, layer after layer, without what higher layers hide."""
    for number, db in enumerate(stack.connections):
        shown = rows(db, "select * from glossary order by concept_id")
        yield from shown if len(stack) == 1 else _visible(stack, number, shown)


def count_concepts(stack: Stack) -> int:
    """How many concepts `all_concepts` gives."""
    if len(stack) == 1:
        return stack.connections[0].execute("select count(*) from glossary").fetchone()[0]
    return sum(1 for _ in all_concepts(stack))


def row_in_layers(stack: Stack, concept_id: str, layer: str | None = None) -> Row | None:
    """The row of `glossary` with this id in the named layer, else in the highest that shows it; None if none does."""
    for number, db in enumerate(stack.connections):
        if layer in (None, stack.layers[number].name):
            found = rows(db, "select * from glossary where concept_id = ?", [concept_id])
            visible = found if len(stack) == 1 else _visible(stack, number, found)
            if visible:
                return visible[0]
    return None


def _visible(stack: Stack, number: int, found: list[Row]) -> list[Row]:
    """The rows of a layer that no higher one hides, each with its `layer`."""
    name = stack.layers[number].name
    if number == 0:
        return [{**row, "layer": name} for row in found]
    from glossary.layers.precedence import pair_of
    from glossary.layers.stack import faces

    seen = faces(stack.connections[number], [(row["id"], row["kind"], row["en"]) for row in found])
    pairs = [pair_of(row["ja"], row["en"]) for row in found]
    hidden = stack.hidden(number, list(zip(seen, pairs, strict=True)))
    return [{**row, "layer": name} for row, is_hidden in zip(found, hidden, strict=True) if not is_hidden]


def _connection(stack: Stack, layer: str | None) -> sqlite3.Connection:
    named = {one.name: db for one, db in zip(stack.layers, stack.connections, strict=True)}
    return stack.connections[0] if layer is None else named[layer]


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
