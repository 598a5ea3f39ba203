"""A text as it came out of a file becomes a repaired text and the log that leads back to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from glossary.documents.characters import (
    composition,
    control_characters,
    half_width_katakana,
    invisible_characters,
    katakana_dashes,
    ligatures,
    line_ends,
)
from glossary.documents.edits import Edit, apply_edits, restore
from glossary.documents.extracted import Layout
from glossary.documents.mojibake import lost_characters, misread_cp1252, misread_japanese
from glossary.documents.ruby import ruby_annotations
from glossary.documents.soft_breaks import line_end_hyphens, soft_breaks
from glossary.documents.wraps import hard_wraps
from glossary.records import Repair

__all__ = ["REPAIRS", "repair", "restore"]

Finder = Callable[[str], Iterable[Edit]]

# The order matters: mojibake is made of control characters and soft hyphens, so it goes before they are removed;
# columns are counted before half-width letters become wide.
REPAIRS: tuple[tuple[str, Finder], ...] = (
    ("ruby", ruby_annotations),
    ("mojibake", misread_japanese),
    ("mojibake", misread_cp1252),
    ("mojibake", misread_cp1252),  # encoded twice
    ("mojibake", misread_cp1252),
    ("mojibake", lost_characters),
    ("line-end", line_ends),
    ("control", control_characters),
    ("invisible", invisible_characters),
    ("hard-wrap", hard_wraps),
    ("half-width", half_width_katakana),
    ("ligature", ligatures),
    ("composition", composition),
    ("long-vowel", katakana_dashes),
    ("long-vowel", katakana_dashes),  # the second of a word
)
"""(kind, finder of the edits) in the order they are made; `Repair.kind` joins kinds by + where two met."""

_OF_PAGES: tuple[tuple[str, Finder], ...] = (("hyphen", line_end_hyphens), ("line-break", soft_breaks))


def repair(text: str, layout: Layout = "lines") -> tuple[str, tuple[Repair, ...]]:
    """The repaired text and its repairs, ascending; `restore(*repair(text)) == text`.

    Lines are joined as the layout allows: hard-wrapped "lines", the soft breaks of "pages", none of "segments".
    """
    log: tuple[Repair, ...] = ()
    finders = REPAIRS if layout == "lines" else tuple(item for item in REPAIRS if item[0] != "hard-wrap")
    for kind, find in (*_OF_PAGES, *finders) if layout == "pages" else finders:
        if edits := list(find(text)):
            text, log = apply_edits(text, log, edits, kind)
    return text, log
