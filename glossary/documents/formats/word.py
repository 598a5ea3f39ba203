"""Word processor documents (.docx, ECMA-376 part 1), opened by python-docx.

python-docx's own `paragraph.text` knows neither ruby nor insertions under review, content controls, text boxes and
notes, so the elements are walked here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from glossary.documents.extracted import Extracted
from glossary.documents.formats.archive import open_office
from glossary.documents.formats.bilingual import extracted_segments
from glossary.documents.formats.columns import Block, compose
from glossary.documents.formats.extra import library
from glossary.documents.limits import LIMITS, Limits
from glossary.errors import GlossaryError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_REMOVED = frozenset((f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText", f"{_W}rPr", f"{_W}pPr", _FALLBACK))
_CHARACTERS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "\u2011"}
_NOTES = ("footnotes", "endnotes")
_FILE_NAME = re.compile(r"\S+\.[A-Za-z]{2,5}")
_PLACEHOLDERS = ("word document", "microsoft word", "powerpoint presentation", "untitled", "document")


def read_docx(data: bytes, where: str, limits: Limits = LIMITS) -> Extracted:
    """Paragraphs, tables, text boxes, footnotes and endnotes; a two-column bilingual document gives segments.

    Notes stand at the end. Insertions under review are read, deletions not; headers, footers, comments and macros
    are left out. Raises GlossaryError for a file that is damaged or no .docx.
    """
    docx = library("docx", where)
    document = docx.Document(open_office(data, where, limits))
    blocks = list(_blocks(document.element.body))
    for note in _notes(document.part, docx):
        blocks += _blocks(note)
    text, segments = compose(blocks)
    if segments:
        return extracted_segments(segments, where, "docx")
    if not text:
        raise GlossaryError(f"{where} holds no text: leave it out")
    return Extracted(text, "docx", title=document_title(document.core_properties.title))


def document_title(title: str | None) -> str | None:
    """The title in a document's properties, unless it is what the program puts there by itself."""
    title = " ".join((title or "").split())
    is_given = title and not title.lower().startswith(_PLACEHOLDERS) and not _FILE_NAME.fullmatch(title)
    return title if is_given else None


def _blocks(parent: Any) -> Iterator[Block]:
    for element in parent:
        if element.tag == f"{_W}p":
            yield from _paragraphs(element)
        elif element.tag == f"{_W}tbl":
            yield [[_cell(cell) for cell in row.iter(f"{_W}tc")] for row in _rows(element)]
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}moveTo", f"{_W}customXml"):
            yield from _blocks(element)


def _rows(table: Any) -> Iterator[Any]:
    for element in table:
        if element.tag == f"{_W}tr":
            yield element
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent"):
            yield from _rows(element)


def _cell(cell: Any) -> str:
    """A table inside the cell has its cells counted in the row, too."""
    return "\n".join(block for block in _blocks(cell) if isinstance(block, str) and block.strip())


def _paragraphs(paragraph: Any) -> Iterator[Block]:
    """The text of a paragraph, then of the text boxes that hang on it."""
    pieces: list[str] = []
    boxes: list[Any] = []
    _gather(paragraph, pieces, boxes)
    text = "".join(pieces).strip()
    if text:
        yield text
    for box in boxes:
        yield from _blocks(box)


def _gather(element: Any, pieces: list[str], boxes: list[Any]) -> None:
    for child in element:
        if child.tag in _REMOVED:
            continue
        if child.tag == f"{_W}t":
            pieces.append(child.text or "")
        elif child.tag in _CHARACTERS:
            pieces.append(_CHARACTERS[child.tag])
        elif child.tag == f"{_W}txbxContent":
            boxes.append(child)
        elif child.tag == f"{_W}ruby":
            pieces.append(_ruby(child))
        else:
            _gather(child, pieces, boxes)


def _ruby(element: Any) -> str:
    base, reading = (
        "".join(text.text or "" for part in element.iterfind(f"{_W}{name}") for text in part.iter(f"{_W}t"))
        for name in ("rubyBase", "rt")
    )
    return f"\ufff9{base}\ufffa{reading}\ufffb"


def _notes(part: Any, docx: Any) -> Iterator[Any]:
    """Each footnote and endnote, without the separators that are stored among them."""
    for relation in part.rels.values():
        if not relation.is_external and relation.reltype.rpartition("/")[2] in _NOTES:
            for note in docx.oxml.parser.parse_xml(relation.target_part.blob):
                if note.get(f"{_W}type", "normal") == "normal":
                    yield note
