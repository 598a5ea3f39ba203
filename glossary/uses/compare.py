"""What differs between two glossaries, or between two times or publishers in one.

Concepts are the same if they have one concept_id, or one that a merger or split has retired in favour of the other, or
else one pair of terms but for spelling (`glossary.identity.concept_id`); a concept that lacked a translation on one
side is the same as the only one with its term on the other. Rows are read one by one; ids alone are kept for all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from glossary.identity import concept_id, normalized, spelling_key
from glossary.uses.compare_sides import FIELDS, SIDE, Part, Sides, two_glossaries, two_parts
from glossary.uses.interrupts import heard
from glossary.uses.lookup import Row, rows

__all__ = ["Change", "Comparison", "Part", "Rivals", "Sides", "two_glossaries", "two_parts"]

_RETIRED = """
insert or ignore into same
with recursive moved (old_id, concept_id) as (
    select old_id, concept_id from {schema}.alias
    union select moved.old_id, alias.concept_id from moved join {schema}.alias on alias.old_id = moved.concept_id
)
select a.concept_id, b.concept_id from moved
    join a_side as a on a.concept_id = {a} join b_side as b on b.concept_id = {b}
"""

_BY_ID = """
create temp table same (a_id text primary key, b_id text not null unique) without rowid;
insert into same select a.concept_id, a.concept_id from a_side as a join b_side as b using (concept_id);
"""

_REST = """
create temp table rest_{side} as select concept_id, ja, en, pair_id(ja, en) as pair from {side}_side
where concept_id not in (select {side}_id from same);
create index temp.rest_{side}_pair on rest_{side} (pair);
create index temp.rest_{side}_ja on rest_{side} (ja);
create index temp.rest_{side}_en on rest_{side} (en);
"""

_BY_PAIR = """
insert or ignore into same
select a.concept_id, b.concept_id from rest_a as a join rest_b as b using (pair)
order by a.concept_id, b.concept_id
"""

_BY_ONLY_TERM = """
insert or ignore into same
select a.concept_id, b.concept_id from rest_a as a join rest_b as b using ({term})
where (a.{missing} is null or b.{missing} is null)
    and (select count(*) from rest_a where {term} = a.{term}) = 1
    and (select count(*) from rest_b where {term} = a.{term}) = 1
order by a.concept_id
"""

_CHANGED = """
create temp table changed as
select same.a_id, same.b_id from same
    join a_side as a on a.concept_id = same.a_id join b_side as b on b.concept_id = same.b_id
where {fields} {terms}
"""

_OTHER_TERMS = """
or exists (
    select language, term, status from a_terms where concept_id = same.a_id
    except select language, term, status from b_terms where concept_id = same.b_id
) or exists (
    select language, term, status from b_terms where concept_id = same.b_id
    except select language, term, status from a_terms where concept_id = same.a_id
)
"""

_DIFFERING = """
select ja, en from a_side where concept_id not in (select a_id from same)
union all select ja, en from b_side where concept_id not in (select b_id from same)
union all select ja, en from a_side where concept_id in (select a_id from changed)
union all select ja, en from b_side where concept_id in (select b_id from changed)
"""

_TOPICS = f"""
create temp table topic (language text not null, term text not null, primary key (language, term)) without rowid;
insert or ignore into topic select 'ja', ja from ({_DIFFERING}) where ja is not null and en is not null;
insert or ignore into topic select 'en', en from ({_DIFFERING}) where ja is not null and en is not null;
create temp table rival (language text not null, term text not null, primary key (language, term)) without rowid;
insert into rival select language, term from topic where rivals(language, term);
"""

_REPLACED = """
create temp table replaced_{side} as select concept_id from rest_{side} as one
where exists (select 1 from rival where language = 'ja' and term = one.ja)
        and exists (select 1 from rest_{other} as two where two.ja = one.ja and two.en is not null)
    or exists (select 1 from rival where language = 'en' and term = one.en)
        and exists (select 1 from rest_{other} as two where two.en = one.en and two.ja is not null);
"""

_TRANSLATIONS = """
select side.concept_id, side.ja, side.en, side.kind, side.occurrences from {side}_side as side
where side.concept_id in (
        select concept_id from {side}_terms
        where term = :term and language = :language and status not in ('deprecated', 'forbidden')
    ) and exists (
        select 1 from {side}_terms as other
        where other.concept_id = side.concept_id and other.language <> :language
            and other.term = iif(:language = 'ja', side.en, side.ja)
            and other.status not in ('deprecated', 'forbidden')
    )
order by side.occurrences desc, side.concept_id
"""

_USABLE = """
select term from {side}_terms where concept_id = ? and language = ? and status not in ('deprecated', 'forbidden')
"""

_IN_ORDER = "order by coalesce(reading, ja, en), ja, en, concept_id"


@dataclass(frozen=True, slots=True)
class Change:
    """A concept that both sides have, and what differs."""

    a: Row
    """Its row on the first side (compare_sides.SIDE)."""
    b: Row
    fields: dict[str, tuple[str | None, str | None]]
    """By name of the field: its value on the first and on the second side."""
    added: tuple[tuple[str, str, str], ...] = ()
    """(language, term, status) that the second side alone has; parts of one database are not compared in these."""
    removed: tuple[tuple[str, str, str], ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """As plain data."""
        names = ("language", "term", "status")
        return {
            "a": self.a,
            "b": self.b,
            "fields": {name: list(values) for name, values in self.fields.items()},
            "terms_added": [dict(zip(names, term, strict=True)) for term in self.added],
            "terms_removed": [dict(zip(names, term, strict=True)) for term in self.removed],
        }


@dataclass(frozen=True, slots=True)
class Rivals:
    """A term that the two sides translate differently, with the concepts of either side that have it."""

    language: str
    term: str
    a: tuple[Row, ...]
    """concept_id, ja, en, kind, occurrences; the most frequent first."""
    b: tuple[Row, ...]

    def as_dict(self) -> dict[str, Any]:
        """As plain data."""
        return {"language": self.language, "term": self.term, "a": list(self.a), "b": list(self.b)}


class Comparison:
    """The differences between two sides, read from the database as they are asked for, by reading and term."""

    def __init__(self, sides: Sides) -> None:
        self.sides = sides
        self._db = sides.db
        self._match()
        self._find_changes()

    def counts(self) -> dict[str, int]:
        """Concepts: `a`, `b` (of each side), `unchanged`, `new`, `gone`, `changed`; terms: `competing`."""
        a, b, same, changed, rivals, old, replacing = (
            self._db.execute(f"select count(*) from {name}").fetchone()[0]
            for name in ("a_side", "b_side", "same", "changed", "rival", "replaced_a", "replaced_b")
        )
        return {
            "a": a, "b": b, "unchanged": same - changed, "new": b - same - replacing, "gone": a - same - old,
            "changed": changed, "competing": rivals,
        }  # fmt: skip

    def new(self) -> Iterator[Row]:
        """Concepts that the second side alone has, as rows of SIDE; not what merely translates a term otherwise."""
        return self._alone("b")

    def gone(self) -> Iterator[Row]:
        """Concepts that the first side alone has; not those in whose place `competing` shows another translation."""
        return self._alone("a")

    def changed(self) -> Iterator[Change]:
        """Concepts that both have, with different terms, kind, status, definition or the like."""
        sql = f"select a_id, b_id from changed join b_side on b_side.concept_id = changed.b_id {_IN_ORDER}"
        for a_id, b_id in self._db.execute(sql):
            a, b = self._concept("a", a_id), self._concept("b", b_id)
            fields = {name: (a[name], b[name]) for name in self._fields() if self._differ(a[name], b[name])}
            before, after = self._terms("a", a_id), self._terms("b", b_id)
            yield Change(a, b, fields, tuple(sorted(after - before)), tuple(sorted(before - after)))

    def competing(self) -> Iterator[Rivals]:
        """Terms that the two sides translate differently: a translation preferred here is not usable there."""
        for language, term in self._db.execute("select language, term from rival order by language desc, term"):
            yield Rivals(language, term, *(tuple(self._translations(side, language, term)) for side in "ab"))

    def _match(self) -> None:
        self._db.create_function("pair_id", 2, heard(concept_id), deterministic=True)
        self._db.executescript(_BY_ID)
        if self.sides.two_databases:
            self._db.execute(_RETIRED.format(schema="other", a="moved.old_id", b="moved.concept_id"))
            self._db.execute(_RETIRED.format(schema="main", a="moved.concept_id", b="moved.old_id"))
        for side in "ab":
            self._db.executescript(_REST.format(side=side))
        self._db.execute(_BY_PAIR)
        self._drop_matched()
        for term, missing in (("ja", "en"), ("en", "ja")):
            self._db.execute(_BY_ONLY_TERM.format(term=term, missing=missing))
            self._drop_matched()

    def _drop_matched(self) -> None:
        for side in "ab":
            self._db.execute(f"delete from rest_{side} where concept_id in (select {side}_id from same)")

    def _fields(self) -> tuple[str, ...]:
        return FIELDS if self.sides.two_databases else ("ja", "en")

    def _differ(self, a: str | None, b: str | None) -> bool:
        """A text may lack a term or begin a sentence with it; what a database says counts to the letter."""
        if self.sides.two_databases or a == b:
            return a != b
        return a is not None and b is not None and normalized(a) != normalized(b)

    def _find_changes(self) -> None:
        self._db.create_function("differ", 2, heard(self._differ), deterministic=True)
        fields = " or ".join(f"(a.{name} is not b.{name} and differ(a.{name}, b.{name}))" for name in self._fields())
        terms = _OTHER_TERMS if self.sides.two_databases else ""
        self._db.execute(_CHANGED.format(fields=fields, terms=terms))
        self._db.create_function("rivals", 2, heard(self._are_rivals))
        self._db.executescript(_TOPICS)
        for side, other in ("ab", "ba"):
            self._db.executescript(_REPLACED.format(side=side, other=other))

    def _are_rivals(self, language: str, term: str) -> bool:
        """Whether one side prefers a translation that the other, in any spelling, has not for the same term."""
        other = "en" if language == "ja" else "ja"
        found = {side: self._translations(side, language, term) for side in "ab"}
        if not all(found.values()):
            return False
        usable = {side: self._usable(side, concepts, other) for side, concepts in found.items()}
        return any(
            spelling_key(other, row[other]) not in usable[opposite]
            for side, opposite in (("a", "b"), ("b", "a"))
            for row in found[side]
        )

    def _usable(self, side: str, concepts: list[Row], language: str) -> set[str]:
        sql = _USABLE.format(side=side)
        return {
            spelling_key(language, term)
            for row in concepts
            for (term,) in self._db.execute(sql, [row["concept_id"], language])
        }

    def _translations(self, side: str, language: str, term: str) -> list[Row]:
        return rows(self._db, _TRANSLATIONS.format(side=side), {"language": language, "term": term})

    def _terms(self, side: str, concept_id: str) -> set[tuple[str, str, str]]:
        if not self.sides.two_databases:
            return set()
        sql = f"select language, term, status from {side}_terms where concept_id = ?"
        return set(self._db.execute(sql, [concept_id]))

    def _concept(self, side: str, concept_id: str) -> Row:
        return rows(self._db, f"select {', '.join(SIDE)} from {side}_side where concept_id = ?", [concept_id])[0]

    def _alone(self, side: str) -> Iterator[Row]:
        alone = f"concept_id in (select concept_id from rest_{side} except select concept_id from replaced_{side})"
        sql = f"select {', '.join(SIDE)} from {side}_side where {alone} {_IN_ORDER}"
        for values in self._db.execute(sql):
            yield dict(zip(SIDE, values, strict=True))
