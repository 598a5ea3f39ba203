"""What simple decisions lead to, worked out from the list of all that happened, without a database."""

from __future__ import annotations

from dataclasses import dataclass, field

from glossaries import RUN, harvest, rows
from harvests import CONCEPTS, WORDS, Article
from hypothesis import strategies as st

from glossary.decisions import decide
from glossary.errors import GlossaryError
from glossary.identity import normalized
from glossary.store import publish, remove_documents, stored_documents

_ids = st.sampled_from(sorted(CONCEPTS))
_kinds = st.sampled_from(["law", "work", "event"])


def steps() -> st.SearchStrategy[tuple]:
    """Builds and removals of three texts, and decisions about the three concepts they may have."""
    words = st.lists(st.sampled_from(sorted(WORDS)), min_size=1, max_size=3, unique=True)
    return st.one_of(
        st.tuples(st.just("build"), st.sampled_from("abc"), words),
        st.tuples(st.just("remove"), st.sampled_from("abc"), st.none()),
        st.tuples(st.just("approve"), _ids, st.none()),
        st.tuples(st.just("reject"), _ids, st.none()),
        st.tuples(st.just("kind"), _ids, _kinds),
        st.tuples(st.just("subject"), _ids, st.sampled_from(["sea", "sky"])),
        st.tuples(st.just("undo"), st.integers(0, 30), st.none()),
    )


@dataclass
class Model:
    texts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    made: list[tuple[str, str, str, frozenset[str] | str | None]] = field(default_factory=list)
    """(decision_id, action, concept or decision_id, the words whose pairs it is about or what was chosen)."""

    def words(self, concept: str) -> frozenset[str]:
        """Japanese words of the concept that stand in a text now."""
        return frozenset(word for text in self.texts.values() for word in text if word in CONCEPTS[concept])

    def in_force(self) -> list[tuple]:
        gone: set[str] = set()
        for decision_id, action, target, _ in reversed(self.made):
            if action == "undo" and decision_id not in gone:
                gone.add(target)
        return [one for one in self.made if one[0] not in gone and one[1] != "undo"]

    def expected(self, concept: str) -> tuple | None:
        """(status, kind or None, subject) of a concept that is shown, None where it is not."""
        status, refused, chosen = "candidate", set(), {}
        for _, action, target, value in self.in_force():
            if target == concept and action in ("approve", "reject"):
                status = {"approve": "approved", "reject": "rejected"}[action]
                refused = refused - value if action == "approve" else refused | value
            elif target == concept:
                chosen[action] = value
        left = self.words(concept) - refused
        if status == "rejected":
            status = "candidate" if left else "rejected"
        if status == "rejected" or (status == "candidate" and not left):
            return None
        return status, chosen.get("kind"), chosen.get("subject")


def both(db, model: Model, step: tuple) -> None:
    """Let a step happen in the glossary and in the model; what the glossary refuses does not happen in either."""
    name, target, value = step
    if name == "build":
        publish(db, harvest(Article(target, tuple((word, 2.5, "both") for word in value))), **RUN)
        model.texts[target] = tuple(value)
    elif name == "remove":
        gone = [d.document_id for d in stored_documents(db) if d.name == target]
        remove_documents(db, gone, command="remove", version="0")
        model.texts.pop(target, None)
    else:
        _decide(db, model, name, target, value)


def _decide(db, model: Model, action: str, target: str | int, value: str | None) -> None:
    if action == "undo":
        if not model.made:
            return
        target = model.made[int(target) % len(model.made)][0]
    visible = model.words(str(target)) if action != "undo" else frozenset()
    live = rows(
        db,
        "select pairing.ja from pairing join concept on concept.id = concept where concept_id = ? and not rejected",
        [target],
    )
    try:
        decision = decide(db, action, str(target), actor="ann", **({"value": value} if value else {}))
    except GlossaryError:
        return
    about = {"approve": frozenset(ja for (ja,) in live) or visible, "reject": visible}.get(action, value)
    if action == "reject" and not visible:
        refused = {ja for ja, _ in decision.after["pairs"]}
        about = frozenset(word for word in WORDS if normalized(word) in refused)
    model.made.append((decision.decision_id, action, str(target), about))


def compare(db, model: Model) -> None:
    """Every concept is as the model says, and no rejected pair is anywhere."""
    found = {row[0]: row[1:] for row in rows(db, "select concept_id, status, kind, subject from glossary")}
    for concept in CONCEPTS:
        expected = model.expected(concept)
        if expected is None or (concept not in found and expected[0] == "candidate"):
            assert (concept in found) == (expected is not None), concept
            continue
        status, kind, subject = found[concept]
        assert (status, subject) == (expected[0], expected[2])
        assert expected[1] in (None, kind)
