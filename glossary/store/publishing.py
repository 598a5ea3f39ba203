"""Publishing: what a build found enters the database in one transaction, and only what is new touches it."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from sqlite_utils import Database

from ..records import Document, Harvest
from .concepts import recompute
from .connection import transaction
from .documents import delete_units, document_numbers, insert_documents, units_of, update_copies
from .harvest import Sorted, Unit, sort_harvest
from .rows import insert_units
from .settings import add_state, moment, now, set_calibration, set_default_threshold

Replay = Callable[[Database, Collection[int]], Collection[int] | None]
"""Called within the transaction with the touched concepts (`concept.id`), before they are recomputed, to apply people's
decisions anew; returns the further concepts that it touched."""


@dataclass(frozen=True, slots=True)
class PublishReport:
    """What a publication did: numbers of documents, and of the concepts and rows that the harvest's new units had."""

    documents_added: int = 0
    documents_replaced: int = 0
    documents_unchanged: int = 0
    concepts: int = 0
    """Concepts touched, those that vanished included."""
    concepts_removed: int = 0
    pairings: int = 0
    contexts: int = 0
    changed: bool = False


@dataclass
class _Plan:
    """What of a harvest is new to the database."""

    added: list[Document] = field(default_factory=list)
    replaced: list[int] = field(default_factory=list)
    """`document.id` of the stored documents that make room for added ones."""
    outdated: set[int] = field(default_factory=set)
    """`unit.id` of the stored units that new ones take the place of."""
    units: list[Unit] = field(default_factory=list)


def publish(
    db: Database,
    harvest: Harvest,
    *,
    command: str,
    version: str,
    state: bytes | None = None,
    started: str | None = None,
    default_threshold: float | None = None,
    refresh: bool = False,
    replay: Replay | None = None,
) -> PublishReport:
    """Store what is new in `harvest`, all or nothing.

    Documents that are there already (same document_id) stay untouched; one of the same name and language is replaced
    with all that was found in it and in its bitexts. With `refresh` all units of the harvest are stored anew. If
    nothing is new, nothing is written at all.

    People's decisions are applied anew to all that changed; `replay` takes the place of the function that does so.

    `started`: ISO 8601, UTC. `default_threshold`: what to show (confidence) as long as no person set a threshold.
    Raises GlossaryError if two texts have one name or the database cannot be written, ValueError if the harvest
    contradicts itself (offsets outside of the text, evidence that does not add up to the score, ...).
    """
    sorted_harvest = sort_harvest(harvest)
    with transaction(db):
        at = now()
        plan = _plan(db, sorted_harvest, refresh)
        recalibrated, touched = set_calibration(db, harvest.calibration)
        if plan.units or plan.added:
            touched |= delete_units(db, plan.outdated | units_of(db, plan.replaced))
            db.conn.executemany("delete from document where id = ?", [(number,) for number in plan.replaced])
            insert_documents(db, plan.added, at)
            touched |= insert_units(db, plan.units, sorted_harvest.documents, at)
        if refresh:
            update_copies(db, sorted_harvest.documents.values())
        advised = default_threshold is not None and set_default_threshold(db, default_threshold)
        touched |= replayed(db, touched, replay)
        removed = recompute(db, touched, at=moment(), actor="build")
        report = _report(plan, sorted_harvest, len(touched), removed, recalibrated or advised)
        if report.changed:
            number = add_state(db, state)
            record_build(db, report, harvest.lexicons, (started or at, command, version), number)
    return report


def replayed(db: Database, touched: Collection[int], replay: Replay | None) -> set[int]:
    """Apply people's decisions anew to the touched concepts; the concepts (`concept.id`) touched by that."""
    if not touched:
        return set()
    from ..decisions.replaying import replay as decisions_replay

    return set((replay or decisions_replay)(db, touched) or ())


def record_build(
    db: Database, counts: object, lexicons: Collection[str], run: tuple[str, str, str], state: int | None
) -> None:
    """One row of `builds`. `counts`: a dataclass of numbers; `run`: when it started, the command, our version."""
    started, command, version = run
    numbers = {name: getattr(counts, name) for name in counts.__slots__ if name != "changed"}  # type: ignore[attr-defined]
    db.conn.execute(
        """insert into build (started, finished, command, version, counts, lexicons, state)
        values (?, ?, ?, ?, ?, ?, ?)""",
        [started, now(), command, version, json.dumps(numbers), json.dumps(list(lexicons), ensure_ascii=False), state],
    )


def _plan(db: Database, harvest: Sorted, refresh: bool) -> _Plan:
    numbers = document_numbers(db)
    names = {(name, language): i for i, name, language in db.conn.execute("select id, name, language from document")}
    plan = _Plan()
    for document_id, document in harvest.documents.items():
        if document_id not in numbers:
            plan.added.append(document)
            other = names.get((document.name, document.language))
            if other is not None:
                plan.replaced.append(other)
    for unit in harvest.units.values():
        sides = [numbers.get(document_id) if document_id else None for document_id in unit.key]
        if refresh or not _is_stored(db, unit, sides):
            plan.units.append(unit)
            plan.outdated |= _outdated(db, unit, sides, refresh)
    return plan


def _is_stored(db: Database, unit: Unit, sides: list[int | None]) -> bool:
    """True if the database has this bitext, or has this single document alone or in any bitext."""
    if unit.bitext is None:
        return bool(units_of(db, [number for number in sides if number is not None]))
    found = db.conn.execute("select 1 from unit where ja_document = ? and en_document = ?", sides)
    return found.fetchone() is not None


def _outdated(db: Database, unit: Unit, sides: list[int | None], refresh: bool) -> set[int]:
    """The stored units that `unit` takes the place of: its documents standing alone, a bitext of its name."""
    if refresh:
        return units_of(db, [number for number in sides if number is not None])
    if unit.bitext is None:
        return set()
    rows = db.conn.execute(
        """select id from unit where ja_document = ? and en_document is null
        union select id from unit where en_document = ? and ja_document is null
        union select id from unit where name = ? and ja_document is not null and en_document is not null""",
        [*sides, unit.name],
    )
    return {row[0] for row in rows}


def _report(plan: _Plan, harvest: Sorted, touched: int, removed: int, resettled: bool) -> PublishReport:
    found = [found for unit in plan.units for found in unit.found.values()]
    return PublishReport(
        documents_added=len(plan.added) - len(plan.replaced),
        documents_replaced=len(plan.replaced),
        documents_unchanged=len(harvest.documents) - len(plan.added),
        concepts=touched,
        concepts_removed=removed,
        pairings=sum(len(f.pairings) for f in found),
        contexts=sum(len(f.contexts) for f in found),
        changed=bool(plan.units or plan.added or resettled),
    )
