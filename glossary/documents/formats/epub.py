"""E-books (.epub, EPUB 2 and 3: https://www.w3.org/TR/epub-33/), by zipfile and the HTML reader."""

from __future__ import annotations

import posixpath
import re
import zipfile
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from glossary.documents.extracted import Extracted
from glossary.documents.formats.archive import open_archive, read_part
from glossary.documents.formats.bilingual import language_of
from glossary.documents.formats.hardened import elements
from glossary.documents.formats.html import decode_html
from glossary.documents.formats.markup import annotate_ruby, annotated, drop_note_marks, parse_html, visible_text
from glossary.documents.limits import LIMITS, Limits
from glossary.errors import GlossaryError

_CONTAINER, _ENCRYPTION = "META-INF/container.xml", "META-INF/encryption.xml"
_CHAPTERS = ("application/xhtml+xml", "text/html")
_FONT = "http://www.idpf.org/2008/embedding"  # the one encryption that every reader knows


def read_epub(data: bytes, where: str, limits: Limits = LIMITS) -> Extracted:
    """The chapters in the order of the spine, without the table of contents; title, publisher, date of publication.

    Raises GlossaryError for a book that is damaged or protected.
    """
    archive = open_archive(data, where, limits)
    _refuse_protection(archive, where, limits)
    package = _package(archive, where, limits)
    texts = []
    for name in package.chapters:
        text, _ = decode_html(read_part(archive, name, where), f"{where} ({name})")
        root = parse_html(text, where)
        drop_note_marks(root)
        annotate_ruby(root)
        texts.append(annotated(visible_text(root)))
    text = "\n\n".join(filter(None, texts))
    if not text:
        raise GlossaryError(f"{where} holds no text (a book of pictures?): leave it out")
    about = package.about
    return Extracted(
        text,
        "epub",
        title=about.get("title"),
        publisher=about.get("publisher"),
        published=(found[0] if (found := re.match(r"\d{4}-\d{2}-\d{2}", about.get("date", ""))) else None),
        language=language_of(about.get("language", "")),
    )


class _Package(NamedTuple):
    chapters: list[str]
    """Names of parts."""
    about: dict[str, str]


def _refuse_protection(archive: zipfile.ZipFile, where: str, limits: Limits) -> None:
    if _ENCRYPTION not in archive.namelist():
        return
    for method in elements(read_part(archive, _ENCRYPTION, where), where, ("EncryptionMethod",), limits=limits):
        if not method.get("Algorithm", "").startswith((_FONT, "http://ns.adobe.com/pdf/enc#RC")):
            raise GlossaryError(f"{where} is protected against copying: it cannot be read")


def _package(archive: zipfile.ZipFile, where: str, limits: Limits) -> _Package:
    roots = list(elements(read_part(archive, _CONTAINER, where), where, ("rootfile",), limits=limits))
    name = roots[0].get("full-path", "") if roots else ""
    wanted = ("metadata", "manifest", "spine")
    sections = {part.tag: part for part in elements(read_part(archive, name, where), where, wanted, limits=limits)}
    if len(sections) < len(wanted):
        raise GlossaryError(f"{where} is no complete e-book ({name!r} lacks its manifest or spine): export it again")
    items = {item.get("id", ""): item for item in sections["manifest"].iter("item")}
    spine = (items.get(reference.get("idref", "")) for reference in sections["spine"].iter("itemref"))
    chapters = [_place(name, item) for item in spine if item is not None and _is_chapter(item)]
    return _Package(list(dict.fromkeys(chapters)), _about(sections["metadata"]))


def _about(metadata: Element) -> dict[str, str]:
    about: dict[str, str] = {}
    for entry in metadata.iter():
        if entry.text and entry.text.strip():
            about.setdefault(entry.tag, " ".join(entry.text.split()))
    return about


def _is_chapter(item: Element) -> bool:
    return item.get("media-type") in _CHAPTERS and "nav" not in item.get("properties", "").split()


def _place(package: str, item: Element) -> str:
    """The part an item names, which is looked up in the archive only."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(package), unquote(item.get("href", ""))))
