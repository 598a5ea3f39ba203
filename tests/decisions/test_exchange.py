"""Decisions carried to other databases, and two people's sets joined."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from glossaries import glossary, rows
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glossary.decisions import decide, export_decisions, import_decisions, journal_path
from glossary.decisions.record import Decision, from_line
from glossary.errors import GlossaryError
from glossary.store import open_glossary


@pytest.fixture
def two(tmp_path):
    """Two glossaries of the same texts."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    both = [glossary(tmp_path / name / "g.db") for name in ("one", "two")]
    yield both
    for db in both:
        db.close()


def exported(db, path):
    with path.open("w", encoding="utf-8") as stream:
        export_decisions(db, stream)
    return path


def kind(db):
    return rows(db, "select kind from glossary where concept_id = 'c-cat'")[0][0]


def test_each_decision_comes_once(two, tmp_path):
    one, other = two
    decide(one, "kind", "c-cat", value="law", actor="ann")
    decide(other, "subject", "c-cat", value="sea", actor="bob")
    path = exported(one, tmp_path / "a.jsonl")
    first, second = (import_decisions(other, path, actor="bob") for _ in range(2))
    assert (first.added, first.known, first.conflicts) == (1, 0, [])
    assert (second.added, second.known) == (0, 1)
    assert rows(other, "select kind, subject from glossary where concept_id = 'c-cat'") == [("law", "sea")]
    assert rows(other, "select count(*) from decisions") == [(2,)]


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (("kind", {"value": "law"}), ("kind", {"value": "work"})),
        (("approve", {}), ("reject", {})),
        (("approve", {}), ("reject", {"ja": "海猫"})),
        (("prefer", {"term": "gull"}), ("prefer", {"term": "wildcat"})),
        (("prefer", {"term": "gull"}), ("forbid", {"term": "gull"})),
        (("edit", {"term": "gull", "value": "seagull"}), ("edit", {"term": "gull", "value": "sea gull"})),
        (("reading", {"value": "ア"}), ("reading", {"value": "イ"})),
        (("subject", {"value": "sea"}), ("subject", {"value": ""})),
    ],
)
def test_conflicts_are_left_to_a_person(two, tmp_path, mine, theirs):
    one, other = two
    ours = decide(one, mine[0], "c-cat", actor="ann", **mine[1])
    yours = decide(other, theirs[0], "c-cat", actor="bob", **theirs[1])
    before = rows(one, "select * from glossary")
    path = exported(other, tmp_path / "b.jsonl")
    report = import_decisions(one, path, actor="ann")
    assert [(c.ours.decision_id, c.theirs.decision_id) for c in report.conflicts] == [
        (ours.decision_id, yours.decision_id)
    ]
    assert rows(one, "select * from glossary") == before
    report = import_decisions(one, path, actor="ann", take_ids=[yours.decision_id])
    assert (report.conflicts, report.added, report.resolved) == ([], 1, 1)
    assert rows(one, "select action, actor, state from decisions order by at") == [
        (mine[0], "ann", "undone"), (theirs[0], "bob", "in force"), ("undo", "ann", "in force"),
    ]  # fmt: skip
    import_decisions(other, exported(one, tmp_path / "a.jsonl"), actor="bob")
    columns = "select ja, en, reading, kind, status, subject, occurrences from glossary order by 1"
    assert rows(other, columns) == rows(one, columns)


@pytest.mark.parametrize(("take", "expected"), [("ours", "law"), ("theirs", "work")])
def test_all_conflicts_at_once(two, tmp_path, take, expected):
    one, other = two
    decide(one, "kind", "c-cat", value="law", actor="ann")
    decide(other, "kind", "c-cat", value="work", actor="bob")
    import_decisions(one, exported(other, tmp_path / "b.jsonl"), actor="ann", take=take)
    assert kind(one) == expected
    assert import_decisions(one, tmp_path / "b.jsonl", actor="ann").conflicts == []
    import_decisions(other, exported(one, tmp_path / "a.jsonl"), actor="bob")
    assert kind(other) == expected


def test_who_knew_of_the_other_decision_may_change_it(two, tmp_path):
    one, other = two
    decide(one, "kind", "c-cat", value="law", actor="ann")
    import_decisions(other, exported(one, tmp_path / "a.jsonl"), actor="bob")
    decide(other, "kind", "c-cat", value="work", actor="bob")
    assert import_decisions(one, exported(other, tmp_path / "b.jsonl"), actor="ann").conflicts == []
    assert kind(one) == "work"


def test_a_decision_finds_its_target_by_its_pair(two, tmp_path):
    one, other = two
    made = decide(one, "kind", "c-cat", value="law", actor="ann")
    foreign = replace(made, selector=made.selector | {"concept_id": "other-id"}, concept_id="other-id")
    nowhere = replace(
        made, decision_id="00000000-0000-4000-8000-000000000000", concept_id="x",
        selector=made.selector | {"concept_id": "x", "ja": "犬", "en": "dog"},
    )  # fmt: skip
    path = tmp_path / "foreign.jsonl"
    path.write_text(f"{foreign.line()}\n{nowhere.line()}\n", encoding="utf-8")
    report = import_decisions(other, path, actor="bob")
    assert (report.added, report.not_found) == (2, 1)
    assert kind(other) == "law"
    assert rows(other, "select concept_id, state from decisions order by state") == [
        ("c-cat", "in force"), ("x", "target not found"),
    ]  # fmt: skip


def test_the_journal_recovers_a_lost_database(two, tmp_path):
    one, other = two
    decide(one, "approve", "c-north", actor="ann")
    undone = decide(one, "kind", "c-cat", value="law", actor="ann")
    decide(one, "undo", undone.decision_id, actor="ann")
    journal = journal_path(tmp_path / "one" / "g.db")
    with journal.open("ab") as file:
        file.write(journal.read_bytes()[:40])  # a machine went down while it wrote
    decide(one, "add", ja="岬", en="cape", actor="ann")
    report = import_decisions(other, journal, actor="ann")
    assert (report.added, [line.split(": ")[0] for line in report.skipped]) == (4, [f"{journal}, line 4"])
    columns = "select concept_id, ja, en, kind, status from glossary order by 1"
    assert rows(other, columns) == rows(one, columns)


def test_the_own_journal_is_not_written_again(tmp_path):
    db = glossary(tmp_path / "g.db")
    decide(db, "approve", "c-north", actor="ann")
    db.close()
    (tmp_path / "g.db").unlink()
    journal = journal_path(tmp_path / "g.db")
    before = journal.read_bytes()
    fresh = open_glossary(tmp_path / "g.db", create=True)
    assert import_decisions(fresh, journal, actor="ann").added == 1
    assert rows(fresh, "select ja, en, status from glossary") == [("北の国", "the North", "approved")]
    assert journal.read_bytes() == before
    fresh.close()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"decision_id": "7"}, "badly formed"),
        ({"at": "yesterday"}, "Invalid isoformat"),
        ({"at": "2024-05-01T10:00:00"}, "no time zone"),
        ({"at": "9999-12-31T23:59:59Z"}, "no time at which"),
        ({"actor": ""}, "actor is empty"),
        ({"action": "praise"}, "unknown action 'praise'"),
        ({"action": ["x"]}, "action is empty or no text"),
        ({"after": {"kind": "animal"}}, "kind is 'animal'"),
        ({"after": {}}, "kind needs kind"),
        ({"after": {"kind": "law", "more": 1}}, "kind has no more"),
        ({"after": []}, "after is not a JSON object"),
        ({"selector": {"ja": "x"}}, "selector.concept_id is empty"),
        ({"selector": {"concept_id": "c", "texts": "x"}}, "selector.texts"),
        ({"state": "lost"}, "state is 'lost'"),
        ({"note": 7}, "note is empty or no text"),
    ],
)
def test_lines_that_are_no_decisions(db, tmp_path, change, words):
    made = decide(db, "kind", "c-cat", value="law", actor="ann").as_dict()
    path = tmp_path / "bad.jsonl"
    path.write_text(json.dumps(made | change), encoding="utf-8")
    with pytest.raises(GlossaryError, match=f"line 1: not a decision: .*{words}"):
        import_decisions(db, path, actor="ann")


@pytest.mark.parametrize("content", [b"[" * 100_000, b"\xff\xfe", b"PK\x03\x04", b"null"])
def test_files_that_are_no_decisions(db, tmp_path, content):
    path = tmp_path / "bad.jsonl"
    path.write_bytes(content)
    with pytest.raises(GlossaryError, match="line 1: not"):
        import_decisions(db, path, actor="ann")
    with pytest.raises(GlossaryError, match="cannot be read"):
        import_decisions(db, tmp_path / "none.jsonl", actor="ann")


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(suppress_health_check=[HealthCheck.too_slow])  # drawing nested JSON is slow on a busy machine
@given(st.dictionaries(st.sampled_from(sorted(Decision.__dataclass_fields__)), _json))
def test_any_json_is_a_decision_or_one_clear_line(value):
    whole = {
        "decision_id": "00000000-0000-4000-8000-000000000000", "at": "2024-05-01T10:00:00Z", "actor": "ann",
        "action": "approve", "selector": {"concept_id": "c"}, "after": {},
    }  # fmt: skip
    try:
        decision = from_line(json.dumps(whole | value), "file, line 1")
    except GlossaryError as error:
        assert str(error).startswith("file, line 1: not a decision: ")
    else:
        assert from_line(decision.line(), "again") == decision
