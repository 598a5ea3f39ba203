"""How much two texts in different languages say the same: share of the words of each that the other one has, too.

A word counts by how rare it is among the texts at hand (inverse document frequency, Spärck Jones 1972), so that what
all articles of a folder speak of says nothing. Candidates come from an inverted index in which rare features are
looked up first: the full square of all texts is never compared.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Sequence

from .features import Features, Word

_IMAGINED = 30
"""Texts imagined beside those at hand, none of which has the word: in a folder of two no word is common."""
_POSTINGS = 6_000
"""Entries of the index that are looked at for a text, rare features first."""
_CANDIDATES = 8
_USUAL_RATIO, _RATIO_SPREAD = 2.1, 1.1
"""English characters for a Japanese one, and how far (log) texts may be from it without counting against them."""


class Likeness:
    """Likeness (0..1) of Japanese and English texts, by their numbers in the two lists."""

    def __init__(self, ja: Sequence[Features], en: Sequence[Features]) -> None:
        self.ja, self.en = ja, en
        self._frequency = _Frequencies(ja), _Frequencies(en)
        self._total = [self._whole(f, 0) for f in ja], [self._whole(f, 1) for f in en]
        self._known: dict[tuple[int, int], float] = {}

    def __call__(self, ja: int, en: int) -> float:
        """Geometric mean of the shares of the words on both sides that the other side has, less for odd lengths."""
        if (ja, en) not in self._known:
            left = self._share(self.ja[ja], self.en[en], 0) / (self._total[0][ja] or 1.0)
            right = self._share(self.en[en], self.ja[ja], 1) / (self._total[1][en] or 1.0)
            self._known[ja, en] = math.sqrt(left * right) * self._lengths(ja, en)
        return self._known[ja, en]

    def shared(self, ja: int, en: int, most: int = 4) -> list[tuple[str, str]]:
        """The words that tell most: (in the Japanese text, in the English text)."""
        english = {feature: word.surface for word in reversed(self.en[en].words) for feature in word.features}
        told = [
            (gain, word.surface, english[feature])
            for word in self.ja[ja].words
            for gain, feature in [self._gain(word, self.en[en], 0)]
            if gain > 0
        ]
        return [(left, right) for _, left, right in heapq.nlargest(most, told)]

    def candidates(self) -> list[list[int]]:
        """For each Japanese text the English ones worth comparing, best first."""
        index: dict[str, list[int]] = defaultdict(list)
        for number, features in enumerate(self.en):
            for feature in features.weights:
                index[feature].append(number)
        return [self._nearest(features, index) for features in self.ja]

    def _nearest(self, features: Features, index: dict[str, list[int]]) -> list[int]:
        votes: Counter[int] = Counter()
        seen = 0
        found = sorted((len(index[f]), f) for f in features.weights if f in index)
        for count, feature in found:
            seen += count
            if seen > _POSTINGS and len(votes) >= _CANDIDATES:
                break
            vote = features.weights[feature] * self._frequency[1].rarity(feature) ** 2
            for number in index[feature]:
                votes[number] += vote  # type: ignore[assignment]
        return [number for number, _ in sorted(votes.items(), key=lambda item: (-item[1], item[0]))[:_CANDIDATES]]

    def _whole(self, features: Features, side: int) -> float:
        return sum((word.weight * self._frequency[side].word_rarity(word)) ** 2 for word in features.words)

    def _share(self, features: Features, others: Features, side: int) -> float:
        return sum(self._gain(word, others, side)[0] for word in features.words)

    def _gain(self, word: Word, others: Features, side: int) -> tuple[float, str]:
        own, other = self._frequency[side], self._frequency[1 - side]
        best, by = 0.0, ""
        for feature, certainty in word.features.items():
            if feature in others.weights:
                sure = certainty * others.weights[feature] * min(1.0, other.rarity(feature) / own.word_rarity(word))
                if sure > best:
                    best, by = sure, feature
        return best * (word.weight * own.word_rarity(word)) ** 2, by

    def _lengths(self, ja: int, en: int) -> float:
        ratio = (self.en[en].length + 50) / (self.ja[ja].length + 25)
        excess = max(0.0, abs(math.log(ratio / _USUAL_RATIO)) - _RATIO_SPREAD)
        return math.exp(-excess)


class _Frequencies:
    """In how many texts of one language words and features stand."""

    def __init__(self, texts: Sequence[Features]) -> None:
        self._texts = len(texts) + _IMAGINED
        self._features = Counter(feature for text in texts for feature in text.weights)
        self._words = Counter(word.surface for text in texts for word in text.words)

    def rarity(self, feature: str) -> float:
        return math.log(self._texts / max(1, self._features[feature]))

    def word_rarity(self, word: Word) -> float:
        return math.log(self._texts / max(1, self._words[word.surface]))
