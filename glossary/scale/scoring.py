"""Units to results: aligned, spooled where a model state is to be learned from them, and scored, by any runner."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence

from ..records import Bitext
from ..work import WorkFile
from .runners import Runner, WorkerDiedError
from .spool import Spool
from .units import Failure, Result, Unit, chunked, documents_of
from .worker import Setup, align_chunk, score_chunk

Progress = Callable[[str, int, int], None]
"""progress(step, done, total)."""


class Scoring:
    """One build's long part. `failures` gathers the units of which nothing could be made; the others go on."""

    def __init__(self, runner: Runner, setup: Setup, show: Progress) -> None:
        self._runner, self._setup, self._show = runner, setup, show
        self._packed: dict[str, int] = {}
        self._spool: Spool | None = None
        self.failures: list[Failure] = []

    def align(self, units: Sequence[Unit], spool: Spool) -> None:
        """Align the bitexts among the units and keep them in `spool`, in their order."""
        bitexts = [unit for unit in units if isinstance(unit, Bitext)]
        self._spool = spool
        chunks = list(chunked(bitexts))
        done = 0
        for chunk, items in zip(chunks, self._runner.map(align_chunk, chunks, self._setup), strict=True):
            for bitext, item in zip(chunk, items, strict=True):
                if isinstance(item, bytes):
                    self._packed[_identity(bitext)] = len(spool)
                    spool.append(item)
                else:
                    self._fail(bitext, item)
            done += len(chunk)
            self._show("Analysing", done, len(bitexts))

    def results(self, units: Sequence[Unit], state: bytes, work: WorkFile) -> list[tuple[Unit, Result]]:
        """The units with their results, in their order, from the work file where an interrupted build left them."""
        failed = {_identity(failure.unit) for failure in self.failures}
        units = [unit for unit in units if _identity(unit) not in failed]
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


def _identity(unit: Unit) -> str:
    return " ".join(document.document_id for document in documents_of(unit))


def _key(unit: Unit, setup: Setup, state: bytes) -> str:
    """Of the work file: text, state, lexicons, sources of evidence, weights and version."""
    ids = (document.document_id for document in documents_of(unit))
    parts = [setup.version, setup.weights, *ids, *setup.lexicons, *setup.evidence]
    return hashlib.sha256("\0".join(parts).encode() + state).hexdigest()
