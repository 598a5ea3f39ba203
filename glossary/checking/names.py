"""Names: one that stands in the place of another, one that is spelled in two ways."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from ..languages.english import FUNCTION_WORDS, fold
from ..languages.phonetics import loan_similarities, loan_similarity
from ..languages.tokens import Token
from .evidence import SUPPORTED, Bead, Evidence, is_katakana
from .findings import Finding

Run = tuple[int, int]
"""Tokens: first, last + 1."""

_LEAST_LETTERS = 5
"""Of a name that may be a misspelled other."""
_SURE = 0.8
"""Support that is not by a vague likeness of sound."""
_TITLE = 0.6
"""Share of capitalized words in a headline."""
_UNLIKE = 0.5
"""Likeness of sound below which two names are different ones."""
_DATES = frozenset(
    (
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
        "september october november december jan feb mar apr jun jul aug sept oct nov dec"
    ).split()
)
"""Capitalized, but added and left out at will."""
_SENTENCE_STARTS = frozenset(".!?\"“'‘:;-–—”()（）…|*•")
_INFLECTIONS = ("s", "es", "n", "an", "ian", "ese", "ish", "ic", "er", "ers", "ns", "ans", "ians", "y", "i")


def check_wrong_names(evidence: Evidence) -> Iterator[Finding]:
    """A name in the English that the Japanese of the bead does not have, where one of the Japanese is missing.

    The missing one must have a translation that is known. The other must be known from elsewhere in the text, or at
    least be no common word and sound unlike it: two names of which nothing is known may well be one.
    """
    known_names = _names_in_text(evidence)
    found: list[tuple[Bead, Run, list[Run]]] = []
    for bead in evidence.beads:
        missing = _missing(evidence, bead) if bead.en else []
        extra = _extra(evidence, bead, missing, known_names) if missing else []
        found += [(bead, run, missing) for run in extra]
    beads_of: dict[tuple[str, str], set[int]] = defaultdict(set)
    for bead, run, missing in found:
        for pair in _pairs(bead, run, missing):
            beads_of[pair].add(bead.number)
    for bead, run, missing in found:
        if all(len(beads_of[pair]) == 1 for pair in _pairs(bead, run, missing)):
            yield _wrong_name(bead, run, missing)


def _pairs(bead: Bead, run: Run, missing: Sequence[Run]) -> list[tuple[str, str]]:
    """What the English name would stand for. What stands for the same name twice is its translation."""
    return [(ja.surface, en.surface) for en in bead.en[slice(*run)] for a, b in missing for ja in bead.ja[a:b]]


def _missing(evidence: Evidence, bead: Bead) -> list[Run]:
    """Runs of tokens that are a name with a known translation, named more often here than in the English.

    A name of which another part stands in the English is not missing: the surname for the full name.
    """
    anywhere = evidence.support_ja(bead, "anywhere")
    in_glossary = np.zeros(len(bead.ja), dtype=bool)
    for match in bead.ja_matches:
        if match.known.en and match.known.kind != "concept":
            in_glossary[bead.tokens("ja", (match.start, match.end))] = True
    supported = evidence.table.table >= SUPPORTED
    names = [int(row) in evidence.ja_names for row in bead.ja_types]
    outnumbered = [bool(supported[row, bead.en_types].sum() < (bead.ja_types == row).sum()) for row in bead.ja_types]
    known = [
        bool(in_glossary[k] or anywhere[k] >= SUPPORTED or _is_told(evidence, bead, k)) for k in range(len(bead.ja))
    ]
    runs = _runs([names[k] and known[k] and outnumbered[k] for k in range(len(bead.ja))])
    return [(a, b) for a, b in runs if not _is_part(bead.ja, a, b, names, outnumbered)]


def _is_told(evidence: Evidence, bead: Bead, k: int) -> bool:
    """True for a word that a lexicon has, or that is in katakana and sounds like nothing in the bead."""
    surface = bead.ja[k].surface
    if int(bead.ja_types[k]) in evidence.ja_known and len(surface) > 1:
        return True
    if not is_katakana(surface) or len(surface) < _LEAST_LETTERS:
        return False
    words = [token.surface for token in bead.en if token.surface[0].isupper()]
    return bool(words) and float(loan_similarities([surface], words).max()) < _UNLIKE


def _is_part(
    tokens: Sequence[Token], first: int, last: int, names: Sequence[bool], outnumbered: Sequence[bool]
) -> bool:
    """Whether a name that is there stands right beside, perhaps after a middle dot."""
    for step, k in ((-1, first - 1), (1, last)):
        k += step if 0 <= k < len(tokens) and tokens[k].surface in "・＝=" else 0
        if 0 <= k < len(tokens) and names[k] and not outnumbered[k]:
            return True
    return False


def _extra(evidence: Evidence, bead: Bead, missing: Sequence[Run], known_names: frozenset[str]) -> list[Run]:
    """Runs of English tokens that are a name, named more often than in the Japanese of the bead."""
    anywhere = evidence.support_en(bead, "anywhere")
    supported = evidence.table.table >= SUPPORTED
    is_title = _is_title(bead.en)
    missing_kana = ["".join(t.surface for t in bead.ja[a:b]) for a, b in missing if is_katakana(bead.ja[a].surface)]
    names = [_is_name(bead.en, k, known_names) for k in range(len(bead.en))]
    outnumbers = [bool(supported[bead.ja_types, c].sum() < (bead.en_types == c).sum()) for c in bead.en_types]
    flags = []
    for k, token in enumerate(bead.en):
        flag = names[k] and outnumbers[k] and not _is_abbreviation(bead.en, k)
        if flag and anywhere[k] < SUPPORTED and token.surface not in evidence.en_elsewhere:
            beside = any(0 <= n < len(names) and names[n] and not outnumbers[n] for n in (k - 1, k + 1))
            flag = not is_title and not beside and _is_another(token.surface, missing_kana)
        flags.append(flag)
    return _runs(flags)


def _is_abbreviation(tokens: Sequence[Token], k: int) -> bool:
    """Wash., Ore."""
    return len(tokens[k].surface) < _LEAST_LETTERS and k + 1 < len(tokens) and tokens[k + 1].surface == "."


def _is_title(tokens: Sequence[Token]) -> bool:
    """True for a headline with capitals: they tell no names."""
    long = [token.surface for token in tokens if token.surface[0].isalpha() and len(token.surface) > 3]
    return sum(surface[0].isupper() for surface in long) > _TITLE * len(long)


def _is_another(surface: str, missing_kana: Sequence[str]) -> bool:
    """True for a word that no dictionary has and that sounds like none of the missing names."""
    import simplemma

    if surface.isupper() or not surface.isalpha() or simplemma.is_known(surface.casefold(), lang="en"):
        return False
    return all(loan_similarity(kana, surface) < _UNLIKE for kana in missing_kana)


def _wrong_name(bead: Bead, run: Run, missing: Sequence[Run]) -> Finding:
    en_text = " ".join(t.surface for t in bead.en[slice(*run)])
    ja_text = "、".join(dict.fromkeys("".join(t.surface for t in bead.ja[a:b]) for a, b in missing))
    return Finding(
        "wrong-name",
        "warning",
        f"{en_text} is not in the Japanese here, which has {ja_text}",
        (bead.ja[missing[0][0]].start, bead.ja[missing[0][1] - 1].end),
        (bead.en[run[0]].start, bead.en[run[1] - 1].end),
        ja_text,
        en_text,
    )


def check_unfounded_names(evidence: Evidence) -> Iterator[Finding]:
    """Names of two words or more that nothing supports, where no name of the Japanese near by is unaccounted for."""
    known_names = _names_in_text(evidence)
    for bead in evidence.beads:
        if not bead.ja or _is_title(bead.en):
            continue
        anywhere = evidence.support_en(bead, "anywhere")
        flags = [
            _is_name(bead.en, k, known_names)
            and anywhere[k] < SUPPORTED
            and (token.surface in evidence.en_elsewhere or _is_another(token.surface, ()))
            for k, token in enumerate(bead.en)
        ]
        runs = [(first, last) for first, last in _runs(flags) if last - first > 1]
        if runs and not any(_has_open_name(evidence, other) for other in evidence.near(bead)):
            for first, last in runs:
                text = " ".join(token.surface for token in bead.en[first:last])
                span = (bead.en[first].start, bead.en[last - 1].end)
                yield Finding("wrong-name", "warning", f"{text} is not in the Japanese here", None, span, None, text)


def _has_open_name(evidence: Evidence, bead: Bead) -> bool:
    """Whether a word that may be a name, or that no lexicon has, is without counterpart near by."""
    support = evidence.support_ja(bead)
    return any(
        support[k] < SUPPORTED
        and (
            int(row) in evidence.ja_names
            or is_katakana(bead.ja[k].surface)
            or (bead.ja[k].pos.startswith("名詞-普通名詞") and int(row) not in evidence.ja_known)
        )
        for k, row in enumerate(bead.ja_types)
    )


def _names_in_text(evidence: Evidence) -> frozenset[str]:
    """Words that are capitalized inside of a sentence somewhere, and never stand in lower case."""
    inside = {
        token.surface
        for bead in evidence.beads
        for k, token in enumerate(bead.en)
        if token.surface[0].isupper() and k and bead.en[k - 1].surface not in _SENTENCE_STARTS
    }
    lower = {token.surface for bead in evidence.beads for token in bead.en if token.surface.islower()}
    return frozenset(surface for surface in inside if surface.casefold() not in lower)


def _is_name(tokens: Sequence[Token], k: int, known_names: frozenset[str]) -> bool:
    token = tokens[k]
    word = token.surface.casefold()
    if not token.surface[0].isupper() or len(word) < 2 or word in FUNCTION_WORDS or word in _DATES:
        return False
    starts = k == 0 or tokens[k - 1].surface in _SENTENCE_STARTS
    return not starts or token.surface in known_names


def _runs(flags: Sequence[bool]) -> list[Run]:
    runs: list[Run] = []
    for k, flag in enumerate(flags):
        if flag and runs and runs[-1][1] == k:
            runs[-1] = (runs[-1][0], k + 1)
        elif flag:
            runs.append((k, k + 1))
    return runs


def check_spellings(evidence: Evidence) -> Iterator[Finding]:
    """Names that differ in one letter, of which one is much like a slip: nothing in the Japanese tells them apart."""
    counts: Counter[str] = Counter()
    places: dict[str, list[Token]] = defaultdict(list)
    for bead in evidence.beads:
        for token in bead.en:
            if token.surface[0].isupper() and len(token.surface) >= _LEAST_LETTERS - 1 and token.surface.isalpha():
                counts[token.surface] += 1
                places[token.surface].append(token)
    support = {surface: evidence.table.table[:, evidence.table.en_type[surface]] for surface in counts}
    for one, other in _alike(sorted(counts)):
        rare, usual = sorted((one, other), key=lambda s: (counts[s], support[s].max(initial=0)))
        if _are_two(support[one], support[other]):
            continue
        if is_word(rare) and (is_word(usual) or not _are_one(support[one], support[other])):
            continue
        message = f"{rare} beside {usual}: one name in two spellings?"
        for token in places[rare]:
            span = (token.start, token.end)
            yield Finding("name-spelling", "warning", message, None, span, None, rare, suggestion=usual)


def _alike(surfaces: Sequence[str]) -> Iterator[tuple[str, str]]:
    for k, one in enumerate(surfaces):
        for other in surfaces[k + 1 :]:
            if max(len(one), len(other)) < _LEAST_LETTERS or abs(len(one) - len(other)) > 1:
                continue
            if one[-1].isupper() == other[-1].isupper() and is_slip(fold(one), fold(other)):
                yield one, other


def is_word(surface: str) -> bool:
    """True for a word that a dictionary has in lower case (white, games)."""
    import simplemma

    return simplemma.is_known(surface.casefold(), lang="en")


def is_slip(one: str, other: str) -> bool:
    """One letter put in, left out or changed, or two that changed places; not an inflection or derivation."""
    if one == other:
        return False
    short, long = sorted((one, other), key=len)
    if any(short + ending == long for ending in _INFLECTIONS):
        return False
    if short[:-1] == long[:-1] and {short[-1], long[-1]} <= set("snyi"):
        return False
    first = next((k for k, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[first:] == long[first + 1 :]
    return short[first + 1 :] == long[first + 1 :] or (
        short[first : first + 2] == long[first : first + 2][::-1] and short[first + 2 :] == long[first + 2 :]
    )


def _are_two(one: np.ndarray, other: np.ndarray) -> bool:
    """True where each has a Japanese word of its own."""
    a, b = one >= _SURE, other >= _SURE
    return bool((a & ~b).any() and (b & ~a).any())


def _are_one(one: np.ndarray, other: np.ndarray) -> bool:
    """True where one Japanese word stands for both."""
    return bool(((one >= _SURE) & (other >= _SURE)).any())
