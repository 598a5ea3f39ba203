"""Forms and regions of terms that several texts spell otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from glossary.store.summary import Claim, Pair, Stored, TermClaim, summarize


def stored(*english: str) -> Stored:
    """A concept that one text each spells in these ways, all of them full terms there."""
    row = {"id": 1, "status": "candidate", "origin": "bitext", "kind": "concept"}
    one = Stored(row)
    one.claims.append(Claim("concept", "bitext", None, None, None))
    one.term_claims.append(TermClaim("ja", "防衛", None, None, "full", "bitext"))
    for number, en in enumerate(english):
        one.term_claims.append(TermClaim("en", en, None, None, "full", "bitext"))
        one.pairs.append(Pair(number, "防衛", en, 0.9 - number / 100, "concept", 1.0, None, None, 0))
    return one


@pytest.mark.parametrize(
    ("english", "forms"),
    [
        (("defense", "defence"), {"defense": ("full", "US"), "defence": ("variant", "GB")}),
        (("defence", "Defense"), {"defence": ("full", "GB"), "Defense": ("variant", "US")}),
        (("defense", "protection"), {"defense": ("full", "US"), "protection": ("full", None)}),
    ],
)
def test_another_spelling_of_the_preferred_term_is_a_variant_with_its_region(english, forms):
    terms = summarize(stored(*english), 0.4).terms
    assert {
        text: (term["form"], term["region"]) for (language, text), term in terms.items() if language == "en"
    } == forms


def test_what_a_text_calls_an_acronym_stays_one():
    one = stored("defense")
    one.term_claims[1] = one.term_claims[1]._replace(form="acronym")
    assert summarize(replace(one), 0.4).terms["en", "defense"]["form"] == "acronym"
