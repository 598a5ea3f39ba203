"""Which function reads a file of which ending. A format is added by one reader and one line of `READERS`.

A reader gets the file's bytes and the words that name it in messages, and gives what stands in it, unrepaired;
it raises GlossaryError for a file that it cannot read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from glossary.documents.encoding import decode
from glossary.errors import GlossaryError
from glossary.records import Language


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a reader found in a file; None where the format does not say."""

    text: str
    format: str = "text"
    encoding: str = "utf-8"
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    """ISO 8601 date."""
    language: Language | None = None


Reader = Callable[[bytes, str], Extracted]


def read_plain_text(data: bytes, where: str) -> Extracted:
    """Text in any of the encodings of `decode`."""
    text, encoding = decode(data, where)
    return Extracted(text, "text", encoding)


READERS: dict[str, Reader] = {
    ".txt": read_plain_text,
    ".md": read_plain_text,
}
"""Lower-case ending, with its dot -> reader."""


def reader_for(path: Path) -> Reader | None:
    """The reader of this ending, or None."""
    return READERS.get(path.suffix.lower())


def extract(path: Path) -> tuple[Extracted, bytes]:
    """What stands in the file, and its bytes. Raises GlossaryError for a file that cannot be read."""
    reader = reader_for(path)
    if reader is None:
        raise GlossaryError(f"{path}: no reader for this ending; readable are {', '.join(sorted(READERS))}")
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise GlossaryError(f"{path} cannot be read ({reason}): check the path and its permissions") from None
    return reader(data, str(path)), data
