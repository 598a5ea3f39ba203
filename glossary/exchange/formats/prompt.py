"""Terms of one text as instructions for a language model: short, and only those that occur. Export only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from ...errors import GlossaryError
from ..entry import Entry
from ..pairs import sides
from ..registry import About
from ..streams import text_out
from ..text import one_line

_LANGUAGES = {"ja": "Japanese", "en": "English"}


def write(entries: Iterable[Entry], out: BinaryIO, about: About) -> None:
    """A line a concept in the order of the text, with what must not be written. Raises GlossaryError without a text."""
    if about.occurring is None:
        raise GlossaryError("prompt: name the text that is to be translated with --text FILE")
    source, target = sides(about)
    order = {concept_id: number for number, concept_id in enumerate(about.occurring)}
    found = [entry for entry in entries if entry.concept_id in order and entry.preferred(target) is not None]
    found.sort(key=lambda entry: order[entry.concept_id or ""])
    with text_out(out) as text:
        if found:
            text.write(f"Translate these {_LANGUAGES[source]} terms into {_LANGUAGES[target]} exactly so:\n")
        for entry in found:
            first = entry.preferred(target)
            assert first is not None
            shown = about.occurring[entry.concept_id or ""]
            never = ", ".join(one_line(term.term) for term in entry.of(target) if not term.usable)
            note = f" ({one_line(entry.usage_note)})" if one_line(entry.usage_note) else ""
            rule = f"; never: {never}" if never else ""
            text.write(f"- {one_line(shown)}: {one_line(first.term)}{note}{rule}\n")
