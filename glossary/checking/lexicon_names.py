"""Names that are spelled a letter otherwise than the lexicons write them."""

from __future__ import annotations

from collections.abc import Iterator

from ..languages.english import fold
from ..languages.kana import fold_romaji
from ..languages.tokens import Token
from .evidence import Bead, Evidence, is_katakana
from .findings import Finding
from .spelling import is_slip, is_word

_LEAST_LETTERS = 5


def check_lexicon_names(evidence: Evidence) -> Iterator[Finding]:
    """English names that no lexicon has, a slip away from what one writes for a Japanese name of the bead.

    Neither the right spelling nor another romanization of it stands near by. Of names in katakana only those count
    that are common English words, too (California): the others are spelled in many ways (Corbin, Corbyn).
    """
    for bead in evidence.beads:
        near = {fold_romaji(token.surface) for other in evidence.near(bead) for token in other.en}
        for row, token in zip(bead.ja_types, bead.ja, strict=True):
            words = {fold(word): word for word in evidence.spellings.get(int(row), ())}
            if is_katakana(token.surface):
                words = {key: word for key, word in words.items() if is_word(word)}
            if not words or any(fold_romaji(word) in near for word in words.values()):
                continue
            for slip in _unknown(evidence, bead):
                right = next((words[key] for key in sorted(words) if _is_slip_of(slip.surface, key)), None)
                if right is not None:
                    yield Finding(
                        "name-spelling",
                        "warning",
                        f"{slip.surface}: the lexicons write {right} for {token.surface}",
                        (token.start, token.end),
                        (slip.start, slip.end),
                        token.surface,
                        slip.surface,
                        right,
                    )


def _unknown(evidence: Evidence, bead: Bead) -> list[Token]:
    return [
        token
        for token in bead.en
        if token.surface[0].isupper()
        and token.surface.isalpha()
        and token.surface.isascii()
        and not token.surface[1:].isupper()
        and len(token.surface) >= _LEAST_LETTERS
        and token.surface not in evidence.en_known
        and not is_word(token.surface)
    ]


def _is_slip_of(surface: str, word: str) -> bool:
    return is_slip(fold(surface), word) and fold_romaji(surface) != fold_romaji(word)
