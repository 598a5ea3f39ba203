"""Which language a text is in."""

import pytest

from glossary.documents.language import Guess, guess_language

FRENCH = "Le ministre des Affaires étrangères a rencontré son homologue dans la capitale pour discuter de la sécurité."
GERMAN = "Der Minister hat sich mit seinem Kollegen getroffen und über die Sicherheit in der Region gesprochen."
ENGLISH = "The minister met his counterpart in the capital to talk about the security of the region."


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        (ENGLISH, Guess("en", True)),
        (ENGLISH + " The word is 北方領土 (ほっぽうりょうど) in Japanese.", Guess("en", True)),
        ("大臣は会談した。", Guess("ja", True)),
        ("Apple、Google、Microsoftの三社は、AIの利用について合意した。", Guess("ja", True)),
        ("ﾃﾞｰﾀﾍﾞｰｽ", Guess("ja", True)),
        ("日露外相会談", Guess("ja", False)),
        ("Aegis Ashore", Guess("en", False)),
        (FRENCH, Guess(None, True)),
        (GERMAN, Guess(None, True)),
        ("Министр иностранных дел прибыл в Токио.", Guess(None, True)),
        (
            "外交部长今天在记者会上表示，两国已经就这个问题达成了协议，下个月将在北京举行新的会谈，我们对此表示欢迎。",
            Guess(None, True),
        ),
        ("외무장관은 기자회견에서 말했다.", Guess(None, True)),
        ("12,345", Guess(None, False)),
    ],
)
def test_guess(text: str, guess: Guess) -> None:
    assert guess_language(text) == guess
