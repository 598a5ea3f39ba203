"""UTX, the word lists of the Asia-Pacific Association for Machine Translation (https://www.aamt.info/english/utx/).

Tab-separated; the first line says `#UTX 1.11; ja-JP/en-US; date; license: …`, the last line that begins with # names
the columns: src, tgt, src:pos, term status. Columns named term:ja and term:en are read too.
"""

from __future__ import annotations

import re
from pathlib import Path

from ...errors import GlossaryError
from .files import open_text
from .record import About, Record, Records
from .table import Columns, record_of

_LANGUAGES = re.compile(r"([a-z]{2})(?:-\w+)?\s*/\s*([a-z]{2})(?:-\w+)?", re.IGNORECASE)


def read(path: Path, about: About) -> Records:
    """Records of a UTX file between Japanese and English, either way. Raises GlossaryError with the faulty line."""
    about.name = path.name.removesuffix(".gz").rpartition(".")[0]
    languages = ("", "")
    columns: Columns | None = None
    with open_text(path) as file:
        for number, line in enumerate(file, 1):
            line = line.strip("\r\n\ufeff")
            if number == 1:
                languages = _head(line, about, path)
            elif line.startswith("#"):
                columns = _columns(line[1:].split("\t"), languages) or columns
            elif line.strip():
                if columns is None:
                    raise GlossaryError(f"{path}, line {number}: no line #src<TAB>tgt before the first term: add it")
                if record := _record(line.split("\t"), columns):
                    yield record


def _head(line: str, about: About, path: Path) -> tuple[str, str]:
    if not line.startswith("#UTX"):
        raise GlossaryError(f"{path}, line 1: a UTX file begins with #UTX: check --format")
    fields = [field.strip() for field in line[1:].split(";")]
    for field in fields:
        key, _, value = field.partition(":")
        if key.strip().casefold() in ("license", "licence"):
            about.licence = value.strip()
        elif re.match(r"\d{4}-\d\d", field):
            about.version = field.split("T")[0]
    match = _LANGUAGES.search(line)
    languages = (match[1].lower(), match[2].lower()) if match else ("ja", "en")
    if set(languages) != {"ja", "en"}:
        raise GlossaryError(
            f"{path}, line 1: its languages are {'/'.join(languages)}: only ja/en and en/ja can be used"
        )
    return languages


def _columns(cells: list[str], languages: tuple[str, str]) -> Columns | None:
    names = [cell.strip().casefold() for cell in cells]
    place = {name: number for number, name in enumerate(names)}
    ja, en = (("src", "tgt") if languages[0] == "ja" else ("tgt", "src")) if "src" in place else ("term:ja", "term:en")
    if ja not in place or en not in place:
        return None
    status = place.get("term status", place.get("status", -1))
    reading = place.get("reading", place.get(f"{ja}:reading", place.get("reading:ja", -1)))
    return Columns(place[ja], place[en], reading, place.get(f"{ja}:pos", place.get("src:pos", -1)), status)


def _record(cells: list[str], columns: Columns) -> Record | None:
    return record_of(["" if cell.strip() == "-" else cell for cell in cells], columns)
