"""Which reader a file is for: by what it begins with, not by its name alone.

Other packages add formats by entry points of the group `glossary.lexicons`, each of which loads a `LexiconFormat`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ...errors import GlossaryError
from ...plugins import extensions
from ..registry import PRIORITIES
from . import edict, jmdict, simplified, table, termbase, wikidata, wikipedia
from .files import find_encoding, open_binary
from .record import About, Records
from .xmlstream import read_prolog


@dataclass(frozen=True, slots=True)
class LexiconFormat:
    """What another package reads: `read(path, about)` yields records, and fills in what the file says of itself."""

    name: str
    read: Callable[[Path, About], Records]
    recognizes: Callable[[bytes], bool] = lambda start: False
    """Whether a file that begins so (up to 16,384 bytes, unpacked) is in it; without it, `--format` has to say so."""
    priority: int = PRIORITIES["client"]


FORMATS = {
    "jmdict": PRIORITIES["general"],
    "jmdict-simplified": PRIORITIES["general"],
    "edict": PRIORITIES["general"],
    "wikipedia": PRIORITIES["general"],
    "wikidata": PRIORITIES["general"],
    "law": PRIORITIES["official"],
    "table": PRIORITIES["client"],
    "utx": PRIORITIES["client"],
    "tbx": PRIORITIES["client"],
}
"""Every format of this package, and the priority of a lexicon of that format if none is given."""

_READERS = {
    "jmdict": jmdict.read,
    "jmdict-simplified": simplified.read,
    "edict": edict.read,
    "wikidata": wikidata.read,
    "law": table.read_law,
    "table": table.read,
    "utx": termbase.read_utx,
    "tbx": termbase.read_tbx,
}
_EDICT_LINE = re.compile(r"[^\s\[/,\t]+ (?:\[[^\]]+\] )?/.+/\s*$")


def priorities() -> dict[str, int]:
    """All formats and their priorities: ours, then those of other packages, which may replace ours."""
    return FORMATS | {other.name: other.priority for other in _others()}


def _others() -> tuple[LexiconFormat, ...]:
    return extensions("glossary.lexicons", LexiconFormat)


def detect(path: Path) -> str:
    """The format of a file. Raises GlossaryError if it is empty, cannot be read or is in no format that is known."""
    with open_binary(path) as file:
        start = file.read(1 << 14)
    if not start.strip():
        raise GlossaryError(f"{path}: is empty: give a file with terms")
    for other in _others():
        if other.recognizes(start):
            return other.name
    plain = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    if plain.startswith(b"<") or start.startswith((b"\xff\xfe<", b"\xfe\xff\0<")):
        return _xml(path)
    if plain.startswith((b"{", b"[")):
        return _json(plain)
    if plain.startswith(b"#UTX"):
        return "utx"
    if b"INSERT INTO `" in start or b"MySQL dump" in start or b"MariaDB dump" in start:
        return "wikipedia"
    if b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise GlossaryError(f"{path}: is not text: give a word list or a dictionary in one of the formats of --format")
    lines = [line for line in start.decode(find_encoding(path), "replace").splitlines()[:50] if line.strip()]
    if sum(bool(_EDICT_LINE.match(line.strip())) for line in lines) > len(lines) / 2:
        return "edict"
    return "table"


def records(path: Path, form: str, pages: Path | None, about: About) -> Records:
    """The records of a file in a format of `priorities()`; `pages`: the page dump, for Wikipedia only."""
    for other in _others():
        if other.name == form:
            return other.read(path, about)
    if form == "wikipedia":
        return wikipedia.read(path, pages or wikipedia.page_dump_beside(path), about)
    return _READERS[form](path, about)


def _xml(path: Path) -> str:
    root = read_prolog(path).root
    if root in ("JMdict", "JMnedict"):
        return "jmdict"
    if root in ("martif", "tbx"):
        return "tbx"
    raise GlossaryError(f"{path}: XML with the root element {root!r}: only JMdict, JMnedict and TBX are known")


def _json(start: bytes) -> str:
    """jmdict-simplified is one object with a head; Wikidata is an array or lines, each a whole object."""
    head = start[:4000]
    if start.startswith(b"{") and (b'"words"' in head or b'"dictDate"' in head or b'"commonOnly"' in head):
        return "jmdict-simplified"
    return "wikidata"
