"""Kana and their romanization: modified Hepburn for people to read, a folded form to compare spellings by."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_HIRAGANA_TO_KATAKANA = {ord("ぁ") + i: ord("ァ") + i for i in range(86)} | {ord("ゝ"): "ヽ", ord("ゞ"): "ヾ"}
_KATAKANA_TO_HIRAGANA = {ord("ァ") + i: ord("ぁ") + i for i in range(86)} | {ord("ヽ"): "ゝ", ord("ヾ"): "ゞ"}

# fmt: off
# ruff: noqa: E501
_MORAE = {
    "ア": "a", "イ": "i", "ウ": "u", "エ": "e", "オ": "o",
    "カ": "ka", "キ": "ki", "ク": "ku", "ケ": "ke", "コ": "ko", "ガ": "ga", "ギ": "gi", "グ": "gu", "ゲ": "ge", "ゴ": "go",
    "サ": "sa", "シ": "shi", "ス": "su", "セ": "se", "ソ": "so", "ザ": "za", "ジ": "ji", "ズ": "zu", "ゼ": "ze", "ゾ": "zo",
    "タ": "ta", "チ": "chi", "ツ": "tsu", "テ": "te", "ト": "to", "ダ": "da", "ヂ": "ji", "ヅ": "zu", "デ": "de", "ド": "do",
    "ナ": "na", "ニ": "ni", "ヌ": "nu", "ネ": "ne", "ノ": "no",
    "ハ": "ha", "ヒ": "hi", "フ": "fu", "ヘ": "he", "ホ": "ho", "バ": "ba", "ビ": "bi", "ブ": "bu", "ベ": "be", "ボ": "bo",
    "パ": "pa", "ピ": "pi", "プ": "pu", "ペ": "pe", "ポ": "po",
    "マ": "ma", "ミ": "mi", "ム": "mu", "メ": "me", "モ": "mo", "ヤ": "ya", "ユ": "yu", "ヨ": "yo",
    "ラ": "ra", "リ": "ri", "ル": "ru", "レ": "re", "ロ": "ro", "ワ": "wa", "ヰ": "i", "ヱ": "e", "ヲ": "o", "ヴ": "vu",
    "ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o", "ャ": "ya", "ュ": "yu", "ョ": "yo", "ヮ": "wa",
    "ヵ": "ka", "ヶ": "ga",
    "シェ": "she", "ジェ": "je", "チェ": "che", "ティ": "ti", "ディ": "di", "トゥ": "tu", "ドゥ": "du", "デュ": "dyu", "テュ": "tyu",
    "ファ": "fa", "フィ": "fi", "フェ": "fe", "フォ": "fo", "フュ": "fyu", "ウィ": "wi", "ウェ": "we", "ウォ": "wo",
    "ヴァ": "va", "ヴィ": "vi", "ヴェ": "ve", "ヴォ": "vo", "ヴュ": "vyu", "クァ": "kwa", "クィ": "kwi", "クェ": "kwe",
    "クォ": "kwo", "グァ": "gwa", "ツァ": "tsa", "ツィ": "tsi", "ツェ": "tse", "ツォ": "tso", "イェ": "ye", "スィ": "si", "ズィ": "zi",
}
# fmt: on
for _kana, _consonant in {
    "キ": "ky", "ギ": "gy", "ニ": "ny", "ヒ": "hy", "ビ": "by", "ピ": "py", "ミ": "my", "リ": "ry",
    "シ": "sh", "ジ": "j", "チ": "ch", "ヂ": "j",
}.items():  # fmt: skip
    for _small, _vowel in {"ャ": "a", "ュ": "u", "ョ": "o"}.items():
        _MORAE[_kana + _small] = _consonant + _vowel

_MACRONS = {"a": "ā", "i": "ī", "u": "ū", "e": "ē", "o": "ō"}
_LONG = {
    "aー": "ā",
    "iー": "ī",
    "uー": "ū",
    "eー": "ē",
    "oー": "ō",
    "oウ": "ō",
    "oオ": "ō",
    "uウ": "ū",
    "aア": "ā",
    "eエ": "ē",
}


def to_katakana(text: str) -> str:
    """Hiragana of `text` as katakana, all else as it is; the length stays the same."""
    return text.translate(_HIRAGANA_TO_KATAKANA)


def to_hiragana(text: str) -> str:
    """Katakana of `text` as hiragana, all else (ー and ヷ too) as it is; the length stays the same."""
    return text.translate(_KATAKANA_TO_HIRAGANA)


def is_kana(text: str) -> bool:
    """True if `text` is of kana, long marks and middle dots alone, and not empty."""
    return bool(text) and all("ぁ" <= c <= "ゖ" or "ァ" <= c <= "ヺ" or c in "ー・゠ヽヾゝゞ" for c in text)


def is_kanji(character: str) -> bool:
    """True for a kanji and for 々, which repeats one."""
    return "㐀" <= character <= "鿿" or character == "々"


_REPEATED = re.compile(r"([ァ-ヺ])([ヽヾ])")


def _repeat(match: re.Match[str]) -> str:
    """Iteration marks written out: イヽ is イイ, スヾ is スズ."""
    voiced = unicodedata.normalize("NFC", match[1] + "\u3099") if match[2] == "ヾ" else match[1]
    return match[1] + voiced


@lru_cache(maxsize=200_000)
def romanize(kana: str, *, macrons: bool = True) -> str:
    """Kana in modified Hepburn, lower case: トウキョウ → tōkyō, シンイチ → shin'ichi, ナンバ → nanba.

    Without `macrons` long vowels lose their mark (tokyo). Characters that are not kana are kept.
    """
    text = _REPEATED.sub(_repeat, to_katakana(kana))
    out: list[str] = []
    position = 0
    while position < len(text):
        two, one = text[position : position + 2], text[position]
        if one == "ッ":
            position += 1
            following = _MORAE.get(text[position : position + 2]) or _MORAE.get(text[position : position + 1])
            if following and following[0] not in "aiueo":
                out.append("t" if following.startswith("ch") else following[0])
            continue
        if one == "ン":
            following = _MORAE.get(text[position + 1 : position + 2], "")
            out.append("n'" if following[:1] in ("a", "i", "u", "e", "o", "y") and following else "n")
            position += 1
            continue
        last = out[-1][-1] if out and out[-1] else ""
        if last + one in _LONG:
            out[-1] = out[-1][:-1] + (_MACRONS[last] if macrons else last)
            position += 1
            continue
        if len(two) == 2 and two in _MORAE:
            out.append(_MORAE[two])
            position += 2
            continue
        if one != "ー":
            out.append(_MORAE.get(one, " " if one in "・゠ 　" else one))
        position += 1
    return "".join(out)


_FOLDS = (
    (re.compile(r"[^a-z0-9]+"), ""),
    (re.compile(r"m(?=[bp])"), "n"),
    (re.compile(r"tch"), "cch"),
    (re.compile(r"o[uh](?![aeiouy])|oo|ou"), "o"),
    (re.compile(r"uu"), "u"),
    (re.compile(r"([aeiou])\1+"), r"\1"),
)


@lru_cache(maxsize=200_000)  # the readings of a language are few, and asked for with every word
def fold_romaji(text: str) -> str:
    """A form in which spellings of one romanized name meet: Ōno, Ohno, Ono, Oono → ono; Namba, Nanba → nanba.

    Lower case, no accents, spaces, hyphens or apostrophes; for comparing and searching only.
    """
    text = unicodedata.normalize("NFD", text.casefold())
    text = "".join(c for c in text if not unicodedata.combining(c))
    for pattern, replacement in _FOLDS:
        text = pattern.sub(replacement, text)
    return text
