"""Saved web pages (.html, .htm): the article by trafilatura, where the page is more than its article."""

from __future__ import annotations

import re
from typing import Any

from glossary.documents.encoding import decode
from glossary.documents.extracted import Extracted
from glossary.documents.formats.bilingual import language_of
from glossary.documents.formats.extra import library
from glossary.documents.formats.markup import annotate_ruby, annotated, drop_note_marks, parse_html, visible_text
from glossary.documents.limits import LIMITS, Limits, check_lines
from glossary.errors import GlossaryError

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9._-]+)""", re.I)
_SITE_PARTS = (
    "//nav | //aside | //footer | //form | //*[@role='navigation' or @role='contentinfo' or @role='complementary'"
    " or @role='banner']"
)
_LINKS = 0.3  # of the visible characters of a page that is an article and nothing else, at most
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_html(data: bytes, where: str, limits: Limits = LIMITS) -> Extracted:
    """The article with its title, date and publisher (the site's name).

    A page without navigation, forms and the like is read as a whole. Raises GlossaryError for a page without text.
    """
    text, encoding = decode_html(data, where)
    if len(text) > limits.page:
        raise GlossaryError(f"{where} is a page of more than {limits.page:,} characters: split it")
    check_lines(text.replace(">", ">\n"), where, limits)
    root = parse_html(text, where)
    drop_note_marks(root)
    annotate_ruby(root)
    trafilatura = library("trafilatura", where)
    metadata = trafilatura.extract_metadata(root, date_config={"extensive_search": False, "original_date": True})
    content = visible_text(root)
    if _is_site(root, content):
        content = _article(root, trafilatura) or content
    elif _drop_menus(root):
        content = visible_text(root)
    if not content.strip():
        raise GlossaryError(f"{where} shows no text (a page made by scripts?): print it to PDF and build that")
    title = _plain(getattr(metadata, "title", None))
    return Extracted(
        annotated(content),
        "html",
        encoding,
        title=title,
        publisher=_plain(getattr(metadata, "sitename", None)),
        published=_date(getattr(metadata, "date", None)),
        language=language_of(root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""),
    )


def decode_html(data: bytes, where: str) -> tuple[str, str]:
    """(text, encoding): UTF-8 if it is that, else the declared encoding, else the likely one."""
    declared = _CHARSET.search(data[:4096])
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        name = declared[1].decode().lower() if declared else ""
        codec = {"shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "iso-8859-1": "cp1252"}.get(name, name)
        try:
            return data.decode(codec), codec
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data, where)


def _is_site(root: Any, content: str) -> bool:
    """The page has parts that are not its article."""
    if root.xpath(_SITE_PARTS):
        return True
    links = sum(len(" ".join(link.text_content().split())) for link in root.iter("a") if link.get("href"))
    return links > _LINKS * len(content)


def _drop_menus(root: Any) -> bool:
    """Take out the lists of nothing but links that lead elsewhere: menus, ranking lists; whether there were any."""
    dropped = False
    for menu in root.xpath("//ul[li] | //ol[li]"):
        links = [link for link in menu.iter("a") if not link.get("href", "#").startswith("#")]
        linked = "".join("".join(link.text_content().split()) for link in links)
        if len(links) > 1 and linked == "".join(menu.text_content().split()) and menu.getparent() is not None:
            menu.drop_tree()
            dropped = True
    return dropped


def _article(root: Any, trafilatura: Any) -> str:
    document = trafilatura.bare_extraction(
        root, with_metadata=False, include_comments=False, include_tables=True, favor_recall=True
    )
    text = getattr(document, "text", None) or ""
    return re.sub("\n+", "\n\n", text.strip())


def _plain(text: str | None) -> str | None:
    """Without the readings of its ruby, which stand in the text."""
    return re.sub("⦃([^⦂]*)⦂[^⦄]*⦄", r"\1", text).strip() or None if text else None


def _date(text: str | None) -> str | None:
    return text if text and _ISO_DATE.fullmatch(text) else None
