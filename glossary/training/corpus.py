"""Annotated documents made ready for training: aligned, linked, with the features and labels of the labellers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from ..alignment.documents import AlignedBitext, align_bitext, analyse
from ..alignment.matching import WordMatcher
from ..alignment.words import LexicalTable
from ..documents.folder import read_paths
from ..lexicons.knowledge import Knowledge, embedded
from ..records import KINDS
from ..terms.candidates import CandidateMaker, side_labels
from ..terms.crf import Crf
from ..terms.linked import LinkedBead
from ..terms.model import shipped_model
from ..terms.pairfeatures import Labels
from ..terms.state import ModelState, estimate
from .gold import GoldRow, read_gold
from .labelling import terms_by_document, token_labels, train_labeller

LABELLED_KINDS = ("concept", *(kind for kind in KINDS if kind != "concept"))
"""The labellers' kinds, concept first: the others are names, laws and roles."""
INNER = "term"
"""The one kind of the labellers of inner terms."""
LABELLERS = ("ja", "en", "ja_inner", "en_inner", "ja_alone", "en_alone")
LINKED_LABELLERS = LABELLERS[:4]
"""Those that read the links to the other side: of these the ranker's features are made."""


@dataclass
class Corpus:
    """Annotated documents, aligned and linked, with the features that the labellers read."""

    gold: list[GoldRow]
    bitexts: list[AlignedBitext]
    state: ModelState
    base: LexicalTable
    maker: CandidateMaker
    beads: list[list[LinkedBead]] = field(default_factory=list)
    """By bitext."""
    rows: dict[str, list[list[list[str]]]] = field(default_factory=dict)
    """labeller → features of the tokens of every bead, all bitexts' beads in one list."""
    labels: dict[str, list[list[str]]] = field(default_factory=dict)
    documents: list[str] = field(default_factory=list)
    """Document of every bead."""


def prepare(folder: Path, gold: Path, knowledge: Knowledge | None = None, base: LexicalTable | None = None) -> Corpus:
    """Read, align and link the documents of `folder` that have gold rows; `base` is the shipped table by default."""
    knowledge = embedded() if knowledge is None else knowledge
    rows = read_gold(gold)
    annotated = {row.document for row in rows}
    bitexts = align_all(folder, annotated, knowledge)
    base = shipped_model().base if base is None else base
    maker = CandidateMaker(knowledge, base)
    maker.prefetch(bitexts)
    corpus = Corpus(rows, bitexts, estimate(bitexts, base), base, maker)
    corpus.beads = [maker.linked(bitext, corpus.state) for bitext in bitexts]
    for name in LABELLERS:
        side = name[:2]
        make = maker.label_features.japanese if side == "ja" else maker.label_features.english
        terms = terms_by_document(rows, side)
        if name.endswith("inner"):
            terms = defaultdict(list, {name: [(text, INNER) for text, _ in own] for name, own in terms.items()})
        layer = name.endswith("inner")
        corpus.rows[name], corpus.labels[name] = corpus.rows[side] if layer else [], []
        for bitext, beads in zip(bitexts, corpus.beads, strict=True):
            text = (bitext.bitext.ja if side == "ja" else bitext.bitext.en).text
            for bead in beads:
                tokens = bead.ja if side == "ja" else bead.en
                if not layer:
                    corpus.rows[name].append(make(tokens, None if name.endswith("alone") else bead))
                corpus.labels[name].append(token_labels(tokens, text, terms[bitext.bitext.name], inner=layer))
    corpus.documents = [bitext.bitext.name for bitext, beads in zip(bitexts, corpus.beads, strict=True) for _ in beads]
    return corpus


def align_all(folder: Path, names: Iterable[str], knowledge: Knowledge) -> list[AlignedBitext]:
    """The bitexts of `folder` named so, aligned."""
    wanted = set(names)
    collection = read_paths([folder])
    matcher = WordMatcher(knowledge)
    analyses = [(b, analyse(b.ja), analyse(b.en)) for b in collection.bitexts if b.name in wanted]
    knowledge.prefetch(form for _, ja, _ in analyses for row in ja.tokens for t in row for form in (t.surface, t.lemma))
    return [align_bitext(bitext, ja, en, matcher) for bitext, ja, en in analyses]


def labeller_without(corpus: Corpus, name: str, left_out: set[str]) -> Crf:
    """A labeller trained on all documents but those left out."""
    keep = [k for k, document in enumerate(corpus.documents) if document not in left_out]
    return train_labeller(
        [corpus.rows[name][k] for k in keep],
        [corpus.labels[name][k] for k in keep],
        [corpus.documents[k] for k in keep],
        (INNER,) if name.endswith("inner") else LABELLED_KINDS,
    )


_shared: Corpus | None = None
"""The corpus, for worker processes that are forked from this one."""


def _train(task: tuple[str, frozenset[str]]) -> Crf:
    assert _shared is not None
    return labeller_without(_shared, task[0], set(task[1]))


def train_labellers(corpus: Corpus, tasks: Sequence[tuple[str, frozenset[str]]], jobs: int = 2) -> list[Crf]:
    """Labellers for (name, documents left out), trained in parallel."""
    import multiprocessing

    global _shared
    _shared = corpus
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("fork")) as pool:
        return list(pool.map(_train, tasks))


def labelled_by(corpus: Corpus, labellers: Mapping[str, Mapping[str, Crf]]) -> list[list[Labels]]:
    """What the labellers chosen for each document say of its beads."""
    labels, place = [], 0
    for bitext, beads in zip(corpus.bitexts, corpus.beads, strict=True):
        own = labellers[bitext.bitext.name]
        labels.append([
            (side_labels(own, "ja", corpus.rows["ja"][place + k]), side_labels(own, "en", corpus.rows["en"][place + k]))
            for k in range(len(beads))
        ])  # fmt: skip
        place += len(beads)
    return labels
