"""The sentences of evidence and relations in Japanese. The database keeps them in English, as `terms.explain`,
`terms.relations` and `lexicons.renderings` write them.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_TIMES = r"(\d+(?:\.\d+)?)"
_RIVALS = {
    "another English string for this Japanese term": "この日本語の用語に対する別の英語の候補",
    "another Japanese string for this English term": "この英語の用語に対する別の日本語の候補",
    "a longer pair that holds this one": "この対を含むより長い対",
    "a shorter pair inside of this one": "この対の中のより短い対",
    "a pair that cuts across this one": "この対と交差する対",
}

_SENTENCES: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    ("what any two candidate strings of aligned sentences start from", "対応する文にある候補の対すべての出発点"),
    ("what any two candidate strings start from", "候補の対すべての出発点"),
    (
        r"(\d+%) of the word links that touch either term stay inside the pair",
        r"どちらかの用語に触れる単語対応のうち \1 がこの対の中に収まる",
    ),
    (r"(\d+) other English strings? fits? the links better", r"単語対応により合う英語の候補が他に \1 件ある"),
    ("no other English string comes near", "これに近い英語の候補は他にない"),
    ("no lexicon knows this pair or parts of it", "この対もその一部も、どの辞書にもない"),
    ("the sounds do not correspond", "音は対応しない"),
    (r"reads (\S+) = (.+)", r"読み \1 = \2"),
    (r"(.+) sounds like (.+)", r"\1 の音は \2 に近い"),
    (
        r"the Japanese looks like one whole term by (\d+%), the English by (\d+%)",
        r"一つの用語らしさ：日本語 \1、英語 \2",
    ),
    (
        r"in this document (\d+) and (\d+) times, in the same sentences by (\d+%)",
        r"この文書に日本語 \1 回、英語 \2 回出現し、\3 が同じ文に現れる",
    ),
    (
        r"the two stand together in (\d+) pairs? of sentences, and in the whole document no other string fits either"
        " better",
        r"\1 対の文に共に現れ、文書全体でこれより合う候補はどちらにもない",
    ),
    (r"the two stand together in (\d+) pairs? of sentences", r"\1 対の文に共に現れる"),
    (
        "in the whole document another English and another Japanese string fits better",
        "文書全体ではより合う英語と日本語の候補が他にある",
    ),
    ("in the whole document another English string fits better", "文書全体ではより合う英語の候補が他にある"),
    ("in the whole document another Japanese string fits better", "文書全体ではより合う日本語の候補が他にある"),
    (
        "in annotated documents, candidates built alike were terms"
        rf" {_TIMES} times as often as others, those with the same last words {_TIMES} times",
        r"注釈付き文書で用語だった割合：同じ構成の候補は平均の \1 倍、末尾の語が同じ候補は \2 倍",
    ),
    ("no rival for either term has better evidence", "どちらの用語にも、根拠のより強い競合候補はない"),
    (
        f"({'|'.join(_RIVALS)}) has better evidence",
        lambda match: f"{_RIVALS[match[1]]}のほうが根拠が強い",
    ),
    (r"(.+) stands in the term", r"\1 は用語の中にある"),
    (r"(\S+) has (.+) = (.+)", r"\1 に \2 = \3 がある"),
    (r"(.+) stands on both sides", r"\1 が両方の文にある"),
    (r"other proposals: (.+)", r"他の候補：\1"),
    (r"put together from (.+)", r"\1 を組み合わせた"),
    (r"(.+): (.+), read (\S+) = (.+)", r"\1：\2（読み \3）= \4"),
    (
        r"(\d+) of (\d+) longer entries that begin with (.+) read it (\S+)",
        r"\3 で始まるより長い見出し語 \2 件のうち \1 件が \4 と読む",
    ),
    (r"UniDic knows the name (.+), read (\S+)", r"UniDic に名前 \1（読み \2）がある"),
    (r"UniDic reads (.+) as (.+)", r"UniDic は \1 を \2 と読む"),
    (r"UniDic: (.+) comes from (.+)", r"UniDic：\1 は \2 に由来する"),
    ("surname and given name, given name first", "姓と名（名が先）"),
    ("surname and given name, as in Japanese", "姓と名（日本語の順）"),
    (r"surname (.+) and given name (.+)", r"姓 \1 と名 \2"),
    ("others are read alike", "同じ読みの名前が他にもある"),
    ("“(.+)” is an entry of a lexicon", r"“\1” は辞書の見出し語"),
    ("X の Y as “Y of X”", "「X の Y」を “Y of X” とした"),
    (r"(.+) is in Latin letters in Japanese too", r"\1 は日本語でもラテン文字で書かれる"),
    (r"(.+) is spelled as names are that stay in Latin letters", r"\1 はラテン文字のまま使われる名前の綴り"),
    (r"(.+) = (.+) has (.+) = (.+) in it", r"\1 = \2 は \3 = \4 を含む"),
    (r"(.+) = (.+) is a compound with the head (.+) = (.+)", r"\1 = \2 は \3 = \4 を主要部とする複合語"),
    (r"(.+) names (.+) = (.+) in full, and (.+) = (.+)", r"\1 に \2 = \3 が完全な形で、\4 = \5 も現れる"),
    (
        r"the letters of (.+) begin the words of (.+), and (.+) is both",
        r"\1 の文字は \2 の語の頭文字で、どちらも \3",
    ),
    (r"(.+) is part of the name (.+), and (.+) is both", r"\1 は名前 \2 の一部で、どちらも \3"),
    (
        r"the characters of (.+) stand in (.+) in this order, and in English both are (.+)",
        r"\1 の文字はこの順で \2 に含まれ、英語はどちらも \3",
    ),
    (r"(.+) and (.+) differ in spaces only", r"\1 と \2 の違いは空白だけ"),
    (r"(.+) and (.+) differ in the order of names only", r"\1 と \2 の違いは姓名の順だけ"),
    (r"(.+) and (.+) are both read (\S+)", r"\1 と \2 は共に \3 と読む"),
    (r"(.+) and (.+) differ in okurigana only", r"\1 と \2 の違いは送り仮名だけ"),
    (r"both have the Japanese term (.+)", r"日本語の用語「\1」が共通"),
    (r"both have the English term (.+)", r"英語の用語 “\1” が共通"),
)
_PATTERNS = tuple((re.compile(pattern), japanese) for pattern, japanese in _SENTENCES)


def in_japanese(detail: str) -> str:
    """A reason in Japanese; what no sentence of ours says (an entry of a dictionary, a person's words) stays as it is.

    Reasons are parts joined by "; ".
    """
    return "；".join(map(_part, detail.split("; ")))


def _part(text: str) -> str:
    for pattern, japanese in _PATTERNS:
        if match := pattern.fullmatch(text):
            return japanese(match) if callable(japanese) else match.expand(japanese)
    return text
