"""Concepts that compete for a term."""

from glossary.records import Concept, Pairing
from glossary.terms.concepts import competing


def concept(identity, ja, en, confidence=0.9):
    return Concept(identity, "place", (), confidence, "bitext", (Pairing("a", ja, en, 1.0, confidence),))


def test_every_rival_is_related_to_every_other_both_ways():
    three = [concept("a", "海", "sea"), concept("b", "海", "ocean"), concept("c", "海", "waters")]
    related = {(r.concept_id, r.other_id) for r in competing(three)}
    assert related == {(one, other) for one in "abc" for other in "abc" if one != other}


def test_unsure_pairs_and_concepts_of_their_own_terms_do_not_compete():
    assert competing([concept("a", "海", "sea"), concept("b", "海", "ocean", 0.2), concept("c", "山", "hill")]) == []
