"""What is in a glossary and how it was built: counts over the public views, and those that are stored."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    import sqlite3

    from sqlite_utils import Database

_COUNTS = {
    "documents": "select language, count(*) from documents group by 1 order by 1 desc",
    "kinds": "select kind, count(*) from glossary group by 1 order by 2 desc, 1",
    "origins": "select origin, count(*) from glossary group by 1 order by 2 desc, 1",
    "statuses": "select status, count(*) from glossary group by 1 order by 2 desc, 1",
}

_PAIRS_SHOWN = """
select count(*) from (
    select distinct concept_id, document, ja, en from contexts where ja is not null and en is not null
)
"""

_TOTALS = {
    "bitexts": "select count(*) from bitexts",
    "segments": "select count(*) from segments",
    "concepts": "select count(*) from glossary",
    "terms": "select count(*) from terms",
    "decisions": "select count(*) from decisions",
    "pairs_shown": _PAIRS_SHOWN,
    "mentions_below_threshold": "select count(*) from candidates",
}

# As glossary.store.threshold has it: what a person set goes before what the last build advised.
_THRESHOLD = """
select cast(coalesce(
    (select value from settings where key = 'threshold'),
    (select value from settings where key = 'default_threshold'),
    0.5
) as real)
"""

_CONFIDENCE = """
select min(cast(confidence * 10 as integer), 9) as tenth, count(*)
from glossary where confidence is not null group by 1
"""

_LAST_BUILD = "select * from builds order by build_id desc limit 1"


def statistics(db: sqlite3.Connection) -> dict[str, Any]:
    """Counts by their names; every key is there in an empty glossary too.

    `pairs_shown` counts distinct (concept, document, ja, en) with a linked mention. `pairs_below_threshold` counts, in
    each document, the pairs of a confidence below it that nobody rejected, as the start page in a browser does;
    `mentions_below_threshold` the rows of `candidates`. `confidence` maps the lower edge of each tenth ("0.0" to "0.9")
    to the number of concepts. `last_build` is the newest row of the view `builds` with its JSON decoded, or None;
    `model_state` the number of the state it used.
    """
    from glossary.store.tally import below
    from glossary.uses.reading import Reader

    result: dict[str, Any] = {name: db.execute(sql).fetchone()[0] for name, sql in _TOTALS.items()}
    result |= {name: dict(db.execute(sql).fetchall()) for name, sql in _COUNTS.items()}
    result["threshold"] = db.execute(_THRESHOLD).fetchone()[0]
    result["pairs_below_threshold"] = below(cast("Database", Reader(db)), result["threshold"])
    tenths = dict(db.execute(_CONFIDENCE).fetchall())
    result["confidence"] = {f"{tenth / 10:.1f}": tenths.get(tenth, 0) for tenth in range(10)}
    build = _last_build(db)
    result["last_build"] = build
    result["model_state"] = build["state"] if build else None
    result["lexicons"] = (build["lexicons"] if build else None) or []
    return result


def _last_build(db: sqlite3.Connection) -> dict[str, Any] | None:
    cursor = db.execute(_LAST_BUILD)
    row = cursor.fetchone()
    if row is None:
        return None
    build = dict(zip((column[0] for column in cursor.description), row, strict=True))
    return build | {name: _decoded(build[name]) for name in ("counts", "lexicons")}


def _decoded(value: Any) -> Any:
    try:
        return json.loads(value)
    except (TypeError, ValueError):
        return value


def statistics_text(statistics: dict[str, Any]) -> str:
    """The result of `statistics` for people."""
    return "\n".join(_lines(statistics))


def _lines(found: dict[str, Any]) -> Iterator[str]:
    documents = ", ".join(f"{number:,} {language}" for language, number in found["documents"].items())
    yield _line("Documents", sum(found["documents"].values()), documents)
    yield _line("Bitexts", found["bitexts"])
    yield _line("Segments", found["segments"])
    yield _line("Concepts", found["concepts"], _breakdown(found["kinds"]))
    yield _line("  by origin", None, _breakdown(found["origins"]))
    yield _line("  by status", None, _breakdown(found["statuses"]))
    yield _line("Terms", found["terms"])
    yield _line("Decisions", found["decisions"])
    yield _line("Pairs shown", found["pairs_shown"], f"confidence of at least {found['threshold']:.2f}")
    mentions = found["mentions_below_threshold"]
    counted = f"{mentions:,} mention{'' if mentions == 1 else 's'} in the view candidates"
    note = f"confidence below {found['threshold']:.2f}; {counted}"
    yield _line("Pairs below", found["pairs_below_threshold"], note)
    yield from _histogram(found["confidence"])
    yield from _build_lines(found)


def _line(label: str, number: int | None, note: str = "") -> str:
    value = "" if number is None else f"{number:,}"
    return f"{label:<14}{value:>9}  {note}".rstrip()


def _breakdown(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {number:,}" for name, number in counts.items())


def _histogram(confidence: dict[str, int]) -> Iterator[str]:
    highest = max(confidence.values())
    if not highest:
        return
    yield "Confidence of concepts"
    for edge, number in reversed(confidence.items()):
        if number:
            yield f"  {edge} and up {number:>11,}  {'█' * max(1, round(30 * number / highest))}"


def _build_lines(found: dict[str, Any]) -> Iterator[str]:
    from glossary.uses.terminal import printable

    build = found["last_build"]
    if build is None:
        yield "Not built yet"
        return
    yield f"Last build     {build['finished']} by glossary {build['version']}: {printable(build['command'])}"
    yield f"Model state    {'none' if found['model_state'] is None else found['model_state']}"
    lexicons = found["lexicons"]
    yield f"Lexicons       {', '.join(map(str, lexicons)) if isinstance(lexicons, (list, dict)) else lexicons}"
