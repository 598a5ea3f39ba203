"""The text of an HTML tree as a browser shows it, and its ruby as annotations. Nothing is ever loaded."""

from __future__ import annotations

import re
from typing import Any

from glossary.documents.formats.extra import library
from glossary.errors import GlossaryError

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_SPACE = re.compile("[ \t\n\r\f]+")
_WIDE = "[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]"
_WIDE_BREAK = re.compile(f"(?<={_WIDE})[ \t\r\f]*\n[ \t\n\r\f]*(?={_WIDE})")
_HIDDEN = frozenset(
    "script style noscript template head title iframe object svg math canvas audio video select option input button "
    "textarea datalist rp rtc".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre section summary table tbody td "
    "tfoot th thead tr ul".split()
)
_NOTE_ROLES = frozenset(("doc-noteref", "doc-backlink", "noteref"))
# Printable and hardly ever used, so that they survive any library: what the annotation characters become meanwhile.
_STANDINS = str.maketrans("⦃⦂⦄", "\ufff9\ufffa\ufffb")


def parse_html(text: str, where: str) -> Any:
    """The root element, without comments; line breaks between Japanese characters, which show as nothing, are gone.

    Raises GlossaryError if there is no element at all.
    """
    html = library("lxml.html", where)
    etree = library("lxml.etree", where)
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(_DECLARATION.sub("", text.replace("\0", "")), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise GlossaryError(f"{where} is no HTML that can be read: save the page anew") from None
    for element in root.iter():
        if element.tag != "pre":
            element.text = _WIDE_BREAK.sub("", element.text) if element.text else element.text
        element.tail = _WIDE_BREAK.sub("", element.tail) if element.tail else element.tail
    return root


def drop_note_marks(root: Any) -> None:
    """The numbers that lead to footnotes, and the arrows that lead back, go; the notes themselves stay."""
    for link in list(root.iter("a")):
        if _is_note_mark(link):
            parent = link.getparent()
            link = parent if parent.tag == "sup" and parent.text_content() == link.text_content() else link
            link.drop_tree()


def _is_note_mark(link: Any) -> bool:
    if {link.get("role"), link.get("epub:type")} & _NOTE_ROLES:
        return True
    is_raised = link.getparent() is not None and (link.getparent().tag == "sup" or link.find("sup") is not None)
    return is_raised and (link.get("href") or "").startswith("#")


def annotate_ruby(root: Any) -> None:
    """Each `ruby` of the tree becomes ⦃base⦂reading⦄, to be finished by `annotated`."""
    for ruby in list(root.iter("ruby")):
        pieces = [ruby.text or ""]
        for child in ruby:
            if child.tag == "rt":
                pieces.append(f"\0{child.text_content()}\0")
            elif child.tag not in ("rp", "rtc"):
                pieces.append(child.text_content())
            pieces.append(child.tail or "")
        base, text = "", ""
        for number, piece in enumerate("".join(pieces).split("\0")):
            piece = _SPACE.sub("", piece) if number % 2 else piece.strip()
            if number % 2 and base:
                text, base = f"{text}⦃{base}⦂{piece}⦄", ""
            elif not number % 2:
                base += piece
        tail = ruby.tail
        ruby.clear()
        ruby.tag, ruby.text, ruby.tail = "span", text + base, tail


def annotated(text: str) -> str:
    """`text` with the stand-ins of `annotate_ruby` exchanged for the annotation characters."""
    return re.sub("⦃([^⦃⦂⦄\n]*)⦂([^⦃⦂⦄\n]*)⦄", lambda match: match[0].translate(_STANDINS), text)


def visible_text(root: Any) -> str:
    """What a browser shows: block elements apart by an empty line, `br` as a line break, cells as blocks."""
    etree = library("lxml.etree", "HTML")
    paragraphs: list[str] = []
    pieces: list[str] = []

    def close() -> None:
        lines = (_SPACE.sub(" ", line).strip(" ") for line in "".join(pieces).split("\v"))
        paragraph = "\n".join(lines).strip()
        if paragraph:
            paragraphs.append(paragraph)
        pieces.clear()

    walk = etree.iterwalk(root, events=("start", "end"))
    preformatted = 0
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        hidden = tag in _HIDDEN or element.get("hidden") is not None
        if event == "start":
            if tag in _BLOCKS:
                close()
            if tag == "br":
                pieces.append("\v")
            preformatted += tag == "pre"
            if hidden:
                walk.skip_subtree()
            elif element.text:
                pieces.append(element.text.replace("\n", "\v") if preformatted else element.text)
            continue
        preformatted -= tag == "pre"
        if tag in _BLOCKS:
            close()
        if element.tail:
            pieces.append(element.tail.replace("\n", "\v") if preformatted else element.tail)
    close()
    return "\n\n".join(paragraphs)
