"""A Dask cluster as runner (extra `dask`). A worker that dies is Dask's to replace: its tasks run again elsewhere."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager
from typing import Any

from ..errors import GlossaryError
from .runners import Work, WorkerDiedError, check_scheduler, one_by_one, window

_AHEAD = 3
"""Tasks under way for each thread of the cluster."""
_SECONDS_TO_ANSWER = 15
_LOCAL = {
    "distributed.worker.profile.enabled": False,
    "distributed.nanny.pre-spawn-environ": {
        f"{library}_NUM_THREADS": 1 for library in ("OMP", "MKL", "OPENBLAS")
    },  # Dask's own also sets MALLOC_TRIM_THRESHOLD_, with which every table of NumPy is asked of the system anew
}
"""Settings of a local cluster, which nobody watches."""


@contextmanager
def dask_runner(scheduler: str, jobs: int) -> Iterator[DaskRunner]:
    """The cluster at an address, or ("local") one of `jobs` processes made for the occasion.

    Raises GlossaryError if Dask is not installed, or if nobody answers or nobody works at the address.
    """
    check_scheduler(scheduler)
    try:
        import dask
        import distributed
    except ModuleNotFoundError:
        raise GlossaryError("--scheduler needs the extra: pip install 'glossary[dask]'") from None
    with ExitStack() as stack:
        address: Any = scheduler
        if scheduler == "local":
            stack.enter_context(dask.config.set(_LOCAL))
            address = stack.enter_context(
                distributed.LocalCluster(
                    n_workers=jobs, threads_per_worker=1, dashboard_address=None, silence_logs=logging.CRITICAL
                )
            )
        try:
            client = stack.enter_context(distributed.Client(address, timeout=_SECONDS_TO_ANSWER, set_as_default=False))
        except (OSError, TimeoutError, ValueError) as error:
            raise GlossaryError(f"no Dask scheduler answers at {scheduler} ({error}): start one there") from None
        if not client.scheduler_info(n_workers=-1)["workers"]:
            raise GlossaryError(
                f"the Dask scheduler at {scheduler} has no workers: start some (dask worker {scheduler})"
            )
        yield DaskRunner(client)


class DaskRunner:
    """Chunks as tasks of a cluster."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def shared(self, data: bytes) -> Any:
        """A future of the bytes, which every worker holds."""
        return self._client.scatter(data, broadcast=True)

    def map(self, work: Work, chunks: Iterable[Sequence[Any]], *shared: Any) -> Iterator[list[Any]]:
        ahead = _AHEAD * max(1, sum(self._client.nthreads().values()))

        def submit(chunk: Sequence[Any]) -> Any:
            return self._client.submit(work, *shared, _Whole(chunk), pure=False)

        def alone(units: Sequence[Any]) -> list[Any]:
            return self._result(submit(units))

        for chunk, future in window(submit, chunks, ahead):
            try:
                yield self._result(future)
            except WorkerDiedError:
                yield one_by_one(alone, chunk)

    def _result(self, future: Any) -> list[Any]:
        from distributed.scheduler import KilledWorker

        try:
            return future.result()
        except KilledWorker:
            raise WorkerDiedError("every worker that took it was killed") from None
        except (CancelledError, OSError) as error:
            raise GlossaryError(
                f"the Dask cluster went away ({type(error).__name__}): start it and build again;"
                " it goes on from where it is"
            ) from None


class _Whole(Sequence[Any]):
    """A chunk that Dask does not look into for futures."""

    def __init__(self, units: Sequence[Any]) -> None:
        self._units = list(units)

    def __len__(self) -> int:
        return len(self._units)

    def __getitem__(self, place: Any) -> Any:
        return self._units[place]
