"""Word classes of English words, from how the dictionary glosses Japanese nouns, verbs and adjectives.

A gloss "to warn" belongs to a verb, "warning" to a noun: counting them tells what a word mostly is, with no tagger.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ..lexicons.knowledge import Knowledge


class WordClasses:
    """Class shares of English words; asked of the lexicons once and remembered."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._known: dict[str, str] = {}

    def prefetch(self, words: Iterable[str]) -> None:
        """Ask for many words (lower case) at once."""
        wanted = sorted({word for word in words if word not in self._known and word.isalpha()})
        kinds = self._knowledge.gloss_kinds([*wanted, *(f"to {word}" for word in wanted)])
        for word in wanted:
            counts = Counter(name for kind in kinds.get(word, ()) if (name := _class_of(kind)))
            counts["verb"] += len(kinds.get(f"to {word}", ()))
            best, count = max(counts.items(), key=lambda item: (item[1], item[0]))
            self._known[word] = "" if not count else best + ("+" if count > 0.7 * counts.total() else "?")

    def of(self, word: str) -> str:
        """ "noun+" (nearly always), "verb?" (mostly), or empty where no lexicon has the word."""
        word = word.casefold()
        if word not in self._known:
            if not word.isalpha():
                return ""
            self.prefetch([word])
        return self._known[word]


def _class_of(kind: str) -> str:
    """Our class for a part of speech as JMdict names it; verbs are glossed with "to" and counted there."""
    if "adject" in kind:
        return "adjective"
    if kind.startswith("adverb"):
        return "adverb"
    return "noun" if "noun" in kind else ""
