"""The scorer against cases counted by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from glossary.errors import GlossaryError
from glossary.training.gold import GoldRow, gold_tiers, normalize_en, normalize_ja, read_gold, score_pairs

GOLD = [
    GoldRow("harbour", "港", "harbor", "concept", "core"),
    GoldRow("harbour", "漁師", "fishermen", "concept", "ok"),
    GoldRow("harbour", "市議会", "City Council", "organization", "core"),
    GoldRow("harbour", "桟橋", None, "concept", "core"),
    GoldRow("river", "港", "port", "concept", "core"),
]
"""Four pairs, three of them core; the pier has no counterpart."""


def keys(*pairs: tuple[str, str, str]) -> list[tuple[str, str, str]]:
    return [(document, normalize_ja(ja), normalize_en(en)) for document, ja, en in pairs]


HARBOR, FISHERMEN = ("harbour", "港", "harbor"), ("harbour", "漁師", "fishermen")
COUNCIL, PORT = ("harbour", "市議会", "City Council"), ("river", "港", "port")


@pytest.mark.parametrize(
    ("case", "predicted", "expected"),
    [
        # predicted, precision, recall of core, F, recall of all, contradicted
        ("nothing", [], (0, 0.0, 0.0, 0.0, 0.0, 0.0)),
        ("everything", [HARBOR, FISHERMEN, COUNCIL, PORT], (4, 1.0, 1.0, 1.0, 1.0, 0.0)),
        ("one that is merely ok is right but recalls no core pair", [FISHERMEN], (1, 1.0, 0.0, 0.0, 1 / 4, 0.0)),
        ("one core pair", [COUNCIL], (1, 1.0, 1 / 3, 1 / 2, 1 / 4, 0.0)),
        ("twice the same counts once", [HARBOR, HARBOR], (1, 1.0, 1 / 3, 1 / 2, 1 / 4, 0.0)),
        ("an article", [("harbour", "市議会", "the City Council")], (1, 1.0, 1 / 3, 1 / 2, 1 / 4, 0.0)),
        ("a plural", [("harbour", "港", "harbors")], (1, 1.0, 1 / 3, 1 / 2, 1 / 4, 0.0)),
        ("two spellings count once", [HARBOR, ("harbour", "「港」", "Harbors")], (1, 1.0, 1 / 3, 1 / 2, 1 / 4, 0.0)),
        ("the Japanese has another counterpart", [("harbour", "港", "pier")], (1, 0.0, 0.0, 0.0, 0.0, 1.0)),
        ("the English has another counterpart", [("harbour", "埠頭", "harbor")], (1, 0.0, 0.0, 0.0, 0.0, 1.0)),
        ("contradicted on both sides counts once", [("harbour", "漁師", "harbor")], (1, 0.0, 0.0, 0.0, 0.0, 1.0)),
        ("wrong, but nothing speaks against it", [("harbour", "桟橋", "pier")], (1, 0.0, 0.0, 0.0, 0.0, 0.0)),
        ("right elsewhere, contradicted here", [("harbour", "港", "port")], (1, 0.0, 0.0, 0.0, 0.0, 1.0)),
        ("right elsewhere, unknown here", [("river", "市議会", "City Council")], (1, 0.0, 0.0, 0.0, 0.0, 0.0)),
        ("half", [HARBOR, COUNCIL, ("river", "橋", "pier"), ("river", "港", "bay")], (4, 1/2, 2/3, 4/7, 2/4, 1/4)),
    ],
)  # fmt: skip
def test_hand_counted(
    case: str, predicted: list[tuple[str, str, str]], expected: tuple[int, float, float, float, float, float]
) -> None:
    assert tuple(score_pairs(gold_tiers(GOLD), keys(*predicted))) == pytest.approx(expected), case


def test_nothing_annotated_and_nothing_found() -> None:
    assert tuple(score_pairs({}, [])) == (0, 0.0, 0.0, 0.0, 0.0, 0.0)


@pytest.mark.parametrize("tiers", [("core", "ok"), ("ok", "core"), ("core", "core")])
def test_core_wins_where_a_pair_is_written_down_twice(tiers: tuple[str, str]) -> None:
    rows = [GoldRow("a", "港", "harbor", "concept", tier) for tier in tiers]
    assert list(gold_tiers(rows).values()) == ["core"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Harbors", "harbor"),
        ("the mayor's office", "mayor office"),
        ("the mayor’s office", "mayor's office"),
        ("Café Lantern", "cafe lantern"),
        ("re-opening", "re opening"),
        ("ＳＭ－３", "SM-3"),
    ],
)
def test_english_that_is_the_same(one: str, other: str) -> None:
    assert normalize_en(one) == normalize_en(other)


@pytest.mark.parametrize(
    ("one", "other"), [("glass", "glas"), ("bus", "bu"), ("fishermen", "fisherman"), ("harbor", "harbour")]
)
def test_english_that_is_not(one: str, other: str) -> None:
    assert normalize_en(one) != normalize_en(other)


@pytest.mark.parametrize(
    ("one", "other"), [("ＳＭ３", "sm3"), ("エマ・リンド", "エマ＝リンド"), ("「春の港」", "春の港"), ("港 町", "港町")]
)
def test_japanese_that_is_the_same(one: str, other: str) -> None:
    assert normalize_ja(one) == normalize_ja(other)


@pytest.mark.parametrize("line", ['{"doc": "a"}', "no JSON", "[]"])
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "gold.jsonl"
    good = {"doc": "a", "seg": "1", "ja": "港", "en": "harbor", "kind": "org", "tier": "core"}
    path.write_text(json.dumps(good) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(GlossaryError, match=r"gold\.jsonl, line 2: expected"):
        read_gold(path)


def test_kinds_are_those_of_the_glossary(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    raw = {"doc": "a", "seg": "1", "ja": "市議会", "en": "City Council", "kind": "org", "tier": "core"}
    path.write_text(json.dumps(raw), encoding="utf-8")
    assert read_gold(path) == [GoldRow("a", "市議会", "City Council", "organization", "core")]
