"""Fitting the model on annotated documents: labellers, ranker, calibration, threshold; and its cross-validation.

Documents are dealt into folds. Whatever is learned from labels is learned without the fold it is applied to; the
word links and counts, which need no labels, come from all texts at once, as in a build.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from .. import __version__
from ..alignment.documents import AlignedBitext, align_bitext, analyse
from ..alignment.matching import WordMatcher, is_content_ja
from ..alignment.words import LexicalTable
from ..documents.folder import read_paths
from ..languages.english import FUNCTION_WORDS
from ..lexicons.knowledge import Knowledge, embedded
from ..records import KINDS
from ..terms.candidates import CandidateMaker, likely_spans
from ..terms.crf import Crf
from ..terms.linked import LinkedBead
from ..terms.model import Model
from ..terms.pairfeatures import Labelled
from ..terms.state import ModelState, estimate
from ..terms.trees import Trees, interpolate, isotonic
from .gold import GoldKey, GoldRow, Scores, gold_tiers, normalize_en, normalize_ja, read_gold, score_pairs
from .labelling import terms_by_document, token_labels, train_labeller

LABELLED_KINDS = ("concept", *(kind for kind in KINDS if kind != "concept"))
"""The labellers' kinds, concept first: the others are names, laws and roles."""
_TREE_PARAMETERS = {
    "objective": "binary", "learning_rate": 0.05, "num_leaves": 31, "max_depth": 7, "min_data_in_leaf": 20,
    "feature_fraction": 0.5, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0, "verbose": -1,
    "num_threads": 2, "deterministic": True, "force_row_wise": True, "seed": 1,
}  # fmt: skip
_ROUNDS = 350
_PRECISION_HIGH = 0.88
_PLATEAU = 0.003
"""Differences of F below this are chance on some four thousand pairs."""
_GRAMMAR_SHARE = 0.2
"""Share of the documents in which a grammatical word stands that the base table keeps."""


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


class Rows(NamedTuple):
    """Candidate pairs of all documents."""

    features: np.ndarray
    keys: list[GoldKey]
    documents: np.ndarray
    """Number of the document of each row."""


def prepare(folder: Path, gold: Path, knowledge: Knowledge | None = None, base: LexicalTable | None = None) -> Corpus:
    """Read, align and link the documents of `folder` that have gold rows."""
    knowledge = embedded() if knowledge is None else knowledge
    rows = read_gold(gold)
    annotated = {row.document for row in rows}
    bitexts = align_all(folder, annotated, knowledge)
    base = grammar_table(bitexts) if base is None else base
    maker = CandidateMaker(knowledge, base)
    maker.prefetch(bitexts)
    corpus = Corpus(rows, bitexts, estimate(bitexts, base), base, maker)
    corpus.beads = [maker.linked(bitext, corpus.state) for bitext in bitexts]
    for name in ("ja", "en", "ja_alone", "en_alone"):
        side = name[:2]
        make = maker.label_features.japanese if side == "ja" else maker.label_features.english
        terms = terms_by_document(rows, side)
        corpus.rows[name], corpus.labels[name] = [], []
        for bitext, beads in zip(bitexts, corpus.beads, strict=True):
            text = (bitext.bitext.ja if side == "ja" else bitext.bitext.en).text
            for bead in beads:
                tokens = bead.ja if side == "ja" else bead.en
                corpus.rows[name].append(make(tokens, None if name.endswith("alone") else bead))
                corpus.labels[name].append(token_labels(tokens, text, terms[bitext.bitext.name]))
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


def grammar_table(bitexts: Sequence[AlignedBitext]) -> LexicalTable:
    """Links in which a grammatical word of either language takes part, both words standing in many documents."""
    whole = estimate(bitexts, LexicalTable()).lexical
    least = _GRAMMAR_SHARE * len(bitexts)
    ja_standing: dict[str, set[str]] = defaultdict(set)
    en_standing: dict[str, set[str]] = defaultdict(set)
    grammatical = set()
    for bitext in bitexts:
        for bead in bitext.beads:
            for token in bead.ja:
                ja_standing[token.lemma].add(bitext.bitext.name)
                if not is_content_ja(token):
                    grammatical.add(token.lemma)
            for token in bead.en:
                en_standing[token.lemma].add(bitext.bitext.name)
    table = LexicalTable()
    for (ja, en), count in whole.counts.items():
        grammar = ja in grammatical or en in FUNCTION_WORDS or not en[0].isalnum()
        if grammar and len(ja_standing[ja]) >= least and len(en_standing[en]) >= least:
            table.add(ja, en, round(count, 2))
    return table


def folds(documents: Sequence[str], number: int) -> dict[str, int]:
    """The fold of each document, dealt out by a digest of its name: the same for any order."""
    order = sorted(set(documents), key=lambda name: hashlib.sha256(name.encode()).hexdigest())
    return {name: k % number for k, name in enumerate(order)}


def labeller_without(corpus: Corpus, name: str, left_out: set[str]) -> Crf:
    """A labeller trained on all documents but those left out."""
    keep = [k for k, document in enumerate(corpus.documents) if document not in left_out]
    return train_labeller(
        [corpus.rows[name][k] for k in keep],
        [corpus.labels[name][k] for k in keep],
        [corpus.documents[k] for k in keep],
        LABELLED_KINDS,
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


def labelled_by(corpus: Corpus, labellers: Mapping[str, tuple[Crf, Crf]]) -> list[list[tuple[Labelled, Labelled]]]:
    """What the labellers chosen for each document say of its beads."""
    labels, place = [], 0
    for bitext, beads in zip(corpus.bitexts, corpus.beads, strict=True):
        ja, en = labellers[bitext.bitext.name]
        labels.append([
            (likely_spans(ja, corpus.rows["ja"][place + k]), likely_spans(en, corpus.rows["en"][place + k]))
            for k in range(len(beads))
        ])  # fmt: skip
        place += len(beads)
    return labels


def candidate_rows(
    corpus: Corpus, labels: Sequence[list[tuple[Labelled, Labelled]]], only: set[str] | None = None
) -> Rows:
    """Features of all candidate pairs, given what the labellers say."""
    features, keys, numbers = [], [], []
    for number, (bitext, beads, said) in enumerate(zip(corpus.bitexts, corpus.beads, labels, strict=True)):
        if only is not None and bitext.bitext.name not in only:
            continue
        found = corpus.maker.candidates(bitext, beads, said, corpus.state, len(LABELLED_KINDS))
        ja_text, en_text = bitext.bitext.ja.text, bitext.bitext.en.text
        for bead, pairs in zip(beads, found.pairs, strict=True):
            ja = [normalize_ja(ja_text[bead.ja[a].start : bead.ja[b - 1].end]) for a, b in pairs.ja]
            en = [normalize_en(en_text[bead.en[a].start : bead.en[b - 1].end]) for a, b in pairs.en]
            keys += [(bitext.bitext.name, ja[i], en[j]) for i, j in pairs.pairs]
            numbers += [number] * len(pairs.pairs)
            features.append(pairs.features)
    return Rows(np.concatenate(features), keys, np.array(numbers))


def fit_trees(features: np.ndarray, hits: np.ndarray, seed: int = 1) -> Trees:
    """The ranker."""
    import lightgbm

    data = lightgbm.Dataset(features, hits.astype(float), params={"verbose": -1})
    return Trees.from_lightgbm(lightgbm.train({**_TREE_PARAMETERS, "seed": seed}, data, _ROUNDS).dump_model())


def best_by_key(keys: Sequence[GoldKey], scores: np.ndarray) -> dict[GoldKey, float]:
    """The best score of each pair of a document."""
    best: dict[GoldKey, float] = {}
    for key, score in zip(keys, scores, strict=True):
        if score > best.get(key, -np.inf):
            best[key] = float(score)
    return best


def best_threshold(
    gold: Mapping[GoldKey, str], best: Mapping[GoldKey, float], accept: Callable[[Scores], bool] | None = None
) -> tuple[float, Scores]:
    """The score with the highest F; with `accept`, the lowest one from which the scores are accepted.

    F is flat around its peak and where exactly the peak lies is chance: the middle of the plateau is taken.
    """
    options = []
    for cut in np.round(np.arange(-3.0, 4.0, 0.05), 2):
        scores = score_pairs(gold, (key for key, value in best.items() if value >= cut))
        if accept is not None and scores.predicted and accept(scores):
            return float(cut), scores
        options.append((float(cut), scores))
    peak = max(scores.f for _, scores in options)
    plateau = [option for option in options if option[1].f >= peak - _PLATEAU]
    return plateau[len(plateau) // 2]


@dataclass(frozen=True)
class CrossValidation:
    """Scores of every candidate pair, given by a model that saw nothing of its document."""

    best: dict[GoldKey, float]
    fold: dict[str, int]
    rows: Rows
    scores: np.ndarray


def cross_validate(
    corpus: Corpus, number: int = 5, *, nested: bool = True, progress: Callable[[str], None] = print
) -> CrossValidation:
    """Out-of-fold scores. `nested`: the labellers behind the ranker's training rows are refitted inside each fold too.

    Without `nested` each document is labelled by the labellers that did not see its own fold, and those of the
    ranker's training rows have seen the test fold: quicker, and a little optimistic.
    """
    names = [bitext.bitext.name for bitext in corpus.bitexts]
    fold = folds(names, number)
    gold = gold_tiers(corpus.gold)
    of_fold = {f: frozenset(name for name in names if fold[name] == f) for f in range(number)}
    tasks = {(side, of_fold[f]) for side in ("ja", "en") for f in range(number)}
    if nested:
        tasks |= {(side, of_fold[f] | of_fold[g]) for side in ("ja", "en") for f in range(number) for g in range(f)}
    ordered = sorted(tasks, key=lambda task: (len(task[1]), task[0], sorted(task[1])))
    progress(f"training {len(ordered)} labellers")
    labeller = dict(zip(ordered, train_labellers(corpus, ordered), strict=True))
    plain = {name: (labeller["ja", of_fold[fold[name]]], labeller["en", of_fold[fold[name]]]) for name in names}
    everything = candidate_rows(corpus, labelled_by(corpus, plain))
    scores = np.zeros(len(everything.keys))
    for f in range(number):
        progress(f"fold {f + 1} of {number}")
        test = np.array([fold[key[0]] == f for key in everything.keys])
        if nested:
            inner = {}
            for name in names:
                out = of_fold[f] | of_fold[fold[name]]
                inner[name] = (labeller["ja", out], labeller["en", out])
            train = candidate_rows(corpus, labelled_by(corpus, inner), set(names) - of_fold[f])
            features, keys = train.features, train.keys
        else:
            features, keys = (
                everything.features[~test],
                [k for k, t in zip(everything.keys, test, strict=True) if not t],
            )
        trees = fit_trees(features, np.array([key in gold for key in keys]))
        scores[test] = trees.scores(everything.features[test])
    return CrossValidation(best_by_key(everything.keys, scores), fold, everything, scores)


def fit(corpus: Corpus, validated: CrossValidation, source: str) -> Model:
    """The final model on all documents; calibration and thresholds from the cross-validation."""
    gold = gold_tiers(corpus.gold)
    names = ("ja", "en", "ja_alone", "en_alone")
    labellers = dict(zip(names, train_labellers(corpus, [(name, frozenset()) for name in names]), strict=True))
    # The ranker learns from labels as it will meet them: of documents that the labellers did not see.
    trees = fit_trees(validated.rows.features, np.array([key in gold for key in validated.rows.keys]))
    scores = np.array(list(validated.best.values()))
    curve = isotonic(scores, np.array([key in gold for key in validated.best]))
    cut, figures = best_threshold(gold, validated.best)
    high, high_figures = best_threshold(gold, validated.best, lambda s: s.precision >= _PRECISION_HIGH)
    digest = hashlib.sha256(repr(sorted(gold.items())).encode()).hexdigest()[:12]
    signature: dict[str, Any] = {
        "input": source, "documents": len(corpus.bitexts), "pairs": len(gold), "gold_sha256": digest,
        "version": __version__, "lexicons": list(corpus.maker.knowledge.names),
        "folds": len(set(validated.fold.values())),
        "cross_validated": {"normal": _rounded(figures), "high": _rounded(high_figures)},
    }  # fmt: skip
    confidence = interpolate(curve, np.array([cut, high]))
    return Model(
        labellers, trees, curve, round(float(confidence[0]), 4),
        {"normal": round(float(confidence[0]), 4), "high": round(float(confidence[1]), 4)}, corpus.base, signature,
    )  # fmt: skip


def _rounded(scores: Scores) -> dict[str, float]:
    return {name: round(value, 4) for name, value in scores._asdict().items()}
