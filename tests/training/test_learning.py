"""`glossary train`: decisions become verdicts, verdicts become weights, and only better weights are kept."""

from __future__ import annotations

import random
import shutil
import sqlite3
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from sample_glossary import CHECKOUT, SAMPLES, copy_samples

from glossary.build import build
from glossary.cli.train import train_command
from glossary.decisions import Decision, table
from glossary.decisions.actions import ACTIONS
from glossary.decisions.engine import recording
from glossary.decisions.payload import make_payload
from glossary.decisions.record import stamp_after
from glossary.decisions.targets import number_of
from glossary.errors import GlossaryError
from glossary.store import open_glossary
from glossary.store.trained import add_trained, read_trained
from glossary.terms.model import features_digest, model_in_force, shipped_model, weights_digest
from glossary.terms.trees import isotonic
from glossary.training.comparison import SAMPLES as BOOTSTRAPS
from glossary.training.comparison import compare, logistic, ranked
from glossary.training.decided import decided_pairs
from glossary.training.gold import gold_tiers, normalize_en, normalize_ja, read_gold
from glossary.training.learning import ENOUGH, FOLDS, LEAST_OF_EITHER, LEAST_PAIRS, LearningReport, learn
from glossary.training.refit import USER_WEIGHT
from glossary.training.shippedrows import TRAINING_ROWS, load_rows
from glossary.training.userrows import MOST_BITEXTS

ARTICLES = ["aegis-ashore", "baseball", "electric-car", "film-festival", "reactor-restart", "sumo"]
LATER = "typhoon"
ROUNDS = 60
"""Trees: far fewer than shipped, for the tests' sake."""

# What decisions say


def decision(number: int, action: str, ja: str, en: str, after: dict[str, object]) -> Decision:
    selector = {"concept_id": f"{ja}{en}", "ja": ja, "en": en}
    return Decision(f"d{number}", f"2024-01-{number:02}T00:00:00.000000Z", "ann", action, None, selector, {}, after)


CAT, GULL = ("山猫", "wildcat"), ("海猫", "gull")
APPROVE = ("approve", *CAT, {"pairs": [list(CAT)]})
REJECT = ("reject", *CAT, {"pairs": [list(CAT)], "whole": 1})
THERE_ONLY = ("reject", *CAT, {"pairs": [list(CAT)], "whole": 1, "document": "zoo"})
EDIT = ("edit", *CAT, {"language": "en", "old": "wildcat", "new": "lynx"})


@pytest.mark.parametrize(
    ("case", "decisions", "expected"),
    [
        ("nothing", [], {}),
        ("approved", [APPROVE], {CAT: True}),
        ("rejected", [REJECT], {CAT: False}),
        ("the later one holds", [REJECT, APPROVE], {CAT: True}),
        ("added", [("add", *GULL, {"ja": "海猫", "en": "gull"})], {GULL: True}),
        ("a further term", [("add", *GULL, {"term": "ウミネコ", "language": "ja"})], {("ウミネコ", "gull"): True}),
        ("corrected", [EDIT], {CAT: False, ("山猫", "lynx"): True}),
        ("corrected, then approved", [EDIT, APPROVE], {CAT: False, ("山猫", "lynx"): True}),
        ("only the spelling corrected", [("edit", *CAT, {"language": "en", "old": "wildcat", "new": "Wildcat"})],
         {CAT: True}),
        ("undone", [APPROVE, ("undo", *CAT, {"decision_id": "d1"})], {}),
        ("of other things", [("kind", *CAT, {"kind": "concept"})], {}),
    ],
)  # fmt: skip
def test_verdicts(case, decisions, expected):
    made = [decision(k, *one) for k, one in enumerate(decisions, 1)]
    assert decided_pairs(made).everywhere == expected


def test_what_is_wrong_in_one_document_is_not_wrong_elsewhere():
    decided = decided_pairs([decision(1, *THERE_ONLY), decision(2, *APPROVE)])
    assert decided.of("zoo", CAT) is False
    assert decided.of("park", CAT) is True
    assert decided.of("park", GULL) is None


# Comparing


@given(st.lists(st.tuples(st.integers(-5, 5), st.booleans()), min_size=2).filter(lambda x: len({r for _, r in x}) == 2))
def test_rightly_ranked_is_what_counting_couples_gives(pairs):
    couples = [(a > b) + (a == b) / 2 for a, right in pairs if right for b, other in pairs if not other]
    scores, right = np.array([s for s, _ in pairs], dtype=float), np.array([r for _, r in pairs])
    assert ranked(scores, right) == pytest.approx(sum(couples) / len(couples))


def test_the_logistic_curve_finds_the_one_that_made_the_answers():
    chance = np.random.default_rng(3)
    scores = chance.normal(0, 2, 20_000)
    right = chance.random(len(scores)) < 1 / (1 + np.exp(-(0.7 * scores - 1.2)))
    assert logistic(scores, right) == pytest.approx((0.7, -1.2), abs=0.05)


@pytest.mark.parametrize(("gain", "kept"), [(2.0, True), (0.0, False), (-2.0, False)])
def test_better_scores_are_told_from_equal_and_worse_ones(gain, kept):
    chance = np.random.default_rng(5)
    right = chance.random(400) < 0.6
    before = chance.normal(0, 1, 400) + right
    after = before + gain * (right - 0.5)
    documents = [f"document {k % 20}" for k in range(400)]
    found = compare(before, after, right, documents, np.arange(400) % 20 % FOLDS)
    assert (found.favour >= 0.95) is kept
    assert (found.after.log_loss < found.before.log_loss) is kept


def test_to_be_sure_of_oneself_in_another_measure_is_not_better():
    chance = np.random.default_rng(5)
    right = chance.random(400) < 0.9
    before = chance.normal(0, 1, 400) + right
    documents = [f"document {k % 20}" for k in range(400)]
    found = compare(before, 3 * before + 4, right, documents, np.arange(400) % 20 % FOLDS)
    assert found.after.log_loss == pytest.approx(found.before.log_loss, abs=1e-6)
    assert found.after.ranked == found.before.ranked


# The shipped rows


def test_the_shipped_rows_are_those_of_the_shipped_weights():
    shipped, model = load_rows(), shipped_model()
    assert TRAINING_ROWS.stat().st_size < 12_000_000
    assert model.signature["pairs"] >= shipped.hits.sum() > 0.8 * model.signature["pairs"]
    assert int(shipped.rows.document.max()) + 1 == model.signature["documents"]
    # the weights stand for all candidates: so does the share of annotated ones among them
    assert shipped.rows.hits.sum() / shipped.rows.weight.sum() == pytest.approx(model.precedents.prior, rel=1e-6)
    assert (shipped.rows.weight[shipped.rows.hits] == 1).all()
    curve, at = isotonic(shipped.scores, shipped.hits), np.linspace(-6, 6, 50)
    assert np.interp(at, *curve.T) == pytest.approx(np.interp(at, *model.calibration.T), abs=0.005)


def test_the_shipped_rows_hold_no_text():
    with np.load(TRAINING_ROWS, allow_pickle=False) as arrays:
        assert {array.dtype.kind for array in arrays.values()} == {"f", "u"}
        assert bytes(arrays["names"]).decode() == features_digest()


# Learning


@pytest.fixture(scope="module")
def plain(tmp_path_factory) -> Path:
    """A glossary of six articles, nothing decided."""
    folder = tmp_path_factory.mktemp("plain")
    build([copy_samples(ARTICLES, folder / "articles")], folder / "glossary.db")
    return folder / "glossary.db"


def decide_on_all(db_path: Path, verdict: Callable[[str, str, str], bool | None]) -> None:
    """Approve or reject each pair shown, as `verdict` (Japanese, English, kind) says; None: no decision."""
    sql = """select concept_id, contexts.ja, contexts.en, kind from contexts join glossary using (concept_id)
        where contexts.ja is not null and contexts.en is not null group by 1, 2, 3 order by 1, 2, 3"""
    with closing(open_glossary(db_path)) as db, recording(db) as decisions:
        at = table.latest(db)
        for concept_id, ja, en, kind in db.conn.execute(sql).fetchall():
            right = verdict(ja, en, kind)
            if right is None:
                continue
            action = ACTIONS["approve" if right else "reject"]
            told = {} if right else {"ja": ja, "en": en}
            made = make_payload(db, action, number_of(db, concept_id), told, concept_id)
            at = stamp_after(at)
            identity = str(uuid.uuid4())
            decisions.append(
                Decision(identity, at, "ann", action.name, concept_id, made.selector, made.before, made.after)
            )


def copy(db_path: Path, folder: Path) -> Path:
    return Path(shutil.copy(db_path, folder / "glossary.db"))


@pytest.fixture(scope="module")
def learned(plain, tmp_path_factory) -> tuple[Path, LearningReport]:
    """The glossary of a person who wants terms of several words and no others, having learned that."""
    path = copy(plain, tmp_path_factory.mktemp("learned"))
    decide_on_all(path, lambda ja, en, kind: " " in en)
    return path, learn(path, rounds=ROUNDS)


def later_pairs(db_path: Path, folder: Path) -> dict[tuple[str, str], float]:
    """Scores of the pairs of an article that is built later, into a copy."""
    folder.mkdir()
    path = copy(db_path, folder)
    build([copy_samples([LATER], folder / "articles")], path)
    sql = "select ja, en, score from candidates where document = ? and ja is not null and en is not null"
    both = f"{sql} union {sql.replace('candidates', 'contexts')}"
    with closing(sqlite3.connect(path)) as db:
        return {(ja, en): score for ja, en, score in db.execute(both, [LATER, LATER])}


def test_a_consistent_taste_is_learned(learned):
    path, report = learned
    assert report.pairs >= LEAST_PAIRS
    assert report.documents == len(ARTICLES)
    assert report.comparison.favour >= 0.95
    assert report.comparison.after.log_loss < report.comparison.before.log_loss
    assert report.comparison.after.ranked > report.comparison.before.ranked
    assert report.summary().splitlines()[2].startswith("Kept (learned weights 1)")
    in_force = model_in_force(path)
    assert in_force.learned
    assert in_force.digest != weights_digest()
    assert in_force.model.signature["pairs"] == report.pairs
    assert in_force.model.rivals.value.tolist() == shipped_model().rivals.value.tolist()


def test_the_next_build_uses_it_until_reset(plain, learned, tmp_path):
    shipped = later_pairs(plain, tmp_path / "shipped")
    own = later_pairs(learned[0], tmp_path / "own")
    shared = shipped.keys() & own.keys()
    assert len(shared) > 20
    assert sum(shipped[pair] != own[pair] for pair in shared) > 0.9 * len(shared)
    with closing(sqlite3.connect(tmp_path / "own" / "glossary.db")) as db:
        (version,) = db.execute("select version from builds order by build_id desc limit 1").fetchone()
    assert version.endswith(f"+trained.{model_in_force(learned[0]).digest[:12]}")
    again = copy(learned[0], tmp_path)
    first, second = (CliRunner().invoke(train_command, ["--db", str(again), "--reset"]) for _ in range(2))
    assert "The shipped weights are in force again" in first.stderr
    assert "in force already" in second.stderr
    assert not model_in_force(again).learned
    found = later_pairs(again, tmp_path / "reset")
    assert found.items() <= shipped.items()
    assert len(shipped) - len(found) < 0.05 * len(shipped)  # what was rejected does not come back


def test_chance_is_not_learned(plain, tmp_path):
    path = copy(plain, tmp_path)
    coin = random.Random(7)
    decide_on_all(path, lambda ja, en, kind: coin.random() < 0.5)
    report = learn(path, rounds=ROUNDS)
    assert report.number is None
    assert report.comparison.favour < 0.95
    assert "Not kept" in report.summary()
    assert not model_in_force(path).learned


def test_what_was_learned_can_be_learned_further(learned, tmp_path):
    """Trained again on the same decisions, it is compared with its like and not with what has seen the answers."""
    report = learn(copy(learned[0], tmp_path), rounds=ROUNDS)
    assert report.comparison.before == report.comparison.after == learned[1].comparison.after
    assert report.number is None


# What goes wrong


def by_gold() -> Callable[[str, str, str], bool | None]:
    """Right is what is annotated, wrong what contradicts it."""
    pairs = {key[1:] for key in gold_tiers(read_gold(SAMPLES / "gold.jsonl"))}
    sides = {ja for ja, _ in pairs}, {en for _, en in pairs}

    def verdict(ja: str, en: str, kind: str) -> bool | None:
        pair = normalize_ja(ja), normalize_en(en)
        return True if pair in pairs else False if pair[0] in sides[0] or pair[1] in sides[1] else None

    return verdict


def all_right(ja: str, en: str, kind: str) -> bool:
    return True


def first(number: int) -> Callable[[str, str, str], bool | None]:
    """By the gold, but only so many."""
    verdict, left = by_gold(), iter(range(number))
    return lambda ja, en, kind: (
        right if (right := verdict(ja, en, kind)) is not None and next(left, None) is not None else None
    )


@pytest.mark.parametrize(
    ("case", "verdict", "message"),
    [
        ("nothing decided", lambda ja, en, kind: None, f"0 decided pairs, {LEAST_PAIRS} are needed"),
        ("too little", first(30), f"decided pairs, {LEAST_PAIRS} are needed"),
        ("nothing wrong", all_right, "0 wrong pairs, 10 of either are needed"),
    ],
)
def test_too_little_to_learn_from(plain, tmp_path, case, verdict, message):
    path = copy(plain, tmp_path)
    decide_on_all(path, verdict)
    before = path.read_bytes()
    with pytest.raises(GlossaryError, match=message) as caught:
        learn(path, rounds=ROUNDS)
    assert str(path) in str(caught.value)
    assert path.read_bytes() == before


def test_the_command_says_it_in_one_line(plain):
    from glossary.cli import GlossaryGroup

    group = GlossaryGroup("glossary", commands={"train": train_command})
    result = CliRunner().invoke(group, ["train", "--db", str(plain)])
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "0 decided pairs" in result.stderr


def test_without_lightgbm(learned, monkeypatch):
    monkeypatch.setitem(sys.modules, "lightgbm", None)
    with pytest.raises(GlossaryError, match=r"pip install 'glossary\[train\]'"):
        learn(learned[0])


@pytest.fixture
def spoilt(request, plain, tmp_path) -> Iterator[Path]:
    """A glossary with learned weights that cannot be used."""
    path = copy(plain, tmp_path)
    with closing(open_glossary(path)) as db:
        add_trained(db, {"features": request.param or features_digest()}, b"no weights")
    yield path


@pytest.mark.parametrize("spoilt", ["", "others"], indirect=True)
def test_weights_that_cannot_be_used(spoilt):
    with pytest.raises(GlossaryError, match="glossary train --reset"):
        model_in_force(spoilt)
    assert CliRunner().invoke(train_command, ["--db", str(spoilt), "--reset"]).exit_code == 0
    assert model_in_force(spoilt).model is shipped_model()


def test_only_the_newest_weights_are_kept(plain, tmp_path):
    with closing(open_glossary(copy(plain, tmp_path))) as db:
        assert read_trained(db) is None
        assert [add_trained(db, {}, weights).number for weights in (b"one", b"two")] == [1, 2]
        found = read_trained(db)
        assert found and (found.number, found.weights) == (2, b"two")
        assert db.conn.execute("select count(*) from trained_model").fetchone() == (1,)


# The manual


def test_the_manual_is_true():
    manual = " ".join((CHECKOUT / "docs" / "training.md").read_text(encoding="utf-8").split())
    rows = load_rows().rows
    for said in (
        f"There must be {LEAST_PAIRS} decided pairs",
        f"{LEAST_OF_EITHER} right and {LEAST_OF_EITHER} wrong ones, in {FOLDS} documents",
        f"counts as much as {USER_WEIGHT} shipped ones",
        f"at most {MOST_BITEXTS}, those with",
        f"labels of {len(rows.hits):,} of the {rows.weight.sum():,} candidate pairs",
        f"drawn {BOOTSTRAPS:,} times",
        f"in at least {ENOUGH:.0%} of the samples",
    ):
        assert said in manual


def test_the_commands_of_the_manual_are_there(plain, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    copy(plain, tmp_path)
    lines = (CHECKOUT / "docs" / "training.md").read_text(encoding="utf-8").splitlines()
    commands = [line.split()[3:] for line in lines if line.startswith("$ glossary train")]
    assert commands == [["--db", "glossary.db"], ["--reset", "--db", "glossary.db"]]
    assert [CliRunner().invoke(train_command, one).exit_code for one in commands] == [1, 0]  # nothing is decided
