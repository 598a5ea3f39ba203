"""Datasets that builds wrote become one glossary, equal to the one that a build would have made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from .. import __version__
from ..errors import GlossaryError
from ..gathering import Run, Stored, gathered, store
from ..terms.state import ModelState
from .dataset import Dataset, state_digest
from .units import Result, Unit, documents_of

if TYPE_CHECKING:
    from ..store import PublishReport

Progress = Callable[[str, int, int], None]
"""progress(step, done, total)."""


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What a merger did."""

    texts: int
    """New bitexts and documents without counterpart."""
    published: PublishReport
    concepts: int
    """That the glossary shows now."""

    def summary(self) -> str:
        """A line."""
        if not self.published.changed:
            return "Nothing is new; the glossary is as it was."
        added = self.published.documents_added
        return f"Read {self.texts:,} texts; stored {added:,} new documents; {self.concepts:,} concepts are shown."


def merge(folders: Sequence[Path], db_path: Path, *, progress: Progress | None = None) -> MergeReport:
    """Store what the datasets hold in the glossary at `db_path`, in one transaction.

    They must rest on the same version, lexicons, weights and model state, which must be that of the glossary if there
    is one: those of builds with the same `db_path`, or of one build. Documents that are there already cost nothing.
    Raises GlossaryError, with nothing changed, for datasets that do not fit together, are not complete, or are damaged.
    """
    from ..build import check_place, known_documents
    from ..store import open_glossary

    started = datetime.now(UTC).isoformat(timespec="seconds")
    show = progress or (lambda step, done, total: None)
    if not folders:
        raise GlossaryError("no dataset given: name a folder that `glossary build --parquet` wrote")
    check_place(db_path)
    datasets = [Dataset(folder) for folder in folders]
    _check_alike(folders, datasets)
    first, state = datasets[0].contents.run, datasets[0].state()
    if db_path.exists():
        open_glossary(db_path).close()  # one of an older version is brought up to date
    known, state_row = known_documents(db_path)
    if state_row is not None and state_digest(state_row[1]) != state_digest(state):
        raise GlossaryError(
            f"{folders[0]} was scored by another model state than that of {db_path}:"
            f" build it with --db {db_path}, or merge it into a new glossary"
        )
    results = _results(datasets, known, show)
    copies = [document for dataset in datasets for document in dataset.copies()]
    show("Storing", 0, 0)
    harvest = gathered(results, first.basis, Stored.of(db_path), copies)
    run = Run(" ".join(["glossary merge", *map(str, folders)]), first.version, started, first.basis)
    teaches = state_row is None and ModelState.from_bytes(state).documents > 0
    published, _, totals = store(db_path, harvest, run, state if teaches else None)
    return MergeReport(len(results), published, totals["concepts"])


def _check_alike(folders: Sequence[Path], datasets: Sequence[Dataset]) -> None:
    first = datasets[0].contents
    made_by = first.run.version
    if made_by.partition("+")[0] != __version__:
        raise GlossaryError(
            f"{folders[0]} was made by glossary {made_by}, this is {__version__}: build it anew, or merge it there"
        )
    for folder, dataset in zip(folders, datasets, strict=True):
        other = dataset.contents
        for what, same in (
            ("version or weights", other.run.version == made_by),
            ("lexicons", other.run.basis == first.run.basis),
            ("model state", other.state == first.state),
        ):
            if not same:
                raise GlossaryError(
                    f"{folder} rests on another {what} than {folders[0]}: build both with --db of one glossary"
                )


def _results(datasets: Sequence[Dataset], known: set[str], show: Progress) -> list[tuple[Unit, Result]]:
    """What is new, each text once."""
    found: dict[tuple[str, ...], tuple[Unit, Result]] = {}
    total = sum(map(len, datasets))
    done = 0
    for dataset in datasets:
        for part in dataset.parts():
            for unit, result in part:
                ids = tuple(document.document_id for document in documents_of(unit))
                if not known.issuperset(ids):
                    found.setdefault(ids, (unit, result))
            done += 1
            show("Merging", done, total)
    return list(found.values())
