"""What a text says about itself at its top: its headline and the date of its publication."""

from __future__ import annotations

import re
from datetime import date

from glossary.records import Language, Span

_LONGEST = {"ja": 80, "en": 140}
_SENTENCE_END = re.compile(r"[。.．,、，:：;][」』）)”’\"']*$")
_TOP = 6  # lines in which a date of publication is looked for
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(
    r"\W*(?:(?:first |last )?(?:published|updated|posted)|公開|掲載|配信|更新)?(?: on)?\s*[:：]?\s*\W?"
    r"(?:(?P<y1>\d{4})\s*[年/.-]\s*(?P<m1>\d{1,2})\s*[月/.-]\s*(?P<d1>\d{1,2})日?"
    r"|(?P<m2>[A-Z][a-z]{2,8})\.? (?P<d2>\d{1,2})(?:st|nd|rd|th)?,? (?P<y2>\d{4})"
    r"|(?P<d3>\d{1,2})(?:st|nd|rd|th)? (?P<m3>[A-Z][a-z]{2,8})\.?,? (?P<y3>\d{4}))"
    r"\s*(?:[(（].[)）])?[\s,|、at]*(?:午[前後])?(?:\d{1,2}[:：時]\d{2}分?(?::\d{2})?)?\s*(?:[ap]\.?m\.?)?\s*(?:JST|GMT|UTC)?\W*",
    re.IGNORECASE,
)


def find_title(text: str, language: Language, furniture: tuple[Span, ...]) -> str | None:
    """The first line, if it is evidently a headline: short, no sentence, apart from the text below it."""
    match = re.match(r"\s*(?P<line>[^\n]+)\n[ \t\u3000]*\n(?=\s*\S)", text)
    if match is None:
        return None
    line = match["line"].strip(" \t\u3000")
    place = match.start("line")
    if any(start <= place < end for start, end in furniture) or len(line) > _LONGEST[language]:
        return None
    body = text[match.end() :].strip()
    return line if not _SENTENCE_END.search(line) and len(body) > len(line) else None


def find_published(text: str) -> str | None:
    """The ISO 8601 date, if one of the first lines is nothing but a date (and time)."""
    for line in [line for line in text.split("\n") if line.strip()][:_TOP]:
        if len(line) <= 80 and (match := _DATE.fullmatch(line.strip())):
            return _iso(match)
    return None


def _iso(match: re.Match[str]) -> str | None:
    year = match["y1"] or match["y2"] or match["y3"]
    month = match["m1"] or match["m2"] or match["m3"]
    day = match["d1"] or match["d2"] or match["d3"]
    try:
        number = int(month) if month.isdecimal() else 1 + _MONTHS.index(month[:3].lower())
        return date(int(year), number, int(day)).isoformat()
    except ValueError:
        return None
