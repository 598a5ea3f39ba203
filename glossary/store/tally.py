"""Counts that pages show, kept by triggers: whoever changes a row, in whatever way, changes the count with it.

`tally` has one row for each `what` and `name` that there is any of:

- `kind`, `status`: concepts that are shown, by their kind and status; `waiting` (name ''): those of them that are
  candidates and have a pair to review;
- `publisher`, `month` (YYYY-MM): documents by name, the two sides of a bitext counting once;
- `confidence`: pairs that are not rejected, by thousandths of their confidence, rounded down;
- `shared ja`, `shared en`: concepts that are shown and have both terms, by a term that several of them have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_THOUSANDTHS = "cast(cast({row}confidence * 1000 as integer) as text)"

COUNTED = f"""
select 'kind' as what, kind as name, count(*) as number from concept where shown = 1 group by 2
union all select 'status', status, count(*) from concept where shown = 1 group by 2
union all select 'waiting', '', count(*) from concept
    where shown = 1 and status = 'candidate' and confidence is not null having count(*) > 0
union all select 'publisher', publisher, count(distinct name) from document where publisher is not null group by 2
union all select 'month', substr(published, 1, 7), count(distinct name) from document
    where published is not null group by 2
union all select 'confidence', {_THOUSANDTHS.format(row="")}, count(*) from pairing where rejected = 0 group by 2
union all select 'shared ja', ja, count(*) from concept
    where shown = 1 and ja is not null and en is not null group by 2 having count(*) > 1
union all select 'shared en', en, count(*) from concept
    where shown = 1 and ja is not null and en is not null group by 2 having count(*) > 1
"""
"""The rows of `tally`, counted anew: it reads whole tables."""


def recount(db: Database) -> None:
    """Count everything anew, inside the caller's transaction."""
    db.conn.execute("delete from tally")
    db.conn.execute(f"insert into tally (what, name, number) {COUNTED}")


def below(db: Database, threshold: float) -> int:
    """How many pairs that are not rejected have a confidence below `threshold` (0 to 1)."""
    bound = int(threshold * 1000)
    sql = f"""
    select ifnull((select sum(number) from tally where what = 'confidence' and cast(name as integer) < :bound), 0)
        + (select count(*) from pairing where confidence >= (:bound - 1) / 1000.0 and confidence < :threshold
            and {_THOUSANDTHS.format(row="")} = cast(:bound as text) and rejected = 0)
    """
    return int(db.conn.execute(sql, {"bound": bound, "threshold": threshold}).fetchone()[0])


def _change(number: int, what: str, name: str, when: str) -> str:
    """`number` more of what is named by an expression, where the condition `when` holds.

    No statement here can meet a conflict: the statement that fires a trigger would say how it is resolved.
    """
    place = f"what = '{what}' and name = {name}"
    return f"""
    insert into tally (what, name, number)
        select '{what}', {name}, 0 where {when} and not exists (select 1 from tally where {place});
    update tally set number = number + {number} where {place} and {when};
    delete from tally where {place} and number = 0;"""


def _of_concept(number: int, row: str) -> str:
    shown = f"{row}.shown = 1"
    waits = f"{shown} and {row}.status = 'candidate' and {row}.confidence is not null"
    counted = (("kind", f"{row}.kind", shown), ("status", f"{row}.status", shown), ("waiting", "''", waits))
    return "".join(_change(number, *what) for what in counted)


def _shared(language: str, row: str) -> tuple[str, str, str]:
    """Where the count of a shared term is, whether the row counts, and whether another concept has the term."""
    name, both = f"{row}.{language}", "{0}.shown = 1 and {0}.ja is not null and {0}.en is not null"
    # the index of English terms is one without case
    same = f"other.{language} = {name}" + (f" and other.en = {name} collate nocase" if language == "en" else "")
    other = f"select 1 from concept as other where {same} and other.id <> {row}.id and {both.format('other')}"
    return f"what = 'shared {language}' and name = {name}", both.format(row), other


def _more_shared(language: str) -> str:
    place, counts, other = _shared(language, "new")
    return f"""
    insert into tally (what, name, number)
        select 'shared {language}', new.{language}, 1
        where {counts} and not exists (select 1 from tally where {place}) and exists ({other});
    update tally set number = number + 1 where {place} and {counts};"""


def _less_shared(language: str) -> str:
    place, counts, _other = _shared(language, "old")
    return f"""
    update tally set number = number - 1 where {place} and {counts};
    delete from tally where {place} and number < 2;"""


def _of_document(number: int, row: str) -> str:
    """A document counts unless the other side of the same name counts for the same publisher or month."""

    def change(what: str, value: str) -> str:
        of_row, of_other = value.format(f"{row}."), value.format("other.")
        other = f"select 1 from document as other where name = {row}.name and id <> {row}.id and {of_other} = {of_row}"
        return _change(number, what, of_row, f"{of_row} is not null and not exists ({other})")

    return change("publisher", "{}publisher") + change("month", "substr({}published, 1, 7)")


def _of_pairing(number: int, row: str) -> str:
    return _change(number, "confidence", _THOUSANDTHS.format(row=f"{row}."), f"{row}.rejected = 0")


def _triggers(table: str, columns: str, more: str, less: str, when: str) -> str:
    return f"""
create trigger tally_{table}_added after insert on {table} begin{more}
end;
create trigger tally_{table}_deleted after delete on {table} begin{less}
end;
create trigger tally_{table}_changed after update of {columns} on {table} when {when} begin{less}{more}
end;"""


def _differ(*columns: str) -> str:
    return " or ".join(f"old.{column} is not new.{column}" for column in columns)


STORED_COUNTS = f"""
create index concept_first_seen on concept (first_seen) where shown = 1;

create table tally (
    what text not null,
    name text not null,
    number integer not null,
    primary key (what, name)
) without rowid;
{
    _triggers(
        "concept", "kind, status, shown, confidence", _of_concept(1, "new"), _of_concept(-1, "old"),
        _differ("kind", "status", "shown") + " or (old.confidence is null) <> (new.confidence is null)",
    )
}{
    _triggers("pairing", "confidence, rejected", _of_pairing(1, "new"), _of_pairing(-1, "old"),
              _differ("confidence", "rejected"))
}{
    _triggers("document", "name, publisher, published", _of_document(1, "new"), _of_document(-1, "old"),
              _differ("name", "publisher", "published"))
}
"""  # fmt: skip
"""The third migration: the table, what keeps it, and the order of the newest terms."""

_MORE = _more_shared("ja") + _more_shared("en")
_LESS = _less_shared("ja") + _less_shared("en")

SHARED_TERMS = f"""
create trigger shared_term_added after insert on concept when new.shown = 1 begin{_MORE}
end;
create trigger shared_term_deleted after delete on concept when old.shown = 1 begin{_LESS}
end;
create trigger shared_term_changed after update of ja, en, shown on concept
when {_differ("ja", "en", "shown")} begin{_LESS}{_MORE}
end;
"""
"""The fourth migration: what keeps the counts of terms that several concepts share."""
