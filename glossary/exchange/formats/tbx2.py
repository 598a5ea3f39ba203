"""TBX version 2 (ISO 30042:2008), which OmegaT and many others still read. The reader is that of `tbx`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from ..entry import Entry
from ..registry import About
from ..streams import text_out
from .tbx import VERSION_2, concept, header, read

__all__ = ["read", "write"]


def write(entries: Iterable[Entry], out: BinaryIO, about: About) -> None:
    """All terms, with their status; the first context of each concept. Readings are in the notes of their terms."""
    with text_out(out) as text:
        text.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">\n'
            f'<martif type="TBX-Basic" xml:lang="{about.source}">\n<martifHeader>{header(about)}'
            '<encodingDesc><p type="XCSURI">TBXBasicXCSV02.xcs</p></encodingDesc></martifHeader>\n<text><body>\n'
        )
        for entry in entries:
            text.write(concept(entry, VERSION_2))
        text.write("</body></text>\n</martif>\n")
