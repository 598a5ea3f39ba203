"""The matcher over several glossaries: what a higher one says of a term stands before the others, or instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..languages.style import HouseStyle
from ..languages.tokens import Token
from ..layers import Glossaries, Stack
from ..layers.precedence import Face, Pair, face, pair_of
from ..records import Language
from .matcher import CACHED_CONCEPTS, Known, KnownTerm, Match, Matcher, longest, tokens_of_lines


class LayeredMatcher:
    """Finds terms of one or several glossaries in texts, as `Matcher` does in one; closes with its own databases.

    Each concept says which layer it comes from (`Known.layer`; None where there is one glossary) and has its preferred
    English term and romaji in house style. Raises GlossaryError as glossary.store.open_glossary does.
    """

    def __init__(self, glossaries: Glossaries | Stack, style: HouseStyle | None = None) -> None:
        self._owns_stack = not isinstance(glossaries, Stack)
        self.stack = glossaries if isinstance(glossaries, Stack) else Stack(glossaries)
        self.style = style or HouseStyle()
        opened = zip(self.stack.layers, self.stack.connections, strict=True)
        self._matchers = [Matcher(layer.path, connection) for layer, connection in opened]
        self._hidden: list[dict[str, bool]] = [{} for _ in self._matchers]
        self._shown: dict[tuple[int, str], Known] = {}
        """Concepts as answers have them, by layer and concept_id."""

    def __enter__(self) -> LayeredMatcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the indexes, and the databases that this object opened."""
        for matcher in self._matchers:
            matcher.close()
        if self._owns_stack:
            self.stack.close()

    def matches(self, text: str, language: Language, rows: Sequence[Sequence[Token]] | None = None) -> list[Match]:
        """The terms in `text`, in order, none overlapping: the longest, whatever glossary they come from."""
        return longest(self.all_matches(text, language, rows))

    def all_matches(self, text: str, language: Language, rows: Sequence[Sequence[Token]] | None = None) -> list[Match]:
        """All terms in `text`, also those inside of longer ones; concepts by layer, then the likeliest first."""
        if len(self._matchers) == 1 and not self.style.changes_something:
            return self._matchers[0].all_matches(text, language, rows)
        if rows is None and language == "ja":
            rows = tokens_of_lines(text)
        spans: dict[tuple[int, int], list[tuple[Known, KnownTerm]]] = {}
        for number, matcher in enumerate(self._matchers):
            found = matcher.all_matches(text, language, rows)
            self._judge(number, found)
            for match in found:
                for known, term in match.concepts:
                    if not self._hidden[number].get(known.concept_id, False):
                        spans.setdefault((match.start, match.end), []).append((self._as_shown(number, known), term))
        return [
            Match(start, end, text[start:end], language, tuple(concepts))
            for (start, end), concepts in sorted(spans.items())
        ]

    def _judge(self, number: int, matches: Sequence[Match]) -> None:
        """Find out which concepts of these matches of a layer are hidden, unless that is known."""
        if number == 0:
            return
        verdicts = self._hidden[number]
        concepts = {known.concept_id: known for match in matches for known, _ in match.concepts}
        fresh = [known for concept_id, known in concepts.items() if concept_id not in verdicts]
        if fresh:
            hidden = self.stack.hidden(number, [face_of(known) for known in fresh])
            verdicts.update((known.concept_id, verdict) for known, verdict in zip(fresh, hidden, strict=True))

    def _as_shown(self, number: int, known: Known) -> Known:
        """A concept of a layer with the layer's name, in house style."""
        key = number, known.concept_id
        if key not in self._shown:
            if len(self._shown) > CACHED_CONCEPTS:
                self._shown.clear()
            self._shown[key] = self._styled(number, known)
        return self._shown[key]

    def _styled(self, number: int, known: Known) -> Known:
        layer = self.stack.layers[number].name if len(self._matchers) > 1 else None
        usable = [term.term for term in known.usable("en")]
        en = self.style.english(known.en, usable, known.kind, known.romaji)
        return replace(known, en=en, romaji=self.style.romanized(known.romaji), layer=layer)


def face_of(known: Known) -> tuple[Face, Pair | None]:
    """What is compared of a concept: its face and its preferred pair, normalized."""
    terms = [(term.language, term.term) for term in known.terms]
    return face(known.kind, known.en, terms), pair_of(known.ja, known.en)
