"""What a worker does: align and score the units of a chunk. Tagger, lexicons and model are made once a process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from .. import __version__
from ..alignment.documents import AlignedBitext, align_bitext, analyse, segmented_bitext
from ..alignment.matching import WordMatcher
from ..errors import GlossaryError
from ..lexicons.in_force import knowledge_for
from ..lexicons.knowledge import Knowledge
from ..records import Bitext, Document
from ..terms.candidates import BitextCandidates, CandidateMaker
from ..terms.concepts import bitext_concepts
from ..terms.evidence import source_names
from ..terms.model import InForce, Model, model_in_force
from ..terms.monolingual import document_concepts
from ..terms.ranking import RankedPair, rank
from ..terms.state import ModelState
from .dataset import part_name, write_part
from .packing import packed, unpacked
from .units import Failure, Result, Unit

Aligned = AlignedBitext | Document
_Input = TypeVar("_Input")
_Output = TypeVar("_Output")


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker must have for its results to be those of any other."""

    db_path: str
    lexicons: tuple[str, ...]
    evidence: tuple[str, ...]
    """Sources of evidence that other packages add."""
    version: str
    weights: str
    """Digest of those in force."""

    @classmethod
    def of(cls, db_path: Path, knowledge: Knowledge, weights: str) -> Setup:
        """The setup of this process."""
        return cls(str(db_path.absolute()), knowledge.names, source_names(), __version__, weights)


class Aligner:
    """Bitexts to sentences, tokens and beads."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._matcher = WordMatcher(knowledge)

    def __call__(self, bitexts: Sequence[Bitext]) -> list[AlignedBitext]:
        """All bitexts aligned; the lexicons are asked in few queries."""
        analyses = [None if bitext.segments else (analyse(bitext.ja), analyse(bitext.en)) for bitext in bitexts]
        tokens = (token for pair in analyses if pair for row in pair[0].tokens for token in row)
        self._knowledge.prefetch(form for token in tokens for form in (token.surface, token.lemma))
        return [
            align_bitext(bitext, *pair, self._matcher) if pair else segmented_bitext(bitext, self._matcher)
            for bitext, pair in zip(bitexts, analyses, strict=True)
        ]


class Scorer:
    """Scores aligned units under a model state."""

    def __init__(self, knowledge: Knowledge, model: Model, state: ModelState) -> None:
        self._model, self._state, self._knowledge = model, state, knowledge
        self._maker = CandidateMaker(knowledge, model.base)
        self._kinds = sum(label.startswith("B-") for label in model.labellers["ja"].labels)

    def __call__(self, units: Sequence[Aligned]) -> list[Result]:
        """Segments and concepts of each unit; a unit's result does not depend on the others."""
        bitexts = [unit for unit in units if isinstance(unit, AlignedBitext)]
        self._maker.prefetch(bitexts)
        found = [self._candidates(unit) for unit in bitexts]
        paired = iter(zip(found, rank(found, self._model, self._knowledge), strict=True))
        return [self._document(u) if isinstance(u, Document) else _bitext_result(*next(paired)) for u in units]

    def _candidates(self, unit: AlignedBitext) -> BitextCandidates:
        beads = self._maker.linked(unit, self._state)
        labels = [self._maker.label(bead, self._model.labellers) for bead in beads]
        return self._maker.candidates(unit, beads, labels, self._state, self._kinds)

    def _document(self, document: Document) -> Result:
        features = self._maker.label_features
        return [], document_concepts(analyse(document), self._model, features, self._knowledge)


def _bitext_result(found: BitextCandidates, ranked: list[RankedPair]) -> Result:
    return [bead.segment for bead in found.aligned.beads], bitext_concepts(found, ranked)


def align_chunk(setup: Setup, chunk: Sequence[Bitext]) -> list[bytes | Failure]:
    """Each bitext aligned and packed (`unpacked` reads it), or why it could not be."""
    aligned = _each(_aligner(setup), chunk)
    return [item if isinstance(item, Failure) else packed(item) for item in aligned]


def score_chunk(setup: Setup, state: bytes | Path, chunk: Sequence[Unit | bytes]) -> list[Result | Failure]:
    """Result of each unit, or why there is none. `state`: a model state's bytes, or the file that holds them."""
    given = [unpacked(unit) if isinstance(unit, bytes) else unit for unit in chunk]
    to_align = [unit for unit in given if isinstance(unit, Bitext)]
    done = iter(_each(_aligner(setup), to_align))
    aligned = [next(done) if isinstance(unit, Bitext) else unit for unit in given]
    results = iter(_each(_scorer(setup, state), [unit for unit in aligned if not isinstance(unit, Failure)]))
    return [unit if isinstance(unit, Failure) else next(results) for unit in aligned]


def write_chunk(setup: Setup, state: bytes | Path, folder: Path, chunk: Sequence[Unit | bytes]) -> list[str | Failure]:
    """What `score_chunk` finds, written to a part of the dataset in `folder`: the part's name for each unit in it."""
    results = score_chunk(setup, state, chunk)
    units = [unpacked(unit).bitext if isinstance(unit, bytes) else unit for unit in chunk]
    scored = [(unit, item) for unit, item in zip(units, results, strict=True) if not isinstance(item, Failure)]
    if not scored:
        return [item for item in results if isinstance(item, Failure)]
    name = part_name([unit for unit, _ in scored], setup, _state_bytes(state))
    write_part(folder / name, scored)
    return [item if isinstance(item, Failure) else name for item in results]


def _each(work: Callable[[Sequence[_Input]], Sequence[_Output]], units: Sequence[_Input]) -> list[_Output | Failure]:
    """`work` on all together; where that fails, on each alone, so that one bad unit takes no other with it."""
    try:
        return list(work(units))
    except GlossaryError:  # of the installation, not of a text
        raise
    except Exception as error:
        if len(units) > 1:
            return [result for unit in units for result in _each(work, [unit])]
        (unit,) = units
        whole = unit.bitext if isinstance(unit, AlignedBitext) else unit
        assert isinstance(whole, (Bitext, Document))
        return [Failure(whole, " ".join(f"{type(error).__name__}: {error}".split())[:160])]


def forget() -> None:
    """Let go of lexicons, weights and state, in the process that built."""
    for made in (_installation, _aligner, _scorer):
        made.cache_clear()


@lru_cache(maxsize=1)
def _installation(setup: Setup) -> tuple[Knowledge, InForce]:
    """Lexicons and weights. Raises GlossaryError on a machine whose results would be others."""
    import socket

    path = Path(setup.db_path)
    knowledge, in_force = knowledge_for(path), model_in_force(path)
    if Setup.of(path, knowledge, in_force.digest) != setup:
        raise GlossaryError(
            f"the worker on {socket.gethostname()} has another version of glossary, other lexicons, sources of evidence"
            " or weights: install the same there, with the same --db if lexicons were added to it or weights trained"
        )
    return knowledge, in_force


@lru_cache(maxsize=1)
def _aligner(setup: Setup) -> Aligner:
    return Aligner(_installation(setup)[0])


@lru_cache(maxsize=1)
def _scorer(setup: Setup, state: bytes | Path) -> Scorer:
    knowledge, in_force = _installation(setup)
    return Scorer(knowledge, in_force.model, ModelState.from_bytes(_state_bytes(state)))


def _state_bytes(state: bytes | Path) -> bytes:
    return state if isinstance(state, bytes) else state.read_bytes()
