"""A folder of Parquet files, written by the workers of a build, of which `glossary merge` makes a glossary.

Each chunk of texts is a file `part-….parquet` with a row a text (`ScoredUnit`), named by a hash of all that it depends
on: an interrupted build finds the files that it has written and goes on. `dataset.json`, written last, names the parts.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from ..errors import GlossaryError
from ..gathering import Run
from ..records import Document
from .columns import ScoredUnit, plain, restored, schema
from .units import Result, Unit, documents_of

FORMAT = 1
_CONTENTS, _STATE, _COPIES = "dataset.json", "model-state.bin", "copies.parquet"
_EXTRA = "pip install 'glossary[parquet]'"
_ROWS_READ = 4
"""Texts in memory at a time, beside what is made of them."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What `dataset.json` says."""

    run: Run
    """Of the build."""
    state: str
    """`state_digest` of the model state by which the texts were scored."""
    parts: tuple[str, ...]
    """In the order of their texts."""
    format: int = FORMAT


def prepare(folder: Path) -> None:
    """Make the folder. Raises GlossaryError if it holds other files, if it cannot be written, or without pyarrow."""
    try:
        import pyarrow.parquet  # noqa: F401 - refuse before the long work
    except ModuleNotFoundError:
        raise GlossaryError(f"--parquet needs the extra: {_EXTRA}") from None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        others = sorted(path.name for path in folder.iterdir() if not _is_ours(path.name))
    except OSError as error:
        raise GlossaryError(f"{folder}: {(error.strerror or 'cannot be used').lower()}; name another folder") from None
    if others:
        raise GlossaryError(f"{folder} holds other files ({others[0]}): name an empty folder")
    if not os.access(folder, os.W_OK):
        raise GlossaryError(f"{folder}: cannot be written; name another folder")


def part_name(units: Sequence[Unit], setup: object, state: bytes) -> str:
    """The file of these units. `setup`: what results depend on beside the texts and the model state."""
    ids = [document.document_id for unit in units for document in documents_of(unit)]
    words = json.dumps([ids, _all_but_place(setup)], ensure_ascii=False)
    return f"part-{hashlib.sha256(words.encode() + hashlib.sha256(state).digest()).hexdigest()[:32]}.parquet"


def state_digest(state: bytes) -> str:
    """Of the state and not of how it is packed, which differs between machines."""
    return hashlib.sha256(zlib.decompress(state)).hexdigest()


def write_part(path: Path, scored: Sequence[tuple[Unit, Result]]) -> None:
    """The file appears whole or not at all."""
    _write_rows(path, ScoredUnit, [ScoredUnit.of(unit, result) for unit, result in scored])


def complete(folder: Path, run: Run, parts: Sequence[str], state: bytes, copies: Sequence[Document]) -> None:
    """Say that the dataset is whole; parts of earlier builds go."""
    contents = Contents(run, state_digest(state), tuple(parts))
    _write_bytes(folder / _STATE, state)
    _write_rows(folder / _COPIES, Document, copies)
    _write_bytes(folder / _CONTENTS, json.dumps(asdict(contents), ensure_ascii=False, indent=1).encode("utf-8"))
    for path in folder.glob("part-*.parquet"):
        if path.name not in set(parts):
            path.unlink(missing_ok=True)


class Dataset:
    """A complete dataset, to be read. Raises GlossaryError, in every method, for one that cannot be used."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.contents = self._contents()

    def __len__(self) -> int:
        return len(self.contents.parts)

    def parts(self) -> Iterator[list[tuple[Unit, Result]]]:
        """The scored units, a list a part, in their order."""
        for name in self.contents.parts:
            yield [row.scored() for row in self._rows(name, ScoredUnit)]

    def state(self) -> bytes:
        """The model state."""
        path = self._folder / _STATE
        try:
            data = path.read_bytes()
        except OSError as error:
            raise GlossaryError(f"{path}: {error.strerror}; run the build again") from None
        try:
            if state_digest(data) == self.contents.state:
                return data
        except zlib.error:
            pass
        raise GlossaryError(f"{path} is damaged: run the build again")

    def copies(self) -> list[Document]:
        """Documents that say the same as others: stored, but not counted."""
        return list(self._rows(_COPIES, Document))

    def _contents(self) -> Contents:
        path = self._folder / _CONTENTS
        if not self._folder.is_dir():
            raise GlossaryError(f"{self._folder} is no folder: name one that `glossary build --parquet` wrote")
        if not path.exists():
            begun = any(self._folder.glob("part-*.parquet"))
            what = (
                "is not complete: run its build again, which goes on" if begun else "is no dataset of `glossary build`"
            )
            raise GlossaryError(f"{self._folder} {what}")
        try:
            raw = json.loads(path.read_bytes())
            if raw["format"] != FORMAT:
                raise GlossaryError(f"{path} is of another version of glossary: build it anew with this one")
            return restored(Contents, raw)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise GlossaryError(f"{path} is damaged ({type(error).__name__}): run the build again") from None

    def _rows(self, name: str, kind: Any) -> Iterator[Any]:
        path = self._folder / name
        try:
            import pyarrow
            import pyarrow.parquet
        except ModuleNotFoundError:
            raise GlossaryError(f"{self._folder} needs the extra: {_EXTRA}") from None
        try:
            with pyarrow.parquet.ParquetFile(path) as file:
                for batch in file.iter_batches(_ROWS_READ):
                    yield from (restored(kind, raw) for raw in batch.to_pylist())
        except (OSError, pyarrow.ArrowException, ValueError, KeyError, TypeError) as error:
            reason = " ".join(str(error).split())[:160]
            raise GlossaryError(f"{path} is missing or damaged ({reason}): run the build again") from None


def _is_ours(name: str) -> bool:
    return name in (_CONTENTS, _STATE, _COPIES) or name.startswith(("part-", ".part-"))


def _all_but_place(setup: object) -> dict[str, Any]:
    """The same files whatever the database is called."""
    return {f.name: getattr(setup, f.name) for f in fields(setup) if f.name != "db_path"}  # type: ignore[arg-type]


def _write_rows(path: Path, kind: type, rows: Sequence[Any]) -> None:
    import pyarrow
    import pyarrow.parquet

    table = pyarrow.Table.from_pylist([plain(row) for row in rows], schema(kind))
    sink = pyarrow.BufferOutputStream()
    pyarrow.parquet.write_table(table, sink, compression="zstd")
    _write_bytes(path, sink.getvalue().to_pybytes())


def _write_bytes(path: Path, data: bytes) -> None:
    unfinished = path.with_name(f".part-{path.name}.{os.getpid()}")
    try:
        unfinished.write_bytes(data)
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise GlossaryError(f"{path}: cannot be written ({error.strerror}): make room and build again") from None
