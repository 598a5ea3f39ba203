"""The glossary is a function of the texts and of the set of decisions, whatever the order in which they came."""

from __future__ import annotations

import io
from pathlib import Path
from tempfile import TemporaryDirectory

import naive_decisions
import pytest
from glossaries import RUN, harvest, rows
from harvests import Article
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glossary.decisions import decide, export_decisions, import_decisions, replay
from glossary.errors import GlossaryError
from glossary.store import open_glossary, publish, recompute, remove_documents, stored_documents
from glossary.store.connection import transaction

some = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
DATED = {"added", "created", "modified", "modified_by", "id", "passage"}
VIEWS = ("glossary", "terms", "contexts", "candidates", "evidence", "decisions")
WORDS = ("山猫", "海猫", "北の国", "灯台", "燈台")
TERMS = (*WORDS, "wildcat", "gull", "the North", "lighthouse", "Lighthouse", "cape")

_word = st.tuples(
    st.sampled_from(WORDS), st.sampled_from([-3.0, 1.5, 3.0]), st.sampled_from(["both", "both", "ja", "en"])
)
_article = st.builds(
    Article,
    st.sampled_from(["a", "b", "c"]),
    st.lists(_word, min_size=1, max_size=4).map(tuple),
    st.none(),
    st.sampled_from([("ja", "en"), ("ja", "en"), ("ja",)]),
)
_concept = st.integers(0, 5)
_text = st.sampled_from(TERMS)
_decision = st.one_of(
    st.tuples(st.sampled_from(["approve", "reject"]), _concept, st.just({})),
    st.tuples(st.just("reject"), _concept, st.fixed_dictionaries({"document": st.sampled_from("abc")})),
    st.tuples(st.just("reject"), _concept, st.fixed_dictionaries({"ja": _text})),
    st.tuples(
        st.sampled_from(["prefer", "admit", "deprecate", "forbid"]), _concept, st.fixed_dictionaries({"term": _text})
    ),
    st.tuples(st.just("edit"), _concept, st.fixed_dictionaries({"term": _text, "value": _text})),
    st.tuples(st.just("add"), _concept, st.fixed_dictionaries({"term": _text})),
    st.tuples(st.just("add"), st.none(), st.fixed_dictionaries({"ja": st.sampled_from(WORDS), "en": _text})),
    st.tuples(st.just("reading"), _concept, st.fixed_dictionaries({"value": st.sampled_from(["ア", "イ"])})),
    st.tuples(st.just("kind"), _concept, st.fixed_dictionaries({"value": st.sampled_from(["law", "work"])})),
    st.tuples(st.just("subject"), _concept, st.fixed_dictionaries({"value": st.sampled_from(["sea", "sky", ""])})),
    st.tuples(st.just("define"), _concept, st.just({"value": "a thing", "language": "en"})),
    st.tuples(st.just("merge"), _concept, st.fixed_dictionaries({"value": _concept})),
    st.tuples(st.just("split"), _concept, st.fixed_dictionaries({"terms": st.lists(_text, min_size=1, max_size=2)})),
    st.tuples(st.just("not-here"), _concept, st.fixed_dictionaries({"value": st.integers(1, 20)})),
    st.tuples(st.just("undo"), st.integers(0, 9), st.just({})),
)
_build = st.tuples(st.just("build"), st.lists(_article, min_size=1, max_size=3, unique_by=lambda a: a.name))
_step = st.one_of(_decision, _decision, _build, st.tuples(st.just("remove"), st.sampled_from("abc")))
_steps = st.builds(lambda first, rest: [first, *rest], _build, st.lists(_step, min_size=2, max_size=14))


class Run:
    """A glossary that is built, decided about and built again."""

    def __init__(self, folder: str) -> None:
        self.folder = Path(folder)
        self.db = open_glossary(self.folder / "glossary.db", create=True)
        self.articles: dict[str, Article] = {}
        self.actor = "ann"

    def step(self, step: tuple) -> None:
        name, *arguments = step
        if name == "build":
            fresh = {article.name: article for article in arguments[0]}
            # What a build leaves alone: one side of a text that is there with both.
            fresh = {n: a for n, a in fresh.items() if n not in self.articles or len(a.languages) == 2}
            self.articles |= fresh
            for article in fresh.values():
                found = harvest(article)
                stored = {document.document_id for document in stored_documents(self.db)}
                # The same texts found to hold something else: that is what --refresh is for.
                same = stored.issuperset(document.document_id for document in found.documents)
                publish(self.db, found, **RUN, refresh=same)
        elif name == "remove":
            self.articles.pop(arguments[0], None)
            gone = [d.document_id for d in stored_documents(self.db) if d.name == arguments[0]]
            remove_documents(self.db, gone, command="remove", version="0")
        else:
            self.decide(name, *arguments)

    def decide(self, action: str, place: int | None, arguments: dict) -> None:
        table, column = ("decision", "decision_id") if action == "undo" else ("concept", "concept_id")
        order = "at, decision_id" if action == "undo" else "concept_id"
        ids = [row[0] for row in rows(self.db, f"select {column} from {table} order by {order}")]
        if action == "merge":
            arguments = arguments | {"value": ids[arguments["value"] % len(ids)] if ids else "none"}
        target = None if place is None else ids[place % len(ids)] if ids else "none"
        try:
            decide(self.db, action, target, actor=self.actor, **arguments)
        except GlossaryError:
            return

    def copy(self, articles: list[Article]) -> Run:
        """Another glossary of the same texts, built in one go, into which the decisions are imported."""
        (self.folder / "copy").mkdir()
        other = Run(str(self.folder / "copy"))
        publish(other.db, harvest(*articles), **RUN)
        path = self.folder / "decisions.jsonl"
        with path.open("w") as stream:
            export_decisions(self.db, stream)
        import_decisions(other.db, path, actor="bob")
        return other


def content(db):
    found = {}
    for view in VIEWS:
        some_rows = [{k: v for k, v in r.items() if k not in DATED} for r in db.query(f"select * from {view}")]
        found[view] = sorted(map(repr, some_rows))
    found["alias"] = sorted(rows(db, "select old_id, concept_id from alias"))
    found["search"] = sorted(rows(db, "select concept_id, forms from search_forms join concept on id = concept"))
    return found


@some
@given(_steps, st.data())
def test_decisions_over_other_builds_give_the_same_glossary(steps, data):
    with TemporaryDirectory() as folder:
        run = Run(folder)
        for step in steps:
            run.step(step)
        articles = data.draw(st.permutations(sorted(run.articles.values(), key=repr)))
        other = run.copy(articles)
        here, there = content(run.db), content(other.db)
        for part in here:
            assert there[part] == here[part], part
        integrity(run.db)
        for one in (run, other):
            one.db.close()


ADDED = ("add", None, {"ja": "海猫", "en": "山猫"})
FAINT = ("build", [Article("a", (("海猫", -3.0, "both"),))])


@pytest.mark.parametrize(
    "steps",
    [
        # A correction leaves 海猫 to people alone: it does not keep the reading that the texts gave it before.
        [FAINT, ADDED, ("edit", 1, {"term": "海猫", "value": "山猫"}), ("merge", 1, {"value": 0})],
        [FAINT, ("admit", 0, {"term": "海猫"}), ("edit", 0, {"term": "海猫", "value": "山猫"}), ADDED],
    ],
)
def test_what_was_found_wrong_once(steps, tmp_path):
    run = Run(str(tmp_path))
    for step in steps:
        run.step(step)
    other = run.copy(list(run.articles.values()))
    assert content(run.db) == content(other.db)
    for one in (run, other):
        one.db.close()


@some
@given(_steps)
def test_replaying_again_changes_nothing(steps):
    with TemporaryDirectory() as folder:
        run = Run(folder)
        for step in steps:
            run.step(step)
        before = content(run.db), rows(run.db, "select concept_id, modified, modified_by from concept order by 1")
        with transaction(run.db):
            concepts = {row[0] for row in rows(run.db, "select id from concept")}
            concepts = replay(run.db, concepts)
            recompute(run.db, concepts, at="2100-01-01T00:00:00Z", actor="nobody")
        assert (
            content(run.db),
            rows(run.db, "select concept_id, modified, modified_by from concept order by 1"),
        ) == before
        run.db.close()


@some
@given(st.lists(_step, min_size=1, max_size=8), _decision)
def test_undoing_brings_back_what_was_there(steps, last):
    with TemporaryDirectory() as folder:
        run = Run(folder)
        run.step(("build", [Article("a", (("山猫", 3.0, "both"), ("海猫", 1.5, "both"), ("燈台", 1.5, "both")))]))
        for step in steps:
            run.step(step)
        before, known = visible(run.db), set(rows(run.db, "select decision_id from decision"))
        run.decide(*last)
        made = set(rows(run.db, "select decision_id from decision")) - known
        for (decision_id,) in made:
            decide(run.db, "undo", decision_id, actor="ann")
        assert visible(run.db) == before
        run.db.close()


def visible(db):
    return {view: found for view, found in content(db).items() if view not in ("decisions", "alias")}


@some
@given(st.lists(naive_decisions.steps(), min_size=1, max_size=20))
def test_the_state_equals_a_naive_model(steps):
    with TemporaryDirectory() as folder:
        db = open_glossary(Path(folder) / "glossary.db", create=True)
        model = naive_decisions.Model()
        for step in steps:
            naive_decisions.both(db, model, step)
        naive_decisions.compare(db, model)
        db.close()


@some
@given(st.lists(_decision, min_size=1, max_size=8), st.lists(_decision, min_size=1, max_size=8))
def test_two_sets_without_conflict_give_the_same_glossary_in_both_places(mine, yours):
    with TemporaryDirectory() as one, TemporaryDirectory() as two:
        runs = [Run(one), Run(two)]
        for run, decisions, actor in ((runs[0], mine, "ann"), (runs[1], yours, "bob")):
            run.step(("build", [Article("a", (("山猫", 3.0, "both"), ("北の国", 1.5, "both"), ("燈台", 1.5, "both")))]))
            run.actor = actor
            for decision in decisions:
                run.decide(*decision)
        files = []
        for run in runs:
            stream = io.StringIO()
            export_decisions(run.db, stream)
            files.append(run.folder / "mine.jsonl")
            files[-1].write_text(stream.getvalue())
        reports = [import_decisions(run.db, path, actor="eve") for run, path in zip(runs, files[::-1], strict=True)]
        assert bool(reports[0].conflicts) == bool(reports[1].conflicts)
        if not reports[0].conflicts:
            assert visible(runs[0].db) == visible(runs[1].db)
        for run in runs:
            run.db.close()


def integrity(db):
    assert db.conn.execute("pragma integrity_check").fetchone()[0] == "ok"
    assert db.conn.execute("pragma foreign_key_check").fetchall() == []
