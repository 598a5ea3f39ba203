"""Checking a translation: read, align, gather evidence, ask every rule, leave out what is suppressed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..documents.folder import read_paths
from ..errors import GlossaryError, with_path
from ..languages.style import HouseStyle
from ..layers import Glossaries, as_layers
from ..lexicons.in_force import knowledge_for
from ..lexicons.knowledge import Knowledge
from ..matching import AnyMatcher, LayeredMatcher
from ..records import Bitext, Document, Span
from ..terms.state import ModelState
from .doubled import check_doubled_names
from .evidence import Evidence, EvidenceMaker
from .findings import LEVELS, Finding, Severity
from .known_names import check_known_names
from .lexicon_names import check_lexicon_names
from .names import check_unfounded_names, check_wrong_names
from .numbers import check_numbers
from .spelling import check_spellings
from .strangers import check_strangers
from .suppressions import Suppressions
from .terms import check_consistency, check_forbidden, check_terms, check_unfounded
from .untranslated import check_untranslated

Progress = Callable[[str, int, int], None]
"""progress(step, done, total)."""
Rule = Callable[[Evidence], Iterator[Finding]]

RULES_IN_ORDER: tuple[Rule, ...] = (
    check_forbidden,
    check_terms,
    check_unfounded,
    check_strangers,
    check_consistency,
    check_wrong_names,
    check_unfounded_names,
    check_spellings,
    check_known_names,
    check_lexicon_names,
    check_doubled_names,
    check_numbers,
    check_untranslated,
)


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found in one bitext."""

    bitext: Bitext
    findings: tuple[Finding, ...]
    """In the order of the English text."""
    suppressed: int = 0
    """How many findings the suppressions file keeps quiet."""
    beads: tuple[tuple[Span | None, Span | None], ...] = ()
    """(Japanese, English) places of the sentences that were compared."""

    def at_least(self, level: Severity) -> list[Finding]:
        """The findings as grave as `level` or graver."""
        return [finding for finding in self.findings if finding.at_least(level)]


class Checker:
    """Checks translations against one or several glossaries; keeps what lexicons and the model know for all of them.

    Of several the highest gives the lexicons, and the highest that was built gives what texts taught. Raises
    GlossaryError as glossary.store.open_glossary does.
    """

    def __init__(
        self,
        glossaries: Glossaries,
        matcher: AnyMatcher | None = None,
        knowledge: Knowledge | None = None,
        style: HouseStyle | None = None,
    ) -> None:
        layers = as_layers(glossaries)
        self._own = matcher is None
        self._matcher = matcher or LayeredMatcher(layers, style)
        learned = next((state for layer in layers if (state := _state(layer.path)) is not None), None)
        self._maker = EvidenceMaker(self._matcher, knowledge or knowledge_for(layers[0].path), learned)

    def close(self) -> None:
        """Close what this object opened."""
        if self._own:
            self._matcher.close()

    def __enter__(self) -> Checker:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def check(self, bitext: Bitext, suppressions: Suppressions | None = None) -> CheckReport:
        """All findings of a bitext."""
        evidence = self._maker.evidence(bitext)
        found = _without_doubles([finding for rule in RULES_IN_ORDER for finding in rule(evidence)])
        kept = [finding for finding in found if suppressions is None or not suppressions.covers(finding)]
        placed = _placed(_with_layers(kept, evidence), bitext)
        order = sorted(
            placed, key=lambda f: (f.en or (len(bitext.en.text), 0), f.ja or (0, 0), -LEVELS.index(f.severity))
        )
        beads = tuple((bead.ja_span, bead.en_span) for bead in evidence.beads)
        return CheckReport(bitext, tuple(order), len(found) - len(kept), beads)


def _without_doubles(findings: list[Finding]) -> list[Finding]:
    """A name that is misspelled is not another name besides."""
    misspelled = {finding.en for finding in findings if finding.rule == "name-spelling"}
    return [finding for finding in findings if finding.rule != "wrong-name" or finding.en not in misspelled]


def _with_layers(findings: list[Finding], evidence: Evidence) -> list[Finding]:
    """The findings about a concept with the glossary that it comes from, of several."""
    layers: dict[str, str | None] = {}
    for bead in evidence.beads:
        for match in (*bead.ja_matches, *bead.en_matches):
            for known, _ in match.concepts:
                layers.setdefault(known.concept_id, known.layer)
    return [replace(f, layer=layers.get(f.concept_id)) if f.concept_id is not None else f for f in findings]


def _placed(findings: Sequence[Finding], bitext: Bitext) -> list[Finding]:
    """The findings with their lines."""
    ja, en = _Lines(bitext.ja.text), _Lines(bitext.en.text)
    placed = []
    for finding in findings:
        line, column = en.of(finding.en)
        placed.append(replace(finding, ja_line=ja.of(finding.ja)[0], en_line=line, en_column=column))
    return placed


def _state(db_path: Path) -> ModelState | None:
    from ..store import open_glossary, read_state

    db = open_glossary(db_path, readonly=True)
    try:
        row = read_state(db)
    finally:
        db.close()
    return ModelState.from_bytes(row[1]) if row else None


def read_bitexts(paths: Sequence[Path | str]) -> tuple[Bitext, ...]:
    """The bitext of a Japanese and an English file, whatever their names, or those of one bilingual file.

    Raises GlossaryError where the files are something else.
    """
    found = read_paths(paths)
    for path, reason in found.skipped:
        raise GlossaryError(with_path(path, reason))
    sides = {(document.name, document.language) for bitext in found.bitexts for document in (bitext.ja, bitext.en)}
    alone = [document for document in found.documents if (document.name, document.language) not in sides]
    if found.bitexts and not alone:
        return found.bitexts
    if sorted(document.language for document in found.documents) != ["en", "ja"]:
        named = " and ".join(map(str, paths))
        if found.bitexts:
            named += f": no counterpart of {', '.join(document.name for document in alone)} is there"
        raise GlossaryError(
            f"{named}: give a Japanese and an English text, or one bilingual file (TMX, XLIFF, PO, CSV, a table)"
        )
    ja, en = sorted(found.documents, key=lambda document: document.language != "ja")
    return (Bitext(en.name, ja, en, "named", 1.0, ("named as the two sides",)),)


def check_paths(
    paths: Sequence[Path | str],
    glossaries: Glossaries,
    *,
    suppressions: Suppressions | None = None,
    progress: Progress | None = None,
    style: HouseStyle | None = None,
) -> list[CheckReport]:
    """The reports of all bitexts of the files (see read_bitexts). Raises GlossaryError for what cannot be read."""
    show = progress or (lambda step, done, total: None)
    with Checker(glossaries, style=style) as checker:
        bitexts = read_bitexts(paths)
        reports = []
        for done, bitext in enumerate(bitexts):
            show("Checking", done, len(bitexts))
            reports.append(checker.check(bitext, suppressions))
        return reports


def bitext_of(ja: str, en: str) -> Bitext:
    """Two strings as a bitext."""
    from ..documents.furniture import find_furniture

    return Bitext(
        "text",
        Document("text-ja", "text", "ja", ja, furniture=find_furniture(ja)),
        Document("text-en", "text", "en", en, furniture=find_furniture(en)),
        "named",
        1.0,
    )


class _Lines:
    """Line and column, from 1, of places in a text (characters)."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(k + 1 for k, c in enumerate(text) if c == "\n")]

    def of(self, span: Span | None) -> tuple[int, int] | tuple[None, None]:
        """Where the span begins."""
        if span is None:
            return None, None
        line = bisect_right(self._starts, span[0])
        return line, span[0] - self._starts[line - 1] + 1
