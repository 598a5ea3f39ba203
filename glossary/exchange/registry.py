"""The formats: name, module, endings. A format is one module in `formats/` and one line here.

Other packages add formats by entry points of the group `glossary.formats`, each of which loads a `Format`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, cast

from ..errors import GlossaryError
from ..lexicons.formats.files import is_no_text
from ..plugins import extensions
from .entry import Entry


@dataclass(slots=True)
class About:
    """What a writer may want to know besides the entries; it counts here what it leaves out."""

    title: str = "glossary"
    direction: str = "ja-en"
    """Source and target language of formats that have one."""
    notices: tuple[str, ...] = ()
    """Licences of the lexicons that contributed, one line each."""
    modified: str = ""
    """When the glossary last changed (ISO 8601): the same glossary gives the same file."""
    most_terms: dict[str, int] = field(default_factory=lambda: {"ja": 1, "en": 1})
    occurring: dict[str, str] | None = None
    """Where only the terms of a text are wanted: concept_id and term, in the order of the text."""
    ending: str = ""
    """Of the file, in lower case."""
    written: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    """Why: how many entries or terms."""

    @property
    def source(self) -> str:
        return self.direction[:2]

    @property
    def target(self) -> str:
        return self.direction[3:]

    def leave_out(self, reason: str) -> None:
        self.left_out[reason] = self.left_out.get(reason, 0) + 1


@dataclass(frozen=True, slots=True)
class Hints:
    """What a person says about a file that it does not say itself."""

    direction: str | None = None
    columns: tuple[tuple[str, str], ...] = ()
    """(field, header of its column) of a free table."""


Writer = Callable[[Iterable[Entry], BinaryIO, About], None]
Reader = Callable[[Path, Hints], Iterator[Entry]]


@dataclass(frozen=True, slots=True)
class Format:
    """`module` has `write(entries, out, about)` if it `writes` and `read(path, hints)` if it `reads`."""

    name: str
    title: str
    module: str
    endings: tuple[str, ...]
    contexts: int | None = 0
    """How many contexts of a concept it shows; None: all."""
    writes: bool = True
    reads: bool = True
    everything: bool = False
    best_first: bool = False
    """True where not all entries may find room: approved ones come first, then by confidence."""
    notices: bool = True
    """False where it has no place for licence notices: they are written beside the file."""
    signature: bytes = b""
    """What stands in the first 2,000 bytes of such a file and of no other's."""

    def writer(self) -> Writer:
        return cast(Writer, import_module(self.module).write)

    def reader(self) -> Reader:
        return cast(Reader, import_module(self.module).read)


_HERE = f"{__package__}.formats"

FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        Format("jsonl", "JSON Lines, everything", f"{_HERE}.jsonl", (".jsonl", ".ndjson"), None, everything=True),
        Format("tbx", "TBX 3 (ISO 30042:2019)", f"{_HERE}.tbx", (".tbx", ".xml"), 1, signature=b"<tbx"),
        Format("tbx2", "TBX 2 for older readers", f"{_HERE}.tbx2", (".tbx", ".xml"), 1, signature=b"<martif"),
        Format("weblate", "TBX 2 as Weblate has it", f"{_HERE}.weblate", (".tbx",)),
        Format("utx", "UTX 1.11", f"{_HERE}.utx", (".utx", ".txt", ".tsv"), signature=b"#UTX"),
        Format("tmx", "TMX 1.4b of the contexts", f"{_HERE}.tmx", (".tmx",), None, reads=False),
        Format("xliff", "XLIFF 2 with the glossary module", f"{_HERE}.xliff", (".xlf", ".xliff"), reads=True),
        Format("omegat", "OmegaT glossary", f"{_HERE}.omegat", (".txt", ".utf8")),
        Format("memoq", "memoQ CSV", f"{_HERE}.memoq", (".csv",), 1, notices=False, signature=b"Entry_ID"),
        Format("xlsx", "Excel workbook", f"{_HERE}.xlsx", (".xlsx",), 1),
        Format("deepl", "DeepL glossary", f"{_HERE}.deepl", (".csv", ".tsv"), notices=False,
               best_first=True),
        Format("google", "Google Cloud Translation glossary", f"{_HERE}.google", (".csv", ".tsv"),
               notices=False, best_first=True),
        Format("table", "any table with a Japanese and an English column", f"{_HERE}.table",
               (".csv", ".tsv", ".txt"), writes=False),
        Format("yomitan", "Yomitan dictionary", f"{_HERE}.yomitan", (".zip",), 1),
        Format("anki", "Anki cards", f"{_HERE}.anki", (".txt", ".tsv"), 1, notices=False, signature=b"#separator:"),
        Format("markdown", "Markdown", f"{_HERE}.markdown", (".md", ".markdown"), reads=False),
        Format("html", "HTML page", f"{_HERE}.html", (".html", ".htm"), 1, reads=False),
        Format("prompt", "terms of a text for a language model", f"{_HERE}.prompt", (".prompt",), reads=False,
               notices=False),
    )
}  # fmt: skip


_DOCUMENTS = (".doc", ".docx", ".epub", ".odp", ".ods", ".odt", ".pdf", ".ppt", ".pptx", ".rtf", ".xls")
_MEMORY = "a translation memory has sentences, not terms: read it with `glossary build FILE.tmx`"


def formats() -> dict[str, Format]:
    """All formats by name: ours, then those of other packages, which may replace ours."""
    return FORMATS | {other.name: other for other in extensions("glossary.formats", Format)}


def format_for(path: Path, name: str | None, *, reading: bool, columns: bool = False) -> Format:
    """The format that `name` names, else the one that the ending (or, reading, the start of the file) leaves.

    `columns`: a person named columns, which free tables alone have.

    Raises GlossaryError where none is left or several are.
    """
    able = {key: one for key, one in formats().items() if (one.reads if reading else one.writes)}
    if name is not None:
        if name not in able:
            raise GlossaryError(_unable(name, reading, able))
        return able[name]
    ending = path.suffix.lower()
    fitting = [one for one in able.values() if ending in one.endings]
    if reading and (told := [one for one in able.values() if one.signature and one.signature in _start(path)]):
        fitting = told
    elif reading and len(fitting) > 1 and able.get("table") in fitting and (columns or _has_header(path, ending)):
        fitting = [able["table"]]
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        raise GlossaryError(f"{path}: {_unknown(path, ending, able, reading)}")
    names = ", ".join(one.name for one in fitting)
    raise GlossaryError(f"{path}: {ending} may be one of several formats: give --format: {names}")


def _unknown(path: Path, ending: str, able: dict[str, Format], reading: bool) -> str:
    """What to do with a file whose ending says no format."""
    if ending == ".tmx" and reading:
        return _MEMORY
    if reading and (is_no_text(_start(path)) or ending in _DOCUMENTS):
        return "is no word list: save its terms as .csv or .xlsx, or read it as a document with `glossary build`"
    return f"the ending {ending or '(none)'} says no format: give --format: {', '.join(able)}"


def _unable(name: str, reading: bool, able: dict[str, Format]) -> str:
    if name == "tmx" and reading:
        return f"tmx: {_MEMORY}"
    return f"{name}: is no format to {'import' if reading else 'export'}: one of {', '.join(able)}"


def _has_header(path: Path, ending: str) -> bool:
    """True for a CSV or TSV file whose first line names a Japanese and an English column: only free tables have one."""
    if ending not in (".csv", ".tsv") or _start(path).startswith(b"#"):
        return False
    from ..lexicons.formats.delimited import csv_rows
    from ..lexicons.formats.table import named_columns

    _, header = next(csv_rows(path), (0, []))
    return named_columns(header) is not None


def _start(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(2000)
    except OSError as error:
        raise GlossaryError(f"{path}: cannot be read: {error.strerror or error}") from error
