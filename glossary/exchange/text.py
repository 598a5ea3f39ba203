"""Texts as the formats can hold them: without what would break a line, a cell, a formula or an XML document."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

# Characters that XML 1.0 forbids (https://www.w3.org/TR/xml/#charsets), and C1 controls, which it discourages.
_ILLEGAL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_JAPANESE = re.compile("[぀-ヿ㐀-䶿一-鿿々〆ｦ-ﾟ\U00020000-\U0003ffff]")
# What makes a spreadsheet read a cell as a formula (OWASP, "CSV Injection").
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def one_line(text: str | None) -> str:
    """`text` without control characters, white space of any kind folded into single spaces; "" for None."""
    return " ".join(_ILLEGAL.sub("", text).split()) if text else ""


def xml_text(text: str | None) -> str:
    """`one_line` as the content of an XML element."""
    return escape(one_line(text))


def xml_attribute(text: str | None) -> str:
    """`one_line` as an XML attribute's value, with its quotes."""
    return quoteattr(one_line(text))


def is_formula(text: str) -> bool:
    """True for a cell that a spreadsheet might take for a formula."""
    return text.startswith(FORMULA_STARTS)


def guarded(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe before it, as OWASP advises.

    A text that begins so already gets another one, so that `unguarded` gives back what was there.
    """
    return f"'{text}" if is_formula(text.lstrip("'")) else text


def unguarded(cell: str) -> str:
    """The text that `guarded` made `cell` of."""
    return cell[1:] if cell.startswith("'") and is_formula(cell.lstrip("'")) else cell


def is_japanese(text: str) -> bool:
    """True if any character is kana or kanji."""
    return bool(_JAPANESE.search(text))
