"""Results of many texts as one harvest, ready to be stored: what they have together, and with what is stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from .lexicons.knowledge import Knowledge
from .records import Bitext, Document, Harvest
from .scale.units import Result, Unit, documents_of
from .terms.evidence import source_names
from .terms.merging import Known, adopted, known_terms, merge_concepts
from .terms.model import Model
from .terms.namings import named_in_texts
from .terms.relations import related
from .terms.variants import NamePair, sure_pairs

if TYPE_CHECKING:
    from .store import PublishReport


@dataclass(frozen=True, slots=True)
class Basis:
    """What the results rest on, beside their texts and the model state."""

    lexicons: tuple[str, ...]
    """Names and versions of the lexicons and other sources of evidence consulted."""
    threshold: float
    """The confidence from which on pairs are shown as long as no person says otherwise."""
    calibration: tuple[tuple[float, float], ...]
    """(score, confidence) knots."""

    @classmethod
    def of(cls, knowledge: Knowledge, model: Model) -> Basis:
        """The basis of this process's results."""
        knots = tuple((float(x), float(y)) for x, y in model.calibration)
        return cls(knowledge.names + source_names(), model.threshold, knots)


@dataclass(frozen=True, slots=True)
class Run:
    """A build or a merger, as `builds` shows it."""

    command: str
    version: str
    started: str
    """ISO 8601, UTC."""
    basis: Basis


@dataclass(frozen=True, slots=True)
class Stored:
    """What a glossary has of other texts."""

    terms: Known
    pairs: Sequence[NamePair]
    """Sure ones, to which new concepts may be related."""

    @classmethod
    def of(cls, db_path: Path) -> Stored:
        """What stands in the glossary; nothing if there is none."""
        return cls(_stored_terms(db_path), _stored_pairs(db_path)) if db_path.exists() else cls({}, ())


def gathered(
    results: Sequence[tuple[Unit, Result]], basis: Basis, stored: Stored, copies: Iterable[Document] = ()
) -> Harvest:
    """All results as one; documents sorted by name. `copies`: documents to store though nothing in them is counted."""
    found = [concept for _, (_, concepts) in results for concept in concepts]
    known = {**stored.terms, **known_terms(found, basis.threshold)}
    concepts = merge_concepts(adopted(concept, known) for concept in found)
    documents = {document.document_id: document for unit, _ in results for document in documents_of(unit)}
    relations = named_in_texts(concepts, documents.values()) + related(sure_pairs(concepts), stored.pairs)
    harvest = Harvest(
        documents=tuple(documents.values()),
        bitexts=tuple(unit for unit, _ in results if isinstance(unit, Bitext)),
        segments=tuple(segment for _, (segments, _) in results for segment in segments),
        concepts=tuple(concepts),
        relations=tuple(relations),
        calibration=basis.calibration,
        lexicons=basis.lexicons,
    )
    there = documents.keys()
    everything = [*harvest.documents, *(copy for copy in copies if copy.document_id not in there)]
    return replace(harvest, documents=tuple(sorted(everything, key=lambda d: (d.name, d.language))))


def store(
    db_path: Path, harvest: Harvest, run: Run, state: bytes | None, *, refresh: bool = False
) -> tuple[PublishReport, int, dict[str, int]]:
    """Publish in one transaction. (what it did, number of the model state in force, rows of some views by name).

    `state`: a new model state. Raises GlossaryError and ValueError as `glossary.store.publish` does.
    """
    from .store import open_glossary, publish, read_state

    with open_glossary(db_path, create=True) as db:
        report = publish(
            db,
            harvest,
            command=run.command,
            version=run.version,
            state=state,
            started=run.started,
            default_threshold=run.basis.threshold,
            refresh=refresh,
        )
        row = read_state(db)
        views = {"concepts": "glossary", "contexts": "contexts", "bitexts": "bitexts"}
        totals = {name: db.execute(f"select count(*) from {view}").fetchone()[0] for name, view in views.items()}
    return report, row[0] if row else 0, totals


def _stored_terms(db_path: Path) -> Known:
    """What the glossary has in both languages already."""
    from .store import open_glossary

    sql = """select ja, en, confidence, concept_id from glossary
        where origin = 'bitext' and ja is not null and en is not null order by confidence, concept_id"""
    known: Known = {}
    with open_glossary(db_path, readonly=True) as db:
        for ja, en, confidence, identity in db.execute(sql):
            known["ja", ja] = known["en", en] = (confidence, identity)
    return known


def _stored_pairs(db_path: Path) -> list[NamePair]:
    """The sure pairs of the glossary, to which new concepts may be related."""
    from .store import open_glossary
    from .store.pairs import stored_pairs

    with open_glossary(db_path, readonly=True) as db:
        return stored_pairs(db)
