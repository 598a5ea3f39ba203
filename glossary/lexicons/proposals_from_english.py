"""Japanese for an English term: whole entries, names by their spelling, parts put together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..languages import english
from .knowledge import Knowledge
from .proposals import Draft
from .renderings import Rendering, japanese_renderings, romanized_spellings, usage

_LONGEST_TERM, _LONGEST_PART = 8, 5
"""Words."""
_BEAM, _CHOICES = 24, 5
_JOINT = 0.6
_ONE_SCRIPT = 1.3
"""Kanji with kanji and katakana with katakana, against a mixture."""
_ATTESTED = 3.0
"""A compound that is itself an entry of a lexicon, against one that is not."""
_PARTICLE = 0.3
"""A compound with の, against one without."""
_SPELLED = 24
"""Spellings of a full name to look for, the most alike."""
_STAYS_LATIN = re.compile(r"\S*(?:[A-Z]{2}|[a-z][A-Z]|\d)\S*")
_SILENT = frozenset("the a an and & 's of for in on at to".split())


def from_english(term: str, knowledge: Knowledge) -> list[Draft]:
    """Drafts for an English term, in no order."""
    words = _words(term)
    drafts = [
        Draft(rendering.ja, rendering.weight, (rendering,))
        for rendering in japanese_renderings(term, knowledge, _forms(term, words))
    ]
    if _STAYS_LATIN.fullmatch(term):
        reason = f"{term} is spelled as names are that stay in Latin letters"
        drafts.append(Draft(term, 0.3, (Rendering(term, term, "", 0.3, "text", frozenset(), (reason,)),)))
    if 1 <= len(words) <= 3 and all(word[:1].isupper() for word in words):
        drafts += _names(words, knowledge)
    if 2 <= len(words) <= _LONGEST_TERM:
        drafts += _composed(words, knowledge)
    return drafts


def parts_to_ask(term: str) -> list[str]:
    """What the lexicons will be asked about a term: itself, its runs of words and their other forms."""
    words = _words(term)
    longest = min(len(words), _LONGEST_PART) if len(words) <= _LONGEST_TERM else 0
    runs = [words[i : i + n] for n in range(1, longest + 1) for i in range(len(words) - n + 1)]
    asked = [term, *_forms(term, words)]
    for run in runs:
        asked += [" ".join(run), *_forms(" ".join(run), run)]
    return asked


def _words(term: str) -> list[str]:
    return [token.surface for token in english.tokenize(term) if re.search(r"\w", token.surface)]


def _forms(term: str, words: list[str]) -> list[str]:
    """Other forms that a dictionary may have: singular, no hyphens, no possessive."""
    if not words:
        return []
    forms = [term[: -len(words[-1])] + english.lemma(words[-1])] if term.endswith(words[-1]) else []
    forms += [term.replace("-", " "), term.replace("-", ""), re.sub(r"['’]s\b", "", term)]
    return [form for form in dict.fromkeys(forms) if form != term]


def _names(words: list[str], knowledge: Knowledge) -> Iterator[Draft]:
    """Romanized Japanese names: with long vowels restored, whole in both orders, or surname and given name."""
    spelled = [romanized_spellings(word) for word in words]
    if len(words) == 1:
        for rendering in japanese_renderings(words[0], knowledge, spelled[0]):
            yield Draft(rendering.ja, rendering.weight, (rendering,))
        return
    if len(words) != 2:
        return
    for first, second in ((0, 1), (1, 0)):
        pairs = ((i + j, f"{a} {b}") for i, a in enumerate(spelled[first]) for j, b in enumerate(spelled[second]))
        wholes = [text for _, text in sorted(pairs)[:_SPELLED]]
        for rendering in japanese_renderings(wholes[0], knowledge, wholes[1:]):
            yield Draft(rendering.ja, rendering.weight, (rendering,))
        # Japanese has the surname first; English mostly, but not always, last.
        share = 0.6 if (first, second) == (1, 0) else 0.45
        surnames = [r for r in _each(words[first], spelled[first], knowledge) if r.surname][:_CHOICES]
        givens = [r for r in _each(words[second], spelled[second], knowledge) if r.given][:_CHOICES]
        for surname in surnames:
            for given in givens:
                score = share * surname.weight * given.weight * 1.5
                parts = (surname, given)
                remark = f"surname {surname.ja} and given name {given.ja}; others are read alike"
                joined = f"{surname.ja}・{given.ja}" if _katakana(surname.ja + given.ja) else surname.ja + given.ja
                yield Draft(joined, score, parts, (remark,))


def _each(word: str, spelled: list[str], knowledge: Knowledge) -> list[Rendering]:
    return [rendering for rendering in japanese_renderings(word, knowledge, spelled) if rendering.name]


def _katakana(text: str) -> bool:
    return bool(re.fullmatch(r"[ァ-ヺー・]+", text))


def _composed(words: list[str], knowledge: Knowledge) -> Iterator[Draft]:
    cuts: list[_Cut]
    if "of" in words[1:-1]:
        place = words.index("of", 1)
        cuts = [
            _Cut(score * other * _JOINT, (*parts, *rest), len(parts))
            for score, parts in _cuts(words[place + 1 :], knowledge)
            for other, rest in _cuts(words[:place], knowledge)
        ]
    else:
        cuts = [_Cut(score, parts, len(parts) - 1) for score, parts in _cuts(words, knowledge) if len(parts) > 1]
    cuts = sorted(cuts, key=lambda cut: -cut.score)[: 2 * _BEAM]
    knowledge.prefetch(text for cut in cuts for text in cut.texts())
    for cut in cuts:
        yield from _joined(cut, knowledge)


class _Cut(NamedTuple):
    """A term as parts in the order of the Japanese; `particle`: the part before which の may stand."""

    score: float
    parts: tuple[Rendering, ...]
    particle: int

    def texts(self) -> tuple[str, str]:
        """The parts put together, without and with の."""
        ja = [part.ja for part in self.parts]
        names = all(part.name and _katakana(part.ja) for part in self.parts)
        return ("・" if names else "").join(ja), "".join(ja[: self.particle]) + "の" + "".join(ja[self.particle :])


def _cuts(words: list[str], knowledge: Knowledge) -> list[tuple[float, tuple[Rendering, ...]]]:
    """The best ways to cut words into parts that lexicons have, each (weight, parts)."""
    beams: list[list[tuple[float, tuple[Rendering, ...]]]] = [[] for _ in range(len(words) + 1)]
    beams[0] = [(1.0, ())]
    for start in range(len(words)):
        beams[start] = sorted(beams[start], key=lambda state: -state[0])[:_BEAM]
        if words[start].casefold() in _SILENT:
            beams[start + 1] += [(score * 0.9, parts) for score, parts in beams[start]]
        for end in range(start + 1, min(len(words), start + _LONGEST_PART) + 1):
            if not beams[start]:
                break
            for rendering in _part(words[start:end], knowledge):
                for score, parts in beams[start]:
                    joint = _JOINT if parts else 1.0
                    beams[end].append((score * joint * rendering.weight, (*parts, rendering)))
    return sorted(beams[-1], key=lambda state: -state[0])[:_BEAM]


def _part(words: list[str], knowledge: Knowledge) -> list[Rendering]:
    text = " ".join(words)
    found = [
        rendering._replace(
            weight=rendering.weight * (1.0 if rendering.name else 0.5 + 0.5 * usage(rendering.ja, knowledge))
        )
        for rendering in japanese_renderings(text, knowledge, _forms(text, words))[: 2 * _CHOICES]
    ]
    if len(words) == 1 and (words[0].isdigit() or (words[0].isupper() and len(words[0]) > 1)):
        found.append(Rendering(text, text, "", 0.5, "text", frozenset(), (f"{text} stands in the term",)))
    return sorted(found, key=lambda rendering: -rendering.weight)[:_CHOICES]


def _joined(cut: _Cut, knowledge: Knowledge) -> Iterator[Draft]:
    """Both texts of a cut; one that a lexicon has is far likelier to be in use."""
    remark = "put together from " + " + ".join(part.en for part in cut.parts)
    one_script = len({_katakana(part.ja) for part in cut.parts}) == 1
    score = cut.score * (_ONE_SCRIPT if one_script else 1.0)
    for text, share in zip(cut.texts(), (1.0, _PARTICLE), strict=True):
        attested = knowledge.entries(text)
        if attested:
            has = f"{attested[0].lexicon} has {text} = {attested[0].glosses[0]}"
            yield Draft(text, min(0.9, score * share * _ATTESTED), cut.parts, (remark, has))
        else:
            yield Draft(text, score * share, cut.parts, (remark,))
