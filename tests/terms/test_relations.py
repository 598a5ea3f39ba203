"""What concepts are to each other, with the reason; and that the order of builds does not matter."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_glossary import copy_samples

from glossary.build import build
from glossary.records import Concept, Context, Document, Pairing, Term
from glossary.store import open_glossary
from glossary.terms.namings import named_in_texts
from glossary.terms.relations import related
from glossary.terms.variants import NamePair
from glossary.uses.removal import remove


def pair(identity: str, ja: str, en: str, kind: str = "concept", reading: str | None = None) -> NamePair:
    return NamePair(identity, ja, en, kind, reading)


def relations(*pairs: NamePair) -> set[tuple[str, str, str]]:
    return {(r.concept_id, r.relation, r.other_id) for r in related(pairs)}


def test_every_rival_is_related_to_every_other_both_ways() -> None:
    three = [pair("a", "海", "sea"), pair("b", "海", "ocean"), pair("c", "海", "waters")]
    assert relations(*three) == {(one, "competes_with", other) for one in "abc" for other in "abc" if one != other}


def test_nothing_relates_concepts_without_a_term_in_common() -> None:
    assert related([pair("a", "海", "sea"), pair("b", "山", "hill"), pair("c", "川", "river")]) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("海賊版", "cyber attack"), ("海賊版", "cyberattack")),
        (("取扱い", "handling"), ("取扱", "handling")),
    ],
)
def test_spellings_that_ids_keep_apart_see_each_other(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert relations(pair("a", *one), pair("b", *other)) == {("a", "see", "b"), ("b", "see", "a")}


def test_the_order_of_names_is_a_spelling_and_readings_tie_kana_to_kanji() -> None:
    names = pair("a", "森彩", "Mori Aya", "person"), pair("b", "森彩", "Aya Mori", "person")
    assert ("a", "see", "b") in relations(*names)
    written = pair("a", "桜", "cherry", reading="サクラ"), pair("b", "さくら", "cherry", reading="サクラ")
    assert ("b", "see", "a") in relations(*written)
    read_otherwise = pair("a", "桜", "cherry", reading="サクラ"), pair("b", "ちぇりー", "cherry", reading="チェリー")
    assert ("b", "competes_with", "a") in relations(*read_otherwise)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        (("海洋銀行", "NFB"), ("海洋銀行", "Northern Fisheries Bank")),
        (("東電", "Tokyo Electric"), ("東京電力", "Tokyo Electric")),
        (("日銀", "BOJ"), ("日本銀行", "Bank of Japan")),
    ],
)
def test_short_forms_by_letters_and_characters(short: tuple[str, str], long: tuple[str, str]) -> None:
    assert relations(pair("s", *short), pair("l", *long)) >= {("s", "short_for", "l")}
    assert not {("s", "competes_with", "l"), ("l", "competes_with", "s")} & relations(
        pair("s", *short), pair("l", *long)
    )


def test_parts_and_broader_concepts() -> None:
    treaty = pair("a", "条約", "treaty", "law")
    peace = pair("b", "平和条約", "peace treaty", "law")
    talks = pair("c", "平和条約交渉", "peace treaty talks")
    assert relations(treaty, peace, talks) == {
        ("b", "broader", "a"),
        ("a", "part", "c"),
        ("b", "part", "c"),
    }
    assert [r.reason for r in related([treaty, peace])] == [
        "平和条約 = peace treaty is a compound with the head 条約 = treaty"
    ]


def test_a_part_is_part_on_both_sides() -> None:
    assert relations(pair("a", "京都", "Kyoto", "place"), pair("b", "東京都", "Tokyo", "place")) == set()
    assert relations(pair("a", "米", "rice"), pair("b", "米国", "price of rice")) == {("a", "part", "b")}
    assert relations(pair("a", "油", "oil"), pair("b", "油田", "boiling field")) == set()


_PAIRS = st.builds(
    pair,
    st.sampled_from("abcdefgh"),
    st.sampled_from(["海", "海洋", "海洋省", "東電", "東京電力", "条約", "平和条約", "取扱い", "取扱"]),
    st.sampled_from(["sea", "the sea", "Sea Ministry", "TEP", "Tokyo Electric Power", "treaty", "peace treaty"]),
    st.sampled_from(["concept", "law", "organization", "person"]),
)


@given(st.lists(_PAIRS, max_size=12), st.integers(0, 12))
def test_texts_built_one_after_another_are_related_as_in_one_go(pairs: list[NamePair], cut: int) -> None:
    first, second = pairs[:cut], pairs[cut:]
    assert set(related(pairs)) == set(related(first)) | set(related(second, first))


def sides(identity: str, places: list[tuple[int, str]], ja: str, en: str, kind: str = "organization") -> Concept:
    """A concept of the document `d` with Japanese mentions at these places; its English stands nowhere."""
    contexts = tuple(Context("d", "d-ja", None, (at, at + len(ja)), None, (0, 40), None) for at, _ in places)
    terms = Term("ja", ja), Term("en", en)
    return Concept(identity, kind, terms, 0.9, "bitext", (Pairing("d", ja, en, 1.0, 0.9, kind=kind),), contexts)


@pytest.mark.parametrize(
    ("english", "expected"),
    [
        ("Northern Fisheries Bank", [("s", "short_for", "l", "d: “北部漁業銀行（NFB）”")]),
        ("Bank of the North", []),  # the letters contradict
    ],
)
def test_appositions_of_a_text_relate_concepts_where_english_agrees(english: str, expected: list[tuple]) -> None:
    text = "昨日、北部漁業銀行（NFB）は利子を下げると発表した。組合は歓迎した。これは良い知らせだ。"
    concepts = [sides("l", [(3, "")], "北部漁業銀行", english), sides("s", [(10, "")], "NFB", "NFB")]
    found = named_in_texts(concepts, [Document("d-ja", "d", "ja", text)])
    assert [(r.concept_id, r.relation, r.other_id, r.reason) for r in found] == expected


def test_family_names_belong_to_the_full_names_of_their_document() -> None:
    full = sides("full", [(0, "")], "森彩", "Aya Mori", "person")
    family = sides("family", [(9, "")], "森", "Mori", "person")
    forest = sides("forest", [(20, "")], "森", "forest")
    found = named_in_texts([full, family, forest], [])
    assert [(r.concept_id, r.relation, r.other_id) for r in found] == [("family", "short_for", "full")]


def _shown(path: Path) -> list[tuple]:
    with sqlite3.connect(path) as db:
        return sorted(db.execute("select concept_id, relation, other_id, reason from relations"))


def test_an_incremental_build_relates_as_one_that_reads_all(tmp_path: Path) -> None:
    """Both with the model state that all texts gave: another state scores some pairs otherwise."""
    names = ["foreign-ministers", "islands-letters", "aegis-ashore"]
    folders = [copy_samples([name], tmp_path / name) for name in names]
    whole, parts = tmp_path / "whole.db", tmp_path / "parts.db"
    build(folders, whole)
    shutil.copy(whole, parts)
    with open_glossary(parts) as db:
        remove(db, ["aegis-ashore"])
    without = _shown(parts)
    build(folders[2:], parts)
    assert without != _shown(whole), "nothing would be tested"
    assert _shown(parts) == _shown(whole)
