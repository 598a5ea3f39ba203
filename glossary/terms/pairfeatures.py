"""Candidate pairs of a bead and what is known of each: a row of numbers that the ranker reads.

Each feature belongs to a kind of evidence, so that a score can be explained by kinds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ..alignment.matching import is_content_en, is_content_ja
from ..languages.english import FUNCTION_WORDS
from ..languages.tokens import Token
from .anchors import Anchor
from .labelfeatures import script, shape
from .linked import LinkedBead
from .spans import TokenSpan, en_spans, ja_spans
from .wordclass import WordClasses

Labelled = dict[TokenSpan, np.ndarray]
"""P(span is exactly one term) by kind, as `crf.Chain.spans` gives it."""

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
    ("kind_fit", "span"),
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


def _label_features(spans: list[TokenSpan], labelled: Labelled, size: int, kinds: int) -> tuple[np.ndarray, np.ndarray]:
    """spans × 6 (term, name, begin, end, over, under) and spans × kinds."""
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
    return rows, by_kind


class PairFeatures:
    """Makes the candidate pairs of beads with their features."""

    def __init__(self, classes: WordClasses, headword) -> None:
        self._classes = classes
        self._headword = headword

    def pairs(
        self,
        bead: LinkedBead,
        anchors: Sequence[Anchor],
        ja_labels: Labelled,
        en_labels: Labelled,
        counts: Counts,
        kinds: int,
    ) -> Pairs:
        """All pairs worth ranking: for each span the spans of the other side with the best links, and anchored ones."""
        ja, en = ja_spans(bead.ja), en_spans(bead.en)
        empty = Pairs(ja, en, np.zeros((0, 2), dtype=np.intp), np.zeros((0, len(FEATURES)), dtype=np.float32))
        if not ja or not en:
            return empty
        ja_rows, ja_kinds = _label_features(ja, ja_labels, len(bead.ja), kinds)
        en_rows, en_kinds = _label_features(en, en_labels, len(bead.en), kinds)
        keep_ja, keep_en = _plausible(ja, ja_rows, anchors, 0), _plausible(en, en_rows, anchors, 1)
        ja, ja_rows, ja_kinds = [ja[k] for k in keep_ja], ja_rows[keep_ja], ja_kinds[keep_ja]
        en, en_rows, en_kinds = [en[k] for k in keep_en], en_rows[keep_en], en_kinds[keep_en]
        if not ja or not en:
            return empty
        grid = _Grid(bead, ja, en)
        jaccard = grid.jaccard()
        anchored = _anchor_tables(ja, en, anchors, bead)
        score = jaccard + 0.5 * np.maximum(anchored["dictionary_whole"], anchored["sound_whole"])
        chosen = _choose(score)
        if not len(chosen):
            return empty
        i, j = chosen[:, 0], chosen[:, 1]
        columns = grid.columns(i, j, jaccard, score)
        columns.update({name: table[i, j] for name, table in anchored.items()})
        for side, rows, index in (("ja", ja_rows, i), ("en", en_rows, j)):
            for k, name in enumerate(("term", "name", "begin", "end", "over", "under")):
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
    likely = (rows[:, 0] > 0.002) | (rows[:, 2] * rows[:, 3] > 0.002)
    return [k for k, span in enumerate(spans) if likely[k] or span in anchored]


class _Grid:
    """Sums of link mass over all pairs of spans, by two-dimensional prefix sums."""

    def __init__(self, bead: LinkedBead, ja: list[TokenSpan], en: list[TokenSpan]) -> None:
        self.bead = bead
        self.ja, self.en = np.array(ja), np.array(en)
        self.links = bead.links
        self._forward, self._backward = bead.forward, bead.backward
        self.inside = self._block(self.links)
        self.ja_mass = _range_sum(self.links.sum(axis=1), self.ja)
        self.en_mass = _range_sum(self.links.sum(axis=0), self.en)

    def _block(self, matrix: np.ndarray) -> np.ndarray:
        """Sum of `matrix` over each pair of spans: ja spans × en spans."""
        prefix = np.zeros((matrix.shape[0] + 1, matrix.shape[1] + 1))
        prefix[1:, 1:] = matrix.cumsum(axis=0).cumsum(axis=1)
        rows = prefix[self.ja[:, 1]] - prefix[self.ja[:, 0]]
        return rows[:, self.en[:, 1]] - rows[:, self.en[:, 0]]

    def jaccard(self) -> np.ndarray:
        """Link mass inside a pair of spans, of all link mass that touches either."""
        return self.inside / np.maximum(self.ja_mass[:, None] + self.en_mass[None, :] - self.inside, 0.05)

    def columns(self, i: np.ndarray, j: np.ndarray, jaccard: np.ndarray, score: np.ndarray) -> dict[str, np.ndarray]:
        forward, backward = self._block(self._forward), self._block(self._backward)
        ja_size = (self.ja[:, 1] - self.ja[:, 0])[i]
        en_size = (self.en[:, 1] - self.en[:, 0])[j]
        # P(each Japanese token links into the English span), and the reverse: cumulated once over tokens
        ja_into = _cumulate(self._backward, 1)
        en_into = _cumulate(self._forward, 0)
        a, b = self.ja[i, 0], self.ja[i, 1]
        x, y = self.en[j, 0], self.en[j, 1]

        def ja_token(k: np.ndarray) -> np.ndarray:
            return _into(ja_into, k, y, k, x, len(self.bead.ja), k)

        def en_token(k: np.ndarray) -> np.ndarray:
            return _into(en_into, b, k, a, k, len(self.bead.en), k)

        ja_content = np.array([is_content_ja(token) for token in self.bead.ja])
        en_content = np.array([is_content_en(token) for token in self.bead.en])
        best_en, best_ja = _other_best(score, 1), _other_best(score, 0)
        return {
            "link_jaccard": jaccard[i, j],
            "link_inside": self.inside[i, j],
            "forward_share": forward[i, j] / en_size,
            "backward_share": backward[i, j] / ja_size,
            "forward_out": _range_sum(self._forward.sum(axis=1), self.ja)[i] - forward[i, j],
            "backward_out": _range_sum(self._backward.sum(axis=0), self.en)[j] - backward[i, j],
            "ja_weakest": _weakest(ja_token, a, ja_size, ja_content),
            "en_weakest": _weakest(en_token, x, en_size, en_content),
            "ja_first": ja_token(a), "ja_last": ja_token(b - 1), "en_first": en_token(x), "en_last": en_token(y - 1),
            "ja_before": ja_token(a - 1), "ja_after": ja_token(b), "en_before": en_token(x - 1), "en_after": en_token(y),
            "rank_en": (score[i] > score[i, j][:, None]).sum(axis=1),
            "rank_ja": (score[:, j] > score[i, j][None, :]).sum(axis=0),
            "gap_en": score[i, j] - best_en[i, j],
            "gap_ja": score[i, j] - best_ja[i, j],
        }  # fmt: skip


def _into(
    sums: np.ndarray,
    row: np.ndarray,
    column: np.ndarray,
    row0: np.ndarray,
    column0: np.ndarray,
    size: int,
    k: np.ndarray,
) -> np.ndarray:
    """Difference of cumulated sums at two places for tokens `k`; 0 where there is no such token."""
    inside = (k >= 0) & (k < size)
    high, low = sums.shape[0] - 1, sums.shape[1] - 1
    ends = sums[np.clip(row, 0, high), np.clip(column, 0, low)]
    starts = sums[np.clip(row0, 0, high), np.clip(column0, 0, low)]
    return np.where(inside, ends - starts, 0.0)


def _cumulate(matrix: np.ndarray, axis: int) -> np.ndarray:
    """Cumulative sums along `axis`, with a leading zero."""
    shape = list(matrix.shape)
    shape[axis] = 1
    return np.concatenate([np.zeros(shape), matrix.cumsum(axis=axis)], axis=axis)


def _weakest(link, first: np.ndarray, size: np.ndarray, content: np.ndarray) -> np.ndarray:
    """The weakest link into the other span of any content word of the span."""
    weakest = np.ones(len(first))
    for step in range(int(size.max()) if len(size) else 0):
        place = first + step
        counts = (step < size) & content[np.minimum(place, len(content) - 1)]
        weakest = np.where(counts, np.minimum(weakest, link(place)), weakest)
    return weakest


def _range_sum(vector: np.ndarray, spans: np.ndarray) -> np.ndarray:
    prefix = np.concatenate([[0.0], vector.cumsum()])
    return prefix[spans[:, 1]] - prefix[spans[:, 0]]


def _other_best(score: np.ndarray, axis: int) -> np.ndarray:
    """For each cell the best score of the other cells along `axis`."""
    if score.shape[axis] < 2:
        return np.zeros_like(score)
    ordered = np.sort(score, axis=axis)
    best = ordered.take([-1], axis=axis)
    second = ordered.take([-2], axis=axis)
    return np.where(score == best, second, best)


def _choose(score: np.ndarray, most: int = 8, few: int = 4, floor: float = 0.05) -> np.ndarray:
    """Pairs among the `most` best English spans of a Japanese one or the `few` best Japanese ones of an English one."""
    by_ja = (-score).argsort(axis=1, kind="stable")[:, :most]
    by_en = (-score).argsort(axis=0, kind="stable")[:few]
    mask = np.zeros(score.shape, dtype=bool)
    mask[np.arange(score.shape[0])[:, None], by_ja] = True
    mask[by_en, np.arange(score.shape[1])[None, :]] = True
    return np.argwhere(mask & (score >= floor))


def _anchor_tables(
    ja: list[TokenSpan], en: list[TokenSpan], anchors: Sequence[Anchor], bead: LinkedBead
) -> dict[str, np.ndarray]:
    """For each pair of spans what of it the anchors explain: ja spans × en spans each."""
    shape_ = (len(ja), len(en))
    names = ("dictionary_whole", "dictionary_ja", "dictionary_en", "dictionary_out", "sound_whole", "sound_ja", "sound_en",
             "same_whole", "known_ja", "known_en", "anchor_before", "anchor_after")  # fmt: skip
    tables = {name: np.zeros(shape_) for name in names}
    ja_at = {span: k for k, span in enumerate(ja)}
    en_at = {span: k for k, span in enumerate(en)}
    for anchor in anchors:
        row, column = ja_at.get(anchor.ja), en_at.get(anchor.en)
        if row is not None and column is not None:
            name = {"dictionary": "dictionary_whole", "transliteration": "sound_whole", "same": "same_whole"}[
                anchor.kind
            ]
            tables[name][row, column] = max(tables[name][row, column], anchor.strength)
    if not anchors:
        return tables
    ja_array, en_array = np.array(ja), np.array(en)
    cover = {  # token-level cover: pairs × tokens, by kind
        kind: (np.zeros((*shape_, len(bead.ja)), dtype=np.float32), np.zeros((*shape_, len(bead.en)), dtype=np.float32))
        for kind in ("dictionary", "sound")
    }
    for anchor in anchors:
        within_ja = (ja_array[:, 0] <= anchor.ja[0]) & (anchor.ja[1] <= ja_array[:, 1])
        within_en = (en_array[:, 0] <= anchor.en[0]) & (anchor.en[1] <= en_array[:, 1])
        both = np.ix_(np.flatnonzero(within_ja), np.flatnonzero(within_en))
        ja_cover, en_cover = cover["dictionary" if anchor.kind == "dictionary" else "sound"]
        rows_, columns_ = both
        for cover_, (first, last) in ((ja_cover, anchor.ja), (en_cover, anchor.en)):
            for token in range(first, last):
                cover_[rows_, columns_, token] = np.maximum(cover_[rows_, columns_, token], anchor.strength)
        outside = np.ix_(np.flatnonzero(within_ja), np.flatnonzero(~within_en))
        tables["dictionary_out"][outside] += 1.0 / 4
        next_ja = ja_array[:, 1] == anchor.ja[0]
        prev_ja = ja_array[:, 0] == anchor.ja[1]
        touching = (en_array[:, 1] == anchor.en[0]) | (en_array[:, 0] == anchor.en[1])
        touching |= (en_array[:, 1] + 1 == anchor.en[0]) | (en_array[:, 0] - 1 == anchor.en[1])
        tables["anchor_after"][np.ix_(np.flatnonzero(next_ja), np.flatnonzero(touching))] = anchor.strength
        tables["anchor_before"][np.ix_(np.flatnonzero(prev_ja), np.flatnonzero(touching))] = anchor.strength
    ja_weight = np.array([float(len(token.surface)) for token in bead.ja])
    en_weight = np.array([float(token.surface[0].isalnum() and token.lemma not in FUNCTION_WORDS) for token in bead.en])
    ja_total = _range_sum(ja_weight, ja_array)[:, None]
    en_total = np.maximum(_range_sum(en_weight, en_array), 1.0)[None, :]
    for kind in ("dictionary", "sound"):
        tables[f"{kind}_ja"] = cover[kind][0] @ ja_weight / ja_total
        tables[f"{kind}_en"] = cover[kind][1] @ en_weight / en_total
    tables["known_ja"] = np.maximum(cover["dictionary"][0], cover["sound"][0]) @ ja_weight / ja_total
    tables["known_en"] = np.maximum(cover["dictionary"][1], cover["sound"][1]) @ en_weight / en_total
    return tables


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
