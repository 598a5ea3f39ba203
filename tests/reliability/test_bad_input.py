"""Any string is a safe query, and a safe thing to decide: answered, or refused in one line."""

from __future__ import annotations

import shutil
from contextlib import closing

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from glossary.cli import cli
from glossary.decisions import decide, journal_path
from glossary.decisions.journal import read_journal
from glossary.doctor.examine import examine
from glossary.errors import GlossaryError
from glossary.store import open_glossary, search_concepts, search_contexts
from glossary.uses.lookup import find_concepts

NASTY = (
    "", " ", "\0", "山\0猫", '"', '""', "'", "`", '"山猫', "山猫' or 1=1 --", "NEAR(a b)", "a AND", "OR", "NOT NOT",
    "*", "山*", "^山", "col:x", "grams : x", "-a", "(", "))", "{a b}", "%", "_", "\\", "[", "a+b", "\ud800",
    "\udc80山", "\ufeff", "\ue000", "\u202e山猫\u202c", "\u200f", "👩\u200d👧\u200d👦", "ha\u0301\u0327\u0316",
    "カ\u3099", "\u3099", "e" + "\u0301" * 500, "ｶﾞ", "ﷺ", "\U0010ffff", "İ", "ß", "山猫" * 50_000, '"' * 100_000,
    "a " * 50_000, "\n\r\t", "１２３", "-" * 70,
)  # fmt: skip
_characters = st.characters() | st.sampled_from(
    "\"'*^:()[]{}+-%_\\\0\u202e\u200f\u3099\u0301\ud83d\ufeff山猫ネコwildcat"
)
strings = st.text(_characters, max_size=40) | st.sampled_from(NASTY)
some = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def db(made, tmp_path_factory):
    """A glossary to read."""
    path = tmp_path_factory.mktemp("read") / "glossary.db"
    shutil.copy(made, path)
    with closing(open_glossary(path, readonly=True)) as database:
        yield database


@pytest.mark.parametrize("text", NASTY, ids=lambda text: ascii(text[:12]))
def test_nasty_strings_are_looked_for(db, text):
    for found in (search_concepts(db, text), search_contexts(db, text), find_concepts(db.conn, text)):
        assert isinstance(found, list)


@some
@given(strings, st.integers(1, 5))
def test_search_answers_every_string(db, text, limit):
    known = {row[0] for row in db.execute("select concept_id from glossary")}
    found = search_concepts(db, text, limit)
    assert len(found) <= limit
    assert set(found) <= known
    for row in search_contexts(db, text, limit):
        assert row["passage"] is not None


@some
@given(st.sampled_from(["山猫", "wildcat", "ヤマネコ", "yamaneko"]), st.sampled_from(["\0", " ", "\ud800", "\n"]))
def test_what_no_text_has_does_not_hinder_the_rest(db, term, rubbish):
    assert search_concepts(db, term + rubbish) == search_concepts(db, term) == ["c-cat"]


@pytest.mark.parametrize("text", NASTY, ids=lambda text: ascii(text[:12]))
def test_the_command_answers_or_says_no(made, text):
    result = CliRunner().invoke(cli, ["lookup", "--db", str(made), "--", text])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert result.exit_code in (0, 1)
    assert "Traceback" not in result.output


DECISIONS = (
    lambda text: ("edit", "c-cat", {"term": "山猫", "value": text}),
    lambda text: ("add", None, {"ja": text, "en": text}),
    lambda text: ("add", "c-cat", {"term": text, "language": "en"}),
    lambda text: ("define", "c-cat", {"value": text, "language": "ja"}),
    lambda text: ("reading", "c-cat", {"value": text}),
    lambda text: ("subject", "c-cat", {"value": text}),
    lambda text: ("kind", "c-cat", {"value": text}),
    lambda text: ("forbid", "c-cat", {"term": text}),
    lambda text: ("merge", "c-cat", {"value": text}),
    lambda text: ("approve", text, {}),
    lambda text: ("undo", text, {}),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(DECISIONS), strings, st.none() | strings), min_size=1, max_size=6))
@example([(make, text, None) for make in DECISIONS for text in NASTY])
def test_decisions_about_any_string_are_made_or_refused(made, tmp_path_factory, given_decisions):
    path = tmp_path_factory.mktemp("decided") / "glossary.db"
    for file in made.parent.iterdir():
        shutil.copy(file, path.parent)
    with closing(open_glossary(path)) as db:
        for make, text, note in given_decisions:
            action, concept, arguments = make(text)
            try:
                decide(db, action, concept, actor="ann", note=note, **arguments)
            except GlossaryError as error:
                assert "\n" not in str(error).strip()
        stored = {row[0] for row in db.execute("select decision_id from decision")}
    written, faults = read_journal(journal_path(path))
    assert faults == []
    assert written.keys() == stored
    assert [str(finding) for finding in examine(path)] == []
    shutil.rmtree(path.parent)
