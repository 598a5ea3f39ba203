"""An interpreter's sheet, on the screen, as A4 and in Word."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from desk_glossary import glossary_of

from glossary.cli import GlossaryGroup
from glossary.cli.reports import sheet_command
from glossary.exchange.selection import Selection
from glossary.uses.reading import open_for_reading
from glossary.uses.sheet import make_sheet

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
A4 = (595, 842)
"""Points."""


def run(*arguments: str | Path):
    group = GlossaryGroup("glossary", commands={"sheet": sheet_command})
    return CliRunner().invoke(group, ["sheet", *map(str, arguments)])


def shown(path: Path, selection: Selection | None = None, **options) -> list[tuple[str, list[str]]]:
    """The headings of a sheet with the Japanese terms below them."""
    with open_for_reading(path) as db:
        sheet = make_sheet(db, selection or Selection(), **options)
    return [(s.heading, [e.preferred("ja").term for e in s.entries]) for s in sheet.sections]


def test_by_kind_and_within_a_kind_by_reading(glossary_path):
    assert shown(glossary_path) == [
        ("Places", ["飯倉", "米国", "北方領土"]),
        ("Facilities", ["飯倉公館"]),
        ("Terms", ["国土", "領土"]),
    ]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (
            "appearance",
            [("talks", ["北方領土", "飯倉公館", "飯倉", "領土", "米国"]), ("spring/flowers", ["国土"])],
        ),
        ("reading", [("", ["飯倉", "飯倉公館", "国土", "米国", "北方領土", "領土"])]),
        ("english", [("", ["飯倉", "飯倉公館", "北方領土", "国土", "領土", "米国"])]),
    ],
)
def test_orders(glossary_path, order, expected):
    assert shown(glossary_path, order=order) == expected


@pytest.mark.parametrize(
    ("selection", "terms"),
    [
        (Selection(kinds=("facility", "concept")), {"飯倉公館", "国土", "領土"}),
        (Selection(documents=("spring/*",)), {"米国", "国土", "領土"}),
        (Selection(documents=("spring/*",), kinds=("place",)), {"米国"}),
    ],
)
def test_chosen_documents_and_kinds(glossary_path, selection, terms):
    assert {term for _, group in shown(glossary_path, selection) for term in group} == terms


def test_terms_of_a_text_in_order_of_appearance(glossary_path, tmp_path):
    path = Path(shutil.copy(glossary_path, tmp_path / "glossary.db"))
    text = tmp_path / "speech.ja.txt"
    text.write_text("領土の話は飯倉公館で聞いた。領土と米国のことである。", encoding="utf-8")
    assert shown(path, texts=[text]) == [("", ["領土", "飯倉公館", "米国"])]


def test_terms_without_a_translation_only_if_asked_for(glossary_path, tmp_path):
    result = run("--db", glossary_path, "-o", tmp_path / "s.html")
    assert result.stderr.splitlines() == [
        f"6 terms written to {tmp_path / 's.html'}.",
        "Left out: 1 without a translation (--untranslated).",
    ]
    assert "花見" in [term for _, group in shown(glossary_path, untranslated=True) for term in group]


def test_what_nobody_should_say_is_not_on_the_sheet(tmp_path):
    from glossary.decisions import decide
    from glossary.store import open_glossary

    path = tmp_path / "g.db"
    ids = glossary_of(path, [("北島", "North Isle", "place", "Northern Isle", "Isle of the North")])
    db = open_glossary(path)
    decide(db, "forbid", ids["北島"], term="Northern Isle", actor="ann")
    db.close()
    run("--db", path, "-o", tmp_path / "s.html")
    page = (tmp_path / "s.html").read_text(encoding="utf-8")
    assert 'North Isle <span class="more">Isle of the North</span>' in page
    assert "Northern Isle" not in page


def test_readings_stand_above_the_characters(glossary_path, tmp_path):
    run("--db", glossary_path, "-o", tmp_path / "s.html")
    page = (tmp_path / "s.html").read_text(encoding="utf-8")
    assert "<ruby>飯倉公館<rp>（</rp><rt>いいくらこうかん</rt><rp>）</rp></ruby>" in page


def test_contexts_are_of_the_chosen_documents(glossary_path, tmp_path):
    arguments = ("--db", glossary_path, "-o", tmp_path / "s.html", "--document", "talks")
    run(*arguments)
    assert "context" not in re.findall(r'class="(\w+)"', (tmp_path / "s.html").read_text(encoding="utf-8"))
    run(*arguments, "--contexts", "2")
    page = (tmp_path / "s.html").read_text(encoding="utf-8")
    assert '<td lang="ja"><b>米国</b>の代表も出席した。</td>' in page
    assert '<td lang="en">A delegate of the <b>United States</b> was there.</td>' in page
    assert "大使" not in page


def test_terms_are_escaped(tmp_path):
    glossary_of(tmp_path / "g.db", [("<b>猫", "cat & <dog>", "concept")])
    run("--db", tmp_path / "g.db", "-o", tmp_path / "s.html", "--title", "<i>")
    page = (tmp_path / "s.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;猫" in page and "cat &amp; &lt;dog&gt;" in page and "<h1>&lt;i&gt;</h1>" in page


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-o", "s.pdf"], "s.pdf: a sheet is written as .html, .htm, .docx"),
        (
            ["-o", "s.html", "--document", "walks"],
            "No document is named “walks”: the glossary has spring/flowers, talks",
        ),
        (["-o", "s.html", "--kind", "animal"], "“animal” is no kind: kinds are person, place"),
        (["-o", "s.html", "--kind", "law"], "No term with a translation in what was chosen"),
        (["-o", "none/s.html"], "none/s.html: cannot be written"),
        (["-o", "s.html", "none.txt"], "none.txt"),
    ],
)
def test_errors_are_one_line_and_leave_nothing(glossary_path, tmp_path, monkeypatch, arguments, message):
    path = Path(shutil.copy(glossary_path, tmp_path / "glossary.db"))
    monkeypatch.chdir(tmp_path)
    result = run(*arguments, "--db", path)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert message in result.stderr
    assert not list(tmp_path.glob("*.html"))


@pytest.fixture(scope="module")
def long_glossary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty terms: more than a page."""
    path = tmp_path_factory.mktemp("long") / "g.db"
    glossary_of(path, [(f"第{number}回大会", f"Meeting No. {number}", "event") for number in range(60)])
    return path


@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
def test_it_prints_on_a4_with_the_head_on_every_page(long_glossary, tmp_path):
    layout = pytest.importorskip("pdfminer.layout")
    pages = pytest.importorskip("pdfminer.high_level").extract_pages
    assert run("--db", long_glossary, "-o", tmp_path / "s.html").exit_code == 0
    pdf = tmp_path / "s.pdf"
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    data = f"--user-data-dir={tmp_path / 'browser'}"
    subprocess.run(
        [CHROMIUM, *flags, data, f"--print-to-pdf={pdf}", (tmp_path / "s.html").as_uri()],
        check=True,
        capture_output=True,
        timeout=120,
    )
    found = list(pages(pdf))
    assert {(round(page.width), round(page.height)) for page in found} == {A4}
    assert 2 <= len(found) <= 3
    texts = ["".join(box.get_text() for box in page if isinstance(box, layout.LTTextBox)) for page in found]
    for number, text in enumerate(texts, 1):
        assert "日本語" in text and "English" in text
        assert f"{number} / {len(found)}" in text
    whole = "".join(texts)
    assert [n for n in range(60) if not re.search(rf"Meeting No\. {n}\b", whole)] == []
    right = max(box.x1 for page in found for box in page if isinstance(box, layout.LTTextBox))
    assert right < A4[0] - 30, "nothing runs out of the page"


def test_the_word_document(glossary_path, tmp_path):
    docx = pytest.importorskip("docx")
    path = tmp_path / "s.docx"
    assert run("--db", glossary_path, "-o", path, "--contexts", "1", "--title", "Talks").exit_code == 0
    document = docx.Document(str(path))
    (section,) = document.sections
    assert (round(section.page_width.pt), round(section.page_height.pt)) == A4
    assert document.paragraphs[0].text == "Talks"
    (table,) = document.tables
    word = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
    element = table._tbl
    rubies = {
        (
            "".join(t.text for t in ruby.findall("w:rubyBase//w:t", word)),
            "".join(t.text for t in ruby.findall("w:rt//w:t", word)),
        )
        for ruby in element.findall(".//w:ruby", word)
    }
    assert {("飯倉公館", "いいくらこうかん"), ("領土", "りょうど")} <= rubies
    assert len(element.findall(".//w:tblHeader", word)) == 1
    english = [row.cells[1].text for row in table.rows]
    assert english[0] == "English" and "United States; U.S." in english
    assert english[english.index("United States; U.S.") + 1].startswith("The ambassador of the United States looked")


def test_word_opens_in_another_program(glossary_path, tmp_path):
    """LibreOffice is the nearest to Word that runs here: pages, size, and that ruby and base are both shown."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("needs LibreOffice")
    high_level = pytest.importorskip("pdfminer.high_level")
    pytest.importorskip("docx")
    run("--db", glossary_path, "-o", tmp_path / "s.docx")
    home = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    subprocess.run(
        [soffice, home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "s.docx")],
        check=True,
        capture_output=True,
        timeout=180,
    )
    (page,) = high_level.extract_pages(tmp_path / "s.pdf")
    assert (round(page.width), round(page.height)) == A4
    text = re.sub(r"\s", "", high_level.extract_text(tmp_path / "s.pdf"))
    assert "飯倉公館" in text and "いいくらこうかん" in text
