"""Labeller and ranker against brute force: what they promise to be exact is computed here the long way."""

from itertools import pairwise, product
from math import factorial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.terms.crf import Crf
from glossary.terms.trees import Trees, interpolate, isotonic

LABELS = ("B-concept", "B-place", "I-concept", "I-place", "O")


def labeller(seed):
    random = np.random.default_rng(seed)
    transition = random.normal(size=(5, 5)).astype(np.float32)
    for before, a in enumerate(LABELS):
        for after, b in enumerate(LABELS):
            if b.startswith("I") and a[1:] != b[1:]:
                transition[before, after] = -30.0
    return Crf(LABELS, {"x": 0, "y": 1}, random.normal(size=(2, 5)).astype(np.float32), transition)


def by_enumeration(crf, rows):
    """P(label sequence) of all sequences."""
    emissions = crf.emissions(rows)
    scores = {}
    for sequence in product(range(5), repeat=len(rows)):
        total = sum(emissions[k, label] for k, label in enumerate(sequence))
        scores[sequence] = np.exp(total + sum(crf.transition[a, b] for a, b in pairwise(sequence)))
    whole = sum(scores.values())
    return {sequence: score / whole for sequence, score in scores.items()}


@settings(max_examples=25, deadline=None)
@given(
    st.integers(0, 10_000),
    st.lists(st.lists(st.sampled_from(["x", "y", "unknown"]), max_size=3), min_size=1, max_size=4),
)
def test_marginals_and_span_probabilities_are_those_of_enumeration(seed, rows):
    crf = labeller(seed)
    chain, sequences = crf.chain(rows), by_enumeration(crf, rows)
    for k in range(len(rows)):
        for label in range(5):
            expected = sum(p for sequence, p in sequences.items() if sequence[k] == label)
            assert chain.marginals[k, label] == pytest.approx(expected, abs=1e-6)
    for (first, last), found in chain.spans(9).items():
        for kind in (0, 1):
            expected = sum(
                p
                for s, p in sequences.items()
                if s[first] == kind
                and all(s[k] == kind + 2 for k in range(first + 1, last))
                and (last == len(rows) or s[last] != kind + 2)
            )
            assert found[kind] == pytest.approx(expected, abs=1e-6)


def stump_forest(seed, depth=3, trees=3, features=4):
    """Random full trees as LightGBM dumps them."""
    random = np.random.default_rng(seed)

    def node(level, count):
        if level == 0 or count < 4:
            return {"leaf_value": float(random.normal()), "leaf_count": count}
        left = int(random.integers(1, count))
        return {
            "split_feature": int(random.integers(features)), "threshold": float(random.normal()),
            "internal_count": count,
            "left_child": node(level - 1, left), "right_child": node(level - 1, count - left),
        }  # fmt: skip

    return {"tree_info": [{"tree_structure": node(depth, 100)} for _ in range(trees)]}


def expectation(tree, row, present):
    """Value of a tree for a row of which only the features `present` are known."""
    if "leaf_value" in tree:
        return tree["leaf_value"]
    left, right = tree["left_child"], tree["right_child"]
    if tree["split_feature"] in present:
        return expectation(left if row[tree["split_feature"]] <= tree["threshold"] else right, row, present)
    counts = [child.get("leaf_count", child.get("internal_count")) for child in (left, right)]
    values = [expectation(child, row, present) for child in (left, right)]
    return float(np.average(values, weights=counts))


def shapley(dump, row, features):
    values = np.zeros(features)
    for k in range(features):
        others = [f for f in range(features) if f != k]
        for chosen in product((False, True), repeat=len(others)):
            known = {f for f, c in zip(others, chosen, strict=True) if c}
            weight = factorial(len(known)) * factorial(features - 1 - len(known)) / factorial(features)
            for tree in dump["tree_info"]:
                root = tree["tree_structure"]
                values[k] += weight * (expectation(root, row, known | {k}) - expectation(root, row, known))
    return values


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_contributions_are_shapley_values_and_add_up(seed):
    dump = stump_forest(seed)
    trees = Trees.from_lightgbm(dump)
    rows = np.random.default_rng(seed + 1).normal(size=(3, 4))
    contributions, scores = trees.contributions(rows), trees.scores(rows)
    for row, contribution, score in zip(rows, contributions, scores, strict=True):
        assert contribution == pytest.approx(shapley(dump, row, 4), abs=1e-9)
        assert contribution.sum() + trees.base == pytest.approx(score, abs=1e-9)
        whole = sum(expectation(tree["tree_structure"], row, {0, 1, 2, 3}) for tree in dump["tree_info"])
        assert score == pytest.approx(whole)


@given(st.integers(0, 10_000))
def test_a_calibration_curve_rises_and_keeps_the_mean(seed):
    random = np.random.default_rng(seed)
    scores = random.normal(size=600)
    hits = random.random(600) < 1 / (1 + np.exp(-2 * scores))
    knots = isotonic(scores, hits)
    assert (np.diff(knots[:, 0]) > 0).all() and (np.diff(knots[:, 1]) > 0).all()
    assert interpolate(knots, scores).mean() == pytest.approx(hits.mean(), abs=0.05)
