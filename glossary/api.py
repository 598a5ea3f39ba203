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
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .matching import Match, Matcher
from .records import Document, Language
from .uses.annotate import Annotation, annotate
from .uses.reading import open_for_reading

if TYPE_CHECKING:
    from .checking.check import Checker, CheckReport
    from .checking.suppressions import Suppressions
    from .lexicons.knowledge import Knowledge

__all__ = ["Concept", "Glossary"]


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


class Glossary:
    """A glossary to read. Open it with `Glossary.open`; close it, or use it in a `with` statement.

    An object is for one thread. Nothing is loaded before it is needed.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stack = ExitStack()
        self._db = self._stack.enter_context(open_for_reading(path))

    @classmethod
    def open(cls, path: str | PathLike[str]) -> Glossary:
        """The glossary at `path`. Raises GlossaryError if there is none, or it is another database.

        >>> with Glossary.open(path) as glossary:
        ...     len(glossary)
        7
        """
        return cls(Path(path))

    def close(self) -> None:
        """Close the database."""
        self._stack.close()

    def __enter__(self) -> Glossary:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        """How many concepts are shown."""
        return self._db.execute("select count(*) from glossary").fetchone()[0]

    def lookup(self, text: str, *, limit: int = 20) -> list[Concept]:
        """Concepts that match a Japanese or English string, kana or romaji, exact matches first; [] if none does.

        >>> with Glossary.open(path) as glossary:
        ...     [(concept.ja, concept.match) for concept in glossary.lookup("iikura")]
        [('飯倉', 'exact'), ('飯倉公館', 'partial')]
        """
        from .uses.lookup import find_concepts

        return [_concept(row) for row in find_concepts(self._db, text, limit=limit)]

    def entry(self, concept: Concept | str) -> dict[str, Any]:
        """All that is known of a concept (or its concept_id): terms, contexts, evidence, competing, relations.

        Raises KeyError if there is no such concept.

        >>> with Glossary.open(path) as glossary:
        ...     [term["term"] for term in glossary.entry("us")["terms"] if term["language"] == "en"]
        ['United States', 'U.S.']
        """
        from .uses.lookup import entry, rows

        identity = concept if isinstance(concept, str) else concept.concept_id
        found = rows(self._db, "select * from glossary where concept_id = ?", [identity])
        if not found:
            raise KeyError(identity)
        return entry(self._db, {**found[0], "match": "exact" if isinstance(concept, str) else concept.match})

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
        """All concepts that are shown, in the order of their ids."""
        from .uses.lookup import rows

        for row in rows(self._db, "select * from glossary order by concept_id"):
            yield _concept({**row, "match": "exact"})

    @cached_property
    def _matcher(self) -> Matcher:
        matcher = Matcher(self.path, self._db)
        self._stack.callback(matcher.close)
        return matcher

    @cached_property
    def _knowledge(self) -> Knowledge:
        from .lexicons.in_force import knowledge_for

        return knowledge_for(self.path)

    @cached_property
    def _checker(self) -> Checker:
        from .checking.check import Checker

        return Checker(self.path, self._matcher, self._knowledge)


def _language(text: str) -> Language:
    """Japanese if there is any kana or kanji."""
    return "ja" if any("ぁ" <= c <= "ヿ" or "一" <= c <= "鿿" for c in text) else "en"


def _concept(row: dict[str, Any]) -> Concept:
    return Concept(**{name: row[name] for name in Concept.__slots__})
