"""Edits in sequence keep one exact log."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.documents.edits import Edit, apply_edits, restore
from glossary.records import Repair


@st.composite
def steps(draw: st.DrawFn) -> tuple[str, list[list[Edit]]]:
    """A text and, for a few steps, disjoint edits of what the steps before have made of it."""
    text = first = draw(st.text("abc", max_size=20))
    rounds = []
    for _ in range(draw(st.integers(1, 4))):
        cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
        edits = [Edit(a, b, draw(st.text("xyz", max_size=3))) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
        rounds.append(edits)
        for start, end, after in reversed(edits):
            text = text[:start] + after + text[end:]
    return first, rounds


@settings(deadline=None)
@given(steps())
def test_any_sequence_of_edits_leads_back(case: tuple[str, list[list[Edit]]]) -> None:
    first, rounds = case
    text, plain = first, first
    log: tuple[Repair, ...] = ()
    for number, edits in enumerate(rounds):
        text, log = apply_edits(text, log, edits, f"step{number}")
        for start, end, after in reversed(edits):
            plain = plain[:start] + after + plain[end:]
    assert text == plain
    assert restore(text, log) == first
    assert [text[r.start : r.end] for r in log] == [r.after for r in log]
    assert all(a.end <= b.start for a, b in pairwise(log))


def test_an_edit_inside_a_repair_makes_one_repair_of_both() -> None:
    text, log = apply_edits("a??b", (), [Edit(1, 3, "xyz")], "first")
    text, log = apply_edits(text, log, [Edit(2, 3, "")], "second")
    assert text == "axzb"
    assert log == (Repair("first+second", 1, 3, "??", "xz"),)


def test_what_comes_back_to_its_beginning_is_no_repair() -> None:
    text, log = apply_edits("abc", (), [Edit(1, 2, "x")], "there")
    assert apply_edits(text, log, [Edit(1, 2, "b")], "back") == ("abc", ())
