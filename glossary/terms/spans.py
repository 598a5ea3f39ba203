"""Which runs of tokens may be terms: generous patterns of word classes; what is a whole term is decided later."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..languages.english import FUNCTION_WORDS
from ..languages.kana import is_kanji
from ..languages.tokens import Token

TokenSpan = tuple[int, int]
"""(first, end): tokens of one bead, end exclusive."""

LONGEST = 9
"""Tokens of a candidate."""

_JA_NOUN = re.compile(r"名詞|接頭辞|接尾辞-名詞的|接尾辞-形状詞的|形状詞|代名詞")
_JA_INNER_SYMBOL = frozenset("・･＝=-‐－−–&＆!！.．'’/／~〜～+＋#＃々〇×☆★・:：?？,")
_JA_INNER_WORDS = frozenset("の と が な つ ヶ ケ ノ ・ た て で に".split())
_JA_JOINT = frozenset("ヶケヵ")
_JA_LATIN = re.compile(r"[A-Za-zＡ-Ｚａ-ｚÀ-ɏ0-9０-９]")
_EN_INNER = frozenset(
    (
        "of and the for in on at to by with from a an 's ’s - – & . / ' ’ , + : ! ? de la le les du des del el al "
        "da di der den van von und y e bin ibn no vs or"
    ).split()
)
_DAY_WORDS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])


def ja_class(token: Token) -> str:
    """n: may stand anywhere in a term; v: verb stem or adjective; i: inside only; "": never."""
    if _JA_LATIN.match(token.surface) or "ー" in token.surface:
        return "n"
    if _JA_NOUN.match(token.pos):
        return "n"
    if token.pos.startswith(("動詞", "形容詞", "副詞", "感動詞", "連体詞", "接続詞", "接尾辞")):
        return "v"
    if token.surface in _JA_INNER_WORDS or token.surface in _JA_INNER_SYMBOL:
        return "i"
    # hiragana cut as grammar inside a name (どうしん): allowed inside and at the ends of all-hiragana runs
    return "h" if re.fullmatch(r"[ぁ-ん]+", token.surface) else ""


def ja_spans(tokens: Sequence[Token]) -> list[TokenSpan]:
    """Candidate spans of Japanese tokens, by place."""
    classes = [ja_class(token) for token in tokens]
    joints = _joints(tokens)
    spans = []
    for first in range(len(tokens)):
        if classes[first] not in ("n", "v") or first in joints or _bad_start(tokens[first]):
            continue
        inner = verbs = 0
        for last in range(first, min(len(tokens), first + LONGEST)):
            kind = classes[last]
            if kind == "" or (last > first and _gap(tokens[last - 1], tokens[last])):
                break
            inner += kind == "i" and tokens[last].surface in _JA_INNER_WORDS
            verbs += kind in ("v", "h")
            if inner > 2 or verbs > 2:
                break
            if last + 1 in joints:
                continue
            if kind == "n" or (kind == "v" and (last > first or tokens[last].pos.startswith("動詞"))):
                spans.append((first, last + 1))
    return spans


def _joints(tokens: Sequence[Token]) -> set[int]:
    """Places beside a ヶ inside a name (霧|ヶ|浜): no term begins or ends there."""
    found: set[int] = set()
    for k in range(1, len(tokens) - 1):
        if (
            tokens[k].surface in _JA_JOINT
            and is_kanji(tokens[k - 1].surface[-1])
            and is_kanji(tokens[k + 1].surface[0])
            and "数詞" not in tokens[k - 1].pos
        ):
            found.update((k, k + 1))
    return found


def _gap(left: Token, right: Token) -> bool:
    """White space between two tokens, except where a Latin word meets another."""
    return right.start - left.end > 1


def _bad_start(token: Token) -> bool:
    return token.pos.startswith("接尾辞") and len(token.surface) == 1 and not _JA_LATIN.match(token.surface)


def en_spans(tokens: Sequence[Token]) -> list[TokenSpan]:
    """Candidate spans of English tokens, by place: content words at both ends, a few function words inside."""
    edge = [_en_edge(token) or _hyphenated(tokens, k) for k, token in enumerate(tokens)]
    spans = []
    for first in range(len(tokens)):
        if not edge[first]:
            continue
        inner = 0
        for last in range(first, min(len(tokens), first + LONGEST)):
            token = tokens[last]
            if edge[last]:
                spans.append((first, last + 1))
                continue
            if token.surface.casefold() not in _EN_INNER or last == first:
                break
            inner += token.surface not in "-.'’"
            if inner > 3:
                break
    return spans


def _hyphenated(tokens: Sequence[Token], k: int) -> bool:
    """at-bat, walk-off: a function word that a hyphen makes part of a noun."""
    if not tokens[k].surface[0].isalpha():
        return False
    after = k + 1 < len(tokens) and tokens[k + 1].surface in "-–" and tokens[k].end == tokens[k + 1].start
    before = k > 0 and tokens[k - 1].surface in "-–" and tokens[k - 1].end == tokens[k].start
    return after or before


def _en_edge(token: Token) -> bool:
    surface = token.surface
    if not surface[0].isalnum():
        return False
    return surface.casefold() not in FUNCTION_WORDS or surface[0].isupper() or surface in ("no", "out", "off", "down")
