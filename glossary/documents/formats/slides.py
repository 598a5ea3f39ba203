"""Presentations (.pptx), by python-pptx."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from glossary.documents.extracted import Extracted
from glossary.documents.formats.archive import open_office
from glossary.documents.formats.bilingual import extracted_segments
from glossary.documents.formats.columns import Block, compose
from glossary.documents.formats.extra import library
from glossary.documents.formats.word import document_title
from glossary.documents.limits import LIMITS, Limits
from glossary.errors import GlossaryError


def read_pptx(data: bytes, where: str, limits: Limits = LIMITS) -> Extracted:
    """Slide after slide: the title, the other text and the tables from top to bottom, then the speaker's notes.

    Charts, SmartArt, comments and masters are left out. Raises GlossaryError for a file that is damaged or no .pptx.
    """
    pptx = library("pptx", where)
    presentation = pptx.Presentation(open_office(data, where, limits))
    blocks = [block for slide in presentation.slides for block in _slide(slide)]
    text, segments = compose(blocks)
    if segments:
        return extracted_segments(segments, where, "pptx")
    if not text:
        raise GlossaryError(f"{where} holds no text: leave it out")
    return Extracted(text, "pptx", title=document_title(presentation.core_properties.title))


def _slide(slide: Any) -> Iterator[Block]:
    title = slide.shapes.title
    first = None if title is None else title.shape_id
    shapes = sorted(slide.shapes, key=lambda shape: (shape.shape_id != first, shape.top or 0, shape.left or 0))
    yield from _shapes(shapes)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        yield from _frame(slide.notes_slide.notes_text_frame)


def _shapes(shapes: Iterable[Any]) -> Iterator[Block]:
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _shapes(shape.shapes)
        elif shape.has_text_frame:
            yield from _frame(shape.text_frame)
        elif getattr(shape, "has_table", False):
            yield [[_plain(cell.text_frame.text) for cell in row.cells] for row in shape.table.rows]


def _frame(frame: Any) -> Iterator[str]:
    for paragraph in frame.paragraphs:
        text = _plain(paragraph.text)
        if text:
            yield text


def _plain(text: str) -> str:
    return text.replace("\v", "\n").strip()
