"""Every file obeys the rules of its format; `validate_with_schemas.py` asks the published schemas and others."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from exchange_entries import entries, written
from hypothesis import HealthCheck, given, settings

from glossary.exchange.entry import Entry, EntryContext, EntryTerm
from glossary.exchange.formats import deepl
from glossary.exchange.registry import About

TBX, XLIFF, GLS = (
    "{urn:iso:std:iso:30042:ed-2}",
    "{urn:oasis:names:tc:xliff:document:2.0}",
    "{urn:oasis:names:tc:xliff:glossary:2.0}",
)
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
CROSSING = EntryContext("talks", "国境", "border", "国境を越えた。", "They crossed the border.", 0, 17)
BORDER = Entry(
    (
        EntryTerm("ja", "国境", "preferred", "コッキョウ", "kokkyō", "full"),
        EntryTerm("ja", "境", "deprecated", form="short"),
        EntryTerm("en", "border", "preferred", region="GB", source="atlas"),
        EntryTerm("en", "frontier", "admitted"),
        EntryTerm("en", "limes", "forbidden"),
    ),
    "00000000000000ab", "concept", "approved", "geography", "noun", "of states", "atlas", "国と国の境",
    "line between states", "handbook", 0.9,
    contexts=(CROSSING,),
)  # fmt: skip
some_entries = settings(max_examples=30, suppress_health_check=list(HealthCheck), deadline=None)


def children(element: ElementTree.Element) -> list[str]:
    return [child.tag.rpartition("}")[2] for child in element]


@some_entries
@given(entries())
def test_tbx_obeys_the_schematron_of_its_dialect(found: list[Entry]) -> None:
    """The rules of TBX-Linguist_DCA.sch and TBX-Basic_DCA.sch for all that we write."""
    root = ElementTree.fromstring(written([BORDER, *found], "tbx"))
    assert root.tag == f"{TBX}tbx" and root.get("type") == "TBX-Linguist" and root.get("style") == "dca"
    assert children(root) == ["tbxHeader", "text"]
    levels = {"termNote": "termSec", "subjectField": "conceptEntry", "context": "termSec", "reading": "termSec",
              "definition": "langSec"}  # fmt: skip
    parents = {child: parent for parent in root.iter() for child in parent}
    for element in root.iter():
        assert element.tag.startswith(TBX)
        kind = element.get("type")
        assert kind != ""
        if element.tag == f"{TBX}termNote":
            allowed = {
                "administrativeStatus": {"preferredTerm-admn-sts", "admittedTerm-admn-sts", "deprecatedTerm-admn-sts"},
                "partOfSpeech": {"adjective", "noun", "other", "verb", "adverb"},
                "termType": {"fullForm", "acronym", "abbreviation", "shortForm", "variant"},
            }.get(str(kind))
            assert allowed is None or element.text in allowed
            assert parents[element].tag == f"{TBX}termSec"
        if (level := levels.get(str(kind))) is not None:
            holder = parents[element] if not parents[element].tag.endswith("Grp") else parents[parents[element]]
            assert holder.tag == f"{TBX}{level}"
    for section in root.iter(f"{TBX}langSec"):
        assert section.get(LANG) in ("ja", "en") and "termSec" in children(section)
    ids = [element.get("id") for element in root.iter(f"{TBX}conceptEntry")]
    assert len(ids) == len(set(ids))


def test_tbx_without_readings_is_tbx_basic() -> None:
    plain = Entry((EntryTerm("ja", "国境", "preferred"), EntryTerm("en", "border", "preferred")), "00000000000000ab")
    assert ElementTree.fromstring(written([plain], "tbx")).get("type") == "TBX-Basic"


@some_entries
@given(entries())
def test_tmx_obeys_its_dtd(found: list[Entry]) -> None:
    root = ElementTree.fromstring(written([BORDER, *found], "tmx", notices=("JMdict: CC BY-SA 4.0",)))
    header = root.find("header")
    required = {"creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype"}
    assert header is not None and required <= header.attrib.keys() and root.get("version") == "1.4"
    for unit in root.iter("tu"):
        assert re.fullmatch(r"(prop )*tuv tuv ?", " ".join(children(unit)) + " ")
        assert [variant.get(LANG) for variant in unit.iter("tuv")] == ["ja", "en"]
        assert all(children(variant) == ["seg"] for variant in unit.iter("tuv"))
    assert root.find("body/tu/tuv/seg").text == "国境を越えた。"  # type: ignore[union-attr]


@some_entries
@given(entries())
def test_xliff_obeys_the_glossary_module(found: list[Entry]) -> None:
    root = ElementTree.fromstring(written(found, "xliff"))
    assert (root.get("version"), root.get("srcLang"), root.get("trgLang")) == ("2.1", "ja", "en")
    for unit in root.iter(f"{XLIFF}unit"):
        assert children(unit)[-1] == "segment"
    names = [element.get("id") for element in root.iter(f"{GLS}glossEntry") if element.get("id")]
    assert len(names) == len(set(names))
    for entry in root.iter(f"{GLS}glossEntry"):
        assert re.fullmatch(r"term (translation )+(definition )?", " ".join(children(entry)) + " ")
    for group in root.iter(f"{GLS}glossary"):
        assert len(group)


@some_entries
@given(entries())
def test_yomitan_has_rows_of_eight(found: list[Entry]) -> None:
    with zipfile.ZipFile(
        io.BytesIO(written([BORDER, *found], "yomitan", notices=("JMdict: CC BY-SA 4.0",)))
    ) as archive:
        index = json.loads(archive.read("index.json"))
        rows = json.loads(archive.read("term_bank_1.json"))
    assert (
        index["format"] == 3 and index["title"] and index["revision"] and index["attribution"] == "JMdict: CC BY-SA 4.0"
    )
    for row in rows:
        assert [type(cell) for cell in row] == [str, str, str, str, int, list, int, str]
        assert row[0] and all(isinstance(item, str) or item["type"] == "structured-content" for item in row[5])
    assert rows[0][:2] == ["国境", "こっきょう"] and rows[0][5][:2] == ["border", "frontier"]


@some_entries
@given(entries())
def test_utx_and_omegat_lines(found: list[Entry]) -> None:
    """UTX: no byte order mark, CR LF, a dash for what is empty. OmegaT: at most three columns, # for comments alone."""
    about = {"notices": ("JMdict: CC BY-SA 4.0 (https://example.org/; x)",)}
    head, names, *rows = written([BORDER, *found], "utx", **about).decode().removesuffix("\r\n").split("\r\n")
    assert head.startswith("#UTX 1.11; ja-JP/en-US; 2024-05-01T00:00:00Z; license: JMdict, CC BY-SA 4.0 (")
    assert all(field.count(":") <= 1 for field in head.split(";")[3:])
    assert names.startswith("#src\ttgt\tsrc:pos\tterm status")
    assert all(len(row.split("\t")) == 7 and all(row.split("\t")) and not row.startswith("#") for row in rows)
    assert [row.split("\t")[3] for row in rows[:4]] == ["approved", "provisional", "forbidden", "non-standard"]
    for line in written([BORDER, *found], "omegat", **about).decode().split("\n"):
        assert line.startswith("# ") or len(line.split("\t")) <= 3
    assert "limes" not in written([BORDER], "omegat").decode()


@pytest.mark.parametrize("name", ["deepl", "google"])
def test_machine_translation_glossaries_keep_their_limits(name: str) -> None:
    """Two columns without header, each source once, 1,024 bytes a term, 10 MiB a file; what is left out is counted."""
    found = [
        Entry((EntryTerm("ja", text), EntryTerm("en", f"word {number}, {'long ' * 150}")), f"{number:016x}")
        for number, text in enumerate(
            [f"語{number}" for number in range(14_000)] + ["語1", "語" * 342, "=HYPERLINK(1)"]
        )
    ]
    out, about = io.BytesIO(), About()
    deepl.write(found, out, about)
    rows = list(csv.reader(io.StringIO(out.getvalue().decode())))
    assert len(out.getvalue()) <= 10 * 1024 * 1024
    assert all(len(row) == 2 and all(len(cell.encode()) <= 1024 for cell in row) for row in rows)
    assert len({source for source, _ in rows}) == len(rows) == len(found) - sum(about.left_out.values())
    assert len(about.left_out) == 4


TERM = "Term_Info Term_Example"
MEMOQ = (
    "Entry_ID Entry_Subject Entry_Domain Entry_ClientID Entry_ProjectID Entry_Created Entry_Creator Entry_LastModified"
    f" Entry_Modifier Entry_Note Japanese_Def Japanese {TERM} Japanese {TERM}"
    f" English_Def English {TERM} English {TERM} English {TERM}"
)


def test_memoq_names_its_columns_in_their_order() -> None:
    rows = list(csv.reader(io.StringIO(written([BORDER], "memoq").decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == MEMOQ.split()
    assert all(len(row) == len(rows[0]) for row in rows)
    assert rows[1][-2] == "CasePermissive;HalfPrefix;Forbidden"


def test_weblate_reads_one_pair_an_entry() -> None:
    root = ElementTree.fromstring(written([BORDER], "weblate"))
    pairs = [[term.text for term in entry.iter("term")] for entry in root.iter("termEntry")]
    assert pairs == [["国境", "border"], ["国境", "frontier"], ["国境", "limes"]]
    assert [note.text for note in root.iter("termNote")] == ["forbidden"]


def test_anki_headers_and_cells() -> None:
    header = "#separator:tab\n#html:true\n#guid column:1\n#tags column:8\n"
    text = written([BORDER], "anki").decode()
    assert text.startswith(header)
    cells = text.splitlines()[-1].split("\t")
    assert cells[0] == "00000000000000ab" and cells[3] == "border<br>frontier"
    assert cells[-1] == "glossary kind::concept"
    assert cells[5] == "<b>国境</b>を越えた。" and cells[6] == "They crossed the <b>border</b>."


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_workbook_and_computes_nothing(tmp_path: Path) -> None:
    formula = Entry((EntryTerm("ja", "=1+1", "preferred"), EntryTerm("en", "@sum", "preferred")), "00000000000000ac")
    (tmp_path / "book.xlsx").write_bytes(written([BORDER, formula], "xlsx"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    to_csv = ["--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", str(tmp_path)]
    command = ["soffice", profile, "--headless", *to_csv, str(tmp_path / "book.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    rows = list(csv.DictReader((tmp_path / "book.csv").open(encoding="utf-8", newline="")))
    assert [(row["ja"], row["en"]) for row in rows] == [("国境", "border"), ("=1+1", "@sum")]
    assert rows[0]["reading"] == "コッキョウ" and rows[0]["example_en"] == "They crossed the border."
