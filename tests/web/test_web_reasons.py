"""The evidence in the Japanese interface: every sentence that `terms.explain` can write has its Japanese."""

from __future__ import annotations

import re
import sqlite3
from itertools import product
from pathlib import Path

import pytest
from sample_glossary import sample_glossary

import glossary
from glossary.terms import explain
from glossary.web.reasons import _RIVALS, _SENTENCES, in_japanese

ENGLISH = re.compile(r"\b(the|and|of|in|by|times|like|other|both|better|reads|term|pair|string)\b")


@pytest.mark.parametrize(
    ("english", "japanese"),
    [
        ("what any two candidate strings of aligned sentences start from", "対応する文にある候補の対すべての出発点"),
        ("no lexicon knows this pair or parts of it", "この対もその一部も、どの辞書にもない"),
        ("JMdict: 灯台 = lighthouse", "JMdict: 灯台 = lighthouse"),
        ("reads ミサキ = Misaki; 岬 sounds like misaki", "読み ミサキ = Misaki；岬 の音は misaki に近い"),
        ("both have the English term cape", "英語の用語 “cape” が共通"),
        ("a longer pair that holds this one has better evidence", "この対を含むより長い対のほうが根拠が強い"),
        ("NHK stands on both sides", "NHK が両方の文にある"),
        ("put together from 灯台 + 守", "灯台 + 守 を組み合わせた"),
        ("JMnedict: 岬, read ミサキ = Misaki", "JMnedict：岬（読み ミサキ）= Misaki"),
        (
            "2 of 3 longer entries that begin with 岬 read it ミサキ",
            "岬 で始まるより長い見出し語 3 件のうち 2 件が ミサキ と読む",
        ),
        ("UniDic knows the name 岬, read ミサキ", "UniDic に名前 岬（読み ミサキ）がある"),
        ("UniDic reads 岬 as ミサキ", "UniDic は 岬 を ミサキ と読む"),
        ("UniDic: ランプ comes from lamp", "UniDic：ランプ は lamp に由来する"),
        ("surname and given name, given name first", "姓と名（名が先）"),
        ("surname 岬 and given name 灯; others are read alike", "姓 岬 と名 灯；同じ読みの名前が他にもある"),
        ("岬の灯台 = cape lighthouse has 岬 = cape in it", "岬の灯台 = cape lighthouse は 岬 = cape を含む"),
        (
            "灯台 = lighthouse is a compound with the head 台 = house",
            "灯台 = lighthouse は 台 = house を主要部とする複合語",
        ),
        ("light house and lighthouse differ in spaces only", "light house と lighthouse の違いは空白だけ"),
        ("a person's own words", "a person's own words"),
        ("", ""),
    ],
)
def test_reasons_in_japanese(english: str, japanese: str) -> None:
    assert in_japanese(english) == japanese


def sentences() -> list[str]:
    """What each function of `explain` writes, in all its branches."""
    found = []
    for rank, gap in product((0.0, 1.0, 3.0), (0.0, 0.5)):
        found.append(explain._alignment({"link_jaccard": 0.4, "rank_en": rank, "gap_en": gap}))
    for beads, en, ja in product((1.0, 4.0), (-1.0, 1.0), (-1.0, 1.0)):
        found.append(explain._document({"pair_beads": beads, "lead_over_en": en, "lead_over_ja": ja}))
    found.append(explain._span({"ja_term": 0.1, "en_term": 1.0, "ja_inner": 0.2, "en_inner": 0.0}))
    found.append(explain._counts({"ja_count": 1.0, "en_count": 2.0, "together": 0.5}))
    found.append(explain._precedent({"precedent_patterns": 0.1, "precedent_heads": 0.2}, 0.1))
    rivals = ["same_ja", "rival_en", "same_en", "rival_ja", "holding", "held", "crossing_ja", "crossing_en"]
    for ahead in ("", *rivals):
        found.append(explain._rivals({f"behind_{name}": 1.0 if name == ahead else -1.0 for name in rivals}))
    found += [
        explain._anchored((), kind, words)
        for kind, words in (
            ("dictionary", "no lexicon knows this pair or parts of it"),
            ("transliteration", "the sounds do not correspond"),
        )
    ]
    return found


@pytest.mark.parametrize("sentence", sorted(set(sentences())))
def test_every_sentence_of_the_evidence_has_its_japanese(sentence: str) -> None:
    shown = in_japanese(sentence)
    assert not ENGLISH.search(shown), shown
    assert re.findall(r"\d+(?:\.\d+)?%?", shown) == re.findall(r"\d+(?:\.\d+)?%?", sentence)


def test_every_rival_is_reached() -> None:
    assert {s.removesuffix(" has better evidence") for s in sentences() if s.endswith("has better evidence")} - {
        "no rival for either term"
    } == set(_RIVALS)


SOURCES = "".join(
    path.read_text(encoding="utf-8")
    for folder in ("terms", "lexicons")
    for path in sorted((Path(glossary.__file__).parent / folder).glob("*.py"))
)


FRAGMENTS = (
    "stands on both sides",
    "sounds like",
    "other proposals: ",
    "put together from ",
    "longer entries that begin with",
    "UniDic knows the name",
    "comes from",
    "surname and given name, given name first",
    "surname and given name, as in Japanese",
    "others are read alike",
    "is an entry of a lexicon",
    "X の Y as “Y of X”",
    "is in Latin letters in Japanese too",
    "is spelled as names are that stay in Latin letters",
    "is a compound with the head",
    "in full, and",
    "differ in spaces only",
    "differ in the order of names only",
    "differ in okurigana only",
    "are both read",
    "what any two candidate strings start from",
    "stands in the term",
    "begin the words of",
    "is part of the name",
    "in this order, and in English both are",
)


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_what_is_translated_is_what_is_written(fragment: str) -> None:
    assert fragment in SOURCES
    assert any(fragment.strip(" :") in pattern for pattern, _ in _SENTENCES)


def test_no_reason_of_the_samples_is_left_in_english() -> None:
    """But for entries of dictionaries and what a text itself says, which are quotations."""
    with sqlite3.connect(sample_glossary()) as db:
        texts = db.execute("select detail from evidence union select reason from relations").fetchall()
    parts = {part for (text,) in texts for part in text.split("; ")}
    assert len(parts) > 1000
    quotation = re.compile(r"[^:]+: (.+ = .+|“.+”)")
    left = {part for part in parts if in_japanese(part) == part and not quotation.fullmatch(part)}
    assert left == set()
