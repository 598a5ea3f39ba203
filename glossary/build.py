"""The whole pipeline on a page: files to documents, documents to beads, beads to pairs, pairs to concepts, stored.

read → analyse → align sentences → (model state) → align words → label → pair → rank → concepts → publish
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from . import __version__
from .documents.folder import Collection, read_paths
from .errors import GlossaryError
from .gathering import Basis, Run, Stored, gathered, store
from .lexicons.in_force import knowledge_for
from .pairing.decide import find_bitexts
from .scale.dataset import complete, prepare
from .scale.runners import runner
from .scale.scoring import Scoring
from .scale.spool import Spool
from .scale.units import Failure, Result, Unit, documents_of
from .scale.worker import Setup, forget
from .terms.model import InForce, model_in_force
from .terms.state import ModelState, estimate
from .uses.progress import reading_progress
from .work import WorkFile

if TYPE_CHECKING:
    from .store import PublishReport

Progress = Callable[[str, int, int], None]
"""progress(step, done, total)."""


@dataclass(frozen=True)
class BuildReport:
    """What a build did."""

    read: Collection
    new_documents: int
    published: PublishReport | None
    """None where nothing was new, or nothing was to be written."""
    state: int
    """Number of the model state in force."""
    dry_run: bool = False
    outgrown: bool = False
    """True where the model state was estimated from less than half of the bitexts there are."""
    skipped: tuple[tuple[Path, str], ...] = ()
    totals: dict[str, int] = field(default_factory=dict)
    dataset: Path | None = None
    """The folder that was written, in place of the glossary."""
    made: Path | None = None
    """The glossary, where there was none before."""

    def summary(self) -> str:
        """What was read and what came of it, in a few lines."""
        documents, bitexts = len(self.read.documents), len(self.read.bitexts)
        lines = [f"Read {_counted(documents, 'document')}, {_counted(bitexts, 'bitext')} among them."]
        lines += self._details()
        lines += [f"{path}: {remark}" for path, remark in self.read.notes]
        if self.dry_run:
            lines.append(f"New or changed: {_counted(self.new_documents, 'document')}; nothing was written.")
        elif self.dataset is not None:
            found = f"What {_counted(self.new_documents, 'new document')} hold is in {self.dataset}"
            lines.append(f"{found}: `glossary merge {self.dataset}` stores it.")
        elif self.published is None or not self.published.changed:
            lines.append("Nothing is new; the glossary is as it was.")
        else:
            shown = f"{self.totals['concepts']:,} concepts are shown, with {self.totals['contexts']:,} contexts"
            lines.append(f"Stored {self._stored(self.published)}; {shown} (model state {self.state}).")
            if self.made is not None:
                lines.append(f"The glossary is {self.made}: `glossary serve{self._at()}` shows it in the browser.")
            if self.outgrown:
                lines.append("The glossary has outgrown its model state: build once with --refresh for better pairs.")
        return "\n".join(lines)

    @staticmethod
    def _stored(published: PublishReport) -> str:
        changed = published.documents_replaced
        new = published.documents_added
        if changed and not new:
            return _counted(changed, "changed document")
        return _counted(new, "new document") + (f" and {_counted(changed, 'changed one')}" if changed else "")

    def _at(self) -> str:
        return "" if self.made is None or self.made == Path("glossary.db") else f" --db {self.made}"

    def _details(self) -> list[str]:
        """How the bitexts were found, what stays alone, what was repaired and what was passed over: a line each."""
        methods = Counter(bitext.method for bitext in self.read.bitexts)
        paired = {d.document_id for bitext in self.read.bitexts for d in (bitext.ja, bitext.en)}
        loose = [d for d in self.read.documents if d.document_id not in paired]
        copies = sum(document.duplicate_of is not None for document in loose)
        copied = sum(document.duplicate_of is not None for document in self.read.documents) - copies
        repairs = [len(document.repairs) for document in self.read.documents if document.repairs]
        lines = []
        if methods.keys() - {"name", "segments"}:
            lines.append("Bitexts by " + ", ".join(f"{name} {n:,}" for name, n in sorted(methods.items())) + ".")
        if loose:
            others = f"; {_counted(copies, 'copy or other version', 'copies or other versions')}" if copies else ""
            lines.append(f"Without counterpart: {len(loose) - copies:,}{others} (`glossary pairs` says why).")
        if copied:
            lines.append(f"Counted once: {_counted(copied, 'copy or other version', 'copies or other versions')}.")
        if repairs:
            lines.append(f"Repaired {_counted(sum(repairs), 'place')} in {_counted(len(repairs), 'document')}.")
        if self.read.ignored:
            lines.append(f"Passed over {_counted(self.read.ignored, 'file')} of other kinds.")
        return lines


def _counted(number: int, noun: str, plural: str = "") -> str:
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def build(
    paths: Iterable[Path | str],
    db_path: Path,
    *,
    jobs: int = 1,
    refresh: bool = False,
    dry_run: bool = False,
    manifest: Path | None = None,
    progress: Progress | None = None,
    scheduler: str | None = None,
    parquet: Path | None = None,
    min_score: float | None = None,
) -> BuildReport:
    """Read files and folders and bring the glossary at `db_path` up to them, in one transaction at the end.

    Documents that are there already cost nothing; new ones are scored with the model state in force, which the first
    build estimates and `refresh` estimates anew for all. The work is that of `jobs` processes, or of the Dask cluster
    at `scheduler` ("tcp://HOST:PORT"; "local": one of `jobs` processes here); the result is the same. A text that it
    fails on is left out and among the report's `skipped`. With `parquet` the workers write what they find to this
    folder, of which `glossary.scale.merge` makes a glossary, and the database stays as it is. `min_score`: the score
    from which on pairs of a corpus of sentence pairs are read. Raises GlossaryError for what a person can mend.
    """
    from .store import open_glossary

    started = datetime.now(UTC).isoformat(timespec="seconds")
    show = progress or (lambda step, done, total: None)
    paths = list(paths)
    check_place(db_path)
    if parquet is not None and not dry_run:
        _check_dataset(parquet, refresh)
    if db_path.exists() and not dry_run:
        open_glossary(db_path).close()  # one of an older version is brought up to date
    collection = read_paths(paths, on_progress=reading_progress(show), min_score=min_score)
    knowledge = knowledge_for(db_path)
    collection = find_bitexts(collection, knowledge, manifest=manifest, progress=show).collection
    known, state_row = known_documents(db_path)
    made = None if db_path.exists() else db_path
    new = {d.document_id for d in collection.documents if d.document_id not in known}
    if dry_run or (not new and not refresh):
        number = state_row[0] if state_row else 0
        return BuildReport(collection, len(new), None, number, dry_run, False, collection.skipped)
    units = _units(collection, None if refresh else new)
    if refresh:
        units = _with_stored(db_path, units, collection)
    in_force = model_in_force(db_path)
    setup = Setup.of(db_path, knowledge, in_force.digest)
    run = Run(_command(paths, refresh), _version(in_force), started, Basis.of(knowledge, in_force.model))
    copies = [document for document in collection.documents if document.duplicate_of is not None]
    with WorkFile(db_path) as work:
        with runner(jobs, scheduler) as workers, Spool() as spool:
            scoring = Scoring(workers, setup, show)
            if refresh or state_row is None:
                scoring.align(units, spool, work)
                show("Estimating the model state", 0, 0)
                state = estimate(spool, in_force.model.base)
            else:
                state = ModelState.from_bytes(state_row[1])
            is_new = len(spool) > 0  # texts in one language teach nothing of the other
            parts: list[str] = []
            results: list[tuple[Unit, Result]] = []
            if parquet is not None:
                parts = scoring.write(units, state.to_bytes(), parquet)
            else:
                results = scoring.results(units, state.to_bytes(), work)
        forget()
        _check_failures(scoring.failures, known, nothing_is_left=not (parts or results))
        skipped = collection.skipped + _left_out(scoring.failures)
        if parquet is not None:
            complete(parquet, run, parts, state.to_bytes(), copies)
            return BuildReport(collection, len(new), None, 0, skipped=skipped, dataset=parquet)
        show("Storing", 0, 0)
        harvest = gathered(results, run.basis, Stored({}, ()) if refresh else Stored.of(db_path), copies)
        report, number, totals = store(db_path, harvest, run, state.to_bytes() if is_new else None, refresh=refresh)
    outgrown = 0 < 2 * state.documents < totals["bitexts"]
    return BuildReport(collection, len(new), report, number, False, outgrown, skipped, totals, made=made)


def check_place(db_path: Path) -> None:
    """Refuse at once, before the long work, a place that cannot be written."""
    folder = db_path.parent
    if not folder.is_dir():
        raise GlossaryError(f"{folder}: no such folder; make it or name another place with --db")
    if not os.access(db_path if db_path.exists() else folder, os.W_OK):
        raise GlossaryError(f"{db_path}: cannot be written; name another place with --db")


def _check_dataset(folder: Path, refresh: bool) -> None:
    """Refuse at once a folder that no dataset can be written to."""
    if refresh:
        raise GlossaryError("--refresh and --parquet exclude each other: to estimate anew, name a new --db")
    prepare(folder)


def known_documents(db_path: Path) -> tuple[set[str], tuple[int, bytes] | None]:
    """Ids of the stored documents in which terms were looked for, and the model state in force."""
    from .store import open_glossary, read_state, stored_documents
    from .store.removal import widowed_documents

    if not db_path.exists():
        return set(), None
    with open_glossary(db_path, readonly=True) as db:
        stored = {document.document_id for document in stored_documents(db)}
        return stored - set(widowed_documents(db)), read_state(db)


def _version(in_force: InForce) -> str:
    """Ours; with weights that the glossary learned itself these too, as the local part of a version (PEP 440)."""
    return f"{__version__}+trained.{in_force.digest[:12]}" if in_force.learned else __version__


def _command(paths: Sequence[Path | str], refresh: bool) -> str:
    return " ".join(["glossary build", *(str(path) for path in paths), *(["--refresh"] if refresh else [])])


def _units(collection: Collection, new: set[str] | None) -> list[Unit]:
    """What is to be scored: bitexts with a new side, and new single documents; all of them if `new` is None.

    A copy of another document is stored but not scored, so that nothing counts twice.
    """
    paired = {document.document_id for bitext in collection.bitexts for document in (bitext.ja, bitext.en)}
    units: list[Unit] = []
    for bitext in collection.bitexts:
        copy = bitext.ja.duplicate_of is not None and bitext.en.duplicate_of is not None
        if not copy and (new is None or bitext.ja.document_id in new or bitext.en.document_id in new):
            units.append(bitext)
    for document in collection.documents:
        if document.document_id not in paired and document.duplicate_of is None:
            units += [document] if new is None or document.document_id in new else []
    return units


def _with_stored(db_path: Path, units: list[Unit], read: Collection) -> list[Unit]:
    """The units, and those of the database that have none of the documents that were `read`."""
    from .store import open_glossary, stored_units

    if not db_path.exists():
        return units
    given = {(d.name, d.language) for d in read.documents}
    with open_glossary(db_path, readonly=True) as db:
        stored = stored_units(db)
    return units + [unit for unit in stored if not any((d.name, d.language) in given for d in documents_of(unit))]


def _left_out(failures: Sequence[Failure]) -> tuple[tuple[Path, str], ...]:
    """(file, why) of texts that could not be worked on, reported like files that cannot be read."""
    return tuple(
        (Path(documents_of(f.unit)[0].path), f"left out, its terms could not be found ({f.reason})") for f in failures
    )


def _check_failures(failures: Sequence[Failure], stored: set[str], nothing_is_left: bool) -> None:
    """Refuse where leaving texts out would leave nothing, or would take stored ones out of the glossary."""
    for failure in failures:
        documents = documents_of(failure.unit)
        if nothing_is_left or any(document.document_id in stored for document in documents):
            raise GlossaryError(
                f"{documents[0].path}: its terms could not be found ({failure.reason}); nothing was changed: "
                "leave the file out, and report the fault"
            )
