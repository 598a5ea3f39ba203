"""What must do no harm: formulas, XML, line breaks in terms, long terms, large files, files of another kind."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from exchange_entries import read, written

from glossary.errors import GlossaryError
from glossary.exchange.entry import Entry, EntryTerm
from glossary.exchange.registry import FORMATS, About, Hints

FORMULAS = ["=1+1", "+81 3", "-san", "@home", "=cmd|' /C calc'!A0", "'=1", "＝1"]
ID = "00000000000000ab"


def entry(ja: str, en: str) -> Entry:
    return Entry((EntryTerm("ja", ja, "preferred"), EntryTerm("en", en, "preferred")), ID)


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("name", ["memoq", "utx"])
def test_formulas_in_tables_are_disarmed_and_come_back(tmp_path: Path, name: str, text: str) -> None:
    data = written([entry("語", text)], name)
    cells = [
        cell.strip('"')
        for line in data.decode("utf-8-sig").splitlines()
        for cell in line.replace(";", "\t").split("\t")
    ]
    assert not any(cell.startswith(tuple("=+@＝")) or (cell.startswith("-") and cell != "-") for cell in cells)
    assert read(data, name, tmp_path)[0].of("en")[0].term == text


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_in_workbooks_are_texts(tmp_path: Path, text: str) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    data = written([entry("語", text)], "xlsx")
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(data))["Glossary"] for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert read(data, "xlsx", tmp_path)[0].of("en")[0].term == text


@pytest.mark.parametrize("name", ["deepl", "google"])
def test_formulas_never_reach_a_machine_translation_glossary(name: str) -> None:
    """An apostrophe before them would be taken for a part of the term."""
    assert written([entry("語", text) for text in FORMULAS[:4]], name) == b""


NASTY = {
    "markup": "<b>&amp;]]><!--",
    "quotes": "\"double\" 'single' “curly”",
    "delimiters": "a;b,c|d",
    "long": "語" * 300,
    "backslashes": "\\|\\",
    "emoji": "𠮷野家 👪",
}


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY.keys())
@pytest.mark.parametrize("name", [n for n, form in FORMATS.items() if form.reads and form.writes])
def test_any_term_comes_back_as_it_was(tmp_path: Path, name: str, text: str) -> None:
    hints = Hints("ja-en")
    assert read(written([entry("語", text)], name), name, tmp_path, hints=hints)[0].of("en")[0].term == text


@pytest.mark.parametrize("name", [n for n, form in FORMATS.items() if form.reads and form.writes and n != "jsonl"])
def test_line_breaks_tabs_and_control_characters_become_spaces_or_nothing(tmp_path: Path, name: str) -> None:
    data = written([entry("a\tb\r\nc", "x\x00\x0b\ufffey\u2028z")], name)
    found = read(data, name, tmp_path, hints=Hints("ja-en"))
    assert [[term.term for term in one.terms] for one in found] == [["a b c", "xy z"]]


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("prolog", [BOMB, OUTSIDE])
@pytest.mark.parametrize(
    ("name", "root"),
    [
        (
            "tbx",
            "<martif><termEntry><langSet xml:lang='ja'><tig><term>&b;&a;</term></tig></langSet></termEntry></martif>",
        ),
        ("weblate", "<martif/>"),
        ("xliff", "<xliff srcLang='ja' trgLang='en'/>"),
    ],
)
def test_dangerous_xml_is_refused(tmp_path: Path, name: str, root: str, prolog: str) -> None:
    with pytest.raises(GlossaryError, match="refused"):
        read((prolog + root).encode(), name, tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("tbx", b"<martif><termEntry>", "line 1: broken XML"),
        ("tbx", b"<html/>", "not martif"),
        ("xliff", b"<xliff srcLang='de' trgLang='en'/>", "from de to en"),
        ("utx", b"src\ttgt\n", "line 1: a UTX file begins with #UTX"),
        ("utx", "#UTX 1.11; ja/en\n語\tword\n".encode(), "line 2: no line #src"),
        ("memoq", b"a;b\n", "no columns Japanese and English"),
        ("jsonl", b'{"terms": [{"language": "de", "term": "Wort"}]}\n', "line 1: not an entry"),
        ("yomitan", b"PK", "not a Yomitan dictionary"),
        ("xlsx", b"PK", "is damaged"),
        ("table", b"a,b\n1,2\n", "no columns of Japanese and English"),
        ("anki", b"#separator:comma\n", "line 1: separated by comma"),
    ],
)
def test_a_file_that_is_something_else_is_named_with_what_to_do(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    with pytest.raises(GlossaryError, match=message) as caught:
        read(content, name, tmp_path)
    assert "\n" not in str(caught.value)


def many(number: int) -> Iterator[Entry]:
    for n in range(number):
        yield Entry((EntryTerm("ja", f"語{n}", "preferred"), EntryTerm("en", f"word {n}", "preferred")), f"{n:016x}")


class Nothing(io.RawIOBase):
    """Takes bytes and forgets them."""

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        return len(data)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["jsonl", "tbx", "xliff", "omegat", "memoq", "anki"])
def test_memory_does_not_grow_with_the_number_of_entries(tmp_path: Path, name: str) -> None:
    """Ten times the entries take no more memory, neither written nor read."""

    def peak(number: int) -> int:
        path = tmp_path / f"{number}{FORMATS[name].endings[0]}"
        with path.open("wb") as out:
            FORMATS[name].writer()(many(number), out, About())
        tracemalloc.start()
        FORMATS[name].writer()(many(number), Nothing(), About())  # type: ignore[arg-type]
        if FORMATS[name].reads:
            assert sum(1 for _ in FORMATS[name].reader()(path, Hints())) == number
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(8_000) < peak(800) + 4_500_000
