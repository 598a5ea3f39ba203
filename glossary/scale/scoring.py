"""Units to results: aligned, spooled where a model state is to be learned from them, and scored, by any runner."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ..errors import GlossaryError
from ..records import Bitext
from ..work import WorkFile
from .dataset import part_name
from .packing import is_whole
from .runners import Runner, WorkerDiedError
from .spool import Spool
from .units import Failure, Result, Unit, chunked, documents_of
from .worker import Setup, align_chunk, score_chunk, write_chunk

Progress = Callable[[str, int, int], None]
"""progress(step, done, total)."""


class Scoring:
    """One build's long part. `failures` gathers the units of which nothing could be made; the others go on."""

    def __init__(self, runner: Runner, setup: Setup, show: Progress) -> None:
        self._runner, self._setup, self._show = runner, setup, show
        self._packed: dict[str, int] = {}
        self._spool: Spool | None = None
        self.failures: list[Failure] = []

    def align(self, units: Sequence[Unit], spool: Spool, work: WorkFile) -> None:
        """Align the bitexts among the units and keep them in `spool`, in their order.

        An interrupted build left them in the work file.
        """
        bitexts = [unit for unit in units if isinstance(unit, Bitext)]
        keys = {_identity(bitext): _key(bitext, self._setup, b"aligned") for bitext in bitexts}
        places = _restored(keys, spool, work)
        missing = [bitext for bitext in bitexts if _identity(bitext) not in places]
        chunks = list(chunked(missing))
        done = 0
        for chunk, items in zip(chunks, self._runner.map(align_chunk, chunks, self._setup), strict=True):
            for bitext, item in zip(chunk, items, strict=True):
                if isinstance(item, bytes):
                    places[_identity(bitext)] = spool.append(item)
                    work.keep_aligned(keys[_identity(bitext)], item)
                else:
                    self._fail(bitext, item)
            done += len(chunk)
            self._show("Analysing", done, len(missing))
        order = [name for name in keys if name in places]
        spool.arrange([places[name] for name in order])
        self._spool, self._packed = spool, {name: number for number, name in enumerate(order)}

    def results(self, units: Sequence[Unit], state: bytes, work: WorkFile) -> list[tuple[Unit, Result]]:
        """The units with their results, in their order, from the work file where an interrupted build left them."""
        units = self._sound(units)
        digest = hashlib.sha256(state).digest()
        keys = {_identity(unit): _key(unit, self._setup, digest) for unit in units}
        found = {name: result for name, key in keys.items() if (result := work.get(key)) is not None}
        missing = [unit for unit in units if _identity(unit) not in found]
        for done, (unit, item) in enumerate(self._scored(missing, state), 1):
            if isinstance(item, tuple):
                work.put(keys[_identity(unit)], *item)
                found[_identity(unit)] = item
            else:
                self._fail(unit, item)
            self._show("Pairing terms", done, len(missing))
        return [(unit, found[_identity(unit)]) for unit in units if _identity(unit) in found]

    def write(self, units: Sequence[Unit], state: bytes, folder: Path) -> list[str]:
        """The names of the parts, in the order of their units, to which workers write results.

        Those that an interrupted build wrote stay. Raises GlossaryError if what workers write does not arrive here.
        """
        chunks = list(chunked(self._sound(units)))
        parts = {number: part_name(chunk, self._setup, state) for number, chunk in enumerate(chunks)}
        found: dict[int, list[str]] = {n: [part] for n, part in parts.items() if (folder / part).exists()}
        missing = [number for number in parts if number not in found]
        shared = self._runner.shared(state) if missing else state
        tasks = ([self._task(unit) for unit in chunks[number]] for number in missing)
        ways = self._runner.map(write_chunk, tasks, self._setup, shared, folder.absolute())
        for done, (number, items) in enumerate(zip(missing, ways, strict=True), 1):
            for unit, item in zip(chunks[number], items, strict=True):
                if not isinstance(item, str):
                    self._fail(unit, item)
            found[number] = list(dict.fromkeys(item for item in items if isinstance(item, str)))
            _check_arrival(folder, found[number])
            self._show("Pairing terms", done, len(missing))
        return [part for number in parts for part in found[number]]

    def _sound(self, units: Sequence[Unit]) -> list[Unit]:
        """Those on which alignment did not fail."""
        failed = {_identity(failure.unit) for failure in self.failures}
        return [unit for unit in units if _identity(unit) not in failed]

    def _scored(self, units: Sequence[Unit], state: bytes) -> Iterator[tuple[Unit, Result | Failure | WorkerDiedError]]:
        if not units:
            return
        chunks = list(chunked(units))
        tasks = ([self._task(unit) for unit in chunk] for chunk in chunks)
        shared = self._runner.shared(state)
        for chunk, items in zip(chunks, self._runner.map(score_chunk, tasks, self._setup, shared), strict=True):
            yield from zip(chunk, items, strict=True)

    def _task(self, unit: Unit) -> Unit | bytes:
        number = self._packed.get(_identity(unit))
        return unit if number is None or self._spool is None else self._spool.packed(number)

    def _fail(self, unit: Unit, failure: Failure | WorkerDiedError) -> None:
        reason = failure.reason if isinstance(failure, Failure) else str(failure)
        self.failures.append(Failure(unit, reason))


def _restored(keys: dict[str, str], spool: Spool, work: WorkFile) -> dict[str, int]:
    """Places in `spool` of the bitexts that an interrupted build has aligned. `keys`: identity -> key."""
    places = {}
    for name, key in keys.items():
        data = work.aligned(key)
        if data is not None and is_whole(data):
            places[name] = spool.append(data)
    return places


def _check_arrival(folder: Path, parts: Sequence[str]) -> None:
    for part in parts:
        if not (folder / part).exists():
            raise GlossaryError(
                f"{folder}: a worker has written {part}, but it is not here: name a folder that all machines share"
            )


def _identity(unit: Unit) -> str:
    return " ".join(document.document_id for document in documents_of(unit))


def _key(unit: Unit, setup: Setup, state: bytes) -> str:
    """Of the work file: text, state, lexicons, sources of evidence, weights and version."""
    ids = (document.document_id for document in documents_of(unit))
    parts = [setup.version, setup.weights, *ids, *setup.lexicons, *setup.evidence]
    return hashlib.sha256("\0".join(parts).encode() + state).hexdigest()
