"""What vector arithmetic finds is what a look at each word finds."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from glossary.matching.keys import lemmas_of, may_join, remainder, word_spans
from glossary.matching.pieces import Bitmap, Pieces

WORDS = ["web", "site", "The", "Islands", "U.S.", "wall's", "Wall’s", "R&D", "3.11", "no-hitter", "“Ōno”", "—", "%", ""]
GAPS = [" ", "  ", "\n", "\n\n", "\t", "-", "\u00a0", ", "]
TEXTS = st.lists(st.tuples(st.sampled_from(WORDS) | st.text(max_size=6), st.sampled_from(GAPS)), max_size=30).map(
    lambda parts: "".join(word + gap for word, gap in parts)
)
KEYS = ["web site", "website", "island", "wall", "the island", "us", "r d", "no hitter island", "ono the web", "3.11 %"]


def pieces_of(keys: Sequence[str]) -> Pieces:
    heads = [" ".join(key.split()[:3]) for key in keys]
    return Pieces(Bitmap(Bitmap.of(map(remainder, heads), len(heads))), lambda lemma: lemma in keys)


@given(TEXTS)
def test_the_words_of_a_text(text: str) -> None:
    words = pieces_of(KEYS).words(text)
    spans = word_spans(text)
    assert words.run(0, len(words)) == [
        (lemma, *span) for lemma, span in zip(lemmas_of(text, spans), spans, strict=True)
    ]


@given(TEXTS)
def test_no_run_that_may_be_a_term_is_missed(text: str) -> None:
    pieces = pieces_of(KEYS)
    lemmas = lemmas_of(text, word_spans(text))
    runs = pieces.words(text).runs(pieces.bitmap)
    places = range(len(lemmas))
    heads = {" ".join(key.split()[:3]) for key in KEYS}
    joins = {k for k in places[:-1] if may_join(lemmas[k]) and may_join(lemmas[k + 1])}
    assert set(runs.single.tolist()) == {k for k in places if lemmas[k] in KEYS}
    assert set(runs.pairs.tolist()) >= {k for k in places[:-1] if " ".join(lemmas[k : k + 2]) in heads}
    assert set(runs.longer.tolist()) >= {k for k in places[:-2] if " ".join(lemmas[k : k + 3]) in heads}
    assert set(runs.joined.tolist()) >= {k for k in joins if lemmas[k] + lemmas[k + 1] in heads}
    assert set(runs.joined.tolist()) <= joins


def test_what_is_known_does_not_grow_without_end() -> None:
    pieces = pieces_of(KEYS)
    long = "x" * 9_000_000
    assert len(pieces.words(f"{long} web site")) == 3
    assert pieces.words("web site").run(0, 2) == [("web", 0, 3), ("site", 4, 8)]
    assert len(pieces) == 2


def test_one_hash_in_sixty_four_looks_like_one_of_the_bitmap_at_most() -> None:
    bitmap = Bitmap(Bitmap.of((remainder(f"term {number}") for number in range(5000)), 5000))
    pieces = Pieces(bitmap, lambda lemma: False)
    words = pieces.words(" ".join(f"other{number}" for number in range(5000)))
    assert len(words.runs(bitmap).pairs) < 2 * 5000 / 64
