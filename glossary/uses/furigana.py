"""A reading spread over the term it belongs to, as Japanese texts print it above the characters."""

from __future__ import annotations

import re

from glossary.languages.kana import is_kana, to_hiragana, to_katakana

Part = tuple[str, str | None]
"""A stretch of a term, and the hiragana to print above it (None: it reads as it stands)."""

_STRETCH = re.compile(r"[ぁ-ゖァ-ヺー・ゝゞヽヾ]+|[^ぁ-ゖァ-ヺー・ゝゞヽヾ]+")
_HAN = re.compile(r"[\u3005-\u3007\u2e80-\u2fdf\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def furigana(term: str, reading: str | None) -> list[Part]:
    """`term` in parts, each with its share of `reading` (kana): 取り消し, トリケシ → 取 と, り, 消 け, し.

    Kana in the term carries nothing. Where the reading does not fit the kana of the term, all of it stands above all
    of the term; a term without Chinese characters and one without reading carry nothing.
    """
    if not reading or not _HAN.search(term):
        return [(term, None)]
    stretches = _STRETCH.findall(term)
    pattern = "".join(re.escape(to_katakana(part)) if is_kana(part) else "(.+?)" for part in stretches)
    match = re.fullmatch(pattern, to_katakana(reading))
    if match is None:
        return [(term, to_hiragana(reading))]
    readings = iter(match.groups())
    return [(part, None if is_kana(part) else to_hiragana(next(readings))) for part in stretches]
