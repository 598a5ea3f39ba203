"""English for a Japanese term: whole entries, parts put together, readings in Latin letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from ..languages import japanese
from ..languages.kana import is_kana, romanize, to_katakana
from ..languages.tokens import Token
from .knowledge import Knowledge
from .proposals import Draft
from .renderings import Rendering, english_renderings

_LONGEST_TERM, _LONGEST_PART = 40, 12
_BEAM, _CHOICES = 12, 4
_JOINT = 0.6
"""Trust lost with each joint between parts."""
_SINGLE = 0.5
"""Trust in a single kanji as a part, unless it is an affix."""
_ORDER = 0.55
"""A person's name with the surname first, against given name first, which most English texts have."""
_SMALL_WORDS = frozenset("of and the in on for to a an at by".split())
_AS_IT_IS = re.compile(r"[0-9A-Za-zÀ-ɏ０-９Ａ-Ｚａ-ｚ.,&+\-'’!！＆．]+")


def from_japanese(term: str, knowledge: Knowledge) -> list[Draft]:
    """Drafts for a Japanese term, in no order."""
    tokens = japanese.tokenize(term)
    heard = "".join(token.reading for token in tokens) if all(token.reading for token in tokens) else ""
    drafts = list(_whole(term, tokens, knowledge))
    if len(term) <= _LONGEST_TERM:
        drafts += _composed(term, tokens, knowledge)
    if _AS_IT_IS.fullmatch(term):
        text = unicodedata.normalize("NFKC", term)
        reason = f"{text} is in Latin letters in Japanese too"
        drafts.append(Draft(text, 0.75, (Rendering(term, text, "", 0.75, "text", frozenset(), (reason,)),)))
    elif heard and (is_kana(term) or any("固有名詞" in token.pos for token in tokens)):  # no noun is its romaji
        spelled = romanize(heard, macrons=False).title().replace("'", "")
        reason = f"UniDic reads {term} as {heard}"
        weight = 0.2 if is_kana(term) else 0.1
        drafts.append(
            Draft(spelled, weight, (Rendering(term, spelled, heard, weight, "UniDic", frozenset(), (reason,)),))
        )
    return drafts


def parts_to_ask(term: str) -> list[str]:
    """What the lexicons will be asked about a term: itself and everything that could be a part of it."""
    if len(term) > _LONGEST_TERM:
        return [term]
    spans = ((i, j) for i in range(len(term)) for j in range(i + 1, min(len(term), i + _LONGEST_PART) + 1))
    return [term, *(term[i:j] for i, j in spans)]


def _whole(term: str, tokens: Sequence[Token], knowledge: Knowledge) -> Iterator[Draft]:
    for rendering in english_renderings(term, knowledge):
        yield Draft(rendering.en, rendering.weight, (rendering,))
        if "person" in rendering.kinds and len(words := rendering.en.split()) == 2:
            turned = f"{words[1]} {words[0]}"
            yield Draft(turned, rendering.weight * _ORDER, (rendering,), ("the same name in the other order",))
    for rendering in _sources(term, tokens):
        yield Draft(rendering.en, rendering.weight, (rendering,))


def _sources(part: str, tokens: Sequence[Token]) -> list[Rendering]:
    """The foreign word that UniDic gives for a loan word."""
    found = []
    for token in tokens:
        if token.surface == part and token.source:
            reason = f"UniDic: {part} comes from {token.source}"
            reading = to_katakana(part)
            found.append(Rendering(part, token.source, reading, 0.6, "UniDic", frozenset(), (reason,)))
    return found


def _composed(term: str, tokens: Sequence[Token], knowledge: Knowledge) -> Iterator[Draft]:
    """The best ways to cut the term into known parts, a beam of them at each position."""
    knowledge.prefetch(parts_to_ask(term))
    beams: list[list[tuple[float, tuple[Rendering, ...]]]] = [[] for _ in range(len(term) + 1)]
    beams[0] = [(1.0, ())]
    for start in range(len(term)):
        beams[start] = sorted(beams[start], key=lambda state: -state[0])[:_BEAM]
        if not beams[start]:
            continue
        for end in range(start + 1, min(len(term), start + _LONGEST_PART) + 1):
            if (start, end) == (0, len(term)):
                continue
            for rendering in _part(term, start, end, tokens, knowledge):
                for score, parts in beams[start]:
                    joint = _JOINT if parts and rendering.lexicon != "" else 1.0
                    beams[end].append((score * joint * rendering.weight, (*parts, rendering)))
    for score, parts in sorted(beams[-1], key=lambda state: -state[0])[:_BEAM]:
        yield from _joined(score, parts, knowledge)


def _part(term: str, start: int, end: int, tokens: Sequence[Token], knowledge: Knowledge) -> list[Rendering]:
    part = term[start:end]
    if part in "・･ 　の" or part == "＝":
        return [Rendering(part, "", to_katakana(part) if part == "の" else "", 0.9, "", frozenset(), ())]
    if match := _AS_IT_IS.fullmatch(part):
        longer = term[start : end + 1] != part and _AS_IT_IS.fullmatch(term[start : end + 1])
        before = start and _AS_IT_IS.fullmatch(term[start - 1])
        if longer or before:  # only the whole run
            return []
        text = unicodedata.normalize("NFKC", match[0])
        return [Rendering(part, text, "", 0.9, "text", frozenset(), (f"{text} stands in the term",))]
    heard = next((t.reading for t in tokens if (t.start, t.end) == (start, end)), "")
    found = english_renderings(part, knowledge)[: 2 * _CHOICES] + _sources(part, tokens)
    last, first = end == len(term), start == 0
    fitted = []
    for rendering in found:
        weight = rendering.weight
        if len(part) == 1 and not is_kana(part):
            weight *= _affix(rendering, first, last) if not rendering.name else _SINGLE
        elif is_kana(part) and len(part) < 3 and not (rendering.name and heard):
            weight *= 0.2  # particles and endings are no parts
        fitted.append(rendering._replace(weight=weight))
    if not fitted and heard and "固有名詞" in _pos(tokens, start, end):
        text = romanize(heard, macrons=False).capitalize()
        kinds = frozenset({"surname"} if first else {"given"})
        reason = f"UniDic reads {part} as {heard}"
        fitted.append(Rendering(part, text, heard, 0.25, "UniDic", kinds, (reason,), True))
    return sorted(fitted, key=lambda rendering: -rendering.weight)[:_CHOICES]


def _affix(rendering: Rendering, first: bool, last: bool) -> float:
    kinds = " ".join(rendering.kinds)
    if (last and "suffix" in kinds) or (first and "prefix" in kinds):
        return 1.0
    return _SINGLE


def _pos(tokens: Sequence[Token], start: int, end: int) -> str:
    return next((token.pos for token in tokens if (token.start, token.end) == (start, end)), "")


def _joined(score: float, parts: tuple[Rendering, ...], knowledge: Knowledge) -> Iterator[Draft]:
    """English texts of a cut: in the order of the Japanese, "Y of X" for X の Y, both orders of a person's name."""
    spoken = [part for part in parts if part.en]
    if len(spoken) < 2:
        return
    remark = "put together from " + " + ".join(part.ja for part in spoken)
    if _is_person(spoken):
        surname, given = spoken
        score = min(0.8, score * 2.2)  # two names in this order are a person far more often than anything else
        yield Draft(f"{given.en} {surname.en}", score, parts, (remark, "surname and given name, given name first"))
        yield Draft(
            f"{surname.en} {given.en}", score * _ORDER, parts, (remark, "surname and given name, as in Japanese")
        )
        return
    titled = any(part.name or part.en[:1].isupper() for part in spoken)
    text = " ".join(_titled(part.en) if titled else part.en for part in spoken)
    if knowledge.by_english([text])[text]:
        yield Draft(text, min(0.8, score * 1.5), parts, (remark, f"“{text}” is an entry of a lexicon"))
    else:
        yield Draft(text, score, parts, (remark,))
    particles = [place for place, part in enumerate(parts) if part.ja == "の"]
    if len(particles) == 1:
        before, after = parts[: particles[0]], parts[particles[0] + 1 :]
        if before and after:
            turned = [" ".join(_titled(p.en) if titled else p.en for p in side if p.en) for side in (after, before)]
            yield Draft(" of ".join(turned), score, parts, (remark, "X の Y as “Y of X”"))


def _is_person(parts: Sequence[Rendering]) -> bool:
    return len(parts) == 2 and parts[0].name and parts[1].name and parts[0].surname and parts[1].given


def _titled(text: str) -> str:
    return " ".join(word if word in _SMALL_WORDS else word[:1].upper() + word[1:] for word in text.split())
