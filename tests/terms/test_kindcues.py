"""What words say of a kind."""

import pytest

from glossary.languages import english, japanese
from glossary.terms.kindcues import cues, english_head, genus_kind, is_name, japanese_head


@pytest.mark.parametrize(
    ("term", "kind"),
    [
        ("海洋省", "organization"),
        ("自由海党", "organization"),
        ("北陸医科大学", "organization"),
        ("港南駅", "facility"),
        ("港南美術館", "facility"),
        ("予防接種法", "law"),
        ("漁業協定", "law"),
        ("防災担当相", "role"),
        ("青森県", "place"),
        ("小樽市", "place"),
        ("雪灯籠まつり", "event"),
        ("世界選手権", "event"),
    ],
)
def test_japanese_heads(term, kind):
    assert japanese_head(japanese.tokenize(term))[0] == kind


@pytest.mark.parametrize("term", ["方法", "問題", "昆布", "議論"])
def test_the_end_of_a_word_is_no_head(term):
    assert japanese_head(japanese.tokenize(term)) == ("concept", 0.0)


@pytest.mark.parametrize(
    ("term", "kind", "weight"),
    [
        ("Ministry of Fisheries", "organization", 1.0),
        ("Konan City Council", "organization", 1.0),
        ("Konan Station", "facility", 1.0),
        ("Immunization Act", "law", 1.0),
        ("treaty", "law", 0.5),
        ("Gull Cup", "event", 1.0),
        ("foreign minister", "role", 1.0),
        ("Aomori Prefecture", "place", 1.0),
        ("cup of tea", "concept", 0.0),
        ("team", "concept", 0.0),
    ],
)
def test_english_heads(term, kind, weight):
    assert english_head(english.tokenize(term)) == (kind, weight)


def votes(ja, en, ja_term, en_term):
    sides = []
    for tokens, text, term in ((japanese.tokenize(ja), ja, ja_term), (english.tokenize(en), en, en_term)):
        start = text.index(term)
        first = next(k for k, token in enumerate(tokens) if token.start == start)
        last = next(k for k, token in enumerate(tokens) if token.end == start + len(term))
        sides += [tokens, (first, last + 1)]
    return cues(*sides)


@pytest.mark.parametrize(
    ("ja", "en", "ja_term", "en_term", "kind"),
    [
        ("浜野さんは泣いた。", "Hamano wept.", "浜野", "Hamano", "person"),
        ("浜野が勝った。", "Mayor Hamano won.", "浜野", "Hamano", "person"),
        ("映画「塩の手」を見た。", "They saw Salt Hands.", "塩の手", "Salt Hands", "work"),
        ("山形県で雪が降った。", "Snow fell in Yamagata Prefecture.", "山形", "Yamagata", "place"),
        ("海洋省が認めた。", "The Marine Ministry agreed.", "海洋省", "Marine Ministry", "organization"),
    ],
)
def test_head_and_surroundings_vote_together(ja, en, ja_term, en_term, kind):
    found = votes(ja, en, ja_term, en_term)
    assert max(found, key=found.get) == kind


def test_titles_before_common_nouns_say_nothing():
    assert votes("お客さんが来た。", "A customer came.", "客", "customer") == {}


@pytest.mark.parametrize(
    ("term", "name"), [("Foreign Ministry", True), ("Sea of Japan", True), ("peace treaty", False)]
)
def test_names_have_capitals(term, name):
    assert is_name(english.tokenize(term)) is name


@pytest.mark.parametrize(
    ("definition", "language", "kind"),
    [
        ("a land-based missile defense system", "en", "product"),
        ("a cinema that closed last year", "en", "facility"),
        ("a professor of fisheries at a college by the sea", "en", "person"),
        ("the capital of the island", "en", "place"),
        ("a kind of seaweed", "en", None),
        ("小型巡視船", "ja", "product"),
        ("老舗映画館", "ja", "facility"),
        ("水を使った治療法", "ja", None),
    ],
)
def test_the_genus_of_a_definition_tells_the_kind_of_what_is_defined(definition, language, kind):
    tokens = (japanese if language == "ja" else english).tokenize(definition)
    assert genus_kind(tokens, language) == kind
