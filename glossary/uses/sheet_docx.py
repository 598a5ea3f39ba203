"""A sheet as a Word document on A4, with readings as ruby (ECMA-376, Part 1, 17.3.3.25). Needs the extra `formats`."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from glossary.documents.formats.extra import library
from glossary.exchange.entry import SIDES, Entry, EntryContext
from glossary.exchange.text import one_line, xml_text
from glossary.records import Language
from glossary.uses.furigana import furigana
from glossary.uses.sheet import Sheet, mention

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_FONT, _LATIN_FONT = "Yu Gothic", "Calibri"
_POINTS = 10.5
_QUIET = (0x66, 0x66, 0x66)
_COLUMN_MM = 90
"""A4 is 210 mm wide, less margins of 15 mm."""

# Sizes in half-points: ruby is half as large as its base and stands just above it.
_RUBY = """<w:r {w}><w:ruby><w:rubyPr><w:rubyAlign w:val="distributeSpace"/><w:hps w:val="{half}"/>
<w:hpsRaise w:val="{whole}"/><w:hpsBaseText w:val="{whole}"/><w:lid w:val="ja-JP"/></w:rubyPr>
<w:rt><w:r><w:rPr><w:sz w:val="{half}"/></w:rPr><w:t>{above}</w:t></w:r></w:rt>
<w:rubyBase><w:r><w:rPr><w:sz w:val="{whole}"/></w:rPr><w:t>{base}</w:t></w:r></w:rubyBase></w:ruby></w:r>"""

_LINE_ABOVE = '<w:tcBorders {w}><w:top w:val="single" w:sz="4" w:space="0" w:color="BBBBBB"/></w:tcBorders>'
_FIELD = '<w:fldSimple {w} w:instr="{name}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def sheet_docx(sheet: Sheet, path: Path) -> bytes:
    """The file's content. `path` is named where the library is missing, which raises GlossaryError."""
    document = library("docx", str(path)).Document()
    _lay_out(document)
    document.core_properties.title = one_line(sheet.title)
    document.core_properties.author = ""
    document.add_heading(one_line(sheet.title), 0)
    _paragraph(document.add_paragraph(), sheet.about, quiet=True)
    table = document.add_table(rows=1, cols=2)
    for cell, name in zip(table.rows[0].cells, ("日本語", "English"), strict=True):
        _paragraph(cell.paragraphs[0], name, quiet=True)
    _property(table.rows[0], "tblHeader")
    for section in sheet.sections:
        if section.heading:
            _heading(table, section.heading)
        for entry in section.entries:
            _entry(table, entry)
    _set_widths(table)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _lay_out(document: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(15)
    section.top_margin = section.bottom_margin = Mm(18)
    style = document.styles["Normal"]
    style.font.name, style.font.size = _LATIN_FONT, Pt(_POINTS)
    style.paragraph_format.space_after = Pt(2)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _append(footer, _FIELD.format(w=_W, name="PAGE"))
    footer.add_run(" / ")
    _append(footer, _FIELD.format(w=_W, name="NUMPAGES"))


def _heading(table: Any, heading: str) -> None:
    from docx.shared import Pt

    row = table.add_row()
    (paragraph,) = row.cells[0].merge(row.cells[1]).paragraphs[:1]
    paragraph.add_run(one_line(heading)).bold = True
    paragraph.paragraph_format.space_before = Pt(10)
    paragraph.paragraph_format.keep_with_next = True


def _entry(table: Any, entry: Entry) -> None:
    from docx.shared import Pt

    row = table.add_row()
    _property(row, "cantSplit")
    for cell, language in zip(row.cells, SIDES, strict=True):
        cell._tc.get_or_add_tcPr().append(_parsed(_LINE_ABOVE.format(w=_W)))
        cell.paragraphs[0].paragraph_format.space_before = Pt(4)
        _terms(cell.paragraphs[0], entry, language)
    for note in filter(None, map(one_line, (entry.definition_en or entry.definition_ja, entry.usage_note))):
        _paragraph(row.cells[1].add_paragraph(), note, quiet=True)
    for context in entry.contexts:
        for paragraph in (paragraph for cell in row.cells for paragraph in cell.paragraphs):
            paragraph.paragraph_format.keep_with_next = True
        row = table.add_row()
        _property(row, "cantSplit")
        for cell, language in zip(row.cells, SIDES, strict=True):
            _context(cell.paragraphs[0], context, language)


def _terms(paragraph: Any, entry: Entry, language: Language) -> None:
    terms = entry.usable(language)
    for number, term in enumerate(terms):
        if number:
            paragraph.add_run("、" if language == "ja" else "; ")
        region = f" ({one_line(term.region)})" if term.region else ""
        reading = one_line(term.reading) if language == "ja" else ""
        for base, above in furigana(one_line(term.term), reading or None):
            if above:
                _append(paragraph, _ruby(base, above))
            else:
                paragraph.add_run(base)
        if region:
            paragraph.add_run(region)
    if not terms:
        paragraph.add_run("—")


def _ruby(base: str, above: str) -> str:
    whole = round(_POINTS * 2)
    return _RUBY.format(w=_W, half=whole // 2, whole=whole, above=xml_text(above), base=xml_text(base))


def _context(paragraph: Any, context: EntryContext, language: Language) -> None:
    sentence, term, start = mention(context, language)
    if not sentence:
        return
    if term is None or start is None:
        _paragraph(paragraph, sentence, quiet=True)
        return
    _paragraph(paragraph, sentence[:start], quiet=True)
    _paragraph(paragraph, term, quiet=True, bold=True)
    _paragraph(paragraph, sentence[start + len(term) :], quiet=True)


def _paragraph(paragraph: Any, text: str, *, quiet: bool = False, bold: bool = False) -> None:
    from docx.shared import Pt, RGBColor

    space = (" " if text[:1].isspace() else "", " " if text[-1:].isspace() else "")
    run = paragraph.add_run(space[0] + one_line(text) + space[1] if text.strip() else space[0])
    run.bold = bold
    if quiet:
        run.font.size = Pt(_POINTS - 1.5)
        run.font.color.rgb = RGBColor(*_QUIET)


def _property(row: Any, name: str) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(f"w:{name}"))


def _set_widths(table: Any) -> None:
    from docx.shared import Mm

    table.autofit = False
    for column in table.columns:
        column.width = Mm(_COLUMN_MM)


def _append(paragraph: Any, xml: str) -> None:
    paragraph._p.append(_parsed(xml))


def _parsed(xml: str) -> Any:
    from docx.oxml import parse_xml

    return parse_xml(xml)
