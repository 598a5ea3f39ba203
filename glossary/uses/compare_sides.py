"""The two sides of a comparison, laid out alike: two databases, or two sets of documents of one.

On a read-only connection, in temporary tables and views: `a_side` and `b_side` with a row a concept (SIDE), `a_terms`
and `b_terms` with a row a term. SQLite keeps them on disk where they are large.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from glossary.errors import GlossaryError
from glossary.uses.interrupts import heard, interruptible
from glossary.uses.reading import open_for_reading
from glossary.uses.terminal import printable

FIELDS = (
    "ja", "en", "reading", "kind", "status", "definition_ja", "definition_en", "subject", "part_of_speech",
    "usage_note", "collection",
)  # fmt: skip
"""What is compared of a concept, named as in the view `glossary`."""

SIDE = ("concept_id", *FIELDS, "occurrences", "first_seen", "last_seen")
"""Columns of `a_side` and `b_side`."""

_TERMS = "concept_id, language, term, status, occurrences"

# Where a publisher or a time is looked at, what prevails there is what counts, and texts write a term in several ways:
# each way is taken for the term of the concept that is the same but for case, width and the like.
_PART = """
create temp table {side}_mention as
    select concept_id, ja, en, document, published from contexts where {condition};
create index temp.{side}_mention_concept on {side}_mention (concept_id);
create temp table {side}_terms as
    with written as (
        select concept_id, 'ja' as language, ja as surface, count(*) as occurrences from {side}_mention
        where ja is not null group by concept_id, ja
        union all
        select concept_id, 'en', en, count(*) from {side}_mention where en is not null group by concept_id, en
    ),
    named as (
        select written.concept_id, written.language, written.occurrences, coalesce(
            (
                select term from terms
                where concept_id = written.concept_id and language = written.language and term = written.surface
            ),
            (
                select term from terms
                where concept_id = written.concept_id and language = written.language
                    and folded(term) = folded(written.surface)
                order by occurrences desc, term limit 1
            ),
            written.surface
        ) as term
        from written
    )
    select named.concept_id, named.language, named.term, coalesce(terms.status, 'admitted') as status,
        sum(named.occurrences) as occurrences
    from named left join terms
        on terms.concept_id = named.concept_id and terms.language = named.language and terms.term = named.term
    group by named.concept_id, named.language, named.term;
create index temp.{side}_terms_concept on {side}_terms (concept_id, language);
create index temp.{side}_terms_term on {side}_terms (term);
create temp table {side}_side as
    with seen as (
        select concept_id, count(*) as mentions, min(published) as first, max(published) as last
        from {side}_mention group by concept_id
    ),
    prevailing as (
        select seen.*, {ja} as ja, {en} as en from seen
    )
    select glossary.concept_id, prevailing.ja, prevailing.en,
        iif(prevailing.ja = glossary.ja, glossary.reading, null) as reading, {others},
        prevailing.mentions as occurrences, prevailing.first as first_seen, prevailing.last as last_seen
    from prevailing join glossary using (concept_id);
create unique index temp.{side}_side_concept on {side}_side (concept_id);
"""

_PREVAILING = """(
    select term from {side}_terms as t where t.concept_id = seen.concept_id and t.language = '{language}'
    order by t.occurrences desc, t.status <> 'preferred', t.term limit 1
)"""

_BY_PUBLISHER = """(
    ja_document_id in (select document_id from documents where publisher = {0})
    or en_document_id in (select document_id from documents where publisher = {0})
)"""


@dataclass(frozen=True, slots=True)
class Part:
    """Some documents of a glossary: of a publisher, before a date, from a date on. Dates are ISO 8601."""

    publisher: str | None = None
    before: str | None = None
    since: str | None = None

    def __str__(self) -> str:
        named = (self.publisher, self.before and f"before {self.before}", self.since and f"since {self.since}")
        return ", ".join(filter(None, named))


@dataclass(frozen=True, slots=True)
class Sides:
    """Two sides, ready to be compared on `db`."""

    db: sqlite3.Connection
    a: str
    """What the first side is called."""
    b: str
    two_databases: bool
    """Two databases are compared in all they say; parts of one in which terms prevail."""
    undated: int = 0
    """Mentions that are on neither side, since their documents have no date."""


@contextmanager
def two_glossaries(a: Path, b: Path) -> Iterator[Sides]:
    """The glossaries at `a` and `b`. Raises GlossaryError if one cannot be read."""
    with open_for_reading(b):
        pass  # says what is wrong with it, which `attach` does not
    with open_for_reading(a) as db, interruptible():
        db.execute("attach database ? as other", [f"{b.absolute().as_uri()}?mode=ro"])
        for side, schema in (("a", "main"), ("b", "other")):
            db.execute(f"create temp view {side}_side as select {', '.join(SIDE)} from {schema}.glossary")
            db.execute(f"create temp view {side}_terms as select {_TERMS} from {schema}.terms")
        yield Sides(db, str(a), str(b), two_databases=True)


@contextmanager
def two_parts(path: Path, a: Part, b: Part) -> Iterator[Sides]:
    """Two sets of documents of one glossary.

    Raises GlossaryError if it cannot be read, or if none of its documents is by a publisher that was named.
    """
    from glossary.identity import normalized

    with open_for_reading(path) as db, interruptible():
        for part in (a, b):
            _check_publisher(db, path, part.publisher)
        db.create_function("folded", 1, heard(normalized), deterministic=True)
        for side, part in (("a", a), ("b", b)):
            db.executescript(_layout(db, side, part))
        undated = 0
        if a.before or a.since or b.before or b.since:
            undated = db.execute("select count(*) from contexts where published is null").fetchone()[0]
        yield Sides(db, str(a), str(b), two_databases=False, undated=undated)


def _layout(db: sqlite3.Connection, side: str, part: Part) -> str:
    conditions = ["1"]
    if part.publisher is not None:
        conditions.append(_BY_PUBLISHER.format(_literal(db, part.publisher)))
    if part.before is not None:
        conditions.append(f"published < {_literal(db, part.before)}")
    if part.since is not None:
        conditions.append(f"published >= {_literal(db, part.since)}")
    others = [f"glossary.{name}" for name in FIELDS if name not in ("ja", "en", "reading")]
    prevailing = {language: _PREVAILING.format(side=side, language=language) for language in ("ja", "en")}
    # The order of columns is that of SIDE but for the reading; they are read by name.
    return _PART.format(side=side, condition=" and ".join(conditions), others=", ".join(others), **prevailing)


def _literal(db: sqlite3.Connection, text: str) -> str:
    """A string as SQL has it; `executescript` takes no parameters."""
    return str(db.execute("select quote(?)", [text]).fetchone()[0])


def _check_publisher(db: sqlite3.Connection, path: Path, publisher: str | None) -> None:
    if publisher is None:
        return
    sql = "select distinct publisher from documents where publisher is not null order by 1"
    known = [row[0] for row in db.execute(sql)]
    if publisher not in known:
        names = ", ".join(map(printable, known[:10])) + (", …" if len(known) > 10 else "")
        choice = f"its publishers are {names}" if known else "none of them names a publisher"
        raise GlossaryError(f"{path}: no document is by “{printable(publisher)}”: {choice}")
