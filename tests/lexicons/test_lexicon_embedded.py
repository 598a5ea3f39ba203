"""The embedded dictionaries, and the same entries read back from the formats they are published in."""

from __future__ import annotations

from pathlib import Path

import lexicon_files as files
import pytest

from glossary.lexicons import in_force
from glossary.lexicons.collection import add
from glossary.lexicons.formats.record import Record, Sense
from glossary.lexicons.in_force import knowledge_for, listing
from glossary.lexicons.jamdict import Jmdict, Jmnedict, Kanjidic, embedded_path

PATH = embedded_path()
pytestmark = pytest.mark.skipif(PATH is None, reason="jamdict-data is not installed")

WORDS = "北方領土 迎賓館 会議 日本 灯台 貿易 首相 かもめ 学ぶ 静か ガラス 凧 潮 明るい 火山 選挙 犬 とても".split()
NAMES = "飯倉 大谷 東京 京都 江の島 ひかり 田中 札幌 渋谷 山田太郎".split()


def stored(lexicon: Jmdict | Jmnedict, strings: list[str]) -> list[Record]:
    """All that the embedded file has of the entries written or read as one of `strings`, sense by sense."""
    names = isinstance(lexicon, Jmnedict)
    kanji, kana, sense, gloss, kind = (
        ("NEKanji", "NEKana", "NETranslation", "NETransGloss", "NETransType")
        if names
        else ("Kanji", "Kana", "Sense", "SenseGloss", "pos")
    )
    key = "tid" if names else "sid"
    marks = ",".join("?" * len(strings))
    sql = f"select idseq from {kanji} where text in ({marks}) union select idseq from {kana} where text in ({marks})"
    db = lexicon._db

    def texts(table: str, column: str, value: int) -> tuple[str, ...]:
        order = "rowid" if column == key else "ID"
        return tuple(t for (t,) in db.execute(f"select text from {table} where {column} = ? order by {order}", [value]))

    records = []
    for (number,) in db.execute(sql, strings * 2).fetchall():
        senses = [s for (s,) in db.execute(f"select ID from {sense} where idseq = ? order by ID", [number])]
        common = not names and any(
            db.execute(f"select 1 from {t} k join {p} p on p.kid = k.ID where k.idseq = ?", [number]).fetchone()
            for t, p in (("Kanji", "KJP"), ("Kana", "KNP"))
        )
        records.append(
            Record(
                texts(kanji, "idseq", number),
                texts(kana, "idseq", number),
                tuple(Sense(texts(gloss, key, s), texts(kind, key, s)) for s in senses),
                common,
            )
        )
    return records


@pytest.mark.parametrize("write", [files.as_xml, files.as_simplified])
@pytest.mark.parametrize(("lexicon", "strings"), [(Jmdict, WORDS), (Jmnedict, NAMES)])
def test_exported_and_read_back_it_gives_the_same_answers(tmp_path: Path, write, lexicon, strings: list[str]) -> None:
    embedded = lexicon(PATH)
    records = stored(embedded, strings)
    assert len(records) >= len(strings)
    names = lexicon is Jmnedict
    path = tmp_path / ("export.xml" if write is files.as_xml else "export.json")
    path.write_text(write(records, names=names), encoding="utf-8")
    add(tmp_path / "glossary.db", path)
    knowledge = knowledge_for(tmp_path / "glossary.db")
    assert knowledge.lexicons[0].name == lexicon.name
    assert sorted(own.name for own in knowledge.lexicons) == [
        "JMdict",
        "JMnedict",
    ]  # its own stands in for the embedded
    own = next(one for one in knowledge.lexicons if one.name == lexicon.name)
    assert own.by_japanese(strings) == embedded.by_japanese(strings)
    glosses = sorted({gloss for record in records for sense in record.senses for gloss in sense.glosses})
    heads = {(*record.written, *record.readings)[0] for record in records}
    all_glosses = {tuple(gloss for sense in record.senses for gloss in sense.glosses) for record in records}
    theirs, ours = embedded.by_english(glosses), own.by_english(glosses)
    for gloss in glosses:
        wanted = {(e.ja, e.reading, e.glosses) for e in theirs[gloss] if e.ja in heads and e.glosses in all_glosses}
        assert wanted <= {(e.ja, e.reading, e.glosses) for e in ours[gloss]}


@pytest.mark.parametrize(
    ("english", "japanese"),
    [
        ("Northern Territories", "北方領土"),
        ("the northern territories", "北方領土"),
        ("The Lighthouse", "灯台"),
        ("Iikura", "飯倉"),
        ("iikura", "飯倉"),
    ],
)
def test_english_ignores_case_and_articles(english: str, japanese: str) -> None:
    assert japanese in {entry.ja for entry in knowledge_for(None).by_english([english])[english]}


def test_an_unknown_word_and_many_at_once() -> None:
    knowledge = knowledge_for(None)
    knowledge.prefetch([*WORDS, *NAMES, "存在しない語句である"])
    assert knowledge.entries("存在しない語句である") == []
    assert all(knowledge.entries(word) for word in (*WORDS, *NAMES))
    assert "イイクラ" in knowledge.readings("飯倉")


def test_readings_of_one_character() -> None:
    assert PATH is not None
    assert {"コウ", "オオヤケ"} <= set(Kanjidic(PATH).readings("公"))
    assert Kanjidic(PATH).readings("公館") == ()


def test_the_listing_carries_the_attribution() -> None:
    found = listing(None)
    assert [one.name for one in found] == ["JMdict", "JMnedict"]
    assert all("EDRDG" in one.licence and one.entries > 100_000 and len(one.sha256) == 64 for one in found)


def test_without_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_force, "embedded_path", lambda: None)
    assert listing(None) == [] and knowledge_for(None).lexicons == ()
