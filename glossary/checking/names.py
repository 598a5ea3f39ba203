"""Names that stand in the place of others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from ..languages.english import FUNCTION_WORDS
from ..languages.phonetics import loan_similarities, loan_similarity
from ..languages.tokens import Token
from .evidence import SUPPORTED, Bead, Evidence, is_katakana
from .findings import Finding
from .spelling import is_word

Run = tuple[int, int]
"""Tokens: first, last + 1."""

_LEAST_LETTERS = 5
"""Of a name that may be a misspelled other."""
_NAMED = 0.9
"""Support by an English name from which a common noun is held to be one, too."""
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


def check_wrong_names(evidence: Evidence) -> Iterator[Finding]:
    """A name in the English that the Japanese of the bead does not have, where one of the Japanese is missing.

    The missing one must have a translation that is known. The other must be known from elsewhere in the text, or at
    least be no common word and sound unlike it: two names of which nothing is known may well be one.
    """
    known_names = _names_in_text(evidence)
    named = evidence.ja_names | _named_in_english(evidence, known_names)
    found: list[tuple[Bead, Run, list[Run]]] = []
    for bead in evidence.beads:
        missing = _missing(evidence, bead, named) if bead.en else []
        extra = _extra(evidence, bead, missing, known_names) if missing else []
        found += [(bead, run, missing) for run in extra if _are_apart(evidence, bead, run, missing)]
    beads_of: dict[tuple[str, str], set[int]] = defaultdict(set)
    for bead, run, missing in found:
        for pair in _pairs(bead, run, missing):
            beads_of[pair].add(bead.number)
    for bead, run, missing in found:
        if all(len(beads_of[pair]) == 1 for pair in _pairs(bead, run, missing)):
            yield _wrong_name(bead, run, missing)


def _are_apart(evidence: Evidence, bead: Bead, run: Run, missing: Sequence[Run]) -> bool:
    """Whether one of the two stands for nothing of the bead; where both are outnumbered, the counts are to blame."""
    supported = evidence.table.table[np.ix_(bead.ja_types, bead.en_types)] >= SUPPORTED
    return not supported[:, slice(*run)].any() or any(not supported[slice(*other)].any() for other in missing)


def _pairs(bead: Bead, run: Run, missing: Sequence[Run]) -> list[tuple[str, str]]:
    """What the English name would stand for. What stands for the same name twice is its translation."""
    return [(ja.surface, en.surface) for en in bead.en[slice(*run)] for a, b in missing for ja in bead.ja[a:b]]


def _named_in_english(evidence: Evidence, known_names: frozenset[str]) -> frozenset[int]:
    """Rows of nouns that are no names to the tagger, but stand for an English one that is no common word."""
    table = evidence.table
    columns = [column for surface, column in table.en_type.items() if surface in known_names and not is_word(surface)]
    if not columns:
        return frozenset()
    best = table.table[:, columns].max(axis=1)
    nouns = {
        int(row)
        for bead in evidence.beads
        for row, token in zip(bead.ja_types, bead.ja, strict=True)
        if token.pos.startswith("名詞") and len(token.surface) > 1
    }
    return frozenset(row for row in nouns if best[row] >= _NAMED)


def _missing(evidence: Evidence, bead: Bead, named: frozenset[int]) -> list[Run]:
    """Runs of tokens that are a name with a known translation, named more often here than in the English.

    A name of which another part stands in the English is not missing: the surname for the full name.
    """
    anywhere = evidence.support_ja(bead, "anywhere")
    in_glossary = np.zeros(len(bead.ja), dtype=bool)
    for match in bead.ja_matches:
        if match.known.en and match.known.kind != "concept":
            in_glossary[bead.tokens("ja", (match.start, match.end))] = True
    supported = evidence.table.table >= SUPPORTED
    names = [int(row) in named for row in bead.ja_types]
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
        if 0 <= k < len(tokens) and (names[k] or is_katakana(tokens[k].surface)) and not outnumbered[k]:
            return True
    return False


def _extra(evidence: Evidence, bead: Bead, missing: Sequence[Run], known_names: frozenset[str]) -> list[Run]:
    """Runs of English tokens that are a name, named more often than in the Japanese of the bead."""
    anywhere = evidence.support_en(bead, "anywhere")
    supported = evidence.table.table >= SUPPORTED
    in_title = is_title(bead.en)
    missing_kana = ["".join(t.surface for t in bead.ja[a:b]) for a, b in missing if is_katakana(bead.ja[a].surface)]
    names = [_is_name(bead.en, k, known_names) for k in range(len(bead.en))]
    outnumbers = [bool(supported[bead.ja_types, c].sum() < (bead.en_types == c).sum()) for c in bead.en_types]
    flags = []
    for k, token in enumerate(bead.en):
        flag = names[k] and outnumbers[k] and not _is_abbreviation(bead.en, k)
        if flag and anywhere[k] < SUPPORTED and token.surface not in evidence.en_elsewhere:
            beside = any(0 <= n < len(names) and names[n] and not outnumbers[n] for n in (k - 1, k + 1))
            flag = not in_title and not beside and _is_another(token.surface, missing_kana)
        flags.append(flag)
    return _runs(flags)


def _is_abbreviation(tokens: Sequence[Token], k: int) -> bool:
    """Wash., Ore."""
    return len(tokens[k].surface) < _LEAST_LETTERS and k + 1 < len(tokens) and tokens[k + 1].surface == "."


def is_title(tokens: Sequence[Token]) -> bool:
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
        if not bead.ja or is_title(bead.en):
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
