"""Candidate pairs of a bead and what is known of each: a row of numbers that the ranker reads.

Each feature belongs to a kind of evidence, so that a score can be explained by kinds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ..languages.english import FUNCTION_WORDS
from ..languages.tokens import Token
from .anchors import Anchor
from .anchortables import anchor_tables
from .labelfeatures import script, shape
from .linked import LinkedBead
from .linkgrid import LinkGrid
from .spans import TokenSpan, en_spans, ja_spans
from .wordclass import WordClasses

Labelled = dict[TokenSpan, np.ndarray]
"""P(span is exactly one term) by kind, as `crf.Chain.spans` gives it."""


class SideLabels(NamedTuple):
    """What the labellers say of one side of a bead. Terms lie inside terms, and a labeller sees one layer of them."""

    whole: Labelled
    """Longest terms, by kind."""
    inner: Labelled
    """Shortest terms, all kinds in one column."""


Labels = tuple[SideLabels, SideLabels]
"""Of the Japanese and of the English side of a bead."""

# ruff: noqa: E501 - a table
FEATURES: tuple[tuple[str, str], ...] = (
    # links of the span, inside and out
    ("link_jaccard", "alignment"), ("link_inside", "alignment"), ("forward_share", "alignment"), ("backward_share", "alignment"),
    ("forward_out", "alignment"), ("backward_out", "alignment"), ("ja_weakest", "alignment"), ("en_weakest", "alignment"),
    ("ja_first", "alignment"), ("ja_last", "alignment"), ("en_first", "alignment"), ("en_last", "alignment"),
    ("ja_before", "alignment"), ("ja_after", "alignment"), ("en_before", "alignment"), ("en_after", "alignment"),
    ("rank_en", "alignment"), ("rank_ja", "alignment"), ("gap_en", "alignment"), ("gap_ja", "alignment"),
    # what dictionaries and sounds know
    ("dictionary_whole", "dictionary"), ("dictionary_ja", "dictionary"), ("dictionary_en", "dictionary"),
    ("dictionary_out", "dictionary"),
    ("sound_whole", "transliteration"), ("sound_ja", "transliteration"), ("sound_en", "transliteration"),
    ("same_whole", "transliteration"), ("known_ja", "dictionary"), ("known_en", "dictionary"),
    ("anchor_before", "dictionary"), ("anchor_after", "dictionary"),
    # how much each side looks like one whole term
    ("ja_term", "span"), ("ja_name", "span"), ("ja_begin", "span"), ("ja_end", "span"), ("ja_over", "span"), ("ja_under", "span"),
    ("en_term", "span"), ("en_name", "span"), ("en_begin", "span"), ("en_end", "span"), ("en_over", "span"), ("en_under", "span"),
    ("ja_inner", "span"), ("ja_inner_begin", "span"), ("ja_inner_end", "span"),
    ("en_inner", "span"), ("en_inner_begin", "span"), ("en_inner_end", "span"), ("kind_fit", "span"),
    ("ja_tokens", "span"), ("ja_characters", "span"), ("en_tokens", "span"), ("en_words", "span"), ("length_ratio", "span"),
    ("ja_first_pos", "span"), ("ja_last_pos", "span"), ("ja_pos_before", "span"), ("ja_pos_after", "span"),
    ("ja_script", "span"), ("ja_last_characters", "span"), ("ja_particle", "span"), ("ja_proper", "span"), ("ja_headword", "span"),
    ("en_first_shape", "span"), ("en_last_shape", "span"), ("en_shape_before", "span"), ("en_shape_after", "span"),
    ("en_first_class", "span"), ("en_last_class", "span"), ("en_class_before", "span"), ("en_class_after", "span"),
    ("en_capitals", "span"), ("en_particle", "span"), ("en_sentence_start", "span"),
    ("ja_quoted", "span"), ("en_quoted", "span"),
    # counts
    ("ja_count", "cooccurrence"), ("en_count", "cooccurrence"), ("count_ratio", "cooccurrence"), ("together", "cooccurrence"),
    ("ja_spread", "cooccurrence"), ("en_spread", "cooccurrence"),
)  # fmt: skip
NAMES = tuple(name for name, _ in FEATURES)
_LABEL_COLUMNS = ("term", "name", "begin", "end", "over", "under", "inner", "inner_begin", "inner_end")

_POS = ("名詞-固有名詞-人名", "名詞-固有名詞-地名", "名詞-固有名詞", "名詞-普通名詞-サ変可能", "名詞-普通名詞-形状詞可能",
        "名詞-普通名詞-副詞可能", "名詞-普通名詞-助数詞可能", "名詞-普通名詞", "名詞-数詞", "名詞", "接頭辞", "接尾辞-名詞的",
        "接尾辞", "形状詞", "代名詞", "動詞", "形容詞", "副詞", "助詞-格助詞", "助詞-係助詞", "助詞-接続助詞", "助詞", "助動詞",
        "連体詞", "接続詞", "補助記号-句点", "補助記号-読点", "補助記号-括弧開", "補助記号-括弧閉", "補助記号", "記号")  # fmt: skip
_SHAPES = (
    "X",
    "X1",
    "Xx",
    "XxX",
    "x",
    "xX",
    "9",
    "9x",
    ".",
    ",",
    "-",
    "'",
    "’",
    "(",
    ")",
    '"',
    "&",
    "/",
    ":",
    "“",
    "”",
    "sym",
)
_CLASSES = ("", "noun+", "noun?", "verb+", "verb?", "adjective+", "adjective?", "adverb+", "adverb?", "fw")
_SCRIPTS = ("kanji", "kata", "hira", "latin", "digit", "mixed", "symbol")


class Pairs(NamedTuple):
    """Candidate pairs of one bead."""

    ja: list[TokenSpan]
    en: list[TokenSpan]
    pairs: np.ndarray
    """rows × 2: index of the Japanese and of the English span."""
    features: np.ndarray
    """rows × len(FEATURES), float32."""


class Counts(NamedTuple):
    """Occurrences of strings in one document, and in how many of its beads."""

    ja: Counter[str]
    en: Counter[str]
    ja_beads: dict[str, set[int]]
    en_beads: dict[str, set[int]]
    ja_spread: Counter[str]
    """In how many documents of the model state a string stands."""
    en_spread: Counter[str]


def ja_key(tokens: Sequence[Token]) -> str:
    """The string by which occurrences of a Japanese span are counted."""
    return "".join(token.surface for token in tokens)


def en_key(tokens: Sequence[Token]) -> str:
    """The same of an English one: lemmas, so that plural and capitals do not matter."""
    return " ".join(token.lemma for token in tokens)


def pos_code(token: Token | None) -> int:
    """A number for the word class of a Japanese token, -1 outside the bead."""
    if token is None:
        return -1
    return next((k for k, name in enumerate(_POS) if token.pos.startswith(name)), len(_POS))


def _at(tokens: Sequence[Token], k: int) -> Token | None:
    return tokens[k] if 0 <= k < len(tokens) else None


class SpanSide(NamedTuple):
    """Spans of one side with what is known of each without the other side."""

    spans: list[TokenSpan]
    features: np.ndarray
    kinds: np.ndarray
    """spans × kinds: P(term of that kind)."""


def _label_features(spans: list[TokenSpan], labels: SideLabels, size: int, kinds: int) -> tuple[np.ndarray, np.ndarray]:
    """spans × len(_LABEL_COLUMNS) and spans × kinds."""
    labelled = labels.whole
    totals = {span: float(values.sum()) for span, values in labelled.items()}
    begin, end = np.zeros(size + 1), np.zeros(size + 1)
    for (first, last), total in totals.items():
        begin[first] += total
        end[last] += total
    rows, by_kind = np.zeros((len(spans), 6)), np.zeros((len(spans), kinds))
    for row, (first, last) in enumerate(spans):
        values = labelled.get((first, last))
        if values is not None:
            by_kind[row] = values
            rows[row, 0] = values.sum()
            rows[row, 1] = values[1:].sum()
        rows[row, 2], rows[row, 3] = begin[first], end[last]
        for (a, b), total in totals.items():
            if a <= first and last <= b and (a, b) != (first, last):
                rows[row, 4] += total
            elif first <= a and b <= last and (a, b) != (first, last):
                rows[row, 5] = max(rows[row, 5], total)
    return np.column_stack([rows, _inner_features(spans, labels.inner, size)]), by_kind


def _inner_features(spans: list[TokenSpan], inner: Labelled, size: int) -> np.ndarray:
    """spans × 3 (term, begin, end) of the layer of shortest terms."""
    begin, end = np.zeros(size + 1), np.zeros(size + 1)
    for (first, last), values in inner.items():
        begin[first] += values.sum()
        end[last] += values.sum()
    return np.array([(inner[s].sum() if s in inner else 0.0, begin[s[0]], end[s[1]]) for s in spans])


class PairFeatures:
    """Makes the candidate pairs of beads with their features."""

    def __init__(self, classes: WordClasses, headword) -> None:
        self._classes = classes
        self._headword = headword

    def pairs(
        self,
        bead: LinkedBead,
        anchors: Sequence[Anchor],
        labels: Labels,
        counts: Counts,
        kinds: int,
    ) -> Pairs:
        """All pairs worth ranking: for each span the spans of the other side with the best links, and anchored ones."""
        ja, en = ja_spans(bead.ja), en_spans(bead.en)
        empty = Pairs(ja, en, np.zeros((0, 2), dtype=np.intp), np.zeros((0, len(FEATURES)), dtype=np.float32))
        if not ja or not en:
            return empty
        ja_rows, ja_kinds = _label_features(ja, labels[0], len(bead.ja), kinds)
        en_rows, en_kinds = _label_features(en, labels[1], len(bead.en), kinds)
        keep_ja, keep_en = _plausible(ja, ja_rows, anchors, 0), _plausible(en, en_rows, anchors, 1)
        ja, ja_rows, ja_kinds = [ja[k] for k in keep_ja], ja_rows[keep_ja], ja_kinds[keep_ja]
        en, en_rows, en_kinds = [en[k] for k in keep_en], en_rows[keep_en], en_kinds[keep_en]
        if not ja or not en:
            return empty
        grid = LinkGrid(bead, ja, en)
        jaccard = grid.jaccard()
        anchored = anchor_tables(ja, en, anchors, bead)
        score = jaccard + 0.5 * np.maximum(anchored["dictionary_whole"], anchored["sound_whole"])
        chosen = _choose(score)
        if not len(chosen):
            return empty
        i, j = chosen[:, 0], chosen[:, 1]
        columns = grid.columns(i, j, jaccard, score)
        columns.update({name: table[i, j] for name, table in anchored.items()})
        for side, rows, index in (("ja", ja_rows, i), ("en", en_rows, j)):
            for k, name in enumerate(_LABEL_COLUMNS):
                columns[f"{side}_{name}"] = rows[index, k]
        columns["kind_fit"] = (np.sqrt(ja_kinds[i] * en_kinds[j])).sum(axis=1)
        columns.update(self._ja_columns(bead.ja, ja, i))
        columns.update(self._en_columns(bead.en, en, j))
        columns["length_ratio"] = columns["ja_characters"] / np.maximum(1.0, columns["en_characters"])
        columns.update(_count_columns(bead, ja, en, i, j, counts))
        features = np.stack([columns[name] for name in NAMES], axis=1).astype(np.float32)
        return Pairs(ja, en, chosen, features)

    def _ja_columns(self, tokens: Sequence[Token], spans: list[TokenSpan], index: np.ndarray) -> dict[str, np.ndarray]:
        rows = []
        for first, last in spans:
            inside = tokens[first:last]
            text = ja_key(inside)
            rows.append((
                last - first, len(text), pos_code(inside[0]), pos_code(inside[-1]), pos_code(_at(tokens, first - 1)),
                pos_code(_at(tokens, last)), _SCRIPTS.index(script(text)), len(inside[-1].surface),
                sum(token.pos.startswith("助詞") for token in inside),
                sum("固有名詞" in token.pos for token in inside) / len(inside), self._headword(text),
                _quoted(tokens, first, last),
            ))  # fmt: skip
        names = ("ja_tokens", "ja_characters", "ja_first_pos", "ja_last_pos", "ja_pos_before", "ja_pos_after", "ja_script",
                 "ja_last_characters", "ja_particle", "ja_proper", "ja_headword", "ja_quoted")  # fmt: skip
        table = np.array(rows, dtype=float)[index]
        return {name: table[:, k] for k, name in enumerate(names)}

    def _en_columns(self, tokens: Sequence[Token], spans: list[TokenSpan], index: np.ndarray) -> dict[str, np.ndarray]:
        shapes = [_SHAPES.index(shape(token.surface)) for token in tokens]
        classes = [
            _CLASSES.index("fw" if token.lemma in FUNCTION_WORDS else self._classes.of(token.lemma)) for token in tokens
        ]
        rows = []
        for first, last in spans:
            inside = tokens[first:last]
            words = [token for token in inside if token.surface[0].isalnum()]
            content = [token for token in words if token.lemma not in FUNCTION_WORDS] or words
            rows.append((
                last - first, len(words), sum(len(token.surface) for token in words), shapes[first], shapes[last - 1],
                shapes[first - 1] if first else -1, shapes[last] if last < len(tokens) else -1,
                classes[first], classes[last - 1], classes[first - 1] if first else -1,
                classes[last] if last < len(tokens) else -1,
                sum(token.surface[0].isupper() for token in content) / len(content), len(words) - len(content),
                first == 0 or tokens[first - 1].surface in "\"“‘:.", _quoted(tokens, first, last),
            ))  # fmt: skip
        names = ("en_tokens", "en_words", "en_characters", "en_first_shape", "en_last_shape", "en_shape_before", "en_shape_after",
                 "en_first_class", "en_last_class", "en_class_before", "en_class_after", "en_capitals", "en_particle",
                 "en_sentence_start", "en_quoted")  # fmt: skip
        table = np.array(rows, dtype=float)[index]
        return {name: table[:, k] for k, name in enumerate(names)}


def _quoted(tokens: Sequence[Token], first: int, last: int) -> int:
    """2 if the span alone fills a pair of brackets or quotation marks, 1 if one of its edges meets one."""
    before, after = _at(tokens, first - 1), _at(tokens, last)
    left = before is not None and before.surface in "「『（([【〈《“‘\"'"
    right = after is not None and after.surface in "」』）)]】〉》”’\"'"
    return int(left) + int(right)


def _plausible(spans: list[TokenSpan], rows: np.ndarray, anchors: Sequence[Anchor], side: int) -> list[int]:
    """Indexes of spans that may be a term: some chance by the labeller, begin and end likely, or anchored exactly."""
    anchored = {anchor[side] for anchor in anchors}
    likely = (rows[:, 0] > 0.002) | (rows[:, 2] * rows[:, 3] > 0.002) | (rows[:, 6] > 0.01)
    return [k for k, span in enumerate(spans) if likely[k] or span in anchored]


def _choose(score: np.ndarray, most: int = 8, few: int = 4, floor: float = 0.05) -> np.ndarray:
    """Pairs among the `most` best English spans of a Japanese one or the `few` best Japanese ones of an English one."""
    by_ja = (-score).argsort(axis=1, kind="stable")[:, :most]
    by_en = (-score).argsort(axis=0, kind="stable")[:few]
    mask = np.zeros(score.shape, dtype=bool)
    mask[np.arange(score.shape[0])[:, None], by_ja] = True
    mask[by_en, np.arange(score.shape[1])[None, :]] = True
    return np.argwhere(mask & (score >= floor))


def _count_columns(
    bead: LinkedBead, ja: list[TokenSpan], en: list[TokenSpan], i: np.ndarray, j: np.ndarray, counts: Counts
) -> dict[str, np.ndarray]:
    ja_keys = [ja_key(bead.ja[a:b]) for a, b in ja]
    en_keys = [en_key(bead.en[a:b]) for a, b in en]
    ja_count = np.array([counts.ja[key] for key in ja_keys], dtype=float)[i]
    en_count = np.array([counts.en[key] for key in en_keys], dtype=float)[j]
    together = np.zeros(len(i))
    for row, (a, b) in enumerate(zip(i, j, strict=True)):
        left, right = counts.ja_beads.get(ja_keys[a], set()), counts.en_beads.get(en_keys[b], set())
        together[row] = 2 * len(left & right) / max(1, len(left) + len(right))
    return {
        "ja_count": ja_count,
        "en_count": en_count,
        "count_ratio": np.log((ja_count + 0.5) / (en_count + 0.5)),
        "together": together,
        "ja_spread": np.array([counts.ja_spread[key] for key in ja_keys], dtype=float)[i],
        "en_spread": np.array([counts.en_spread[key] for key in en_keys], dtype=float)[j],
    }
