"""Reads a PDF from standard input and writes its lines as JSON to standard output; run by pdf.py.

Arguments: most pages, most bytes of memory, most characters. The output is {"title", "pages"} or {"refused"}.
"""

from __future__ import annotations

import json
import logging
import re
import statistics
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any

_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


class _RefusedError(Exception):
    pass


def main(arguments: list[str]) -> None:
    most_pages, most_memory, most_characters = map(int, arguments)
    _bound_memory(most_memory)
    logging.disable(logging.CRITICAL)
    try:
        answer = _read(sys.stdin.buffer.read(), most_pages, most_characters)
    except _RefusedError as error:
        answer = {"refused": str(error)}
    except MemoryError:
        answer = {"refused": "memory"}
    except Exception as error:
        answer = {"refused": f"{type(error).__name__}: {str(error)[:100]}".replace("\n", " ")}
    json.dump(answer, sys.stdout)


def _bound_memory(most: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (bound, hard))
    except (ValueError, OSError):  # macOS does not know it for every process
        return


def _read(data: bytes, most_pages: int, most_characters: int) -> dict[str, Any]:
    from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser

    try:
        document = PDFDocument(PDFParser(BytesIO(data)), caching=True)
    except PDFPasswordIncorrect:
        raise _RefusedError("password") from None
    pages: list[Any] = []
    for page in PDFPage.create_pages(document):
        if len(pages) >= most_pages:
            raise _RefusedError("pages")
        pages.append(page)
    lines, characters = [], 0
    for page in pages:
        lines.append(list(_lines(_layout(page, vertical=False), page)))
        characters += sum(len(line[0]) for line in lines[-1])
        if characters > most_characters:
            raise _RefusedError("characters")
    return {"title": _title(document.info), "pages": lines}


def _title(entries: list[dict[str, Any]]) -> str | None:
    from pdfminer.utils import decode_text

    for entry in entries:
        title = entry.get("Title")
        if isinstance(title, bytes):
            return decode_text(title).strip() or None
    return None


def _layout(page: Any, vertical: bool) -> Any:
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.layout import LAParams
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager

    resources = PDFResourceManager(caching=True)
    parameters = LAParams(all_texts=True, detect_vertical=vertical, line_margin=0.35)
    device = PDFPageAggregator(resources, laparams=parameters)
    PDFPageInterpreter(resources, device).process_page(page)
    return device.get_result()


def _lines(layout: Any, page: Any) -> Iterator[list[Any]]:
    """[text, x0, x1, y0, y1, size] in reading order; y grows upwards.

    A page of vertical writing is turned so that its lines run from left to right and downwards.
    """
    from pdfminer.layout import LTTextLine, LTTextLineVertical

    lines = [line for line in _walk(layout) if isinstance(line, LTTextLine)]
    if len(lines) > 10 and statistics.median(len(line.get_text().strip()) for line in lines) <= 2:
        lines = [line for line in _walk(_layout(page, vertical=True)) if isinstance(line, LTTextLine)]
    for line in lines:
        text, size = _text(line)
        if not text.strip():
            continue
        if isinstance(line, LTTextLineVertical):
            yield [text, -line.y1, -line.y0, line.x0, line.x1, size]
        else:
            yield [text, line.x0, line.x1, line.y0, line.y1, size]


def _walk(item: Any) -> Iterator[Any]:
    from pdfminer.layout import LTContainer, LTTextLine

    if isinstance(item, LTTextLine):
        yield item
    elif isinstance(item, LTContainer):
        for child in item:
            yield from _walk(child)


def _text(line: Any) -> tuple[str, float]:
    """The characters, and their usual size in points.

    Spaces that are only the spacing of Japanese or justified print, and the raised numbers of notes, are left out.
    """
    from pdfminer.layout import LTChar

    items = list(line)
    size = statistics.median([item.size for item in items if isinstance(item, LTChar)] or [0.0])
    pieces: list[str] = []
    for place, item in enumerate(items):
        text = item.get_text()
        if isinstance(item, LTChar):
            if not _is_note_mark(items, place, size):
                pieces.append(text)
        elif text == " " and not _is_spacing(items, place, size):
            pieces.append(text)
    return re.sub(" {2,}", " ", "".join(pieces)).rstrip("\n"), size


def _is_note_mark(items: list[Any], place: int, size: float) -> bool:
    """A small raised number behind the end of a clause."""
    item = items[place]
    if not item.get_text().isdigit() or item.size > 0.8 * size:
        return False
    start = place
    while start > 0 and items[start - 1].get_text().isdigit() and items[start - 1].size <= 0.8 * size:
        start -= 1
    return start > 0 and items[start - 1].get_text()[-1:] in '.,;:!?)]”’"。、！？」』）'


def _is_spacing(items: list[Any], place: int, size: float) -> bool:
    """The gap at `place` is beside a Japanese character and so small that nobody has typed it.

    Print sets Latin words apart from Japanese ones by a quarter of a character, and stretches lines a little.
    """
    if not 0 < place < len(items) - 1:
        return False
    before, after = items[place - 1], items[place + 1]
    gap = max(after.x0 - before.x1, before.y0 - after.y1)
    wide = sum(_WIDE.search(item.get_text()) is not None for item in (before, after))
    return gap < (0, 0.6, 0.28)[wide] * size


if __name__ == "__main__":
    main(sys.argv[1:])
