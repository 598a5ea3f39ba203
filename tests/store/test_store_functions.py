"""What holds of each public function of the store, whatever it is given."""

from __future__ import annotations

import ast
import inspect
from contextlib import closing, suppress
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from harvests import articles, harvest
from hypothesis import given
from hypothesis import strategies as st
from test_store_properties import RUN, content, few, fresh

from glossary import store
from glossary.errors import GlossaryError
from glossary.records import Bitext, Document
from glossary.store import (
    open_glossary,
    publish,
    read_state,
    recompute,
    remove_documents,
    search_concepts,
    set_threshold,
    stored_documents,
    stored_units,
    threshold,
    transaction,
)
from glossary.store.backup import back_up
from glossary.store.settings import add_state, interpolate
from glossary.store.trained import add_trained, forget_trained, read_trained

TESTS = Path(__file__).parent.parent
PROPERTIES = [TESTS / "store" / name for name in ("test_store_functions.py", "test_store_properties.py")]
PROPERTIES += [TESTS / "reliability" / "test_bad_input.py"]


def test_each_public_function_has_a_property():
    """One that is called in a test whose cases are drawn at random."""
    called = set()
    for path in PROPERTIES:
        for function in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(function, ast.FunctionDef) and any(
                "given" in ast.unparse(d) for d in function.decorator_list
            ):
                called |= {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
                called |= {"open_glossary"} if "fresh" in called else set()
    public = {name for name in store.__all__ if inspect.isfunction(getattr(store, name))}
    assert public - called == set()


@few
@given(articles())
def test_stored_documents_and_units_are_what_was_published(some):
    found = harvest(*some)
    with fresh() as db:
        publish(db, found, **RUN)
        stored = {(d.document_id, d.name, d.language, d.path, d.sha256) for d in stored_documents(db)}
        assert stored == {(d.document_id, d.name, d.language, d.path, d.sha256) for d in found.documents}
        units = stored_units(db)
        assert {u for u in units if isinstance(u, Bitext)} == set(found.bitexts)
        alone = {d for d in found.documents if not any(d in (b.ja, b.en) for b in found.bitexts)}
        assert {u for u in units if isinstance(u, Document)} == alone


@few
@given(articles())
def test_recomputing_all_concepts_changes_nothing(some):
    with fresh() as db:
        publish(db, harvest(*some), **RUN)
        before = content(db)
        with transaction(db):
            recompute(
                db, {row[0] for row in db.execute("select id from concept")}, at="2100-01-01T00:00:00Z", actor="x"
            )
        assert content(db) == before


@few
@given(articles(), articles(), st.sampled_from(["publish", "remove", "threshold"]))
def test_a_transaction_that_ends_with_an_error_leaves_nothing(some, more, what):
    with fresh() as db:
        publish(db, harvest(*some), **RUN)
        before = content(db), threshold(db)
        with suppress(ZeroDivisionError), transaction(db):
            if what == "publish":
                publish(db, harvest(*more), **RUN, refresh=True)
            elif what == "remove":
                remove_documents(db, [d.document_id for d in stored_documents(db)], command="remove", version="0")
            else:
                set_threshold(db, 0.01)
            raise ZeroDivisionError
        assert (content(db), threshold(db)) == before
        assert not db.conn.in_transaction


@few
@given(articles(), st.floats(0, 1))
def test_a_copy_is_the_same_glossary(some, value):
    with fresh() as db, TemporaryDirectory() as folder:
        publish(db, harvest(*some), **RUN)
        set_threshold(db, value)
        target = Path(folder) / "copy.db"
        assert back_up(db, target) == target.stat().st_size
        with closing(open_glossary(target, readonly=True)) as copy:
            assert content(copy) == content(db)
            assert threshold(copy) == value
        with pytest.raises(GlossaryError, match="there already"):
            back_up(db, target)


@few
@given(articles(), st.floats())
def test_a_threshold_is_a_probability(some, value):
    with fresh() as db:
        publish(db, harvest(*some), **RUN)
        before = content(db), threshold(db)
        if 0 <= value <= 1:
            set_threshold(db, value)
            assert threshold(db) == value
        else:
            with pytest.raises(GlossaryError, match="from 0 to 1"):
                set_threshold(db, value)
            assert (content(db), threshold(db)) == before


@few
@given(articles())
def test_each_term_finds_its_concept(some):
    with fresh() as db:
        publish(db, harvest(*some), **RUN)
        sql = "select term, concept_id from terms join glossary using (concept_id)"
        for term, concept_id in db.conn.execute(sql).fetchall():
            assert concept_id in search_concepts(db, term, 100), term


@few
@given(st.lists(st.none() | st.binary(max_size=20), max_size=8))
def test_states_are_numbered_and_one_that_repeats_the_last_is_not_added(states):
    with fresh() as db:
        given_states = [state for state in states if state is not None]
        different = [state for state, _ in groupby(given_states)]
        for state in states:
            with transaction(db):
                add_state(db, state)
        assert read_state(db) == ((len(different), different[-1]) if different else None)


@few
@given(st.lists(st.none() | st.binary(max_size=20), max_size=8))
def test_learned_weights_are_those_put_in_last_until_they_are_forgotten(steps):
    with fresh() as db:
        in_force = None
        for number, weights in enumerate(steps):
            if weights is None:
                assert forget_trained(db) == (in_force is not None)
                in_force = None
            else:
                add_trained(db, {"字": number}, weights)
                in_force = weights, {"字": number}
            found = read_trained(db)
            assert (None if found is None else (found.weights, found.signature)) == in_force


@few
@given(
    st.lists(st.tuples(st.floats(-50, 50), st.floats(0, 1)), min_size=1, max_size=6, unique_by=lambda knot: knot[0]),
    st.floats(-100, 100),
)
def test_a_calibrated_confidence_lies_between_its_knots(knots, score):
    curve = sorted(knots)
    confidences = [y for _, y in curve]
    assert min(confidences) - 1e-9 <= interpolate(curve, score) <= max(confidences) + 1e-9
    assert all(interpolate(curve, x) == pytest.approx(y) for x, y in curve)
