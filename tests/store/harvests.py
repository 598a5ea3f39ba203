"""Small harvests for the tests of the store: written by hand, and generated."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from hypothesis import strategies as st

from glossary.records import Bitext, Concept, Context, Document, Evidence, Harvest, Language, Pairing, Segment, Term
from glossary.store.settings import interpolate

CURVE = ((-4.0, 0.02), (0.0, 0.4), (3.0, 0.95))

WORDS = {
    "山猫": ("ヤマネコ", "wildcat"),
    "海猫": ("ウミネコ", "gull"),
    "北の国": ("キタノクニ", "the North"),
    "灯台": ("トウダイ", "lighthouse"),
    "燈台": ("トウダイ", "Lighthouse"),
}
CONCEPTS = {"c-cat": ("山猫", "海猫"), "c-north": ("北の国",), "c-light": ("灯台", "燈台")}


def document(name: str, language: Language, text: str, published: str | None = None) -> Document:
    digest = hashlib.sha256(f"{name}\0{language}\0{text}".encode()).hexdigest()[:16]
    return Document(digest, name, language, text, f"{name}.{language}.txt", published=published, sha256=digest)


@dataclass(frozen=True)
class Article:
    """A bitext, or one side of it: one sentence a line, one word of WORDS in each, with the score of its pair."""

    name: str
    words: tuple[tuple[str, float, str], ...]
    """(Japanese word, score, side): side "both" is linked, "ja" or "en" a mention on one side only."""
    published: str | None = None
    languages: tuple[Language, ...] = ("ja", "en")


def harvest(*articles: Article) -> Harvest:
    """What a build of these articles might find."""
    parts = [_Part(article) for article in articles]
    concepts = []
    for concept_id, words in CONCEPTS.items():
        contexts = tuple(c for part in parts for word, c in part.contexts if word in words)
        pairings = tuple(p for part in parts for word, p in part.pairings if word in words)
        if contexts:
            concepts.append(_concept(concept_id, contexts, pairings, parts))
    return Harvest(
        documents=tuple(d for part in parts for d in part.documents.values()),
        bitexts=tuple(part.bitext for part in parts if part.bitext),
        segments=tuple(s for part in parts for s in part.segments),
        concepts=tuple(concepts),
        calibration=CURVE,
        lexicons=("test words 1",),
    )


def _concept(
    concept_id: str, contexts: tuple[Context, ...], pairings: tuple[Pairing, ...], parts: list[_Part]
) -> Concept:
    texts = {d.document_id: d.text for part in parts for d in part.documents.values()}
    ja = sorted({texts[c.ja_document_id or ""][slice(*c.ja)] for c in contexts if c.ja})
    en = sorted({texts[c.en_document_id or ""][slice(*c.en)] for c in contexts if c.en})
    terms = [Term("ja", t, WORDS[t][0], WORDS[t][0].lower()) for t in ja] + [Term("en", t) for t in en]
    best = max((p.confidence for p in pairings), default=None)
    return Concept(concept_id, "concept", tuple(terms), best, "bitext", pairings, contexts)


class _Part:
    def __init__(self, article: Article) -> None:
        lines = {"ja": [f"これは{word}です。" for word, _, _ in article.words]}
        lines["en"] = [f"This is 𠮷 {WORDS[word][1]} here." for word, _, _ in article.words]
        self.documents = {
            language: document(article.name, language, "\n".join(lines[language]), article.published)
            for language in article.languages
        }
        self.bitext = None
        if len(self.documents) == 2:
            self.bitext = Bitext(article.name, self.documents["ja"], self.documents["en"], "name", 1.0, ("same name",))
        self.contexts: list[tuple[str, Context]] = []
        self.pairings: list[tuple[str, Pairing]] = []
        self.segments: list[Segment] = []
        scores: dict[str, float] = {}
        starts = {"ja": 0, "en": 0}
        for number, (word, score, side) in enumerate(article.words):
            spans = {}
            for language in ("ja", "en"):
                term, line = (word if language == "ja" else WORDS[word][1]), lines[language][number]
                start = starts[language]
                spans[language] = (
                    (start + line.index(term), start + line.index(term) + len(term)),
                    (start, start + len(line)),
                )
                starts[language] += len(line) + 1
            sides = [x for x in ("ja", "en") if side in ("both", x) and x in self.documents]
            if self.bitext:
                self.segments.append(Segment(article.name, number, spans["ja"][1], spans["en"][1], 0.5))
            if len(sides) == 2 and word not in scores:
                scores[word] = score
                self.pairings.append((word, self._pairing(article.name, word, score)))
            if sides:
                self.contexts.append((word, self._context(article.name, sides, spans)))

    def _pairing(self, name: str, word: str, score: float) -> Pairing:
        reading, en = WORDS[word]
        evidence = (
            Evidence("base", score - 1, "how often pairs are right"),
            Evidence("dictionary", 1.0, f"{word} = {en}", "words"),
        )
        kind = "place" if score > 1 else "product"
        return Pairing(name, word, en, score, interpolate(CURVE, score), evidence, kind, 0.5, reading, reading.lower())

    def _context(self, name: str, sides: list[str], spans: dict) -> Context:
        def of(language: str, place: int):
            return spans[language][place] if language in sides else None

        ids = {
            language: self.documents[language].document_id if language in sides else None for language in ("ja", "en")
        }
        return Context(name, ids["ja"], ids["en"], of("ja", 0), of("en", 0), of("ja", 1), of("en", 1))


def without_calibration(one: Harvest) -> Harvest:
    return replace(one, calibration=())


_word = st.tuples(
    st.sampled_from(sorted(WORDS)), st.sampled_from([-3.5, -1.0, 0.5, 1.5, 3.5]), st.sampled_from(["both", "ja", "en"])
)
_languages = st.sampled_from([("ja", "en"), ("ja", "en"), ("ja",), ("en",)])
_published = st.sampled_from([None, "2021-05-01", "2022-06-02"])


@st.composite
def articles(draw: st.DrawFn, most: int = 4) -> list[Article]:
    """Up to `most` articles of different names."""
    count = draw(st.integers(1, most))
    return [
        Article(f"news/{number}", tuple(draw(st.lists(_word, max_size=5))), draw(_published), draw(_languages))
        for number in range(count)
    ]
