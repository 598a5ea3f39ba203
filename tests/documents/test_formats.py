# ruff: noqa: E501
"""Files as real programs make them (see make_files.py), and the finer points of each format."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from glossary.documents.formats.delimited import read_csv
from glossary.documents.formats.html import read_html
from glossary.documents.formats.word import document_title, read_docx
from glossary.documents.readers import extract, extract_bytes
from glossary.documents.repair import repair, restore
from glossary.documents.ruby import ruby_readings
from glossary.errors import GlossaryError

FILES = Path(__file__).parent / "files"
for name in ("docx", "pptx", "openpyxl", "pdfminer", "polib", "trafilatura"):
    pytest.importorskip(name, reason="needs the extra: pip install 'glossary[formats]'")

JA = (
    "港湾協議会は火曜日、北埠頭のフェリー乗り場を再建する計画を賛成多数で承認した。工事は来年五月に始まり、費用は四千万円を見込む。",
    "田辺市長は記者会見で「漁業者の皆さんとの約束を守りながら、安全な乗り場を造りたい」と述べた。協議会は来月もう一度集まり、工事を請け負う会社を選ぶ。",
)  # fmt: skip
EN = (
    "The harbor council approved a plan to rebuild the northern ferry pier on Tuesday by a large majority. The work "
    "will begin in May and is expected to cost forty million yen.",
    "Mayor Tanabe told reporters that she wanted a safe pier while keeping the promise that was made to the fishermen. "
    "The council will meet again next month to choose a builder.",
)
TABLE = [
    ("協議会は計画を承認した。", "The council approved the plan."),
    ("工事は五月に始まる。", "The work begins in May."),
    ("市長は漁業者と話した。", "The mayor talked with the fishermen."),
]


def text_of(path: Path) -> str:
    extracted, _ = extract(path)
    text, log = repair(extracted.text, extracted.layout)
    assert restore(text, log) == extracted.text
    return text


@pytest.mark.parametrize(("language", "paragraphs"), [("ja", JA), ("en", EN)])
@pytest.mark.parametrize(
    "name",
    [
        "pandoc.{}.html", "pandoc.{}.docx", "pandoc.{}.epub", "pandoc.{}.pptx",
        "writer.{}.docx", "impress.{}.pptx", "writer.{}.pdf", "chromium.{}.pdf",
    ],
)  # fmt: skip
def test_an_article_comes_out_paragraph_by_paragraph(name: str, language: str, paragraphs: tuple[str, ...]) -> None:
    found = text_of(FILES / name.format(language)).split("\n\n")
    marks = ("1",) if name.endswith(".pptx") else ("",)  # the number of the footnote, which a slide shows as text
    assert [p for p in found if p in paragraphs or any(p == paragraphs[0] + mark for mark in marks)] == [
        paragraphs[0] + marks[0], paragraphs[1],
    ]  # fmt: skip
    if not name.startswith("chromium"):
        note, cell = ("費用には防波堤の補修が含まれる。", "翌年三月") if language == "ja" else ("breakwater.", "March")
        assert any(note in p for p in found) and cell in found


def test_vertical_writing() -> None:
    assert [p for p in text_of(FILES / "chromium.vertical.pdf").split("\n\n") if p in JA] == list(JA)


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("港の便り", "港の便り"),
        (" A  day ", "A day"),
        ("pier.html", None),
        ("Microsoft Word - a.doc", None),
        ("", None),
        (None, None),
    ],
)
def test_titles_that_programs_make_up(title: str | None, kept: str | None) -> None:
    assert document_title(title) == kept


@pytest.mark.parametrize("name", ["calc.xlsx", "writer.docx"])
def test_a_bilingual_table_gives_segments(name: str) -> None:
    extracted, _ = extract(FILES / name)
    assert [pair for pair in extracted.segments if all(pair)] == TABLE
    assert extracted.text == ""


@pytest.mark.parametrize("name", ["gettext.po", "translate-toolkit.tmx", "translate-toolkit.xlf"])
def test_bilingual_files(name: str) -> None:
    segments = extract(FILES / name)[0].segments
    assert [pair for pair in segments if all(pair)] == [*TABLE[:2], ("船が%d隻", "%d boat")]
    assert name.endswith("tmx") or ("", "Nobody has translated this sentence.") in segments


def test_a_scan_says_so() -> None:
    with pytest.raises(GlossaryError, match=r"scan.pdf has no text layer .*OCR"):
        extract(FILES / "scan.pdf")


def test_a_page_that_chromium_saved_keeps_its_ruby_in_the_log() -> None:
    extracted, _ = extract(FILES / "chromium.ja.html")
    text, log = repair(extracted.text, extracted.layout)
    assert JA[0] in text and "こうわん" not in text and text.endswith("終わり。")
    ((span, base, reading),) = ruby_readings(text, log)
    assert (text[slice(*span)], base, reading) == ("港湾", "港湾", "こうわん")
    assert (extracted.language, extracted.title) == ("ja", "協議会、埠頭の再建を承認")


SITE = """<!DOCTYPE html><html lang="en"><head><meta charset="{charset}"><title>{title} | Lantern</title>
<meta property="og:site_name" content="The Daily Lantern"><meta property="og:title" content="{title}">
<meta property="article:published_time" content="2021-05-04T09:00:00+09:00">
<script>document.write("never shown")</script></head><body>
<nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>{title}</h1>{body}</article>
<aside><h2>Most read</h2><a href="/squid">Squid season opens early</a></aside>
<footer>Terms of use. Cookies.</footer></body></html>"""


def site(title: str, paragraphs: tuple[str, ...], charset: str = "utf-8") -> bytes:
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    return SITE.format(title=title, body=body, charset=charset).encode(charset)


def test_a_page_of_a_site_is_its_article() -> None:
    extracted = read_html(site("Council approves pier", EN), "a.html")
    assert extracted.text.split("\n\n") == ["Council approves pier", *EN]
    about = (extracted.title, extracted.publisher, extracted.published)
    assert about == ("Council approves pier", "The Daily Lantern", "2021-05-04")


@pytest.mark.parametrize("charset", ["shift_jis", "euc-jp", "iso-2022-jp", "utf-8"])
def test_the_declared_encoding_of_a_page(charset: str) -> None:
    extracted = read_html(site("協議会、計画を承認", JA, charset), "a.html")
    assert extracted.text.split("\n\n") == ["協議会、計画を承認", *JA]


@pytest.mark.parametrize(
    ("markup", "text", "readings"),
    [
        ("<ruby>東京<rp>(</rp><rt>とうきょう</rt><rp>)</rp></ruby>へ", "東京へ", ["とうきょう"]),
        ("<ruby>東<rt>とう</rt>京<rt>きょう</rt></ruby>へ", "東京へ", ["とう", "きょう"]),
        ("<ruby><rb>東京</rb><rt>とうきょう</rt></ruby>へ", "東京へ", ["とうきょう"]),
        ("一行目\n  二行目", "一行目二行目", []),
        ("one\n  two", "one two", []),
        ("一<br>二", "一\n二", []),
        ("<pre>a\n b</pre>", "a\nb", []),
        ("三<sup><a href='#n1'>1</a></sup>。", "三。", []),
        ("E = mc<sup>2</sup>", "E = mc2", []),
        ("<div>一<p>二</p>三</div>", "一\n\n二\n\n三", []),
        ("<p hidden>一</p><style>p{}</style><!-- 二 -->三", "三", []),
        ("&amp;lt; &#x98DF;べる", "&lt; 食べる", []),
    ],
)
def test_markup(markup: str, text: str, readings: list[str]) -> None:
    extracted = read_html(f"<html><body>{markup}</body></html>".encode(), "a.html")
    repaired, log = repair(extracted.text)
    assert repaired == text
    assert [reading for _, _, reading in ruby_readings(repaired, log)] == readings


WORD = """<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>{}</w:body></w:document>"""


def docx_with(body: str) -> bytes:
    """The document that pandoc made, with another body."""
    made = BytesIO()
    with zipfile.ZipFile(FILES / "pandoc.ja.docx") as source, zipfile.ZipFile(made, "w") as target:
        for part in source.namelist():
            data = WORD.format(body).encode() if part == "word/document.xml" else source.read(part)
            target.writestr(part, data)
    return made.getvalue()


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<w:p><w:r><w:t>一</w:t><w:tab/><w:t>二</w:t><w:br/><w:t>三</w:t></w:r></w:p>", "一\t二\n三"),
        ("<w:p><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>", "新"),
        ("<w:p><w:hyperlink><w:r><w:t>港</w:t></w:r></w:hyperlink><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>", "港"),
        ("<w:sdt><w:sdtContent><w:p><w:r><w:t>枠</w:t></w:r></w:p></w:sdtContent></w:sdt>", "枠"),
        (
            "<w:p><w:r><w:t>本文</w:t><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>囲み</w:t></w:r></w:p>"
            "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>囲み</w:t></w:r></w:p>"
            "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>",
            "本文\n\n囲み",
        ),
        (
            "<w:p><w:r><w:ruby><w:rt><w:r><w:t>みなと</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>港</w:t></w:r></w:rubyBase>"
            "</w:ruby></w:r><w:r><w:t>町</w:t></w:r></w:p>",
            "港町",
        ),
    ],
)  # fmt: skip
def test_what_stands_in_a_docx(body: str, text: str) -> None:
    extracted = read_docx(docx_with(body), "a.docx")
    found = repair(extracted.text)[0]
    assert found == f"{text}\n\n費用には防波堤の補修が含まれる。"


CSV_CASES = [
    ("ja,en\n港,port\n", [("港", "port")]),
    ("id;English (US);日本語\n1;port;港\n", [("港", "port")]),
    ("source\ttarget\nport\t港\npier\t埠頭\n", [("港", "port"), ("埠頭", "pier")]),
    ("港,みなと,port,P1\n埠頭,ふとう,pier,P2\n", [("港", "port"), ("埠頭", "pier")]),
    ('"港、\n埠頭","port, ""pier"""\n船,boat\n', [("港、\n埠頭", 'port, "pier"'), ("船", "boat")]),
    ("ja|en|note\n港||x\n船|boat|\n", [("港", ""), ("船", "boat")]),
]


@pytest.mark.parametrize(("text", "segments"), CSV_CASES)
def test_tables_as_text(text: str, segments: list[tuple[str, str]]) -> None:
    assert list(read_csv(text.encode(), "a.csv").segments) == segments


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "euc-jp", "utf-16"])
def test_the_encodings_of_a_table(encoding: str) -> None:
    text = "".join(f"{ja},{en}\r\n" for ja, en in TABLE)
    assert list(read_csv(text.encode(encoding), "a.csv").segments) == TABLE


def test_quotation_marks_in_a_tsv_are_text() -> None:
    data = '"はい"と言った。\t"Yes," she said.\nいいえ。\tNo.\n'.encode()
    segments = extract_bytes(data, ".tsv", "a.tsv").segments
    assert segments == (('"はい"と言った。', '"Yes," she said.'), ("いいえ。", "No."))


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "日付,数\n一月,2\n", "港\n"])
def test_a_table_without_both_languages_is_refused(text: str) -> None:
    with pytest.raises(GlossaryError, match=r"a.csv has no Japanese and English column: name the two columns"):
        read_csv(text.encode(), "a.csv")
