"""Readings and romaji of terms, full names in two words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..languages.japanese import joint_reading
from ..languages.kana import fold_romaji, is_kana, romanize, to_katakana
from ..languages.tokens import Token

_NAME_KINDS = frozenset(("person", "place", "organization", "facility", "event", "product", "work"))
_NAMED_AS_ONE = frozenset(("person", "place", "facility"))
"""A particle is a part of such names: 虎ノ門 is Toranomon."""
_FAMILY, _GIVEN = "人名-姓", "人名-名"
"""Ends of parts of speech, of one length."""
_MARKS = "・=＝-‐ 　"
_BETWEEN_PARTS = "・=＝ 　"


def reading_of(tokens: Iterable[Token]) -> str | None:
    """The readings of the tokens in a row; None where one is not known."""
    parts = heard(list(tokens))
    if None in parts:
        return None
    return "".join(part or "" for part in parts) or None


def romaji_of(
    reading: str | None, kind: str, ja: str = "", en: str | None = None, tokens: Sequence[Token] = ()
) -> str | None:
    """Modified Hepburn with macrons; names capitalized, full names with a space between their parts.

    The parts of a name are those between middle dots in `ja`; of a person also what `tokens` say is family and given
    name or, failing that, what sounds like a word of `en`.
    """
    if not reading:
        return None
    if kind not in _NAME_KINDS:
        return " ".join(romanize(part) for part in around_particles(reading, tokens))
    parts = _parts(reading, kind, ja, en, tokens)
    if len(parts) > 1:
        return " ".join(romanize(part).capitalize() for part in parts)
    words = [reading] if kind in _NAMED_AS_ONE else around_particles(reading, tokens)
    first, *rest = map(romanize, words)
    return " ".join((first.capitalize(), *rest))


def heard(tokens: Sequence[Token]) -> list[str | None]:
    """The reading of each token; empty for marks, None where it is not known. 霧|ヶ|浜: キリ, ガ, ハマ."""
    return [
        joint_reading(token.surface, tokens[k - 1] if k else None, tokens[k + 1] if k + 1 < len(tokens) else None)
        or _heard(token)
        for k, token in enumerate(tokens)
    ]


def _heard(token: Token) -> str | None:
    if is_kana(token.surface):
        return to_katakana(token.surface).replace("・", "")
    return token.reading.replace("・", "") or ("" if token.surface in _MARKS else None)


def around_particles(reading: str, tokens: Sequence[Token]) -> list[str]:
    """The parts of a reading before, at and after its particles (光|の|器); no vowel is long across them."""
    parts = heard(tokens)
    if None in parts or "".join(part or "" for part in parts) != reading:
        return [reading]
    words: list[str] = []
    after = True
    for token, part in zip(tokens, parts, strict=True):
        particle = token.pos.startswith("助詞") and bool(words)
        if after or particle:
            words.append("")
        words[-1] += part or ""
        after = particle
    return [word for word in words if word] if not after else [reading]


def _parts(reading: str, kind: str, ja: str, en: str | None, tokens: Sequence[Token]) -> list[str]:
    dotted = [to_katakana(part) for part in _split(ja, _BETWEEN_PARTS)]
    if "".join(dotted) == reading:
        return dotted
    if kind == "person":
        for cut in (*_by_tokens(tokens), *_by_english(reading, en)):
            if reading.startswith(cut) and len(cut) < len(reading):
                return [cut, reading[len(cut) :]]
    return [reading]


def _split(text: str, marks: str) -> list[str]:
    for mark in marks:
        text = text.replace(mark, " ")
    return text.split()


def _by_tokens(tokens: Sequence[Token]) -> Iterator[str]:
    """The reading of the family name, where a given name follows and nothing else."""
    classes = [token.pos[-len(_FAMILY) :] for token in tokens]
    cut = classes.count(_FAMILY)
    if cut and classes == [_FAMILY] * cut + [_GIVEN] * (len(classes) - cut):
        heard = reading_of(tokens[:cut])
        if heard:
            yield heard


def _by_english(reading: str, en: str | None) -> Iterator[str]:
    """The part of the reading before or after which a word of the English name stands, in either order."""
    words = [fold_romaji(word) for word in (en or "").split()]
    if len(words) < 2 or not all(words):
        return
    for cut in range(1, len(reading)):
        before, after = (fold_romaji(romanize(part)) for part in (reading[:cut], reading[cut:]))
        if sorted((before, after)) == sorted(words):
            yield reading[:cut]
    for cut in range(2, len(reading) - 1):
        before, after = (fold_romaji(romanize(part)) for part in (reading[:cut], reading[cut:]))
        if before in words or after in words:
            yield reading[:cut]
