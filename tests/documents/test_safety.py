# ruff: noqa: E501
"""Files made to do harm, and files that are merely broken: refused in one line, within bounded memory and time."""

import io
import os
import random
import sys
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.documents.folder import read_paths
from glossary.documents.formats.archive import open_archive, open_office
from glossary.documents.formats.epub import read_epub
from glossary.documents.formats.hardened import elements
from glossary.documents.formats.html import read_html
from glossary.documents.formats.pdf import read_pdf
from glossary.documents.formats.sheets import read_xlsx
from glossary.documents.formats.word import read_docx
from glossary.documents.intake import read_file
from glossary.documents.limits import LIMITS, check_lines
from glossary.documents.readers import READERS, extract, extract_bytes
from glossary.errors import GlossaryError

FILES = Path(__file__).parent / "files"
EN = "The harbor council approved a plan to rebuild the ferry pier on Tuesday."
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
for name in ("docx", "pptx", "openpyxl", "pdfminer", "polib", "trafilatura"):
    pytest.importorskip(name, reason="needs the extra: pip install 'glossary[formats]'")


def archive(parts: dict[str, bytes], of: str = "", compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of `parts`, which replace those of the file `of` or are added to it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as target:
        if of:
            with zipfile.ZipFile(FILES / of) as source:
                for name in source.namelist():
                    if name not in parts:
                        target.writestr(name, source.read(name))
        for name, data in parts.items():
            target.writestr(name, data)
    return made.getvalue()


def refusal(call: object, *arguments: object) -> str:
    with pytest.raises(GlossaryError) as error:
        call(*arguments)  # type: ignore[operator]
    assert "\n" not in str(error.value)
    return str(error.value)


# XML


@pytest.mark.parametrize("ending", [".tmx", ".xlf", ".sdlxliff"])
@pytest.mark.parametrize(
    "head",
    [
        ENTITIES,
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hosts">]>',
        '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1:1/x.dtd"> %a;]>',
    ],
)
def test_xml_with_entities_is_refused(ending: str, head: str) -> None:
    data = f'{head}<x><tu><tuv xml:lang="ja"><seg>&a;</seg></tuv></tu></x>'.encode()
    assert "declares XML entities (line 1)" in refusal(extract_bytes, data, ending, "a.xml")


def test_an_external_dtd_is_not_loaded() -> None:
    data = b'<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd"><x><tu>&hellip;&unknown;</tu></x>'
    assert [unit.text for unit in elements(data, "a.xml", ("tu",))] == ["…"]


def test_xml_nested_without_end_is_refused() -> None:
    assert "nests more than 200" in refusal(list, elements(b"<tu>" * 1_000_000, "a.xml", ("tu",)))


def test_broken_xml_names_its_line() -> None:
    assert "a.xml is no well-formed XML (line 2" in refusal(list, elements(b"<x>\n<tu></x>", "a.xml", ("tu",)))


@pytest.mark.parametrize(("name", "part"), [("pandoc.ja.docx", "word/document.xml"), ("calc.xlsx", "xl/workbook.xml")])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_office_xml_with_entities_is_refused(name: str, part: str, encoding: str) -> None:
    data = archive({part: f"{ENTITIES}<x>&b;</x>".encode(encoding)}, name)
    assert f"declares XML entities in '{part}'" in refusal(extract_bytes, data, Path(name).suffix, name)


# Archives


def test_a_zip_bomb_is_refused_by_its_total() -> None:
    data = archive({"word/document.xml": b" " * 3_000_000}, "pandoc.ja.docx")
    assert "more than 2,000,000" in refusal(read_docx, data, "a.docx", replace(LIMITS, unpacked=2_000_000))


def test_a_zip_bomb_is_refused_by_its_ratio() -> None:
    data = archive({"a.xml": b"\0" * 21_000_000})
    before = time.monotonic()
    assert "times its size: not opened" in refusal(open_office, data, "a.docx")
    assert time.monotonic() - before < 1


def test_an_archive_that_lies_about_its_size_is_damaged() -> None:
    data = bytearray(archive({"a.xml": b" " * 100_000}))
    place = data.index(b"PK\x01\x02") + 24
    data[place : place + 4] = (10).to_bytes(4, "little")
    assert "is damaged in 'a.xml'" in refusal(open_office, bytes(data), "a.docx")


def test_too_many_parts() -> None:
    data = archive({f"{number}.xml": b"" for number in range(30)})
    assert "has 30 parts" in refusal(open_archive, data, "a.docx", replace(LIMITS, parts=20))


OPF = """<package><metadata><title>港</title></metadata><manifest><item id="a" href="{}" media-type="text/html"/></manifest>
<spine><itemref idref="a"/></spine></package>"""
CONTAINER = b'<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>'


@pytest.mark.parametrize(
    "place", ["../../../../etc/hosts", "/etc/hosts", "file:///etc/hosts", "%2e%2e/%2e%2e/etc/hosts"]
)
def test_paths_out_of_an_archive_lead_nowhere(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    data = archive({"META-INF/container.xml": CONTAINER, "OPS/book.opf": OPF.format(place).encode()})
    assert "has no part" in refusal(read_epub, data, "a.epub")
    assert list(tmp_path.iterdir()) == []


def test_an_archive_in_an_archive_and_macros_are_left_closed() -> None:
    inner = archive(
        {"word/embeddings/inner.docx": archive({"x": b"x"}), "word/vbaProject.bin": b"\0" * 100}, "pandoc.ja.docx"
    )
    assert read_docx(inner, "a.docx").text == extract(FILES / "pandoc.ja.docx")[0].text


@pytest.mark.parametrize("ending", [".docx", ".pptx", ".xlsx", ".epub"])
@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "protected by a password or an old office file"),
        (b"PK\x03\x04 and nothing more", "is damaged"),
        (b"Just a text.", "is damaged"),
        (b"", "is empty"),
    ],
)
def test_what_is_no_archive(ending: str, data: bytes, reason: str) -> None:
    assert reason in refusal(extract_bytes, data, ending, f"a{ending}")


def test_a_protected_book_says_so() -> None:
    encryption = b'<encryption><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/></encryption>'
    data = archive({"META-INF/encryption.xml": encryption}, "pandoc.ja.epub")
    assert "protected against copying" in refusal(read_epub, data, "a.epub")


def test_a_sheet_that_ends_in_its_farthest_cell() -> None:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>協議会は計画を承認した。</t></is></c></row>'
        '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>'
    )
    before = time.monotonic()
    assert (
        read_xlsx(archive({"xl/worksheets/sheet1.xml": sheet.encode()}, "calc.xlsx"), "a.xlsx").text
        == "協議会は計画を承認した。"
    )
    assert time.monotonic() - before < 20


# PDF


def pdf(pages: int, stream: bytes = b"BT /F1 12 Tf 50 700 Td (The harbor council met.) Tj ET") -> bytes:
    """A PDF whose pages share one content."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (pages, b" ".join(b"%d 0 R" % (5 + n) for n in range(pages))),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d >> stream\n%s\nendstream" % (len(stream), stream)
        if not stream.startswith(b"x")
        else b"<< /Length %d /Filter /FlateDecode >> stream\n%s\nendstream" % (len(stream), stream),
    ]
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
    objects += [page] * pages
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(places) + 1, table)
    return data + head + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, len(data))


def test_a_pdf_of_many_pages() -> None:
    assert read_pdf(pdf(1), "a.pdf").text == "The harbor council met."
    assert "a.pdf has more than 3,000 pages: split it" in refusal(read_pdf, pdf(10_000), "a.pdf")


@pytest.mark.skipif(sys.platform != "linux", reason="the memory of a process is bounded by Linux here")
def test_a_pdf_that_unpacks_without_end() -> None:
    import zlib

    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 10_000_000) for _ in range(60)) + packer.flush()
    message = refusal(read_pdf, pdf(1, packed), "a.pdf", replace(LIMITS, pdf_memory=500_000_000))
    assert "MB of memory" in message or "broke off" in message


def test_a_pdf_that_takes_too_long() -> None:
    assert "takes more than 0.01 seconds" in refusal(read_pdf, pdf(1), "a.pdf", replace(LIMITS, pdf_seconds=0.01))


@pytest.mark.parametrize("data", [b"%PDF-1.7\nnothing", b"Just a text.", b"%PDF-1.4\n" + b"<<" * 50_000])
def test_what_is_no_pdf(data: bytes) -> None:
    assert refusal(read_pdf, data, "a.pdf").startswith("a.pdf ")


# Sizes and folders


def test_a_file_beyond_the_limit_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "line.txt"
    with path.open("wb") as file:
        file.truncate(LIMITS.file + 10)
    assert "is larger than 100 MB: split it" in refusal(read_file, path)


def test_a_line_beyond_the_limit() -> None:
    assert "a.txt has a line of 1,000,001 characters" in refusal(check_lines, "a\n" + "x" * 1_000_001 + "\n", "a.txt")
    assert "has a line of" in refusal(extract_bytes, b"word " * 300_000, ".txt", "a.txt")


@pytest.mark.parametrize(
    "page",
    [
        b"<div>" * 200_000 + EN.encode(),
        b"<p>" + EN.encode() + b"<ruby><rt>" * 50_000,
        b"<a href=" * 50_000,
        b"&" * 100_000,
    ],
)
def test_pages_of_nothing_but_tags(page: bytes) -> None:
    before = time.monotonic()
    try:
        read_html(page, "a.html")
    except GlossaryError as error:
        assert str(error).startswith("a.html ")
    assert time.monotonic() - before < 20


def test_a_page_loads_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    page = f'<html><head><link rel="stylesheet" href="http://127.0.0.1:1/a.css"><base href="http://127.0.0.1:1/"></head><body><iframe src="http://127.0.0.1:1/"></iframe><img src="http://127.0.0.1:1/a.png"><nav>x</nav><p>{EN}</p></body></html>'
    assert EN in read_html(page.encode(), "a.html").text


def test_many_empty_files_do_not_stop_a_good_one(tmp_path: Path) -> None:
    for number in range(2_000):
        (tmp_path / f"{number}{('.txt', '.docx', '.tmx')[number % 3]}").touch()
    (tmp_path / "good.txt").write_text(EN)
    before = time.monotonic()
    collection = read_paths([tmp_path])
    assert [d.name for d in collection.documents] == ["good"]
    assert len(collection.skipped) == 2_000 and time.monotonic() - before < 10


def test_a_loop_of_links_in_a_folder_of_formats(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/pier.docx").write_bytes((FILES / "pandoc.en.docx").read_bytes())
    os.symlink(tmp_path, tmp_path / "sub/again", target_is_directory=True)
    os.symlink(tmp_path / "sub/self.docx", tmp_path / "sub/self.docx")
    collection = read_paths([tmp_path])
    assert [d.name for d in collection.documents] == ["sub/pier"]


BROKEN = [path for path in sorted(FILES.iterdir()) if path.suffix != ".pdf"]


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(BROKEN), st.integers(0, 2**32))
def test_damaged_files_are_read_or_refused(path: Path, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(path.read_bytes())
    for _ in range(chance.randint(1, 20)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    cut = bytes(data[: chance.randrange(1, len(data))]) if chance.random() < 0.3 else bytes(data)
    try:
        extract_bytes(cut, path.suffix, path.name)
    except GlossaryError as error:
        assert str(error).startswith(path.name) and "\n" not in str(error)


@pytest.mark.parametrize("ending", sorted(set(READERS) - {".pdf"}))
@settings(deadline=None, max_examples=15)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(ending: str, data: bytes) -> None:
    try:
        extract_bytes(data, ending, "a")
    except GlossaryError as error:
        assert str(error).startswith("a ") and "\n" not in str(error)


@pytest.mark.parametrize(
    ("ending", "module"),
    [
        (".html", "trafilatura"),
        (".docx", "docx"),
        (".pptx", "pptx"),
        (".xlsx", "openpyxl"),
        (".pdf", "pdfminer"),
        (".po", "polib"),
        (".epub", "lxml"),
    ],
)
def test_a_missing_extra_says_what_to_install(ending: str, module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for known in [known for known in sys.modules if known.partition(".")[0] == module]:
        monkeypatch.delitem(sys.modules, known)
    monkeypatch.setitem(sys.modules, module, None)
    example = next(path for path in sorted(FILES.iterdir()) if path.suffix == ending)
    message = refusal(extract_bytes, example.read_bytes(), ending, example.name)
    assert message.startswith(f"{example.name} needs the extra: pip install 'glossary[formats]'")
