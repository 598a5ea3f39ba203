"""English text into sentences and tokens. No tagger: word classes come from the dictionary's glosses and from form."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from ..records import Span
from .lines import lines, trim
from .tokens import Token

_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}"  # U.S., a.m.
    r"|(?:St|Ste|Mt|Ft|Mr|Mrs|Ms|Dr|Jr|Sr)\.(?=\s[A-Z])"  # St. Petersburg
    r"|Co\.,? ?Ltd\b\.?"  # a company's form is no place to cut its name
    r"|\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s)?(?![^\W_])"  # 1,200  3.11  21st
    r"|[^\W_]+(?:['’](?!s\b|S\b)[^\W_]+)*"  # words of any script with accents; O'Brien, don't
    r"|['’][sS]\b"  # the possessive, a token of its own
    r"|\S",
)
_ABBREVIATIONS = frozenset(
    (
        "mr mrs ms dr prof rev gen lt col sgt capt sen rep gov pres st mt no vs etc inc ltd co corp dept jr sr "
        "univ assn jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun fig vol approx "
        "est cf al pp"
    ).split()
)
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)|[.!?]+[\"”’)\]]+(?=[A-Z“\"])|(?<=[a-z])\.(?=[A-Z“\"][a-z])")

# fmt: off
FUNCTION_WORDS = frozenset(
    (
        "a an the this that these those some any each every no all both either neither such another other what "
        "which who whom whose when where why how whether and or but nor so yet for if than as because although "
        "though while since until unless of in on at by to from with without within into onto over under above "
        "below between among through during before after about against along across around behind beyond despite "
        "except like near off out outside inside past per up upon via toward towards amid i you he she it we they "
        "me him her us them my your his its our their mine yours hers ours theirs myself yourself himself herself "
        "itself ourselves themselves be is am are was were been being do does did doing done have has had having "
        "will would shall should can could may might must not n't there here then also only just even still "
        "already again too very more most much many few less least own same now ever never however"
    ).split()
)
# fmt: on


def tokenize(text: str, offset: int = 0) -> list[Token]:
    """Tokens of one sentence, `offset` added to their places; hyphens and possessives stand alone (no|-|hitter)."""
    tokens = []
    for match in _TOKEN.finditer(text):
        surface = match.group()
        tokens.append(Token(surface, offset + match.start(), offset + match.end(), lemma(surface), ""))
    return tokens


def fold(word: str) -> str:
    """Lower case, accents and curly quotes gone: Mbappé → mbappe."""
    decomposed = unicodedata.normalize("NFD", word.casefold().replace("’", "'"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@lru_cache(maxsize=100_000)
def lemma(word: str) -> str:
    """The dictionary form of an English word, folded: Islands → island, claimed → claim.

    simplemma (MIT) knows the words; one that it does not know keeps its form.
    """
    folded = fold(word)
    if not folded.isalpha() or len(folded) < 3:
        return folded.strip(".") if folded.strip(".") else folded
    import simplemma

    return simplemma.lemmatize(folded, lang="en").casefold()


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Spans of the sentences of `text[start:end]`, white space at their ends left out.

    A sentence ends at . ! ? before white space unless the word is an abbreviation or an initial, and at a line end.
    """
    end = len(text) if end is None else end
    spans = []
    for line_start, line_end in lines(text, start, end):
        begin = line_start
        for match in _END.finditer(text, line_start, line_end):
            if _ends_sentence(text, begin, match, line_end):
                spans.append((begin, match.end()))
                begin = match.end()
        spans.append((begin, line_end))
    trimmed = (trim(text, *span) for span in spans)
    return [span for span in trimmed if span[0] < span[1]]


def _ends_sentence(text: str, begin: int, match: re.Match[str], end: int) -> bool:
    following = text[match.end() : end].lstrip()
    if not following:
        return True
    mark = match.group()
    word = re.search(r"[\w.]*$", text[begin : match.start()])
    before = word.group() if word else ""
    starts = following.lstrip("\"'“‘([")[:1]
    if starts.islower() and mark != "…":
        return False
    if mark in "!?" and _is_name(before) and _is_name(following):  # Yahoo! News
        return False
    if mark[0] == "." and len(mark) == 1:
        if before.casefold() in _ABBREVIATIONS and not (
            before.islower() and before in ("no", "co", "sun", "sat", "mar", "st")
        ):
            return False
        if len(before) == 1 and before.isupper():  # an initial: John F. Kennedy
            return False
        if re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", before):  # U.S. Senate; but "... in the U.S. The"
            first = re.match(r"\w+", following.lstrip("\"'“‘(["))
            return first is not None and first.group().casefold() in FUNCTION_WORDS
    return True


def _is_name(text: str) -> bool:
    word = re.match(r"\w+", text)
    return word is not None and text[0].isupper() and word.group().casefold() not in FUNCTION_WORDS
