"""Mojibake: text whose bytes were read in the wrong encoding.

Nothing is mended that could be meant: a stretch must decode into plausible text *and* look like nothing a person
writes (Ã©, â€™, 縺薙ｓ). Where a sequence of accented letter and punctuation is possible in ordinary text (É—, Ã”), it
counts only beside sure damage in the same text. The idea of re-encoding and strict decoding is that of ftfy
(Robyn Speer); the tests for Japanese and for the remains of lost characters are our own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from glossary.documents.edits import Edit

_C1 = "".join(map(chr, range(0x80, 0xA0)))
_CP1252 = {byte: bytes([byte]).decode("cp1252", "ignore") for byte in range(0x80, 0xA0)}
_BYTE = {chr(byte): byte for byte in range(0x100)} | {c: byte for byte, c in _CP1252.items() if c}
"""Latin-1 and CP1252 at once, as damaged texts mix them."""

_NEXT = "[" + re.escape("".join(c for c, byte in _BYTE.items() if 0x80 <= byte < 0xC0)) + "]"
_SEQUENCE = re.compile(f"[\xc2-\xdf]{_NEXT}|[\xe0-\xef]{_NEXT}{_NEXT}|[\xf0-\xf4]{_NEXT}{_NEXT}{_NEXT}")
_RUN = re.compile(f"(?:{_SEQUENCE.pattern})+")

_PLAUSIBLE = re.compile(
    "[\x80-\u017f\u0370-\u04ff\u1e00-\u1eff\u2010-\u203b\u20ac\u2122\u2160-\u217f\u2190-\u21ff\u2200-\u22ff\u2500-\u257f"
    "\u2460-\u24ff\u25a0-\u27bf\u3000-\u30ff\u3200-\u9fff\uf900-\ufaff\ufe0e\ufe0f\ufeff\uff01-\uffef\U0001f000-\U0001faff]"
)
_WIDE = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff01-\uffef]")
_NEVER_MEANT = ("â€", "ã€", "ã‚", "ãƒ", "ï¼", "ï½", "ï»¿", "ðŸ")
_AFTER_A_LETTER = frozenset("‘’“”‚„–—…•™»›«‹†‡\xa0")
_AFTER_A_UNIT = frozenset("²³¹°·±´¨®")  # Å, Ä: units and formulas


class _Sequence(NamedTuple):
    start: int
    end: int
    after: str
    sure: bool
    possible: bool


def misread_cp1252(text: str) -> Iterator[Edit]:
    """UTF-8 that was read as CP1252 or Latin-1: Ã© is é, â€™ is ’, ã‚¤ is イ."""
    found = [s for run in _RUN.finditer(text) for s in _sequences(text, run)]
    damaged = any(s.sure for s in found)
    edit: Edit | None = None
    for sequence in found:
        if not (sequence.sure or (damaged and sequence.possible)):
            continue
        if edit is not None and edit.end == sequence.start:
            edit = Edit(edit.start, sequence.end, edit.after + sequence.after)
            continue
        if edit is not None:
            yield edit
        edit = Edit(sequence.start, sequence.end, sequence.after)
    if edit is not None:
        yield edit


def _sequences(text: str, run: re.Match[str]) -> list[_Sequence]:
    found = []
    for match in _SEQUENCE.finditer(text, run.start(), run.end()):
        after = _decoded(match[0])
        if after is not None:
            before = text[match.start() - 1 : match.start()]
            possible = not _is_closing(before, match[0])
            found.append(_Sequence(*match.span(), after, _is_sure(before, match[0], after), possible))
    if len([s for s in found if _WIDE.match(s.after)]) >= 2:
        found = [s._replace(sure=s.sure or bool(_WIDE.match(s.after)), possible=True) for s in found]
    return found


def _decoded(raw: str) -> str | None:
    try:
        after = bytes(_BYTE[c] for c in raw).decode("utf-8")
    except UnicodeDecodeError:
        return None
    return after if _PLAUSIBLE.match(after) else None


def _is_sure(before: str, raw: str, after: str) -> bool:
    """Nobody writes `raw` behind `before`."""
    lead, rest = raw[0], raw[1:]
    if any(c in _C1 for c in rest) or raw.startswith(_NEVER_MEANT):
        return True
    if lead in "ÃÂÄÅ" and before.isascii() and before.islower():
        return True
    if lead in "ÃÂ":
        return rest not in _AFTER_A_LETTER
    if lead in "ÄÅ":
        return rest not in _AFTER_A_LETTER and rest not in _AFTER_A_UNIT
    return lead == "â" and not _AFTER_A_LETTER.issuperset(rest) and "\u2010" <= after <= "\u27bf"


def _is_closing(before: str, raw: str) -> bool:
    """An accented letter that ends a word, and quotation marks or dashes behind it: café’”, CAFÉ—."""
    if not before.isalpha() or not _AFTER_A_LETTER.issuperset(raw[1:]):
        return False
    return raw[0].islower() or before.isupper()


class _Misreading(NamedTuple):
    read_as: str
    was: str
    mark: re.Pattern[str]
    marks: int
    """So many marks in one line before it is looked at, and in a stretch before it is mended."""


_MISREADINGS = (
    _Misreading("cp932", "utf-8", re.compile("[縺繧繝縲]|(?<=[\u3400-\u9fff])[｡-ﾟ]"), 2),
    _Misreading("cp1252", "cp932", re.compile("[‚ƒ\x82\x83]"), 3),
    _Misreading("cp1252", "euc_jp", re.compile("[¤¥]"), 3),
)
_READABLE = re.compile("[\u3000-\u30ff\u4e00-\u9fff\uff01-\uff5eA-Za-z0-9\\s]")
_WINDOW = 4096
_KANA = re.compile("[\u3041-\u30ff]")


def misread_japanese(text: str) -> Iterator[Edit]:
    """Japanese in another encoding than it was read in: UTF-8 as CP932 (縺薙ｓ), Shift_JIS or EUC-JP as CP1252."""
    edits: list[Edit] = []
    for line in re.finditer("[^\r\n]+", text):
        for misreading in _MISREADINGS:
            if len(misreading.mark.findall(line[0])) >= misreading.marks and _is_foreign(line[0], misreading):
                whole = _whole_line(line[0], line.start(), misreading)
                edits += [whole] if whole else _stretches(line[0], line.start(), misreading)
                break
    yield from edits


def _is_foreign(line: str, misreading: _Misreading) -> bool:
    if misreading.read_as != "cp1252":
        return True
    return _KANA.search(line) is None and not _is_utf8(line)


def _is_utf8(line: str) -> bool:
    """Nearly all of the characters beyond ASCII are UTF-8, read as CP1252."""
    explained = sum(len(match[0]) for match in _SEQUENCE.finditer(line) if _decoded(match[0]))
    return explained >= 0.8 * sum(not c.isascii() for c in line)


def _whole_line(line: str, offset: int, misreading: _Misreading) -> Edit | None:
    """The line with U+FFFD for the few characters that are lost, if nearly all of it decodes."""
    codes = [_bytes(c, misreading.read_as) or b"\xff" for c in line]
    after = re.sub("\ufffd+", "\ufffd", b"".join(codes).decode(misreading.was, "replace"))
    lost = after.count("\ufffd")
    if lost * 3 > sum(not c.isascii() for c in after) - lost or not _is_text(
        line, after.replace("\ufffd", ""), misreading
    ):
        return None
    return Edit(offset, offset + len(line), after)


def _stretches(line: str, offset: int, misreading: _Misreading) -> Iterator[Edit]:
    """The longest stretches of the line that are text in the other encoding."""
    codes = [_bytes(c, misreading.read_as) or b"\xff" for c in line]
    places = list(accumulate(map(len, codes), initial=0))
    data = b"".join(codes)
    position = 0
    while position < len(line):
        if line[position].isascii():
            position += 1
            continue
        end, after = _longest(data, places, position, misreading.was)
        while end > position and line[end - 1].isascii() and after.endswith(line[end - 1]):
            end, after = end - 1, after[:-1]
        if end > position and _is_text(line[position:end], after, misreading):
            yield Edit(offset + position, offset + end, after)
            position = end
        else:
            position += 1


def _bytes(character: str, encoding: str) -> bytes | None:
    if encoding == "cp1252":
        return bytes([_BYTE[character]]) if character in _BYTE else None
    try:
        return character.encode(encoding)
    except UnicodeEncodeError:
        return None


def _longest(data: bytes, places: list[int], start: int, encoding: str) -> tuple[int, str]:
    """(end, text): the longest stretch of whole characters from `start` on that decodes, within `_WINDOW` bytes.

    `places[i]`: where the bytes of character i begin in `data`.
    """
    first = places[start]
    window = data[first : first + _WINDOW]
    try:
        window.decode(encoding)
        valid = len(window)
    except UnicodeDecodeError as error:
        valid = error.start
    end = bisect_right(places, first + valid) - 1
    while end > start:
        try:
            return end, data[first : places[end]].decode(encoding)
        except UnicodeDecodeError:
            end -= 1
    return start, ""


def _is_text(before: str, after: str, misreading: _Misreading) -> bool:
    readable = len(_READABLE.findall(after))
    japanese = sum(not c.isascii() for c in after)
    if len(misreading.mark.findall(before)) < misreading.marks or japanese < 2:
        return False
    if misreading.read_as == "cp1252" and len(_KANA.findall(after)) < 0.3 * japanese:
        return False
    return readable >= 0.9 * len(after)


_NEGATED = "do|ca|wo|is|are|was|were|did|does|would|could|should|have|has|had|must|need|might|ai"
_LOST = (
    (re.compile(f"â€(?!{_NEXT})\ufffd?"), "”"),  # CP1252 has no character for its third byte, 9D
    (re.compile(r"(?<=[A-Za-z]{2})â(?=s\b)"), "’"),
    (re.compile(rf"(?<![A-Za-z])(?i:(?:{_NEGATED})n)(â)(?=t\b)"), "’"),
    (re.compile(r"(?<![A-Za-z])(?i:I|we|you|they|he|she|it|who|that|there|what)(â)(?=(?:re|ve|ll|d|m)\b)"), "’"),
    (re.compile(r"(?:(?<=[\s(\[—])|^)â(?=[A-Z][a-z’â]*[\s,.])", re.MULTILINE), "“"),
    (re.compile(r"(?<=[a-z\d)][.,!?])â(?=[\s)\]—]|$)", re.MULTILINE), "”"),
)
_LOST_BESIDE_DAMAGE = (
    (re.compile(r"(?<=[\w,.] )â(?= \w)"), "—"),
    (re.compile(r"(?:(?<=[\s(\[—])|^)â(?=(?!(?:ge|me|ne|pre|tre)s?\b)[a-z])", re.MULTILINE), "“"),
    (re.compile(r"(?<=[a-z]s)â(?=\s[a-z])"), "’"),
    (re.compile(r"Â(?= )"), ""),
)


def lost_characters(text: str) -> Iterator[Edit]:
    """The â left of a quotation mark or apostrophe whose other two bytes were thrown away.

    Tokyoâs is Tokyo’s; âI want is “I want. Which mark it was follows from its place; single quotation marks become
    double ones. The doubtful places (a dash between spaces, a mark before a small letter) only beside sure ones.
    """
    if "â" not in text and "Â" not in text:
        return
    found = {match.span(match.lastindex or 0): after for pattern, after in _LOST for match in pattern.finditer(text)}
    if found:
        for pattern, after in _LOST_BESIDE_DAMAGE:
            for match in pattern.finditer(text):
                found.setdefault(match.span(), after)
    for (start, end), after in sorted(found.items()):
        yield Edit(start, end, after)
