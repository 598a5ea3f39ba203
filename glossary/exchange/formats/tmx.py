"""TMX 1.4b of the contexts: example sentences for a translation memory (https://www.gala-global.org/tmx-14b).

Export only: a memory has sentences, not terms. `glossary build FILE.tmx` reads one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from ... import __version__
from ..entry import Entry, EntryContext
from ..pairs import sides
from ..registry import About
from ..streams import text_out
from ..text import one_line, xml_attribute, xml_text


def write(entries: Iterable[Entry], out: BinaryIO, about: About) -> None:
    """A unit for each pair of sentences that a linked mention stands in, each pair once, with the concepts in it."""
    source, target = sides(about)
    seen: set[int] = set()
    with text_out(out) as text:
        notices = "".join(f"<note>{xml_text(notice)}</note>" for notice in about.notices)
        text.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n'
            f'<header creationtool="glossary" creationtoolversion={xml_attribute(__version__)} '
            f'segtype="sentence" o-tmf="glossary" adminlang="en" srclang="{source}" datatype="plaintext"'
            f"{'>' + notices + '</header>' if notices else '/>'}\n<body>\n"
        )
        for entry in entries:
            for context in entry.contexts:
                if unit := _unit(entry, context, source, target, seen):
                    text.write(unit)
        text.write("</body>\n</tmx>\n")


def _unit(entry: Entry, context: EntryContext, source: str, target: str, seen: set[int]) -> str:
    texts = {"ja": one_line(context.ja_sentence), "en": one_line(context.en_sentence)}
    number = hash((texts["ja"], texts["en"]))  # the texts themselves would fill the memory
    if not texts["ja"] or not texts["en"] or number in seen:
        return ""
    seen.add(number)
    said = [("x-document", context.document), ("x-published", context.published), ("x-concept", entry.concept_id)]
    props = "".join(f'<prop type="{kind}">{xml_text(value)}</prop>' for kind, value in said if one_line(value))
    variants = "".join(f'<tuv xml:lang="{side}"><seg>{xml_text(texts[side])}</seg></tuv>' for side in (source, target))
    return f"<tu>{props}{variants}</tu>\n"
