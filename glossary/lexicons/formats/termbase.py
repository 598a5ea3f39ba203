"""Term bases in the formats of `glossary.exchange`, as records of a lexicon: UTX, and TBX of any version."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ...exchange.entry import Entry
from ...exchange.formats import tbx, utx
from ...exchange.registry import Hints
from .record import About, Record, Records, Sense
from .table import split_terms


def read_utx(path: Path, about: About) -> Records:
    """Records of a UTX file between Japanese and English, either way. Raises GlossaryError with the faulty line."""
    about.name = _stem(path)
    head = utx.head_of(path)
    about.licence, about.version = head.licence or about.licence, head.date or about.version
    yield from _records(utx.read(path, Hints()), split=True)


def read_tbx(path: Path, about: About) -> Records:
    """One record for each concept with terms in both languages. Raises GlossaryError if the file is no TBX."""
    about.name = _stem(path)
    yield from _records(tbx.read(path, Hints()), split=False)


def _records(entries: Iterable[Entry], *, split: bool) -> Records:
    """Deprecated and forbidden terms are left out. `split`: a term may be several, as in the cell of a table."""

    def parts(text: str, *, ja: bool = False) -> tuple[str, ...]:
        return split_terms(text, ja=ja) if split else (text,)

    for entry in entries:
        japanese = entry.usable("ja")
        written = dict.fromkeys(text for term in japanese for text in parts(term.term, ja=True))
        glosses = dict.fromkeys(text for term in entry.usable("en") for text in parts(term.term))
        readings = dict.fromkeys(term.reading for term in japanese if term.reading)
        kinds = (entry.part_of_speech,) if entry.part_of_speech else ()
        if written and glosses:
            yield Record(tuple(written), tuple(readings), (Sense(tuple(glosses), kinds),))


def _stem(path: Path) -> str:
    name = path.name.removesuffix(".gz")
    return name.rpartition(".")[0] or name
