"""How much a file may hold. Beyond, it is refused with one line instead of filling the memory."""

from __future__ import annotations

from dataclasses import dataclass

from glossary.errors import GlossaryError


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes are bytes, lengths are characters."""

    file: int = 100_000_000
    """A file, the standard input or the answer of a server."""
    line: int = 1_000_000
    """A line of text."""
    page: int = 20_000_000
    """A web page, in characters."""
    unpacked: int = 400_000_000
    """All parts of an archive (.docx, .xlsx, .pptx, .epub) together."""
    ratio: int = 250
    """Unpacked to packed size, looked at from `ratio_from` on."""
    ratio_from: int = 20_000_000
    parts: int = 20_000
    """Parts of an archive."""
    rows: int = 500_000
    """Rows of a table that hold anything."""
    columns: int = 64
    depth: int = 200
    """XML elements inside one another."""
    pages: int = 3_000
    """Pages of a PDF."""
    pdf_memory: int = 2_000_000_000
    pdf_seconds: int = 600


LIMITS = Limits()


def check_lines(text: str, where: str, limits: Limits = LIMITS) -> None:
    """Raise GlossaryError for a line that no text has."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end - start > limits.line:
            raise GlossaryError(
                f"{where} has a line of {end - start:,} characters, more than {limits.line:,}: break it into lines"
            )
        start = end + 1
