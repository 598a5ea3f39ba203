"""Message catalogues of gettext (https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html)."""

from __future__ import annotations

import re
from typing import Any

from glossary.documents.encoding import decode
from glossary.documents.extracted import Extracted, SegmentTexts
from glossary.documents.formats.bilingual import extracted_segments, language_of, script_of
from glossary.documents.formats.extra import library
from glossary.errors import GlossaryError

_CHARSET = re.compile(rb"charset=([A-Za-z0-9._-]+)")


def read_po(data: bytes, where: str) -> Extracted:
    """The messages and their translations; fuzzy ones keep their source alone, obsolete ones are left out.

    Of plural forms the first counts. Raises GlossaryError if the file is damaged or in other languages.
    """
    polib = library("polib", where)
    text, encoding = _decoded(data, where)
    try:
        # Two line feeds: polib takes what could be the path of a file for one.
        catalogue = polib.pofile("\n\n" + text, encoding="utf-8")
    except (OSError, ValueError, IndexError) as error:
        reason = re.sub(r"\s+", " ", str(error)).strip()[:200]
        raise GlossaryError(f"{where} is no message catalogue ({reason}): check it with msgfmt -c") from None
    pairs = [_pair(entry) for entry in catalogue if not entry.obsolete]
    is_japanese = _source_is_japanese(pairs, language_of(catalogue.metadata.get("Language", "")))
    segments = [(a, b) if is_japanese else (b, a) for a, b in pairs]
    _check(segments, where)
    return extracted_segments(segments, where, "po", encoding)


def _decoded(data: bytes, where: str) -> tuple[str, str]:
    declared = _CHARSET.search(data[:4000])
    if declared and declared[1] != b"CHARSET":
        name = declared[1].decode().lower()
        codec = "cp932" if name in ("shift_jis", "shift-jis", "sjis") else name
        try:
            return data.decode(codec), codec
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data, where)


def _pair(entry: Any) -> tuple[str, str]:
    plurals = entry.msgstr_plural
    translation = plurals[min(plurals)] if plurals else entry.msgstr
    return entry.msgid, "" if entry.fuzzy else translation


def _source_is_japanese(pairs: list[SegmentTexts], target: str | None) -> bool:
    """By the script; the header `Language` (of the translation) decides for a catalogue that has none to see."""
    scripts = [(script_of(source), script_of(translation)) for source, translation in pairs]
    forwards = sum(pair == ("ja", "en") for pair in scripts) + sum(pair[0] == "ja" for pair in scripts)
    backwards = sum(pair == ("en", "ja") for pair in scripts) + sum(pair[1] == "ja" for pair in scripts)
    return forwards > backwards or (forwards == backwards and target == "en")


def _check(segments: list[SegmentTexts], where: str) -> None:
    if not any(script_of(ja) == "ja" for ja, _ in segments):
        raise GlossaryError(f"{where} has no Japanese messages: leave it out")
