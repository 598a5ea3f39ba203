"""A glossary in Python: all that the commands do, in a few calls.

>>> from glossary.api import Glossary
>>> glossary = Glossary.open(path)
>>> glossary.lookup("領土")[0].en
'territory'
>>> [match.known.en for match in glossary.annotate("北方領土の地図").matches]
['Northern Territories']
>>> report = glossary.check("領土の地図が３枚ある。", "There are 4 maps of the territory.")
>>> [finding.message for finding in report.findings]
['4 where the Japanese has ３枚']
>>> glossary.close()
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from .languages.style import HouseStyle
from .layers import Glossaries, Layer, Stack
from .matching import LayeredMatcher, Match
from .records import Document, Language
from .uses.annotate import Annotation, annotate

if TYPE_CHECKING:
    from .checking.check import Checker, CheckReport
    from .checking.suppressions import Suppressions
    from .lexicons.knowledge import Knowledge

__all__ = ["Concept", "Glossary", "HouseStyle", "Layer"]


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept, as in the view `glossary`, with how it was found."""

    match: str
    """exact or partial: how it matches what was looked up."""
    concept_id: str
    ja: str | None
    reading: str | None
    romaji: str | None
    en: str | None
    kind: str
    status: str
    confidence: float | None
    occurrences: int
    documents: int
    layer: str | None = None
    """Which of several glossaries it comes from; None where there is one."""


class Glossary:
    """A glossary, or several laid over each other, to read. Open it with `Glossary.open`; close it, or use `with`.

    An object is for one thread. Nothing is loaded before it is needed.
    """

    def __init__(self, glossaries: Glossaries, style: HouseStyle | None = None) -> None:
        self._style = style or HouseStyle()
        self._cleanup = ExitStack()
        self._stack = self._cleanup.enter_context(Stack(glossaries))
        self.path = self._stack.layers[0].path

    @classmethod
    def open(cls, glossaries: Glossaries, style: HouseStyle | None = None) -> Glossary:
        """The glossary at a path, or several, the highest first (paths, or `Layer`s with a name), in a house style.

        A concept of a lower glossary is hidden where a higher one has its Japanese term (docs/settings.md says when).
        Raises GlossaryError if there is none, or it is another database.

        >>> with Glossary.open(path) as glossary:
        ...     len(glossary)
        7
        >>> with Glossary.open([Layer(client, "Client"), Layer(path, "Official")]) as both:
        ...     [(concept.en, concept.layer) for concept in both.lookup("領土", limit=2)]
        [('dominion', 'Client'), ('Northern Territories', 'Official')]
        """
        return cls(glossaries, style)

    def close(self) -> None:
        """Close the databases."""
        self._cleanup.close()

    def __enter__(self) -> Glossary:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        """How many concepts are shown."""
        from .uses.lookup import count_concepts

        return count_concepts(self._stack)

    def lookup(self, text: str, *, limit: int = 20) -> list[Concept]:
        """Concepts that match a Japanese or English string, kana or romaji, exact matches first; [] if none does.

        >>> with Glossary.open(path) as glossary:
        ...     [(concept.ja, concept.match) for concept in glossary.lookup("iikura")]
        [('飯倉', 'exact'), ('飯倉公館', 'partial')]
        """
        from .uses.lookup import find_in_layers, in_style

        found = find_in_layers(self._stack, text, limit=limit)
        return [_concept(in_style(self._stack, row, self._style)) for row in found]

    def entry(self, concept: Concept | str) -> dict[str, Any]:
        """All that is known of a concept (or its concept_id): terms, contexts, evidence, competing, relations.

        Of several glossaries that have the id the highest answers, unless a Concept says which. Raises KeyError if
        there is no such concept.

        >>> with Glossary.open(path) as glossary:
        ...     [term["term"] for term in glossary.entry("us")["terms"] if term["language"] == "en"]
        ['United States', 'U.S.']
        """
        from .uses.lookup import entry_of, row_in_layers

        if isinstance(concept, str):
            concept_id, layer, match = concept, None, "exact"
        else:
            concept_id, layer, match = concept.concept_id, concept.layer, concept.match
        found = row_in_layers(self._stack, concept_id, layer)
        if found is None:
            raise KeyError(concept_id)
        return entry_of(self._stack, {"match": match, **found}, style=self._style)

    def annotate(self, text: str, language: Language | None = None, *, new_terms: int = 0) -> Annotation:
        """The known terms of a text and, if `new_terms` is above 0, at most so many likely ones that it does not know.

        The language is told from the text where it is not given.

        >>> with Glossary.open(path) as glossary:
        ...     [(match.text, match.known.ja) for match in glossary.annotate("The U.S. embassy in Iikura").matches]
        [('U.S.', '米国'), ('Iikura', '飯倉')]
        """
        document = Document("text", "text", language or _language(text), text)
        return annotate(document, self._matcher, self._knowledge if new_terms > 0 else None, limit=new_terms)

    def matches(self, text: str, language: Language | None = None) -> list[Match]:
        """The known terms of a text, in order, none overlapping.

        >>> with Glossary.open(path) as glossary:
        ...     [(match.start, match.end, match.known.en) for match in glossary.matches("飯倉公館と飯倉")]
        [(0, 4, 'Iikura Guest House'), (5, 7, 'Iikura')]
        """
        return self._matcher.matches(text, language or _language(text))

    def check(self, ja: str, en: str, suppressions: Suppressions | None = None) -> CheckReport:
        """What is wrong with `en` as a translation of `ja`: terms, names, numbers, Japanese left over.

        >>> with Glossary.open(path) as glossary:
        ...     report = glossary.check("飯倉公館で開かれた。", "It was held at the 飯倉公館.")
        ...     [(finding.rule, finding.en_text) for finding in report.at_least("warning")]
        [('untranslated', '飯倉公館')]
        """
        from .checking.check import bitext_of

        return self._checker.check(bitext_of(ja, en), suppressions)

    def __iter__(self) -> Iterator[Concept]:
        """All concepts that are shown, in the order of their ids; of several glossaries one after the other."""
        from .uses.lookup import all_concepts, in_style

        for row in all_concepts(self._stack):
            yield _concept(in_style(self._stack, {"match": "exact", **row}, self._style))

    @cached_property
    def _matcher(self) -> LayeredMatcher:
        matcher = LayeredMatcher(self._stack, self._style)
        self._cleanup.callback(matcher.close)
        return matcher

    @cached_property
    def _knowledge(self) -> Knowledge:
        from .lexicons.in_force import knowledge_for

        return knowledge_for(self.path)

    @cached_property
    def _checker(self) -> Checker:
        from .checking.check import Checker

        return Checker(self._stack.layers, self._matcher, self._knowledge)


def _language(text: str) -> Language:
    """Japanese if there is any kana or kanji."""
    return "ja" if any("ぁ" <= c <= "ヿ" or "一" <= c <= "鿿" for c in text) else "en"


def _concept(row: dict[str, Any]) -> Concept:
    return Concept(**{name: row[name] for name in Concept.__slots__ if name in row})
