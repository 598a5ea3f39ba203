"""What file and folder names say: two names that differ in a language marker only name two sides of a bitext."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath
from typing import NamedTuple

from ..records import Language

_JA = "japanese|jpn|jp|ja|日本語版|日本語|和文|日文|邦文|nihongo"
_EN = "english|eng|en|英語版|英語|英文|eigo"
_MARK = f"(?P<ja>{_JA}|j(?![a-z]))|(?P<en>{_EN}|e(?![a-z]))"
_OPEN, _CLOSE = r"[\s._\-–—(（\[【]", r"[\s._\-–—)）\]】]"
_AT_END = re.compile(rf"(?P<base>.+?){_OPEN}+(?:{_MARK}){_CLOSE}*", re.IGNORECASE | re.DOTALL)
_AT_START = re.compile(rf"{_OPEN}*(?:{_MARK}){_CLOSE}+(?P<base>.+)", re.IGNORECASE | re.DOTALL)
_GLUED = re.compile(
    r"(?P<base>.*[a-z0-9぀-ヿ㐀-鿿])(?:(?P<ja>JPN?|JA|日本語版?|和文)|(?P<en>ENG?|英語版?|英文))", re.DOTALL
)
_WHOLE = re.compile(f"(?P<ja>{_JA}|j)|(?P<en>{_EN}|e)", re.IGNORECASE)
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_.年]?)(0[1-9]|1[0-2])[-_.月]?(0[1-9]|[12]\d|3[01])(?!\d)")


class Named(NamedTuple):
    """What a path says of a document."""

    key: tuple[str, ...]
    """The path without language markers; equal for two sides of a bitext."""
    by_name: Language | None
    """Language that the file's name marks."""
    by_folder: Language | None
    """Language that a folder marks."""


def named(path: str) -> Named:
    """Language markers of a path or URL, and what is left without them: "talks/ja/a_1.txt", "talks/a-日本語.html"."""
    parts = [unicodedata.normalize("NFC", part) for part in path.replace("\\", "/").split("/")]
    stem = PurePath(parts[-1]).stem
    base, by_name = _unmarked(stem)
    folders, by_folder = [], None
    for part in parts[:-1]:
        rest, language = _unmarked_folder(part)
        folders.append(rest)
        by_folder = language or by_folder
    return Named((*folders, base.casefold()), by_name, by_folder)


def date_in_name(path: str) -> str | None:
    """ISO date that stands in a file's name or, failing that, in the folders: "20230207", "2023-02-07"."""
    found = list(_DATE.finditer(path))
    return f"{found[-1][1]}-{found[-1][3]}-{found[-1][4]}" if found else None


def _unmarked(stem: str) -> tuple[str, Language | None]:
    if match := _WHOLE.fullmatch(stem):
        return "", _language(match)
    for pattern in (_AT_END, _AT_START, _GLUED):
        if match := pattern.fullmatch(stem):
            return match["base"], _language(match)
    return stem, None


def _unmarked_folder(part: str) -> tuple[str, Language | None]:
    if match := _WHOLE.fullmatch(part):
        return "*", _language(match)
    if (match := _AT_END.fullmatch(part)) and "." not in part:
        return match["base"], _language(match)
    return part, None


def _language(match: re.Match[str]) -> Language:
    return "ja" if match["ja"] else "en"
