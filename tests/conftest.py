"""A small glossary made by hand, for all who read one."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import settings

from glossary.records import Bitext, Concept, Context, Document, Evidence, Harvest, Pairing, Segment, Span, Term

# The same examples in every run: chance finds belong to runs that look for them (--hypothesis-profile=search).
settings.register_profile("repeatable", derandomize=True)
settings.register_profile("search", max_examples=500, deadline=None)
settings.load_profile("repeatable")

ARTICLES = {
    "talks": (
        "2023-02-07",
        [
            ("北方領土の返還を求める集会を都内で開いた。", "A rally in Tokyo asked for the Northern Territories."),
            ("会談は飯倉公館で行われた。", "The talks took place at the Iikura Guest House."),
            ("飯倉の坂は雪で白かった。", "The slope of Iikura was white with snow."),
            ("領土をめぐる話し合いは続く。", "The dispute over territory goes on."),
            ("米国の代表も出席した。", "A delegate of the United States was there."),
        ],
    ),
    "spring/flowers": (
        "2024-04-02",
        [
            ("花見の客が公園に集まった。", "Crowds came to the park."),
            ("米国の大使も桜を眺めた。", "The ambassador of the United States looked at the cherry trees too."),
            ("米の大使館は領土の図を示した。", "The U.S. embassy showed a map of the territory."),
            ("国土は広い。", "The territory is wide."),
        ],
    ),
}  # fmt: skip

CALIBRATION = ((-4.0, 0.02), (0.0, 0.5), (4.0, 0.98))

CONCEPTS = [
    # concept_id, kind, Japanese terms with reading and romaji, English terms, score
    ("northern", "place", [("北方領土", "ホッポウリョウド", "Hoppō Ryōdo")], ["Northern Territories"], 3.5),
    ("guesthouse", "facility", [("飯倉公館", "イイクラコウカン", "Iikura Kōkan")], ["Iikura Guest House"], 3.0),
    ("iikura", "place", [("飯倉", "イイクラ", "Iikura")], ["Iikura"], 2.5),
    ("territory", "concept", [("領土", "リョウド", "ryōdo")], ["territory"], 2.0),
    ("land", "concept", [("国土", "コクド", "kokudo")], ["territory"], 1.0),
    ("us", "place", [("米国", "ベイコク", "Beikoku"), ("米", "ベイ", "Bei")], ["United States", "U.S."], 3.8),
    ("slope", "concept", [("坂", "サカ", "saka")], ["snow"], -2.0),
    ("hanami", "concept", [("花見", "ハナミ", "hanami")], [], None),
]  # fmt: skip


@pytest.fixture(scope="session")
def harvest() -> Harvest:
    bitexts = tuple(_bitext(name, date, lines) for name, (date, lines) in ARTICLES.items())
    return Harvest(
        documents=tuple(document for bitext in bitexts for document in (bitext.ja, bitext.en)),
        bitexts=bitexts,
        segments=tuple(segment for bitext in bitexts for segment in _segments(bitext)),
        concepts=tuple(_concept(*concept, bitexts) for concept in CONCEPTS),
        calibration=CALIBRATION,
        lexicons=("JMdict 2020",),
    )


@pytest.fixture(scope="session")
def glossary_path(tmp_path_factory: pytest.TempPathFactory, harvest: Harvest) -> Path:
    """A database to read; not to be changed."""
    from glossary.store import open_glossary, publish

    path = tmp_path_factory.mktemp("glossary") / "glossary.db"
    db = open_glossary(path, create=True)
    publish(db, harvest, command="build articles", version="0.1.0", default_threshold=0.4)
    db.close()
    return path


def _bitext(name: str, date: str, lines: list[tuple[str, str]]) -> Bitext:
    texts = {"ja": "\n".join(ja for ja, _ in lines), "en": "\n".join(en for _, en in lines)}
    ja, en = (
        Document(f"{name}-{language}", name, language, text, publisher="Example Times", published=date, title=name)
        for language, text in texts.items()
    )
    return Bitext(name, ja, en, method="name", confidence=1.0, reasons=("same name",))


def _segments(bitext: Bitext) -> list[Segment]:
    pairs = zip(_lines(bitext.ja.text), _lines(bitext.en.text), strict=True)
    return [Segment(bitext.name, number, ja, en, 1.0) for number, (ja, en) in enumerate(pairs)]


def _lines(text: str) -> list[Span]:
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def _concept(
    concept_id: str,
    kind: str,
    ja_terms: list[tuple[str, str, str]],
    en_terms: list[str],
    score: float | None,
    bitexts: tuple[Bitext, ...],
) -> Concept:
    terms = [
        Term("ja", term, reading, romaji, "full" if i == 0 else "short")
        for i, (term, reading, romaji) in enumerate(ja_terms)
    ]
    terms += [Term("en", term, form="full" if i == 0 else "acronym") for i, term in enumerate(en_terms)]
    contexts: list[Context] = []
    pairings: list[Pairing] = []
    for bitext in bitexts:
        for segment in _segments(bitext):
            found = _mention(bitext, segment, [term for term, _, _ in ja_terms], en_terms)
            if found is None:
                continue
            contexts.append(found)
            if score is not None and found.ja and found.en:
                ja, en = bitext.ja.text[slice(*found.ja)], bitext.en.text[slice(*found.en)]
                reading, romaji = next((kana, latin) for term, kana, latin in ja_terms if term == ja)
                pairings.append(_pairing(bitext.name, ja, en, score, kind, reading, romaji))
    confidence = max((pairing.confidence for pairing in pairings), default=None)
    origin = "bitext" if pairings else "document"
    return Concept(concept_id, kind, tuple(terms), confidence, origin, tuple(pairings), tuple(contexts))


def _mention(bitext: Bitext, segment: Segment, ja_terms: list[str], en_terms: list[str]) -> Context | None:
    assert segment.ja and segment.en
    ja = next((span for term in ja_terms if (span := _find(bitext.ja.text, term, segment.ja))), None)
    en = next((span for term in en_terms if (span := _find(bitext.en.text, term, segment.en))), None)
    if ja is None or (en_terms and en is None) or _is_part_of_longer_term(bitext.ja.text[slice(*segment.ja)], ja_terms):
        return None
    return Context(
        bitext.name,
        bitext.ja.document_id,
        bitext.en.document_id if en else None,
        ja,
        en,
        segment.ja,
        segment.en if en else None,
    )


def _is_part_of_longer_term(line: str, terms: list[str]) -> bool:
    longer = [other for _, _, names, _, _ in CONCEPTS for other, _, _ in names if other not in terms]
    return any(term in other and other in line for term in terms for other in longer)


def _find(text: str, term: str, segment: Span) -> Span | None:
    start = text.find(term, *segment)
    return None if start < 0 else (start, start + len(term))


def _pairing(document: str, ja: str, en: str, score: float, kind: str, reading: str, romaji: str) -> Pairing:
    evidence = (
        Evidence("base", score - 2.25, "how rare true pairs are among candidates"),
        Evidence("dictionary", 2.0, f"JMdict: {ja} = {en}", "JMdict 2020"),
        Evidence("alignment", 0.25, "the links of the words lie inside the pair"),
    )
    confidence = _interpolated(score)
    return Pairing(document, ja, en, score, confidence, evidence, kind, 0.9, reading, romaji)


def _interpolated(score: float) -> float:
    for (low, at_low), (high, at_high) in pairwise(CALIBRATION):
        if low <= score <= high:
            return at_low + (at_high - at_low) * (score - low) / (high - low)
    raise ValueError(score)
