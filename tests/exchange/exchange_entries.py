"""Entries as hypothesis draws them: any text, any field missing."""

from __future__ import annotations

import io
from pathlib import Path

from hypothesis import strategies as st

from glossary.exchange.entry import CONCEPT_STATUSES, STATUSES, Entry, EntryContext, EntryTerm, in_order
from glossary.exchange.registry import FORMATS, About, Hints
from glossary.exchange.text import one_line
from glossary.records import KINDS

NASTY = (
    "=1+1", "+81", "-san", "@home", "'=x", "\tab\r\n", '"q"', "a;b,c", "a|b", "a | kind: x", "kind: place", "\\", "\\|",
    "<b>&amp;</b>", "]]>", "\x00\x08", "\ufffe", "\ud800", "#x", "-", "領土", "ﾘｮｳﾄﾞ", "㐂", "𠮷野家", "a\u3000b",
    "x" * 300, "note: y", "<br>", "example: z", "id: 1", "*md*", "C#", "'", "''=1", "{}", "c", "t",
)  # fmt: skip
texts = st.one_of(st.sampled_from(NASTY), st.text(max_size=12), st.text("北方領土ぁア語", min_size=1, max_size=6))
maybe = st.none() | texts
dates = st.none() | st.dates().map(str)
KATAKANA = st.none() | st.text("アイウエオカキクケコン", min_size=1, max_size=8)


@st.composite
def terms(draw: st.DrawFn, language: str) -> tuple[EntryTerm, ...]:
    """Terms that differ on one line; the first of each language is preferred."""
    words = draw(st.lists(texts, max_size=3, unique_by=one_line))
    words = [word for word in words if one_line(word)]
    japanese = language == "ja"
    return tuple(
        EntryTerm(
            language,  # type: ignore[arg-type]
            word,
            "preferred" if number == 0 else draw(st.sampled_from(STATUSES[1:])),
            draw(KATAKANA) if japanese else None,
            draw(maybe) if japanese else None,
            draw(st.sampled_from(("full", "abbreviation", "acronym", "short", "variant"))),
            draw(maybe),
            draw(dates),
            draw(dates),
            draw(maybe),
            draw(st.none() | st.uuids().map(lambda name: name.hex[:16])),
        )
        for number, word in enumerate(words)
    )


@st.composite
def entries(draw: st.DrawFn) -> list[Entry]:
    """A few entries with ids of their own."""
    ids = draw(st.lists(st.from_regex(r"[0-9a-f]{16}", fullmatch=True), max_size=4, unique=True))
    return [
        in_order(
            Entry(
                draw(terms("ja")) + draw(terms("en")),
                concept_id,
                draw(st.none() | st.sampled_from(KINDS)),
                draw(st.sampled_from(CONCEPT_STATUSES[:2])),
                *(draw(maybe) for _ in range(7)),
                confidence=draw(st.none() | st.floats(0, 1)),
                contexts=tuple(draw(st.lists(contexts, max_size=2))),
            )
        )
        for concept_id in ids
    ]


contexts = st.builds(
    EntryContext, document=texts, ja=maybe, en=maybe, ja_sentence=maybe, en_sentence=maybe,
    ja_start=st.integers(0, 5), en_start=st.integers(0, 5),
)  # fmt: skip


def written(found: list[Entry], name: str, **about: object) -> bytes:
    """The file that the format makes of entries."""
    out = io.BytesIO()
    longest = {side: max((len(entry.of(side)) for entry in found), default=1) or 1 for side in ("ja", "en")}
    FORMATS[name].writer()(iter(found), out, About(most_terms=longest, modified="2024-05-01T00:00:00Z", **about))  # type: ignore[arg-type]
    return out.getvalue()


def read(data: bytes, name: str, folder: Path, ending: str = "", hints: Hints | None = None) -> list[Entry]:
    """The entries that the format finds in a file."""
    path = folder / f"file{ending or FORMATS[name].endings[0]}"
    path.write_bytes(data)
    return list(FORMATS[name].reader()(path, hints or Hints()))
