"""Which function reads a file of which ending. A format is added by one reader and one line of `READERS`.

Other packages add formats by entry points of the group `glossary.documents`, each of which loads a `DocumentFormat`.

A reader gets the file's bytes and the words that name it in messages, and gives what stands in it, unrepaired;
it raises GlossaryError for a file that it cannot read. Libraries are imported when a reader is called.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from glossary.documents.encoding import decode
from glossary.documents.extracted import Extracted
from glossary.documents.formats.delimited import read_csv, read_tsv
from glossary.documents.formats.epub import read_epub
from glossary.documents.formats.html import read_html
from glossary.documents.formats.pdf import read_pdf
from glossary.documents.formats.po import read_po
from glossary.documents.formats.sentence_pairs import read_parquet, read_tsv_gz
from glossary.documents.formats.sheets import read_xlsx
from glossary.documents.formats.slides import read_pptx
from glossary.documents.formats.subtitles import read_srt, read_vtt
from glossary.documents.formats.tmx import read_tmx
from glossary.documents.formats.word import read_docx
from glossary.documents.formats.xliff import read_sdlxliff, read_xliff
from glossary.documents.intake import read_file
from glossary.documents.limits import LIMITS, Limits, check_lines
from glossary.errors import GlossaryError
from glossary.plugins import extensions

__all__ = [
    "READERS",
    "DocumentFormat",
    "Extracted",
    "Reader",
    "ending_of",
    "extract",
    "extract_bytes",
    "reader_for",
    "readers",
]

Reader = Callable[[bytes, str], Extracted]


@dataclass(frozen=True, slots=True)
class DocumentFormat:
    """What another package reads."""

    endings: tuple[str, ...]
    """In lower case, with the dot; the last one of a name alone, except before .gz."""
    read: Reader


def read_plain_text(data: bytes, where: str) -> Extracted:
    """Text in any of the encodings of `decode`."""
    text, encoding = decode(data, where)
    return Extracted(text, "text", encoding)


READERS: dict[str, Reader] = {
    ".txt": read_plain_text,
    ".md": read_plain_text,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".docx": read_docx,
    ".pptx": read_pptx,
    ".xlsx": read_xlsx,
    ".pdf": read_pdf,
    ".epub": read_epub,
    ".srt": read_srt,
    ".vtt": read_vtt,
    ".tmx": read_tmx,
    ".xliff": read_xliff,
    ".xlf": read_xliff,
    ".sdlxliff": read_sdlxliff,
    ".po": read_po,
    ".csv": read_csv,
    ".tsv": read_tsv,
    ".tsv.gz": read_tsv_gz,
    ".parquet": read_parquet,
}
"""Lower-case ending, with its dot -> reader: those of this package."""


def readers() -> dict[str, Reader]:
    """All readers by ending: ours, then those of other packages, which may replace ours."""
    others = extensions("glossary.documents", DocumentFormat)
    return READERS | {ending: other.read for other in others for ending in other.endings}


def ending_of(path: Path) -> str:
    """The ending by which a file is read, in lower case: ".txt", ".tsv.gz"."""
    last = path.suffix.lower()
    return "".join(path.suffixes[-2:]).lower() if last == ".gz" else last


def reader_for(path: Path) -> Reader | None:
    """The reader of this ending, or None."""
    return readers().get(ending_of(path))


def extract(path: Path, limits: Limits = LIMITS) -> tuple[Extracted, bytes]:
    """What stands in the file, and its bytes. Raises GlossaryError for a file that cannot be read."""
    if reader_for(path) is None:
        raise GlossaryError(f"{path}: no reader for this ending; readable are {', '.join(sorted(readers()))}")
    data = read_file(path, limits)
    return extract_bytes(data, ending_of(path), str(path), limits), data


def extract_bytes(data: bytes, ending: str, where: str, limits: Limits = LIMITS) -> Extracted:
    """What stands in the bytes of a file of this ending, which has a reader.

    Raises GlossaryError for whatever goes wrong in it: the libraries meet damaged files with errors of any kind.
    """
    if not data:
        raise GlossaryError(f"{where} is empty: put text into it or leave it out")
    try:
        extracted = readers()[ending.lower()](data, where)
    except GlossaryError:
        raise
    except Exception as error:
        reason = " ".join(f"{type(error).__name__}: {error}".split())[:160]
        raise GlossaryError(f"{where} cannot be read as {ending} ({reason}): save it anew from its program") from None
    for text in (extracted.text, *(side for segment in extracted.segments for side in segment)):
        check_lines(text, where, limits)
    return extracted
