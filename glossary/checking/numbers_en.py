"""Numbers and dates of English texts: figures, words, ordinals, months, money, fractions, units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from .quantities import Category, Quantity, in_order

# fmt: off
_UNITS = {w: i for i, w in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen".split()
)}
_TENS = {w: 10 * (i + 2) for i, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())}
_ORDINALS = {w: i for i, w in enumerate(
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split()
)} | {"thirtieth": 30}
_SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}
_ABBREVIATED = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12, "trn": 10**12}
_MONTHS = {w: i + 1 for i, names in enumerate(
    "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep|october oct"
    "|november nov|december dec".split("|")
) for w in names.split()}
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_CURRENCIES = {
    "$": "dollar", "US$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₹": "rupee", "yen": "yen",
    "dollar": "dollar", "euro": "euro", "pound": "pound", "yuan": "yuan", "won": "won", "rouble": "rouble",
    "ruble": "rouble", "rupee": "rupee", "cent": "dollar",
}
# fmt: on
_SMALL_WORDS = "|".join(sorted((*_UNITS, *_TENS), key=len, reverse=True))
_FIGURES = re.compile(
    r"(?P<currency>US\$|[$€£¥₹])?\s?(?P<number>\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<ordinal>st|nd|rd|th)?(?P<decade>s\b)?(?:-?(?P<scale>hundred|thousand|million|billion|trillion)\b|"
    r"\s+(?P<scale2>hundred|thousand|million|billion|trillion|dozen)\b|\s?(?P<short>k|m|mn|bn|b|tn|trn)\b)?",
    re.IGNORECASE,
)
_WORDS = re.compile(
    rf"\b(?:(?:a|{_SMALL_WORDS})(?:[\s-]+(?:and\s+)?(?:{_SMALL_WORDS}|hundred|thousand|million|billion|trillion))*"
    rf"(?:[\s-]+(?:dozen))?)\b",
    re.IGNORECASE,
)
_ORDINAL_WORDS = re.compile(rf"\b(?:(?P<tens>{'|'.join(_TENS)})[\s-])?(?P<word>{'|'.join(_ORDINALS)})\b", re.IGNORECASE)
_FRACTION = re.compile(
    rf"\b(?:(?P<above>{_SMALL_WORDS}|a)[\s-])?(?P<below>half|third|quarter|fourth|fifth|sixth|eighth|tenth)s?\b", re.I
)
_MONTH = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)(?:\.|(?=\s\d)))"
)
_MONTH_BEFORE = re.compile(rf"(?:{_MONTH.pattern})\.?\s*$")
_MONTH_AFTER = re.compile(rf"\s+(?:of\s+)?(?:{_MONTH.pattern})")
_AFTER = re.compile(
    r"[\s-]*(?:(?P<percent>%|per\s?cent\b|percentage points?|points?\b)"
    r"|(?P<currency>yen|dollars?|euros?|pounds?|yuan|won"
    r"|roubles?|rubles?|rupees?|cents?)\b|(?P<time>[ap]\.?m\b\.?|o['’]clock|GMT|UTC)"
    r"|(?P<imperial>miles?|mph|feet|foot|ft|inch(?:es)?|yards?|pounds?|lbs?|ounces?|oz|acres?|gallons?|°F|degrees?"
    r"|square[\s-]miles?|square[\s-]feet|knots?|nautical)\b"
    r"|(?P<metric>k(?:ilo)?m(?:et(?:er|re)s?)?(?:/h)?|kph|met(?:er|re)s?|cm|kg|kilograms?|tons?|tonnes?|hectares?|lit(?:er|re)s?)\b)",
    re.IGNORECASE,
)
_PART_OF_NAME = re.compile(r"[^\W\d_][-‐‑]?$|\.$")
"""Before figures that belong to a word: COVID-19, F1."""
_CLOCK = re.compile(r"\b(?P<hour>\d{1,2}):(?P<minute>\d{2})\b")

_MILITARY = re.compile(r"\b(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d)\s?(?:GMT|UTC|hours|hrs)\b")


def quantities(text: str, offset: int = 0) -> list[Quantity]:
    """The numbers of an English text, in order; `offset` is added to their places."""
    return in_order(_all(text), offset)


def _all(text: str) -> Iterator[Quantity]:
    for match in _CLOCK.finditer(text):
        middle = match.end("hour")
        yield Quantity(match.start(), middle, match["hour"], float(match["hour"]), "time")
        yield Quantity(middle + 1, match.end(), match["minute"], float(match["minute"]), "time")
    for match in _MILITARY.finditer(text):
        yield Quantity(match.start(), match.end(), match.group(), float(match["hour"]), "time")
    for match in _FIGURES.finditer(text):
        start = match.start("currency") if match["currency"] else match.start("number")
        if not _PART_OF_NAME.search(text[max(0, start - 3) : start]):
            yield _figures(text, match, start)
    for match in _MONTH.finditer(text):
        name = match.group().rstrip(".")
        if name != "May" or re.match(r"\s+\d", text[match.end() :]) or text[: match.start()].endswith((" in ", " of ")):
            yield Quantity(match.start(), match.end(), match.group(), float(_MONTHS[name.casefold()]), "month")
    for match in _FRACTION.finditer(text):
        if match["above"] or match["below"].casefold() == "half":
            above = 1.0 if (match["above"] or "a").casefold() == "a" else float(_small(match["above"]))
            value = above / _PARTS[match["below"].casefold()]
            yield Quantity(match.start(), match.end(), match.group(), value, exact=False)
    for match in _ORDINAL_WORDS.finditer(text):
        value = _TENS.get((match["tens"] or "").casefold(), 0) + _ORDINALS[match["word"].casefold()]
        yield Quantity(match.start(), match.end(), match.group(), float(value), "ordinal", exact=False)
    for match in _WORDS.finditer(text):
        spelled = value_of_words(match.group())
        if spelled is not None:
            yield _with_unit(text, match.start(), match.end(), spelled, exact=spelled >= 13)


def value_of_words(words: str) -> float | None:
    """thirty-five → 35, two hundred and six → 206, a million → 1e6; None for "a" alone."""
    total = section = 0.0
    seen = False
    for word in re.findall(r"[a-z]+", words.casefold()):
        if word in ("a", "and"):
            continue
        seen = True
        if word in ("hundred", "dozen"):
            section = (section or 1.0) * _SCALES[word]
        elif word in _SCALES:
            total += (section or 1.0) * _SCALES[word]
            section = 0.0
        else:
            section += _small(word)
    return total + section if seen else None


def _small(word: str) -> int:
    word = word.casefold()
    return _UNITS.get(word, _TENS.get(word, 0))


def _figures(text: str, match: re.Match[str], start: int) -> Quantity:
    value = float(match["number"].replace(",", ""))
    scale = (match["scale"] or match["scale2"] or "").casefold()
    value *= _SCALES.get(scale, 1)
    if match["short"]:
        value *= _ABBREVIATED[match["short"].casefold()] if match["currency"] or match["short"].islower() else 1
    if match["currency"]:
        unit = _CURRENCIES.get(match["currency"].upper(), "dollar")
        return Quantity(start, match.end(), text[start : match.end()], value, "money", unit=unit)
    if match["ordinal"]:
        category: Category = "day" if _beside_month(text, match) else "ordinal"
        return Quantity(start, match.end(), text[start : match.end()], value, category)
    if match["decade"] or (not scale and re.fullmatch(r"1[5-9]\d\d|20\d\d", match["number"])):
        return Quantity(start, match.end(), text[start : match.end()], value, "year")
    if _beside_month(text, match):
        return Quantity(start, match.end(), text[start : match.end()], value, "day")
    return _with_unit(text, start, match.end(), value)


def _beside_month(text: str, match: re.Match[str]) -> bool:
    before, after = (
        text[max(0, match.start("number") - 12) : match.start("number")],
        text[match.end() : match.end() + 14],
    )
    return bool(
        re.search(rf"(?:{_MONTH.pattern})\.?\s*$", before) or re.match(rf"\s+(?:of\s+)?(?:{_MONTH.pattern})", after)
    )


def _with_unit(text: str, start: int, end: int, value: float, exact: bool = True) -> Quantity:
    after = _AFTER.match(text, end)
    group = after.lastgroup if after else None
    if after is None or group is None:
        return Quantity(start, end, text[start:end], value, exact=exact)
    category = {"percent": "percent", "currency": "money", "time": "time"}.get(group, "measure")
    unit = group if category == "measure" else ""
    if group == "currency":
        unit = _CURRENCIES[after["currency"].casefold().removesuffix("s")]
    if after.group().strip(" -").casefold() in ("pound", "pounds"):
        unit = "imperial"
    return Quantity(start, after.end(), text[start : after.end()], value, cast(Category, category), exact, unit)
