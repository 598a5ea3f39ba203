"""The whole pipeline on a page: files to documents, documents to beads, beads to pairs, pairs to concepts, stored.

read → analyse → align sentences → (model state) → align words → label → pair → rank → concepts → publish
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from . import __version__
from .alignment.documents import AlignedBitext, align_bitext, analyse, segmented_bitext
from .alignment.matching import WordMatcher
from .documents.folder import Collection, read_paths
from .errors import GlossaryError
from .lexicons.in_force import knowledge_for
from .lexicons.knowledge import Knowledge
from .pairing.decide import find_bitexts
from .records import Bitext, Concept, Document, Harvest, Segment
from .terms.candidates import BitextCandidates, CandidateMaker
from .terms.concepts import bitext_concepts
from .terms.merging import Known, adopted, known_terms, merge_concepts
from .terms.model import Model, shipped_model, weights_digest
from .terms.monolingual import document_concepts
from .terms.namings import named_in_texts
from .terms.ranking import RankedPair, rank
from .terms.relations import related
from .terms.state import ModelState, estimate
from .terms.variants import NamePair, sure_pairs
from .uses.progress import reading_progress
from .work import WorkFile

if TYPE_CHECKING:
    from .store import PublishReport

Progress = Callable[[str, int, int], None]
"""progress(step, done, total)."""
Unit = Bitext | Document
"""What is scored by itself: a bitext, or a document without counterpart."""
Result = tuple[list[Segment], list[Concept]]
_CHUNK = 16
"""Units that are scored together: the ranker's explanations are cheaper by the dozen."""


@dataclass(frozen=True)
class BuildReport:
    """What a build did."""

    read: Collection
    new_documents: int
    published: PublishReport | None
    """None where nothing was new, or nothing was to be written."""
    state: int
    """Number of the model state in force."""
    dry_run: bool = False
    outgrown: bool = False
    """True where the model state was estimated from less than half of the bitexts there are."""
    skipped: tuple[tuple[Path, str], ...] = ()
    totals: dict[str, int] = field(default_factory=dict)

    def summary(self) -> str:
        """What was read and what came of it, in a few lines."""
        documents, bitexts = len(self.read.documents), len(self.read.bitexts)
        lines = [f"Read {_counted(documents, 'document')}, {_counted(bitexts, 'bitext')} among them."]
        lines += self._details()
        lines += [f"{path}: {remark}" for path, remark in self.read.notes]
        if self.dry_run:
            lines.append(f"New or changed: {_counted(self.new_documents, 'document')}; nothing was written.")
        elif self.published is None or not self.published.changed:
            lines.append("Nothing is new; the glossary is as it was.")
        else:
            shown = f"{self.totals['concepts']:,} concepts are shown, with {self.totals['contexts']:,} contexts"
            added = self.published.documents_added
            lines.append(f"Stored {_counted(added, 'new document')}; {shown} (model state {self.state}).")
            if self.outgrown:
                lines.append("The glossary has outgrown its model state: build once with --refresh for better pairs.")
        return "\n".join(lines)

    def _details(self) -> list[str]:
        """How the bitexts were found, what stays alone, what was repaired and what was passed over: a line each."""
        methods = Counter(bitext.method for bitext in self.read.bitexts)
        paired = {d.document_id for bitext in self.read.bitexts for d in (bitext.ja, bitext.en)}
        loose = [d for d in self.read.documents if d.document_id not in paired]
        copies = sum(document.duplicate_of is not None for document in loose)
        repairs = [len(document.repairs) for document in self.read.documents if document.repairs]
        lines = []
        if methods.keys() - {"name", "segments"}:
            lines.append("Bitexts by " + ", ".join(f"{name} {n:,}" for name, n in sorted(methods.items())) + ".")
        if loose:
            others = f"; {_counted(copies, 'copy or other version', 'copies or other versions')}" if copies else ""
            lines.append(f"Without counterpart: {len(loose) - copies:,}{others} (`glossary pairs` says why).")
        if repairs:
            lines.append(f"Repaired {_counted(sum(repairs), 'place')} in {_counted(len(repairs), 'document')}.")
        if self.read.ignored:
            lines.append(f"Passed over {_counted(self.read.ignored, 'file')} of other kinds.")
        return lines


def _counted(number: int, noun: str, plural: str = "") -> str:
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def build(
    paths: Iterable[Path | str],
    db_path: Path,
    *,
    jobs: int = 1,
    refresh: bool = False,
    dry_run: bool = False,
    manifest: Path | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Read files and folders and bring the glossary at `db_path` up to them, in one transaction at the end.

    Documents that are there already cost nothing; new ones are scored with the model state in force, which the first
    build estimates and `refresh` estimates anew for all. Raises GlossaryError for what a person can mend.
    """
    from .store import open_glossary, publish

    started = datetime.now(UTC).isoformat(timespec="seconds")
    show = progress or (lambda step, done, total: None)
    paths = list(paths)
    _check_place(db_path)
    collection = read_paths(paths, on_progress=reading_progress(show))
    knowledge = knowledge_for(db_path)
    collection = find_bitexts(collection, knowledge, manifest=manifest, progress=show).collection
    known, state_row = _known(db_path)
    new = {d.document_id for d in collection.documents if d.document_id not in known}
    if dry_run or (not new and not refresh):
        number = state_row[0] if state_row else 0
        return BuildReport(collection, len(new), None, number, dry_run, False, collection.skipped)
    units = _units(collection, None if refresh else new)
    if refresh:
        units = _with_stored(db_path, units)
    model = shipped_model()
    analysed = _Analysis(knowledge, show)
    aligned = analysed.bitexts([unit for unit in units if isinstance(unit, Bitext)])
    if refresh or state_row is None:
        show("Estimating the model state", 0, 0)
        state = estimate(aligned, model.base)
        new_state = state.to_bytes() if aligned else None  # texts in one language teach nothing of the other
    else:
        state, new_state = ModelState.from_bytes(state_row[1]), None
    singles = [unit for unit in units if isinstance(unit, Document)]
    with WorkFile(db_path) as work:
        results = list(_scored([*aligned, *singles], state, knowledge, db_path, model, jobs, work, show))
        show("Storing", 0, 0)
        stored = ({}, []) if refresh else (_stored_terms(db_path), _stored_pairs(db_path))
        harvest = _harvest(units, results, knowledge, model, *stored)
        harvest = _with_copies(harvest, collection)
        with open_glossary(db_path, create=True) as db:
            report = publish(
                db,
                harvest,
                command=_command(paths, refresh),
                version=__version__,
                state=new_state,
                started=started,
                default_threshold=model.threshold,
                refresh=refresh,
            )
            number = _state_number(db)
            totals = {
                "concepts": db.execute("select count(*) from glossary").fetchone()[0],
                "contexts": db.execute("select count(*) from contexts").fetchone()[0],
                "bitexts": db.execute("select count(*) from bitexts").fetchone()[0],
            }
    outgrown = 0 < 2 * state.documents < totals["bitexts"]
    return BuildReport(collection, len(new), report, number, False, outgrown, collection.skipped, totals)


def _check_place(db_path: Path) -> None:
    """Refuse at once, before the long work, a place that cannot be written."""
    folder = db_path.parent
    if not folder.is_dir():
        raise GlossaryError(f"{folder}: no such folder; make it or name another place with --db")
    if not os.access(db_path if db_path.exists() else folder, os.W_OK):
        raise GlossaryError(f"{db_path}: cannot be written; name another place with --db")


def _known(db_path: Path) -> tuple[set[str], tuple[int, bytes] | None]:
    """Ids of the stored documents, and the model state in force."""
    from .store import open_glossary, read_state, stored_documents

    if not db_path.exists():
        return set(), None
    with open_glossary(db_path, readonly=True) as db:
        return {stored.document_id for stored in stored_documents(db)}, read_state(db)


def _stored_terms(db_path: Path) -> Known:
    """What the glossary has in both languages already."""
    from .store import open_glossary

    if not db_path.exists():
        return {}
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

    if not db_path.exists():
        return []
    with open_glossary(db_path, readonly=True) as db:
        return stored_pairs(db)


def _state_number(db) -> int:
    from .store import read_state

    state = read_state(db)
    return state[0] if state else 0


def _command(paths: Sequence[Path | str], refresh: bool) -> str:
    return " ".join(["glossary build", *(str(path) for path in paths), *(["--refresh"] if refresh else [])])


def _units(collection: Collection, new: set[str] | None) -> list[Unit]:
    """What is to be scored: bitexts with a new side, and new single documents; all of them if `new` is None.

    A copy of another document is stored but not scored, so that nothing counts twice.
    """
    paired = {document.document_id for bitext in collection.bitexts for document in (bitext.ja, bitext.en)}
    units: list[Unit] = []
    for bitext in collection.bitexts:
        copy = bitext.ja.duplicate_of is not None and bitext.en.duplicate_of is not None
        if not copy and (new is None or bitext.ja.document_id in new or bitext.en.document_id in new):
            units.append(bitext)
    for document in collection.documents:
        if document.document_id not in paired and document.duplicate_of is None:
            units += [document] if new is None or document.document_id in new else []
    return units


def _with_stored(db_path: Path, units: list[Unit]) -> list[Unit]:
    """The units, and those of the database that are not among them."""
    from .store import open_glossary, stored_units

    if not db_path.exists():
        return units
    given = {(d.name, d.language) for unit in units for d in _documents(unit)}
    with open_glossary(db_path, readonly=True) as db:
        stored = stored_units(db)
    return units + [unit for unit in stored if not any((d.name, d.language) in given for d in _documents(unit))]


def _documents(unit: Unit) -> tuple[Document, ...]:
    return (unit.ja, unit.en) if isinstance(unit, Bitext) else (unit,)


class _Analysis:
    """Sentences, tokens and beads of bitexts."""

    def __init__(self, knowledge: Knowledge, show: Progress) -> None:
        self._knowledge, self._show = knowledge, show

    def bitexts(self, bitexts: Sequence[Bitext]) -> list[AlignedBitext]:
        """All bitexts aligned; the lexicons are asked in few queries."""
        analyses = []
        for done, bitext in enumerate(bitexts):
            self._show("Analysing", done, len(bitexts))
            analyses.append((bitext, analyse(bitext.ja), analyse(bitext.en)))
        self._knowledge.prefetch(
            form for _, ja, _ in analyses for row in ja.tokens for token in row for form in (token.surface, token.lemma)
        )
        matcher = WordMatcher(self._knowledge)
        aligned = []
        for done, (bitext, ja, en) in enumerate(analyses):
            self._show("Aligning sentences", done, len(bitexts))
            aligned.append(
                segmented_bitext(bitext, matcher) if bitext.segments else align_bitext(bitext, ja, en, matcher)
            )
        return aligned


class Scorer:
    """Scores units one by one; one for each process."""

    def __init__(self, knowledge: Knowledge, model: Model, state: ModelState) -> None:
        self._model, self._state, self._knowledge = model, state, knowledge
        self._maker = CandidateMaker(knowledge, model.base)
        ja, en = model.labellers["ja"], model.labellers["en"]
        self._labellers = ja, en
        self._kinds = sum(label.startswith("B-") for label in ja.labels)

    def __call__(self, units: Sequence[AlignedBitext | Document]) -> list[Result]:
        """Segments and concepts of each unit; a unit's result does not depend on the others."""
        bitexts = [unit for unit in units if isinstance(unit, AlignedBitext)]
        self._maker.prefetch(bitexts)
        found = [self._candidates(unit) for unit in bitexts]
        paired = iter(zip(found, rank(found, self._model, self._knowledge), strict=True))
        return [self._document(u) if isinstance(u, Document) else _bitext_result(*next(paired)) for u in units]

    def _candidates(self, unit: AlignedBitext) -> BitextCandidates:
        beads = self._maker.linked(unit, self._state)
        labels = [self._maker.label(bead, *self._labellers) for bead in beads]
        return self._maker.candidates(unit, beads, labels, self._state, self._kinds)

    def _document(self, document: Document) -> Result:
        features = self._maker.label_features
        return [], document_concepts(analyse(document), self._model, features, self._knowledge)


def _bitext_result(found: BitextCandidates, ranked: list[RankedPair]) -> Result:
    return [bead.segment for bead in found.aligned.beads], bitext_concepts(found, ranked)


_scorer: Scorer | None = None
"""Of a worker process: taggers and lexicon connections cannot be sent to it."""


def _start_worker(db_path: Path, state: bytes) -> None:
    global _scorer
    _scorer = Scorer(knowledge_for(db_path), shipped_model(), ModelState.from_bytes(state))


def _score(units: Sequence[AlignedBitext | Document]) -> list[Result]:
    assert _scorer is not None
    return _scorer(units)


def _scored(
    units: Sequence[AlignedBitext | Document],
    state: ModelState,
    knowledge: Knowledge,
    db_path: Path,
    model: Model,
    jobs: int,
    work: WorkFile,
    show: Progress,
) -> Iterator[Result]:
    """Results of all units in order, from the work file where an interrupted build left them."""
    packed = state.to_bytes()
    state = ModelState.from_bytes(packed)  # as a later build and every worker will read it
    keys = [_key(unit, packed, knowledge) for unit in units]
    stored = {key: result for key in keys if (result := work.get(key)) is not None}
    missing = [k for k, key in enumerate(keys) if key not in stored]
    chunks = [missing[start : start + _CHUNK] for start in range(0, len(missing), _CHUNK)]
    tasks = [[units[k] for k in chunk] for chunk in chunks]
    pool = None
    if jobs > 1 and len(tasks) > 1:
        pool = ProcessPoolExecutor(jobs, initializer=_start_worker, initargs=(db_path, packed))
        fresh: Iterator[list[Result]] = pool.map(_score, tasks, chunksize=1)
    else:
        fresh = map(Scorer(knowledge, model, state), tasks)
    try:
        done = 0
        for chunk, results in zip(chunks, fresh, strict=True):
            for k, result in zip(chunk, results, strict=True):
                work.put(keys[k], *result)
                stored[keys[k]] = result
            done += len(chunk)
            show("Pairing terms", done, len(missing))
    finally:
        if pool is not None:
            pool.shutdown(cancel_futures=True)
    return (stored[key] for key in keys)


def _key(unit: AlignedBitext | Document, state: bytes, knowledge: Knowledge) -> str:
    documents = (unit,) if isinstance(unit, Document) else (unit.bitext.ja, unit.bitext.en)
    parts = [__version__, weights_digest(), *(d.document_id for d in documents), *knowledge.names]
    return hashlib.sha256("\0".join(parts).encode() + state).hexdigest()


def _harvest(
    units: Sequence[Unit],
    results: Sequence[Result],
    knowledge: Knowledge,
    model: Model,
    stored: Known,
    pairs: Sequence[NamePair],
) -> Harvest:
    """All results as one; documents sorted by name. `stored`, `pairs`: what the glossary has of other texts."""
    found = [concept for _, concepts in results for concept in concepts]
    known = {**stored, **known_terms(found, model.threshold)}
    concepts = merge_concepts(adopted(concept, known) for concept in found)
    documents = {d.document_id: d for unit in units for d in _documents(unit)}
    relations = named_in_texts(concepts, documents.values()) + related(sure_pairs(concepts), pairs)
    return Harvest(
        documents=tuple(sorted(documents.values(), key=lambda d: (d.name, d.language))),
        bitexts=tuple(unit for unit in units if isinstance(unit, Bitext)),
        segments=tuple(segment for segments, _ in results for segment in segments),
        concepts=tuple(concepts),
        relations=tuple(relations),
        calibration=tuple((float(x), float(y)) for x, y in model.calibration),
        lexicons=knowledge.names,
    )


def _with_copies(harvest: Harvest, collection: Collection) -> Harvest:
    """Copies and other versions of a text are stored, though nothing in them is counted."""
    there = {document.document_id for document in harvest.documents}
    copies = [d for d in collection.documents if d.duplicate_of is not None and d.document_id not in there]
    documents = sorted([*harvest.documents, *copies], key=lambda d: (d.name, d.language))
    return replace(harvest, documents=tuple(documents))
