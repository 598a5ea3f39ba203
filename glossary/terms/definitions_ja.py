"""Definitions in Japanese sentences: Xとは…のこと; Xは…である; …であるX; a compound before 「X」; X（…の…）."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..languages.tokens import Token
from .kindcues import japanese_head

TokenSpan = tuple[int, int]
# fmt: off
_CLAUSE_NOUNS_JA = frozenset(
    (
        "考え 方針 予定 見通し 見込み ため から はず わけ ところ 模様 様子 姿 構え 意向 状況 状態 もの こと の よう "
        "一方 可能性 狙い 目的 理由 計画 初 初めて 以上 以下 程度 最中 最後 最初 次第 限り 通り 同じ 一部 多く 大半 "
        "全て 課題 問題 必要 重要 不可欠 結果 影響 背景 焦点 異例 とき 時 際 今回 前回 年 月 日 人 件 回 目 円 例 "
        "人気 話題 評判 中 前 後 順 形 的 説 説明 判断 認識 主張"
    ).split()
)
# fmt: on
_OF_THE_TEXT = ("同", "当", "その", "この", "氏", "両", "各")
"""What begins a phrase that only its text explains."""
_PLACES = ("内", "外", "上", "下", "間")
_COPULA_JA = ("である", "だ", "です", "だった", "のこと", "のことだ", "のことである", "のことです", "を指す", "をいう")


def japanese_definitions(tokens: Sequence[Token], term: TokenSpan, kind: str) -> Iterator[TokenSpan]:
    """Spans of tokens that may define the term at `term`, the surest first."""
    words = [token.surface for token in tokens]
    quoted = term[0] > 0 and term[1] < len(words) and words[term[0] - 1] in "「『" and words[term[1]] in "」』"
    before, after = term[0] - quoted, term[1] + quoted
    for place in (
        _explained(tokens, words, before, after),
        _copula_before(tokens, words, before) if not _is_plain(tokens[slice(*term)]) else None,
        _noun_before_quote(tokens, words, before) if quoted and not _is_verbal(tokens[slice(*term)]) else None,
        _in_brackets(tokens, words, after) if kind != "person" else None,
    ):
        if place and _suits(tokens, place, kind):
            yield place


def _explained(tokens: Sequence[Token], words: Sequence[str], before: int, after: int) -> TokenSpan | None:
    """Xとは…のこと, Xは…である。, where X begins the sentence."""
    if before and words[before - 1] not in ("。", "！", "？", "（"):
        return None
    means = words[after : after + 2] == ["と", "は"]
    if not means and words[after : after + 1] != ["は"]:
        return None
    first = after + 1 + means
    first += words[first : first + 1] == ["、"]
    end = next((k for k in range(first, len(words)) if words[k] in ("。", "」", "）")), len(words))
    last = _without_copula(words, first, end)
    if last is None or not tokens[last - 1].pos.startswith(("名詞-普通名詞", "接尾辞-名詞")):
        return None
    if not means and any(word in ("が", "、") for word in words[first:last]):
        return None  # a story, not a definition
    return (first, last) if last - first > 2 else None


def _without_copula(words: Sequence[str], first: int, end: int) -> int | None:
    """Where the noun ends before the copula that ends at `end`."""
    for last in range(max(first + 1, end - 4), end):
        if "".join(words[last:end]) in _COPULA_JA:
            return last
    return None


def _copula_before(tokens: Sequence[Token], words: Sequence[str], before: int) -> TokenSpan | None:
    """…であるX: the noun phrase before it, の included."""
    if words[max(0, before - 2) : before] != ["で", "ある"]:
        return None
    last = first = before - 2
    while first > 0 and (_is_noun(tokens[first - 1]) or (words[first - 1] == "の" and first < last)):
        first -= 1
    first += words[first] == "の"
    return (first, last) if last - first > 1 else None


def _is_plain(term: Sequence[Token]) -> bool:
    """True of 保険会社: a common noun that may be one of many things in the text."""
    return all("普通名詞" in token.pos and not re.match("[A-Za-zァ-ヺ]", token.surface) for token in term)


def _noun_before_quote(tokens: Sequence[Token], words: Sequence[str], before: int) -> TokenSpan | None:
    """地上配備型迎撃システム「X」: a compound that a common noun heads, without brackets after it."""
    if before < 1 or tokens[before - 1].end != tokens[before].start:
        return None
    last = before
    if words[last - 1] in ("）", ")"):
        last = next((k for k in range(last - 2, 0, -1) if words[k] in ("（", "(")), 0)
    first = last
    while first > 0 and _is_noun(tokens[first - 1]) and "副詞可能" not in tokens[first - 1].pos:
        first -= 1
    compound = tokens[first:last]
    if len(compound) < 2 or sum(len(token.surface) for token in compound) < 4:
        return None
    return (first, last) if compound[-1].pos.startswith(("名詞-普通名詞", "接尾辞-名詞")) else None


def _is_verbal(term: Sequence[Token]) -> bool:
    """True of 急増: what is quoted is a word of somebody and no name."""
    plain = all("サ変" in token.pos or token.pos.startswith("形状詞") for token in term)
    return plain and not re.fullmatch("[ぁ-ん]+", "".join(token.surface for token in term))


def _in_brackets(tokens: Sequence[Token], words: Sequence[str], after: int) -> TokenSpan | None:
    """X（…の…）: a description, not a name, date, age or place of business."""
    if words[after : after + 1] not in (["（"], ["("]):
        return None
    last = next((k for k in range(after + 1, len(words)) if words[k] in ("）", ")")), None)
    if last is None or last - after < 4:
        return None
    inner = tokens[after + 1 : last]
    described = any(token.surface == "の" or token.pos.startswith("動詞") for token in inner[1:-1])
    marked = any(re.match(r"[0-9０-９＝=：:／/。「]|本社|写真|以下|旧$|現$|当時|同$", token.surface) for token in inner)
    return (after + 1, last) if described and not marked and _is_noun(inner[-1]) else None


def _suits(tokens: Sequence[Token], place: TokenSpan, kind: str) -> bool:
    """True if the phrase ends in a noun that may head a term of this kind."""
    phrase = tokens[slice(*place)]
    if phrase[-1].surface in _CLAUSE_NOUNS_JA or re.match(r"[0-9０-９〇一二三四五六七八九十百千万]", phrase[0].surface):
        return False
    if phrase[0].surface in _OF_THE_TEXT or phrase[-1].surface in _PLACES:
        return False
    heard, weight = japanese_head(phrase)
    if not weight or kind == "concept":
        return True
    return heard == kind or (heard, kind) == ("role", "person")


def _is_noun(token: Token) -> bool:
    return token.pos.startswith(("名詞", "接頭辞", "接尾辞-名詞", "形状詞")) or bool(
        re.match(r"[A-Za-zＡ-Ｚａ-ｚァ-ヺ]", token.surface)
    )
