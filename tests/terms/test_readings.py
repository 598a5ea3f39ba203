"""The English side of a pair chooses the reading of the Japanese one."""

import pytest

from glossary.languages import english, japanese
from glossary.lexicons.knowledge import embedded
from glossary.terms.anchors import AnchorFinder
from glossary.terms.readings import chosen_reading


@pytest.mark.parametrize(
    ("ja", "en", "reading"),
    [
        ("大谷真理子", "Otani Mariko", "オオタニマリコ"),
        ("大谷真理子", "Mariko Otani", "オオタニマリコ"),
        ("大谷真理子", "Noriko Oya", "オオヤノリコ"),
        ("大谷", "Otani", "オオタニ"),
        ("入船漁業協同組合", "Irifune Fisheries Cooperative", "イリフネギョギョウキョウドウクミアイ"),
        ("入船市", "city of Irifune", "イリフネシ"),
        ("霧ヶ浜", "Kirigahama", "キリガハマ"),
        ("防潮堤", "seawall", None),  # nothing is spelled: the tagger's reading stands
        ("イージス・アショア", "Aegis Ashore", None),  # kana read themselves
    ],
)
def test_chosen_reading(ja, en, reading):
    knowledge = embedded()
    left, right = japanese.tokenize(ja), english.tokenize(en)
    anchors = AnchorFinder(knowledge).anchors(left, right)
    assert chosen_reading(left, (0, len(left)), right, (0, len(right)), anchors, knowledge.readings) == reading
