"""Who does the work: this process, processes of this machine, or a Dask cluster. All give results in the tasks' order.

At most a few tasks a worker are under way at a time, so that neither tasks nor results pile up in memory.
"""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Protocol

from ..errors import GlossaryError

Work = Callable[..., list[Any]]
"""work(*shared, chunk): a list with an item for each of the chunk's units."""
_AHEAD = 3
"""Tasks under way for each worker."""
_SECONDS_BETWEEN_LOOKS = 1.0
"""At whether the parent is there."""


class WorkerDiedError(Exception):
    """The process that worked on a chunk ended without a result, again and again."""


class Runner(Protocol):
    """Something that runs `work` on chunks."""

    def shared(self, data: bytes) -> Any:
        """`data` in the form in which `work` is given it: sent to workers once, not with each chunk."""

    def map(self, work: Work, chunks: Iterable[Sequence[Any]], *shared: Any) -> Iterator[list[Any]]:
        """Results in the order of chunks. Of a chunk that kills its workers each unit is tried alone; in place of the
        result of a unit that does it by itself stands a WorkerDiedError."""


@contextmanager
def runner(jobs: int, scheduler: str | None = None) -> Iterator[Runner]:
    """`jobs` processes, or the Dask cluster at `scheduler` ("tcp://HOST:PORT"; "local": one of `jobs` processes here).

    Raises GlossaryError if Dask is not installed or does not answer.
    """
    if scheduler is not None:
        from .cluster import dask_runner

        with dask_runner(scheduler, jobs) as found:
            yield found
    elif jobs > 1:
        with Processes(jobs) as processes:
            yield processes
    else:
        yield InProcess()


class InProcess:
    """Everything here and now."""

    def shared(self, data: bytes) -> bytes:
        return data

    def map(self, work: Work, chunks: Iterable[Sequence[Any]], *shared: Any) -> Iterator[list[Any]]:
        for chunk in chunks:
            yield work(*shared, chunk)


class Processes:
    """Processes of this machine; one that dies (killed for its memory, say) is replaced."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._pool = _pool(jobs)
        self._files = ExitStack()

    def __enter__(self) -> Processes:
        self._folder = Path(self._files.enter_context(tempfile.TemporaryDirectory(prefix="glossary-")))
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)
        self._files.close()

    def shared(self, data: bytes) -> Path:
        handle, name = tempfile.mkstemp(dir=self._folder)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        return Path(name)

    def map(self, work: Work, chunks: Iterable[Sequence[Any]], *shared: Any) -> Iterator[list[Any]]:
        def submit(chunk: Sequence[Any]) -> Future[list[Any]]:
            try:
                return self._pool.submit(work, *shared, chunk)
            except BrokenProcessPool:
                self._renew()
                return self._pool.submit(work, *shared, chunk)

        for chunk, future in window(submit, chunks, _AHEAD * self._jobs):
            try:
                yield future.result()
            except BrokenProcessPool:  # this chunk's fault or that of one beside it
                yield one_by_one(lambda units: self._alone(work, shared, units), chunk)

    def _alone(self, work: Work, shared: tuple[Any, ...], units: Sequence[Any]) -> list[Any]:
        """In a pool where nothing else runs, so that a death is theirs."""
        with _pool(1) as pool:
            try:
                return pool.submit(work, *shared, units).result()
            except BrokenProcessPool:
                raise WorkerDiedError("the process that worked on it was killed") from None

    def _renew(self) -> None:
        self._pool.shutdown(cancel_futures=True)
        self._pool = _pool(self._jobs)


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, initializer=_end_with_parent)


def _end_with_parent() -> None:
    """In a worker: end when the build was killed; a pool's processes would wait for their next task for ever."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_SECONDS_BETWEEN_LOOKS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def window(
    submit: Callable[[Sequence[Any]], Any], chunks: Iterable[Sequence[Any]], ahead: int
) -> Iterator[tuple[Sequence[Any], Any]]:
    """(chunk, its future) in order, while so many chunks further on are under way."""
    waiting: deque[tuple[Sequence[Any], Any]] = deque()
    for chunk in chunks:
        waiting.append((chunk, submit(chunk)))
        if len(waiting) >= ahead:
            yield waiting.popleft()
    while waiting:
        yield waiting.popleft()


def one_by_one(run: Callable[[Sequence[Any]], list[Any]], chunk: Sequence[Any]) -> list[Any]:
    """Results of a chunk that killed its worker: together once more, then each unit alone."""
    try:
        return run(chunk)
    except WorkerDiedError as error:
        if len(chunk) == 1:
            return [error]
        return [result for unit in chunk for result in one_by_one(run, [unit])]


def check_scheduler(scheduler: str) -> None:
    """Raise GlossaryError for what is no address of a Dask scheduler."""
    if scheduler != "local" and not scheduler.startswith(("tcp://", "tls://", "ws://", "wss://", "ucx://")):
        raise GlossaryError(f'--scheduler {scheduler}: give "local" or an address such as tcp://HOST:8786')
