"""Does an English string sound like a Japanese one? Romanization variants, foreign katakana, kanji by all readings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

import numpy as np

from .english import fold
from .kana import fold_romaji, is_kana, romanize, to_katakana

_RENDAKU = str.maketrans("カキクケコサシスセソタチツテトハヒフヘホ", "ガギグゲゴザジズゼゾダヂヅデドバビブベボ")
_HANDAKU = str.maketrans("ハヒフヘホ", "パピプペポ")

# English spellings and romanized katakana brought to one rough sound: order matters.
_ENGLISH_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"[^a-z]", ""), (r"^(?:wh)", "w"), (r"^kn", "n"), (r"^wr", "r"), (r"^ps", "s"), (r"^x", "z"),
        (r"tch", "c"), (r"sch", "s"), (r"tio(?=n)", "so"), (r"sh|sc(?=[ie])", "s"), (r"ch", "c"),
        (r"ck|q|c(?![eiyh])", "k"),
        (r"c(?=[eiy])", "s"), (r"ph", "f"), (r"gh(?=t)", ""), (r"gh", "g"), (r"th", "s"), (r"x", "ks"),
        (r"dge?|j", "z"), (r"g(?=[ei])", "z"), (r"ts|tz", "t"),
        (r"l", "r"), (r"v", "b"), (r"w(?![aeiou])", "u"), (r"y", "i"), (r"h(?![aeiou])", ""), (r"m(?=[bp])", "n"),
        (r"(.)\1+", r"\1"), (r"(?<=[^aeiou])e$", ""),
    )
)  # fmt: skip
_KATAKANA_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"[^a-z]", ""), (r"tch", "c"), (r"sh", "s"), (r"ch", "c"), (r"ts", "t"), (r"j", "z"), (r"v", "b"), (r"l", "r"),
        (r"y", "i"), (r"ii", "i"), (r"m(?=[bp])", "n"), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip
_VOWELS = re.compile(r"[aeiou]")


@lru_cache(maxsize=100_000)
def english_sound(word: str) -> str:
    """A rough sound of an English word: Lavrov → rabrob."""
    sound = fold(word)
    for pattern, replacement in _ENGLISH_SOUNDS:
        sound = pattern.sub(replacement, sound)
    return sound


@lru_cache(maxsize=100_000)
def katakana_sound(kana: str) -> str:
    """The same of kana: ラブロフ → raburofu."""
    sound = romanize(kana, macrons=False)
    for pattern, replacement in _KATAKANA_SOUNDS:
        sound = pattern.sub(replacement, sound)
    return sound


def loan_similarities(kana: Sequence[str], english: Sequence[str]) -> np.ndarray:
    """`loan_similarity` of each of `kana` with each of `english`: kana × english, float32."""
    from rapidfuzz.distance import JaroWinkler, Levenshtein
    from rapidfuzz.process import cdist

    left, right = [katakana_sound(k) for k in kana], [english_sound(e) for e in english]
    whole = np.maximum(
        cdist(left, right, scorer=JaroWinkler.normalized_similarity),
        cdist(left, right, scorer=Levenshtein.normalized_similarity),
    )
    bones = cdist([_bones(s) for s in left], [_bones(s) for s in right], scorer=Levenshtein.normalized_similarity)
    known = np.outer([bool(s) for s in left], [bool(s) for s in right])
    return np.where(known, 0.6 * bones + 0.4 * whole, 0.0).astype(np.float32)


@lru_cache(maxsize=500_000)
def loan_similarity(kana: str, english: str) -> float:
    """0..1: how well a loan word or foreign name in kana fits an English string.

    The mean of the likeness of whole sounds and of their consonants, since kana insert vowels and spell others by ear.
    """
    from rapidfuzz.distance import JaroWinkler, Levenshtein

    left, right = katakana_sound(kana), english_sound(english)
    if not left or not right:
        return 0.0
    bones = Levenshtein.normalized_similarity(_bones(left), _bones(right))
    whole = max(JaroWinkler.normalized_similarity(left, right), Levenshtein.normalized_similarity(left, right))
    return 0.6 * bones + 0.4 * whole


def _bones(sound: str) -> str:
    bones = _VOWELS.sub("", sound[1:])
    first = "" if sound[:1] in "aeiou" else sound[:1]
    return re.sub(r"(.)\1+", r"\1", first + bones).replace("f", "h").replace("c", "t")


def reading_variants(reading: str) -> tuple[str, ...]:
    """A kanji's reading inside a compound: as it is, voiced (rendaku), h → p, final ツ/ク/チ/キ doubled (促音便)."""
    forms = [reading, reading[:1].translate(_RENDAKU) + reading[1:], reading[:1].translate(_HANDAKU) + reading[1:]]
    forms += [form[:-1] + "ッ" for form in forms if len(form) > 1 and form[-1] in "ツクチキ"]
    return tuple(dict.fromkeys(forms))


def spelled_by_readings(
    text: str, english: str, readings: Callable[[str], Iterable[str]], *, longest: int = 4
) -> str | None:
    """The katakana reading of `text` that `english` spells, or None.

    Every reading that `readings(part)` knows of any part of `text` is tried, with its variants inside compounds; the
    comparison folds romanization variants and spaces. `longest`: characters of a part.
    """
    target = fold_romaji(english)
    if not target or len(target) > 40 or len(text) > 16:
        return None
    # states: position in text → {romaji so far: katakana}; a state lives while the target can still begin with it
    states: list[dict[str, str]] = [{} for _ in range(len(text) + 1)]
    states[0][""] = ""
    for start in range(len(text)):
        if not states[start]:
            continue
        for end in range(start + 1, min(len(text), start + longest) + 1):
            for reading in _part_readings(text[start:end], start, readings):
                for kana in list(states[start].values()):
                    joined = kana + reading
                    romaji = fold_romaji(romanize(joined))
                    if target.startswith(romaji[: max(1, len(romaji) - 2)]) and len(romaji) <= len(target) + 1:
                        states[end].setdefault(joined, joined)
    for kana in states[-1].values():
        if kana and fold_romaji(romanize(kana)) == target:
            return kana
    return None


def _part_readings(part: str, start: int, readings: Callable[[str], Iterable[str]]) -> Iterable[str]:
    if start and part in ("ヶ", "ケ"):
        return ["ガ", "カ", "ケ"]
    if is_kana(part):
        return [to_katakana(part).replace("・", "")]
    if part in "・ 　":
        return [""]
    found: dict[str, None] = {}
    for reading in readings(part):
        for form in (
            reading_variants(reading) if start else (reading, *(f for f in reading_variants(reading) if f[-1:] == "ッ"))
        ):
            found[form] = None
    return found
