"""Training of the sequence labellers on annotated spans, with python-crfsuite (extra `train`)."""

from __future__ import annotations

import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from ..languages.tokens import Token
from ..terms.crf import Crf
from .gold import GoldRow

_WORDS = re.compile(r"^[+-]?\d*(?:w|l|c|a|x)[-\d]*=")
"""Features that name a word or a part of one."""
_LEAST_DOCUMENTS = 6
"""Documents in which a word must stand to be a feature: the labeller learns how terms are built, not which exist."""
_OTHERS_LEAST = 2


def token_labels(
    tokens: Sequence[Token], text: str, terms: Iterable[tuple[str, str]], *, inner: bool = False
) -> list[str]:
    """B-kind, I-kind or O for each token. `terms`: (string, kind); of nested ones the longest is labelled, with `inner`
    the shortest."""
    starts = {token.start: k for k, token in enumerate(tokens)}
    ends = {token.end: k + 1 for k, token in enumerate(tokens)}
    labels = ["O"] * len(tokens)
    if not tokens:
        return labels
    found = []
    for term, kind in terms:
        place = text.find(term, tokens[0].start)
        while place >= 0 and place + len(term) <= tokens[-1].end:
            end = place + len(term)
            if place in starts and end in ends:
                found.append((starts[place], ends[end], kind))
            place = text.find(term, place + 1)
    order = 1 if inner else -1
    for first, last, kind in sorted(found, key=lambda item: (order * (item[1] - item[0]), item)):
        if all(label == "O" for label in labels[first:last]):
            labels[first:last] = [f"B-{kind}"] + [f"I-{kind}"] * (last - first - 1)
    return labels


def terms_by_document(gold: Iterable[GoldRow], side: str) -> dict[str, list[tuple[str, str]]]:
    """(string, kind) of one side, by document; one-sided rows too."""
    terms: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in gold:
        text = row.ja if side == "ja" else row.en
        if text:
            terms[row.document].append((text, row.kind))
    return terms


def train_labeller(
    rows: Sequence[list[list[str]]], labels: Sequence[list[str]], documents: Sequence[str], kinds: Sequence[str]
) -> Crf:
    """A labeller from features and labels of beads; `documents` names the document of each bead."""
    import pycrfsuite

    standing: dict[str, set[str]] = defaultdict(set)
    for bead, document in zip(rows, documents, strict=True):
        for token in bead:
            for feature in token:
                standing[feature].add(document)
    kept = {
        f for f, where in standing.items() if len(where) >= (_LEAST_DOCUMENTS if _WORDS.match(f) else _OTHERS_LEAST)
    }
    trainer = pycrfsuite.Trainer(verbose=False)
    for bead, names in zip(rows, labels, strict=True):
        if bead:
            trainer.append([[feature for feature in token if feature in kept] for token in bead], names)
    trainer.set_params({"c1": 0.1, "c2": 0.05, "max_iterations": 120, "feature.possible_transitions": True})
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "labeller")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        return _weights(tagger.info(), kinds)


def _weights(info, kinds: Sequence[str]) -> Crf:
    labels = (*(f"B-{kind}" for kind in kinds), *(f"I-{kind}" for kind in kinds), "O")
    index = {label: k for k, label in enumerate(labels)}
    features: dict[str, int] = {}
    for feature, _ in sorted(info.state_features):
        features.setdefault(feature, len(features))
    state = np.zeros((len(features), len(labels)), dtype=np.float32)
    for (feature, label), weight in info.state_features.items():
        state[features[feature], index[label]] = weight
    transition = np.zeros((len(labels), len(labels)), dtype=np.float32)
    for (before, after), weight in info.transitions.items():
        transition[index[before], index[after]] = weight
    for before in labels:
        for after in labels:
            if after.startswith("I-") and before[1:] != after[1:]:
                transition[index[before], index[after]] = -30.0
    return Crf(labels, features, state.astype(np.float16).astype(np.float32), transition)
