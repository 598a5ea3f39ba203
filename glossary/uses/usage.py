"""A term over time: first and last use, by month and publisher, under which names, and beside which other terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary.errors import GlossaryError
from glossary.uses.lookup import Row, find_concepts, rows
from glossary.uses.terminal import printable

if TYPE_CHECKING:
    import sqlite3

NEIGHBOURS = 20
"""Terms of the same sentences that are told, the most frequent first."""

_MENTIONS = """
with mention as (
    select contexts.*, coalesce(ja_text.publisher, en_text.publisher) as publisher
    from contexts
    left join documents as ja_text on ja_text.document_id = contexts.ja_document_id
    left join documents as en_text on en_text.document_id = contexts.en_document_id
    where contexts.concept_id = :concept_id
)
"""

_SPAN = (
    _MENTIONS
    + """
select count(*) as mentions, count(distinct document) as documents, min(published) as first, max(published) as last,
    sum(published is null) as undated, sum(publisher is null) as unattributed
from mention
"""
)

_END = (
    _MENTIONS
    + """
select published, document, publisher, ja, en, ja_sentence, en_sentence, ja_start - ja_sentence_start as ja_start,
    en_start - en_sentence_start as en_start
from mention where published is not null
order by published {direction}, document, ja is null or en is null, ja_start, en_start limit 1
"""
)

_MONTHS = (
    _MENTIONS
    + """
select substr(published, 1, 7) as month, publisher, count(*) as mentions from mention
where published is not null group by 1, 2 order by 1, 2
"""
)

_PUBLISHERS = (
    _MENTIONS
    + """
select publisher, count(*) as mentions, count(distinct document) as documents, min(published) as first,
    max(published) as last
from mention group by 1 order by publisher is null, 2 desc, 1
"""
)

_NAMES = (
    _MENTIONS
    + """
, name as (
    select 'ja' as language, ja as term, publisher, published from mention where ja is not null
    union all select 'en', en, publisher, published from mention where en is not null
)
select language, term, publisher, count(*) as mentions, min(published) as first, max(published) as last
from name group by 1, 2, 3 order by language desc, 4 desc, term, publisher
"""
)

# A mention of one language only and a linked one may stand in the same sentence: what counts is where it begins.
# `cross join` is SQLite's way to say which comes first: else it may read all mentions of the glossary.
_NEIGHBOURS = """
with here as (
    select distinct ja_document_id, ja_sentence_start, en_document_id, en_sentence_start
    from contexts where concept_id = :concept_id
),
near as (
    select other.concept_id, here.ja_document_id as document_id, here.ja_sentence_start as start
    from here cross join contexts as other
        on other.ja_document_id = here.ja_document_id and other.ja_sentence_start = here.ja_sentence_start
    union
    select other.concept_id, coalesce(here.ja_document_id, here.en_document_id),
        coalesce(here.ja_sentence_start, here.en_sentence_start)
    from here cross join contexts as other
        on other.en_document_id = here.en_document_id and other.en_sentence_start = here.en_sentence_start
)
select near.concept_id, glossary.ja, glossary.en, glossary.kind, count(*) as sentences
from near join glossary using (concept_id)
where near.concept_id not in (
    select concept_id from terms where term in (select term from terms where concept_id = :concept_id)
)
group by near.concept_id order by sentences desc, glossary.occurrences, near.concept_id limit :limit
"""


def usage_of_term(db: sqlite3.Connection, term: str, *, limit: int = 20) -> list[Row]:
    """How each concept that is called `term` (Japanese, English, kana or romaji) is used; at most `limit` of them.

    Raises GlossaryError where none is, with some that are similar.
    """
    found = find_concepts(db, term, limit=max(limit, 20))
    exact = [row for row in found if row["match"] == "exact"]
    if not exact:
        similar = ", ".join(printable(row["ja"] or row["en"]) for row in found[:5])
        advice = f"similar are {similar}" if similar else "`glossary lookup` finds parts of terms, too"
        raise GlossaryError(f"No concept is called “{printable(term)}”: {advice}")
    return [usage(db, row) for row in exact[:limit]]


def usage(db: sqlite3.Connection, concept: Row) -> Row:
    """The usage of a concept (a row of the view `glossary`).

    `concept`; `mentions`, `documents`; `first` and `last`: a mention each, or None where no mention has a date;
    `undated`, `unattributed`: mentions without a date and without a publisher, which are guessed nowhere; `months`:
    rows of month (YYYY-MM), publisher, mentions; `publishers`: publisher (None for all without one), mentions,
    documents, first, last; `names`: by language, term as written, and publisher; `neighbours`: concepts by the number
    of sentences that they share with this one, at most NEIGHBOURS; not those that share a term with it.
    """
    key = {"concept_id": concept["concept_id"]}
    (span,) = rows(db, _SPAN, key)
    ends = {name: rows(db, _END.format(direction=way), key) for name, way in (("first", "asc"), ("last", "desc"))}
    return {
        "concept": {name: value for name, value in concept.items() if name != "match"},
        "mentions": span["mentions"],
        "documents": span["documents"],
        **{name: found[0] if found else None for name, found in ends.items()},
        "undated": span["undated"] or 0,
        "unattributed": span["unattributed"] or 0,
        "months": rows(db, _MONTHS, key),
        "publishers": rows(db, _PUBLISHERS, key),
        "names": rows(db, _NAMES, key),
        "neighbours": rows(db, _NEIGHBOURS, {**key, "limit": NEIGHBOURS}),
    }


def periods(months: list[Row], longest: int) -> tuple[list[str], dict[str | None, list[int]]]:
    """Labels of consecutive periods, and of each publisher the mentions in each, for a chart.

    Months; quarters (2024-Q1), or years, where there are more than `longest` of the shorter ones. Publishers with most
    mentions come first.
    """
    if not months:
        return [], {}
    first, last = (_number(row["month"]) for row in (months[0], months[-1]))
    step = next((step for step in (1, 3) if last // step - first // step < longest), 12)
    labels = [_label(place, step) for place in range(first // step, last // step + 1)]
    totals: dict[str | None, int] = {}
    for row in months:
        totals[row["publisher"]] = totals.get(row["publisher"], 0) + row["mentions"]
    counts = {name: [0] * len(labels) for name in sorted(totals, key=lambda name: (-totals[name], name or ""))}
    for row in months:
        counts[row["publisher"]][_number(row["month"]) // step - first // step] += row["mentions"]
    return labels, counts


def _number(month: str) -> int:
    """Months since year 0; a date that is a year alone counts as its January."""
    return int(month[:4]) * 12 + (int(month[5:7]) - 1 if len(month) == 7 else 0)


def _label(place: int, step: int) -> str:
    if step == 12:
        return str(place)
    return f"{place // 12:04}-{place % 12 + 1:02}" if step == 1 else f"{place // 4:04}-Q{place % 4 + 1}"
