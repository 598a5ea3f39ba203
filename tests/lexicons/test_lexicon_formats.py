"""Every format of a lexicon, from small files in the true form."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import lexicon_files as files
import pytest

from glossary.errors import GlossaryError
from glossary.lexicons.formats.detect import detect, records
from glossary.lexicons.formats.record import About, Record, Sense

NOUN, SURU = "noun (common) (futsuumeishi)", "noun or participle which takes the aux. verb suru"
TIDE = Record(
    ("潮見台", "汐見台"),
    ("しおみだい",),
    (Sense(("tide-viewing terrace",), (NOUN,)), Sense(("watching the tide (from a hill)",), (NOUN, SURU))),
    True,
)
AEGIS = Record((), ("イージス・アショア",), (Sense(("Aegis Ashore",), (NOUN,)),))
STREAM = Record(("潮見沢",), ("しおみざわ",), (Sense(("Shiomizawa",), ("surname", "place")),))
BOARD = Record(("潮受け板",), (), (Sense(("tide board",)),))


def one_sense(record: Record, kinds: tuple[str, ...] = ()) -> Record:
    return record._replace(senses=(record.senses[0]._replace(kinds=kinds or record.senses[0].kinds),))


CASES = {
    "JMdict_e": (files.JMDICT, "jmdict", [TIDE, AEGIS], "JMdict", "2024-05-01"),
    "JMnedict.xml": (files.JMNEDICT, "jmdict", [STREAM], "JMnedict", "2023-11-30"),
    "jmdict-eng-3.6.1.json": (
        json.dumps(files.SIMPLIFIED, ensure_ascii=False),
        "jmdict-simplified",
        [one_sense(TIDE)._replace(written=("潮見台",))],
        "JMdict",
        "2024-05-06",
    ),
    "jmnedict-all.json": (
        json.dumps(files.SIMPLIFIED_NAMES, ensure_ascii=False, indent=1),
        "jmdict-simplified",
        [one_sense(STREAM, ("place",))],
        "JMnedict",
        "2024-05-06",
    ),
    "edict2": (
        files.EDICT,
        "edict",
        [TIDE, AEGIS._replace(readings=("イージスアショア",))],
        "EDICT",
        "2024-05-01",
    ),
    "enamdict": (files.ENAMDICT, "edict", [STREAM], "ENAMDICT", "2024-05-01"),
    "labels.jsonl": (
        files.WIKIDATA,
        "wikidata",
        [
            Record(("東京", "東京都"), (), (Sense(("Tokyo", "Tôkyô"), ("place",)),)),
            Record(("京都",), (), (Sense(("Kyoto",)),)),
        ],
        "Wikidata",
        "",
    ),
    "law.csv": (
        files.LAW,
        "table",
        [
            Record(("委任",), ("いにん",), (Sense(("mandate", "delegation")),)),
            Record(("登記簿",), ("とうきぼ",), (Sense(("registry",)),)),
        ],
        "law",
        "",
    ),
    "house.utx": (
        files.UTX,
        "utx",
        [
            BOARD._replace(senses=(Sense(("tide board",), ("noun",)),)),
            Record(("波返し",), (), (Sense(("wave return",)),)),
        ],
        "house",
        "2024-05-01",
    ),
    "house3.tbx": (
        files.TBX3,
        "tbx",
        [BOARD._replace(readings=("シオウケイタ",), senses=(Sense(("tide board",), ("noun",)),))],
        "house3",
        "",
    ),
    "house2.tbx": (files.TBX2, "tbx", [BOARD], "house2", ""),
}


def read(path: Path, form: str | None = None, pages: Path | None = None) -> tuple[list[Record], About]:
    about = About()
    return list(records(path, form or detect(path), pages, about)), about


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("name", CASES)
def test_a_file_in_its_true_form(tmp_path: Path, name: str, packed: bool) -> None:
    text, form, expected, title, version = CASES[name]
    data = text.encode("euc_jp" if form == "edict" else "utf-8")
    path = tmp_path / (name + ".gz" if packed else name)
    path.write_bytes(gzip.compress(data) if packed else data)
    assert detect(path) == form
    found, about = read(path)
    assert found == expected
    assert (about.name, about.version) == (title, version)


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("turned", [False, True])
def test_wikipedia_dumps(tmp_path: Path, packed: bool, turned: bool) -> None:
    """Either Wikipedia's dumps; disambiguation is cut at the end only; talk pages and redirects are left out."""
    wiki, links = ("enwiki", files.LANGLINKS.replace("'en'", "'ja'")) if turned else ("jawiki", files.LANGLINKS)
    for table, text in (("langlinks", links), ("page", files.PAGES)):
        data = text.encode()
        path = tmp_path / f"{wiki}-20240501-{table}.sql{'.gz' if packed else ''}"
        path.write_bytes(gzip.compress(data) if packed else data)
    found, about = read(tmp_path / f"{wiki}-20240501-langlinks.sql{'.gz' if packed else ''}")
    pairs = [(record.written[0], record.senses[0].glosses[0]) for record in found]
    expected = [("オハラ岬 灯台", "O'Hara's (Cape) lighthouse"), ("凧", "Kite")]
    assert pairs == [pair[::-1] for pair in expected] if turned else expected
    assert (about.name, about.version) == ("Wikipedia", "20240501")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ja,en\n潮,tide\n", [("潮", "", "tide")]),
        ("en\tja\ttype\ntide\t潮\tconcept\n", [("潮", "", "tide")]),
        ("No.;日本語;よみ;英語（訳）\n1;潮;しお;tide\n", [("潮", "しお", "tide")]),
        ("1,tide,潮,しお\n2,wave,波,なみ\n", [("潮", "しお", "tide"), ("波", "なみ", "wave")]),
        ('ja,en\n"潮,波","tide, wave"\n', [("潮,波", "", "tide, wave")]),
        ("item,itemLabel_ja,itemLabel_en\nhttp://www.wikidata.org/entity/Q1,潮,tide\n", [("潮", "", "tide")]),
        ("ja,en,status\n潮,tide,approved\n波,wave,forbidden\n岬,,\n", [("潮", "", "tide")]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_tables(tmp_path: Path, text: str, expected: list[tuple[str, str, str]], encoding: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode(encoding))
    found, _ = read(path)
    assert [(r.written[0], "".join(r.readings), r.senses[0].glosses[0]) for r in found] == expected


BROKEN = {
    "empty.csv": ("", "is empty"),
    "prose.txt": ("Only English stands here.\nNothing else.\n", "no columns of Japanese and English"),
    "cut.xml": (files.JMDICT[:-80], "line 21: broken XML"),
    "other.xml": ("<html><body/></html>", "root element 'html'"),
    "cut.json": (json.dumps(files.SIMPLIFIED)[:-40], "broken JSON"),
    "cut.jsonl": ('{"id":"Q1","ja":"東京","en":"Tokyo"}\n{"id":"Q2",\n', "line 2: not JSON Lines"),
    "bad.utx": ("#UTX 1.11; de/fr\n#src\ttgt\na\tb\n", "languages are de/fr"),
    "headless.utx": ("#UTX 1.11; ja/en\n潮\ttide\n", "line 2: no line #src"),
    "quotes.csv": ('ja,en\n潮,"tide\0\n', "is not text"),
    "jawiki-langlinks.sql": (files.LANGLINKS, "does not lie beside it"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_named_in_one_line(tmp_path: Path, name: str) -> None:
    text, reason = BROKEN[name]
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(GlossaryError) as caught:
        read(path)
    assert str(caught.value).startswith(str(path)) and reason in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("form", "text", "reason"),
    [
        ("edict", "潮,tide\n", "line 1: not of the form"),
        ("jmdict-simplified", '{"a": 1}', 'no list "words"'),
        ("jmdict-simplified", '{"words": [{"kana": 3}]}', "not as jmdict-simplified writes"),
        ("wikipedia", "潮,tide\n", "holds no rows of the table langlinks"),
        ("jmdict", "<tbx/>", "not JMdict or JMnedict"),
    ],
)
def test_the_wrong_format_asked_for(tmp_path: Path, form: str, text: str, reason: str) -> None:
    path = tmp_path / "list"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(GlossaryError, match=reason):
        read(path, form, pages=path)


def test_a_damaged_gzip(tmp_path: Path) -> None:
    path = tmp_path / "list.csv.gz"
    path.write_bytes(gzip.compress(b"ja,en\n" + bytes(range(1, 200)) * 50)[:-30])
    with pytest.raises(GlossaryError, match="gzip file is damaged"):
        read(path)


@pytest.mark.parametrize(
    "declaration",
    [
        '<!ENTITY x SYSTEM "file:///etc/passwd">',
        '<!ENTITY x PUBLIC "-//X" "http://example.org/x.dtd">',
        '<!ENTITY % x SYSTEM "http://example.org/x.dtd"> %x;',
        '<!ENTITY a "lol"><!ENTITY x "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">',
        f'<!ENTITY x "{"lol" * 1000}">',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_that_reach_out_or_grow_are_refused(tmp_path: Path, declaration: str, encoding: str) -> None:
    text = f"<!DOCTYPE JMdict [{declaration}]><JMdict><entry><r_ele><reb>しお</reb></r_ele></entry></JMdict>"
    path = tmp_path / "evil.xml"
    path.write_bytes(text.encode(encoding))
    with pytest.raises(GlossaryError, match=r"entity .*refused"):
        read(path, "jmdict")
