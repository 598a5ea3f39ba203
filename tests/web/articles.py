"""A glossary for the pages: hostile strings, characters beyond the Basic Multilingual Plane, people's decisions."""

from __future__ import annotations

from pathlib import Path

from glossary.decisions import decide
from glossary.records import (
    Bitext,
    Concept,
    Context,
    Document,
    Evidence,
    Harvest,
    Language,
    Pairing,
    Repair,
    Segment,
    Span,
    Term,
)
from glossary.store import open_glossary, publish

SCRIPT = "<script>alert(1)</script>"
IMAGE = '"><img src=x onerror=alert(2)>'
QUOTED = """He said "it's <b>bold</b>"; drop table concept; --"""
BEYOND = "𠮷野家"
"""Its first character is one code point, and two units of UTF-16."""

ARTICLE = "coast/開店 &c"
LINES = (
    (f"😀{BEYOND}が浜に開店した。", "😀 Yoshinoya opened on the beach."),
    ("浜の店に🍚を求める列ができた。", "A line for 🍚 formed at the shop on the beach."),
    (f"看板には{SCRIPT}とあった。", f"The sign said {IMAGE} in red."),
    ("国土は広い。", "The territory is wide."),
    ("領土をめぐる話は続く。", "Talk of the territory goes on."),
)
SOLO = "solo"
SOLO_TEXT = "港の見出し\n\n港に船が着いた。船は古い。\n\n© 港新聞社"

SCORE = 1.5
TERMS = {
    # concept_id: (kind, Japanese, reading, romaji, English)
    "beyond": ("organization", BEYOND, "ヨシノヤ", "Yoshinoya", "Yoshinoya"),
    "beach": ("place", "浜", "ハマ", "hama", "beach"),
    "hostile": ("work", SCRIPT, None, None, IMAGE),
    "land": ("concept", "国土", "コクド", "kokudo", "territory"),
    "territory": ("concept", "領土", "リョウド", "ryōdo", "territory"),
    "shop": ("facility", "店", "ミセ", "mise", "shop"),
    "opened": ("event", "開店", "カイテン", "kaiten", "opened"),
}


def build(path: Path) -> Path:
    """The glossary at `path`, published, with decisions: an approval, a definition, and "opened" merged into "shop"."""
    db = open_glossary(path, create=True)
    publish(db, harvest(), command="build coast", version="0", default_threshold=0.5)
    decide(db, "approve", "beyond", actor="aiko", note="as on its <sign>")
    decide(db, "define", "hostile", actor="aiko", value=QUOTED, language="en", source="a & b")
    decide(db, "merge", "shop", actor="ben", value="opened")
    db.close()
    return path


def harvest() -> Harvest:
    ja = _document(ARTICLE, "ja", "\n".join(ja for ja, _ in LINES))
    en = _document(ARTICLE, "en", "\n".join(en for _, en in LINES))
    solo = Document(
        "solo-ja", SOLO, "ja", SOLO_TEXT, title="港の見出し", publisher="港新聞", published="2023-11-02",
        repairs=(Repair("mojibake", 7, 8, "æ¸¯", "港"),), furniture=(_find(SOLO_TEXT, "© 港新聞社"),),
    )  # fmt: skip
    segments = [
        Segment(ARTICLE, number, _find(ja.text, line), _find(en.text, other), 1.0)
        for number, (line, other) in enumerate(LINES)
    ]
    concepts = [_concept(concept_id, ja, en, segments) for concept_id in TERMS]
    ship = [_one_sided(solo, start) for start in (solo.text.index("船"), solo.text.rindex("船"))]
    concepts.append(
        Concept("ship", "product", (Term("ja", "船", "フネ", "fune"),), None, "document", contexts=tuple(ship))
    )
    return Harvest(
        documents=(ja, en, solo),
        bitexts=(Bitext(ARTICLE, ja, en, "name", 1.0, ("same name",)),),
        segments=tuple(segments),
        concepts=tuple(concepts),
        calibration=((-4.0, 0.02), (0.0, 0.5), (4.0, 0.98)),
    )


def _document(name: str, language: Language, text: str) -> Document:
    title = text.split("\n")[0]
    return Document(f"coast-{language}", name, language, text, title=title, publisher=IMAGE, published="2024-01-05")


def _concept(concept_id: str, ja: Document, en: Document, segments: list[Segment]) -> Concept:
    kind, japanese, reading, romaji, english = TERMS[concept_id]
    contexts = [
        Context(ARTICLE, ja.document_id, en.document_id, ja_span, en_span, segment.ja, segment.en)
        for segment in segments
        if segment.ja
        and segment.en
        and (ja_span := _inside(ja.text, japanese, segment.ja))
        and (en_span := _inside(en.text, english, segment.en))
    ]
    evidence = (
        Evidence("base", -2.0, "where any pair starts"),
        Evidence("dictionary", 3.5, f"JMdict: {japanese} = {english}", "JMdict"),
    )
    pairing = Pairing(ARTICLE, japanese, english, SCORE, 0.68, evidence, kind, 0.9, reading, romaji)
    terms = (Term("ja", japanese, reading, romaji), Term("en", english))
    return Concept(concept_id, kind, terms, 0.68, "bitext", (pairing,), tuple(contexts))


def _one_sided(document: Document, start: int) -> Context:
    sentence = _find(document.text, "船は古い。") if start > document.text.index("。") else _find(
        document.text, "港に船が着いた。"
    )  # fmt: skip
    return Context(document.name, document.document_id, None, (start, start + 1), None, sentence, None)


def _inside(text: str, part: str, span: Span) -> Span | None:
    start = text.find(part, *span)
    return None if start < 0 else (start, start + len(part))


def _find(text: str, part: str) -> Span:
    start = text.index(part)
    return start, start + len(part)
