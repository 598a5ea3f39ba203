"""What a concept says of itself, from its stored rows."""

from __future__ import annotations

import pytest

from glossary.store.summary import Claim, Mention, Pair, Stored, TermClaim, summarize

ROW = {"status": "candidate", "ja": None, "en": None}


def pair(number, ja, en, confidence, kind="place", weight=0.5, reading=None, rejected=0):
    return Pair(number, ja, en, confidence, kind, weight, reading, reading and reading.lower(), rejected)


def mention(ja, en, pairing, document="a", published=None, rejected=0):
    return Mention(0, document, pairing, ja, en, published, rejected, None)


def claim(kind="concept", origin="bitext", definition=None):
    return Claim(kind, origin, None, definition, definition and "a lexicon")


def term(language, text, reading=None, form="full"):
    return TermClaim(language, text, reading, reading, form, None)


def stored(pairs=(), mentions=(), claims=None, status="candidate", choices=None):
    texts = {("ja", p.ja) for p in pairs} | {("en", p.en) for p in pairs}
    texts |= {(language, t) for m in mentions for language, t in (("ja", m.ja), ("en", m.en)) if t}
    terms = [term(language, text) for language, text in sorted(texts)]
    return Stored(
        ROW | {"status": status}, list(claims or [claim()]), terms, list(pairs), list(mentions), {}, choices or {}
    )


CITY = (pair(1, "港町", "port town", 0.9), pair(2, "湊町", "harbour town", 0.8))


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        # the most frequent form; ties: the more confident one; ties: the first by code points
        (
            stored(CITY, [mention("湊町", "port town", 1)] * 2 + [mention("港町", "harbour town", 2)]),
            ("湊町", "port town"),
        ),
        (stored(CITY, [mention("湊町", "harbour town", 2), mention("港町", "port town", 1)]), ("港町", "port town")),
        (
            stored([pair(1, "乙", "B", 0.9), pair(2, "丙", "A", 0.9)], [mention("乙", "B", 1), mention("丙", "A", 2)]),
            ("丙", "A"),
        ),
        # mentions of pairs below the threshold do not count
        (
            stored(
                [pair(1, "乙", "B", 0.9), pair(2, "丙", "A", 0.2)],
                [mention("乙", "B", 1)] + [mention("丙", "A", 2)] * 5,
            ),
            ("乙", "B"),
        ),
        (stored(CITY, [mention("湊町", "port town", 1)] * 3, choices={"ja": "港町"}), ("港町", "port town")),
        (stored((), [mention("港町", None, None)]), ("港町", None)),
    ],
)
def test_preferred_terms(one, expected):
    columns = summarize(one, 0.5).columns
    assert (columns["ja"], columns["en"]) == expected


@pytest.mark.parametrize(
    ("one", "kind"),
    [
        (
            stored([pair(1, "A", "a", 0.9, "place", 0.6), *[pair(i, "B", f"b{i}", 0.9, "work", 0.4) for i in (2, 3)]]),
            "work",
        ),
        (stored([pair(1, "A", "a", 0.9, "work", 0.5), pair(2, "B", "b", 0.9, "person", 0.5)]), "person"),
        (stored([pair(1, "A", "a", 0.9, "work", 0.5), pair(2, "B", "b", 0.2, "person", 0.9)]), "work"),
        (stored([pair(1, "A", "a", 0.9, "work", 0.0)], claims=[claim("law")]), "law"),
        (stored(claims=[claim("law"), claim("role"), claim("role")]), "role"),
        (stored([pair(1, "A", "a", 0.9, "work")], choices={"kind": "event"}), "event"),
    ],
)
def test_kind_is_the_one_with_most_weight(one, kind):
    assert summarize(one, 0.5).columns["kind"] == kind


@pytest.mark.parametrize(
    ("pairs", "reading"),
    [
        ([pair(1, "生", "a", 0.6, reading="ナマ"), pair(2, "生", "b", 0.9, reading="キ")], ("キ", "キ")),
        ([pair(1, "生", "a", 0.9), pair(2, "生", "b", 0.6, reading="ナマ")], ("ナマ", "ナマ")),
        ([pair(1, "生", "a", 0.9, reading="ナマ"), pair(2, "他", "b", 0.95, reading="ホカ")], ("ナマ", "ナマ")),
        ([pair(1, "生", "a", 0.9)], (None, None)),
    ],
)
def test_reading_is_that_of_the_most_confident_pair_of_the_preferred_term(pairs, reading):
    columns = summarize(stored(pairs, [mention("生", "a", 1)]), 0.5).columns
    assert (columns["reading"], columns["romaji"]) == reading


@pytest.mark.parametrize(
    ("origins", "expected"),
    [(["lexicon", "bitext"], "bitext"), (["lexicon", "document"], "document"), (["lexicon"], "lexicon")],
)
def test_origin_is_the_strongest(origins, expected):
    assert summarize(stored(claims=[claim(origin=o) for o in origins]), 0.5).columns["origin"] == expected


def test_the_definition_most_texts_came_with():
    columns = summarize(stored(claims=[claim(), claim(), claim(definition="x"), claim(definition="b")]), 0.5).columns
    assert (columns["definition_en"], columns["definition_source"], columns["definition_ja"]) == (
        "b",
        "a lexicon",
        None,
    )


LOW, HIGH, REFUSED = pair(1, "A", "a", 0.3), pair(2, "B", "b", 0.9), pair(3, "C", "c", 0.9, rejected=1)
FLOOR = pair(4, "D", "d", 0.04)
LINKED = {p.id: mention(p.ja, p.en, p.id) for p in (LOW, HIGH, REFUSED, FLOOR)}
ALONE = mention("A", None, None)
HERE, BELOW, NEITHER = 1, 0, None


@pytest.mark.parametrize(
    ("pairs", "mentions", "status", "shown", "expected"),
    [
        ([HIGH, LOW], [LINKED[2], LINKED[1], ALONE], "candidate", 1, [HERE, BELOW, HERE]),
        ([LOW], [LINKED[1], ALONE], "candidate", 0, [BELOW, BELOW]),
        ([LOW], [LINKED[1], ALONE], "approved", 1, [HERE, HERE]),
        ([HIGH], [LINKED[2], ALONE], "rejected", 0, [NEITHER, NEITHER]),
        ([REFUSED], [LINKED[3], ALONE], "candidate", 0, [NEITHER, NEITHER]),
        ([REFUSED, HIGH], [LINKED[3], LINKED[2]], "candidate", 1, [NEITHER, HERE]),
        ([REFUSED], [LINKED[3]], "approved", 1, [NEITHER]),
        ([FLOOR], [LINKED[4], ALONE], "candidate", 0, [NEITHER, NEITHER]),
        ([], [ALONE, mention("A", None, None, rejected=1)], "candidate", 1, [HERE, NEITHER]),
    ],
)
def test_which_mentions_are_shown(pairs, mentions, status, shown, expected):
    summary = summarize(stored(pairs, mentions, status=status), 0.5)
    assert summary.mentions_shown == expected
    assert summary.columns["shown"] == shown


def test_counts_and_dates_are_of_the_shown_mentions():
    mentions = [
        mention("B", "b", 2, "x", "2021-03-01"),
        mention("b", "B", None, "y", None),
        mention("B", None, None, "y", "2020-01-01"),
        mention("A", "a", 1, "z", "1999-01-01"),
    ]
    summary = summarize(stored([HIGH, LOW], mentions), 0.5)
    counted = {name: summary.columns[name] for name in ("occurrences", "documents", "first_seen", "last_seen")}
    assert counted == {"occurrences": 3, "documents": 2, "first_seen": "2020-01-01", "last_seen": "2021-03-01"}
    assert ("ja", "A") not in summary.terms
