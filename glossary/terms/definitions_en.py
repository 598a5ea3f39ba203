"""Definitions in English sentences: X, a …; X (a …); X is a …; a … called X."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..languages.english import FUNCTION_WORDS, lemma
from ..languages.tokens import Token
from .kindcues import english_head, is_name

TokenSpan = tuple[int, int]
_ARTICLES = ("a", "an", "the")
_MARKS = (",", ";", ".", "!", "?", ":", "—", "–", "(", ")", '"', "“", "”")
_CALLED = (("called",), ("named",), ("known", "as"), ("dubbed",), ("nicknamed",))
_SETTLEMENTS = frozenset("city town village island prefecture province district region state".split())
# fmt: off
_OF_THE_CLAUSE = frozenset(
    (
        "act amount bid blow change contrast day decade decision decline decrease development drop event fact fall "
        "few figure first gain goal hint increase jump last level lot majority matter minute month move night number "
        "one percent percentage place point position process question rate record reference reminder result rise "
        "same second setback share sign situation statement step sum sort third time total trend victory view "
        "warning way week weekend win year while bit little couple half quarter hour moment good great must "
        "challenge problem priority reason issue chance difficult important key main most best worst only next "
        "prerequisite success failure response score following"
    ).split()
)
"""Nouns by which an apposition sums up the sentence (…, a sign that …), or that tell of a moment."""
_FINITE = frozenset(
    (
        "is are was were has have had will would can could may might must should do does did said says began fell "
        "rose told went came took became saw gave got held kept left met ran won lost remains remain seems appears"
    ).split()
)
# fmt: on
_RELATIVES = frozenset("that who which whose where when whom".split())
_OPENERS = frozenset(
    (
        "of in on at to from with by for near into between after before under against according along during despite "
        "following concerned as since while when although though if because amid through throughout over within "
        "without about unlike like until immediately shortly given thanks"
    ).split()
)
"""Words that begin an adverbial, whose comma begins no apposition."""


def english_definitions(tokens: Sequence[Token], term: TokenSpan, kind: str) -> Iterator[TokenSpan]:
    """Spans of tokens that may define the term at `term`, the surest first."""
    words = [token.surface for token in tokens]
    after = term[1] + (term[1] < len(words) and words[term[1]] in ("”", '"', "’"))
    for place in (
        _apposed(tokens, words, term, after),
        _bracketed(words, after),
        _copula(words, term, after),
        _called(words, term),
    ):
        if place and _is_definition(tokens, place, kind):
            yield place


def _apposed(tokens: Sequence[Token], words: Sequence[str], term: TokenSpan, after: int) -> TokenSpan | None:
    """X, a …: up to the next comma, or to the end of the sentence."""
    if words[after : after + 1] != [","] or not _stands_alone(words, term) or _in_adverbial(words, term[0]):
        return None
    first = after + 1
    if [word.casefold() for word in words[first : first + 3]] in (["which", "is", "a"], ["which", "is", "an"]):
        first += 2
    common = not is_name(tokens[slice(*term)])
    if not _begins(words, first) or (common and (words[first] == "the" or _is_modified(words, term[0]))):
        return None
    last = _phrase_end(words, first)
    following = [word.casefold() for word in words[last : last + 2]]
    listed = following[:1] == [","] and following[1:] and following[1] in ("and", "or", *_ARTICLES)
    return None if listed or _lists(words, first, last) else (first, last)


def _in_adverbial(words: Sequence[str], term: int) -> bool:
    """True where the comma after the term is the first one of a sentence that begins with "In", "According to", …"""
    begin = term
    while begin > 0 and words[begin - 1] not in (".", "!", "?", ",", ";", "“", '"'):
        begin -= 1
    first = [word.casefold() for word in words[begin : begin + 2]]
    if first and first[0] in ("but", "and", "so", "then"):
        first = first[1:]
    return bool(first) and first[0] in _OPENERS


def _is_modified(words: Sequence[str], term: int) -> bool:
    """True of a common noun that names something of the text (its owner, a statement) and no concept as such."""
    return term > 0 and words[term - 1].casefold() not in _OPENERS and words[term - 1] not in (".", "“", '"')


def _lists(words: Sequence[str], first: int, last: int) -> bool:
    """True of the rest of an enumeration: "the city and the port"."""
    return any(words[k] in ("and", "or") and words[k + 1].casefold() in _ARTICLES for k in range(first, last - 1))


def _stands_alone(words: Sequence[str], term: TokenSpan) -> bool:
    """False where an apposition would belong to a longer phrase ("the mayor of X, a …") or to a list ("Y, X, a …")."""
    before = [word.casefold() for word in words[max(0, term[0] - 2) : term[0]]]
    if not before:
        return True
    if before[-1] in ("and", "or", ","):
        return len(before) > 1 and before[-1] == "," and before[0] in FUNCTION_WORDS
    return before[-1] not in ("of", "for") or before[0] in _SETTLEMENTS


def _bracketed(words: Sequence[str], after: int) -> TokenSpan | None:
    """X (a …)"""
    if words[after : after + 1] != ["("] or not _begins(words, after + 1):
        return None
    last = _phrase_end(words, after + 1)
    return (after + 1, last) if words[last : last + 1] == [")"] else None


def _copula(words: Sequence[str], term: TokenSpan, after: int) -> TokenSpan | None:
    """X is a …, where X begins the sentence."""
    if term[0] and words[term[0] - 1] not in (".", "!", "?", "“", '"'):
        return None
    if words[after : after + 1] not in (["is"], ["are"]) or words[after + 1 : after + 2] not in (["a"], ["an"]):
        return None
    return after + 1, _phrase_end(words, after + 1)


def _called(words: Sequence[str], term: TokenSpan) -> TokenSpan | None:
    """a … called X"""
    quoted = term[0] > 0 and words[term[0] - 1] in ("“", '"', "‘")
    for phrase in _CALLED:
        last = term[0] - quoted - len(phrase)
        if last > 1 and tuple(word.casefold() for word in words[last : term[0] - quoted]) == phrase:
            first = last - 1
            while first >= 0 and words[first].casefold() not in _ARTICLES and words[first] not in _MARKS:
                first -= 1
            if first >= 0 and words[first].casefold() in ("a", "an"):
                return first, last
    return None


def _begins(words: Sequence[str], first: int) -> bool:
    """True at an article that no name follows: "the Foreign Ministry" is another name and no description."""
    if first + 1 >= len(words) or words[first] not in _ARTICLES:
        return False
    return words[first] != "the" or not words[first + 1][0].isupper()


def _phrase_end(words: Sequence[str], first: int) -> int:
    last = first
    while last < len(words) and words[last] not in _MARKS:
        last += 1
    return last


def _is_definition(tokens: Sequence[Token], place: TokenSpan, kind: str) -> bool:
    """True if the phrase has a noun of its own that may head a term of this kind."""
    words = [token.surface for token in tokens[place[0] + 1 : place[1]]]
    if _has_finite_verb(words) or words[-1:] == ["No"]:
        return False
    head = _noun_phrase(words)
    if len(words) < 2 or not head or any(word.casefold() in _OF_THE_CLAUSE for word in (head[-1], head[0])):
        return False
    if head[0][0].isdigit() or tokens[place[0] + 1].lemma in _OF_THE_CLAUSE:
        return False
    heard, weight = english_head(tokens[place[0] + 1 : place[0] + 1 + len(head)])
    if not weight:
        return True
    return kind in (heard, "concept") or (heard, kind) == ("role", "person")


def _has_finite_verb(words: Sequence[str]) -> bool:
    """True of a clause ("the team announced the …"), not of participles ("made by") and relative clauses."""
    for k, word in enumerate(words):
        folded = word.casefold()
        if folded in _RELATIVES:
            return False
        if folded in _FINITE:
            return True
        if k and folded.endswith("ed") and lemma(folded) != folded and k + 1 < len(words):
            after = words[k + 1].casefold()
            if (
                after in _ARTICLES
                or (after not in _OPENERS and words[k - 1].endswith("s"))
                or after in ("those", "these")
            ):
                return True
    return False


def _noun_phrase(words: Sequence[str]) -> list[str]:
    """The words up to the first preposition, relative or verb-like word: genus and what stands before it."""
    phrase: list[str] = []
    for k, word in enumerate(words):
        if phrase and (word.casefold() in FUNCTION_WORDS or (k and word.endswith("ing") and len(phrase) > 1)):
            break
        phrase.append(word)
    return phrase
