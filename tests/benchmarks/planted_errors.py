"""Errors planted into correct translations, by rules that see the texts and annotated terms but no glossary.

Four kinds: a term replaced by one of its kind from another document (wrong term); two names of one kind that change
places, a mention each, in different sentences (swapped names); another number of the same form (wrong number); one
mention of a name, not the first, spelled otherwise (inconsistent variant).
"""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from glossary.documents.furniture import find_furniture
from glossary.languages.english import split_sentences
from glossary.records import Bitext, Span

WRONG_TERM, SWAPPED, WRONG_NUMBER, VARIANT = "wrong term", "swapped names", "wrong number", "inconsistent variant"
TYPES = (WRONG_TERM, SWAPPED, WRONG_NUMBER, VARIANT)
_NAMES = ("person", "place", "org", "facility")
_APART = 200
"""Characters between two planted errors of a document, so that each is found by itself."""
_NUMBER = re.compile(r"(?<![\w.,-])\$?(\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\w]|[.,]\d)")
_ALTERATIONS = (
    (r"([bcdfgklmnprst])\1", r"\1"),
    (r"(?<=[aeiou])([lmnprst])(?=[aeiou])", r"\1\1"),
    (r"(?<=\w)i(?=\w)", "y"),
    (r"(?<=\w)y(?=\w)", "i"),
    (r"(?<=\w)e(?=\w)", "a"),
    (r"(?<=\w)a(?=\w)", "e"),
    (r"(?<=\w)o(?=\w)", "u"),
    (r"(?<=\w)u(?=\w)", "o"),
)


@dataclass(frozen=True, slots=True)
class Planted:
    """An error: what stood there and what stands there now."""

    type: str
    document: str
    places: tuple[Span, ...]
    """(start, end): characters of the English text in which all errors of the document are planted; two of a swap."""
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class _Edit:
    type: str
    start: int
    end: int
    after: str


def annotated(path: Path) -> dict[str, list[tuple[str, str]]]:
    """Document → (kind, English term) of the pairs that annotators held to be core terms."""
    found: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["ja"] and row["en"] and row["tier"] == "core":
            found[row["doc"]][row["kind"], row["en"]] = None
    return {document: list(terms) for document, terms in found.items()}


def plant(bitexts: Sequence[Bitext], gold: Path, number: int, seed: int) -> tuple[list[Bitext], list[Planted]]:
    """`number` errors, a quarter of each type as far as there are places, spread over the documents."""
    chance = random.Random(seed)
    terms = annotated(gold)
    errors: dict[int, list[list[_Edit]]] = defaultdict(list)
    counts = dict.fromkeys(TYPES, 0)
    order = list(range(len(bitexts)))
    for _ in range(12):
        chance.shuffle(order)
        for k in order:
            for kind in sorted(TYPES, key=lambda name: (counts[name], chance.random())):
                if counts[kind] >= number // len(TYPES):
                    continue
                made = _make(kind, bitexts[k], terms, [edit for error in errors[k] for edit in error], chance)
                if made:
                    errors[k].append(made)
                    counts[kind] += 1
                    break
    changed, planted = [], []
    for k, bitext in enumerate(bitexts):
        text, found = _applied(bitext, errors[k])
        changed.append(replace(bitext, en=replace(bitext.en, text=text, furniture=find_furniture(text))))
        planted += found
    return changed, planted


def _applied(bitext: Bitext, errors: Sequence[list[_Edit]]) -> tuple[str, list[Planted]]:
    text, end = "", 0
    places: dict[_Edit, Span] = {}
    for edit in sorted((edit for error in errors for edit in error), key=lambda one: one.start):
        text += bitext.en.text[end : edit.start]
        places[edit] = (len(text), len(text) + len(edit.after))
        text += edit.after
        end = edit.end
    found = [
        Planted(
            error[0].type,
            bitext.name,
            tuple(places[edit] for edit in error),
            bitext.en.text[error[0].start : error[0].end],
            error[0].after,
        )
        for error in errors
    ]
    return text + bitext.en.text[end:], found


def _make(
    kind: str, bitext: Bitext, terms: dict[str, list[tuple[str, str]]], edits: list[_Edit], chance: random.Random
) -> list[_Edit]:
    makers = {WRONG_TERM: _wrong_terms, SWAPPED: _swaps, WRONG_NUMBER: _wrong_numbers, VARIANT: _variants}
    options = [made for made in makers[kind](bitext, terms, chance) if _is_free(made, edits, bitext)]
    return chance.choice(options) if options else []


def _is_free(made: list[_Edit], edits: list[_Edit], bitext: Bitext) -> bool:
    inside = any(start < edit.end and edit.start < end for edit in made for start, end in bitext.en.furniture)
    return not inside and all(
        edit.end + _APART < other.start or other.end + _APART < edit.start for edit in made for other in edits
    )


def _places(text: str, term: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(rf"(?<![\w-]){re.escape(term)}(?![\w-])", text)]


def _wrong_terms(
    bitext: Bitext, terms: dict[str, list[tuple[str, str]]], chance: random.Random
) -> Iterator[list[_Edit]]:
    text = bitext.en.text
    for kind, term in terms.get(bitext.name, []):
        others = [
            other
            for document, found in sorted(terms.items())
            for other_kind, other in found
            if document != bitext.name
            and other_kind == kind
            and other.casefold() not in text.casefold()
            and other[0].isupper() == term[0].isupper()
        ]
        for start, end in _places(text, term) if others else []:
            yield [_Edit(WRONG_TERM, start, end, chance.choice(others))]


def _swaps(bitext: Bitext, terms: dict[str, list[tuple[str, str]]], chance: random.Random) -> Iterator[list[_Edit]]:
    text = bitext.en.text
    names = [(kind, term) for kind, term in terms.get(bitext.name, []) if kind in _NAMES and term[0].isupper()]
    sentences = split_sentences(text)
    for k, (kind, one) in enumerate(names):
        for other_kind, other in names[k + 1 :]:
            if kind != other_kind or one in other or other in one:
                continue
            for a, b in ((a, b) for a in _places(text, one) for b in _places(text, other)):
                if abs(a[0] - b[0]) > _APART and not any(s <= a[0] < e and s <= b[0] < e for s, e in sentences):
                    yield [_Edit(SWAPPED, *a, other), _Edit(SWAPPED, *b, one)]


def _wrong_numbers(
    bitext: Bitext, terms: dict[str, list[tuple[str, str]]], chance: random.Random
) -> Iterator[list[_Edit]]:
    text = bitext.en.text
    for match in _NUMBER.finditer(text):
        digits = match.group()
        places = [place for place, c in enumerate(digits) if c.isdigit()]
        place = chance.choice(places)
        others = [c for c in "123456789" if c != digits[place]]
        after = digits[:place] + chance.choice(others) + digits[place + 1 :]
        if after not in text:
            yield [_Edit(WRONG_NUMBER, *match.span(), after)]


def _variants(bitext: Bitext, terms: dict[str, list[tuple[str, str]]], chance: random.Random) -> Iterator[list[_Edit]]:
    text = bitext.en.text
    words = {
        word
        for kind, term in terms.get(bitext.name, [])
        if kind in _NAMES
        for word in re.findall(r"[A-Z][a-z]{4,}", term)
    }
    for word in sorted(words):
        places = _places(text, word)
        altered = [re.sub(old, new, word, count=1) for old, new in _ALTERATIONS if re.search(old, word)]
        altered = [other for other in altered if other != word and other not in text]
        for start, end in places[1:] if altered else []:
            yield [_Edit(VARIANT, start, end, chance.choice(altered))]
