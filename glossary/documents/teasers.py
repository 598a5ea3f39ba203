"""Promotion behind the story: what the site offers besides, told in whole sentences.

Walked from the end of the text upwards as long as each paragraph gives itself away: it speaks of itself or of the
site, or of what the publisher (known from the copyright line) has made, turns to the reader, and shares no matter
with the story above it. No sign suffices alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from glossary.records import Span

_ENOUGH = 3
_MOST = 10  # paragraphs of promotion
_FEWEST = 3  # paragraphs of story that must be left

_SELF = re.compile(
    r"(?:(?:this|the|our) (?:(?:web ?)?(?:page|site)|section|channel|app|newsletter|gallery|slideshow|portal|corner)"
    r"|(?:this|our) (?:series|feature|special|video|column|podcast|project))\b(?: (?:also|now))? "
    r"(?:takes?|features?|introduces?|offers?|brings?|contains?|explores?|shows?|provides?|presents?|collects?|lists?"
    r"|gathers?|covers?|allows?|lets?|helps?|delivers?|highlights?|carr(?:y|ies)|includes?|looks?"
    r"|is (?:a|an|the|your)|has)\b"
    r"|(?:この|本|当)(?:ページ|サイト|特集|コーナー|連載|ウェブサイト|ホームページ|アプリ|メルマガ)(?:では|は|で)",
    re.IGNORECASE,
)
_READER = re.compile(
    r"\b(?:you can|you will find|you['’]ll find|(?:allows?|lets?) you|click|check out|visit (?:our|the|us)|enjoy"
    r"|stay tuned|browse)\b"
    r"|ご覧(?:いただけ|になれ|ください|下さい)|お楽しみ|お届け|ご紹介|お読みいただけ|クリック|ご利用",
    re.IGNORECASE,
)
_PERFECT = r"(?: (?:also|now|newly))? (?:has|have)(?: also)? \w+(?:ed|en|ne|ade|ilt|ut|un|ot|wn)\b"
_PERFECT_JA = (
    r"(?:新聞(?:社)?|社|編集部)?(?:は|では|が)[^。\n]{0,80}(?:紹介|記録|公開|掲載|配信|連載|特集|収録|制作)(?:し|中)"
)

_RIGHTS = re.compile(
    r"(?:©|\(c\)(?= ?\d{4})|^\W*copyright\b(?:\s*(?:©|\(c\)))?(?! law)|著作権(?:は|：|:))[\s\d,–-]*(?:by )?"
    r"(?P<holder>[^\n]+?)(?=\s*(?:\.(?:\s|$)|\d{4}|all rights|無断|、|に(?:帰属|あり)|$))",
    re.IGNORECASE | re.MULTILINE,
)
_COMPANY = re.compile(
    r"\b(?:the|company|co|inc|ltd|llc|corp|corporation|limited|group|media|holdings)\b\.?|株式会社|[,.]",
    re.IGNORECASE,
)
_MATTER = re.compile(r"[A-Za-z][A-Za-z’'-]{3,}|[\u30a1-\u30fc]{2,}|[\u3005\u4e00-\u9fff]{2,}|[A-Z]{2,}")
_EVERYWHERE = re.compile(
    "this|that|these|those|with|from|have|been|which|their|there|they|will|would|about|into|also|more|than|when|what"
    "|where|while|over|after|before|were|being|other|some|such|only|each|your|page|site|world|features|closer|look"
    "|紹介|掲載|動画|特集|記事|写真"
)


def publisher(text: str) -> str | None:
    """The holder named in the last copyright line: `The Daily Lantern Company` of "Copyright © The Daily …"."""
    found = None
    for match in _RIGHTS.finditer(text):
        holder = match["holder"].strip(" ,.©:-–")
        if 2 <= len(holder) <= 80 and holder[0].isalpha() and (holder[0].isupper() or not holder[0].isascii()):
            found = holder
    return found


def teasers(text: str, lines: Sequence[Span], furniture: AbstractSet[Span]) -> list[Span]:
    """The paragraphs among `lines` (non-empty lines, ascending) that promote the site behind the story.

    `furniture`: those already known, which do not end the walk and are no story.
    """
    tail: list[Span] = []
    promoter = _promoter(text)
    for number in range(len(lines) - 1, -1, -1):
        span = lines[number]
        if span in furniture:
            continue
        story = " ".join(text[slice(*line)] for line in lines[:number] if line not in furniture)
        if len(tail) == _MOST or not _promotes(text[slice(*span)], story, promoter):
            break
        tail.append(span)
    left = len(lines) - len(tail) - len(furniture)
    return tail if left >= _FEWEST else []


def _promoter(text: str) -> re.Pattern[str] | None:
    """Sentences that begin with the publisher and tell what it has made."""
    holder = publisher(text)
    core = " ".join(_COMPANY.sub(" ", holder).split()) if holder else ""
    if len(core) < 2:
        return None
    if core.isascii():
        return re.compile(rf"(?:the )?{re.escape(core)}\b{_PERFECT}", re.IGNORECASE)
    return re.compile(rf"{re.escape(re.sub('(?:新聞)?社$', '', core))}{_PERFECT_JA}")


def _promotes(paragraph: str, story: str, promoter: re.Pattern[str] | None) -> bool:
    signs = 2 * bool(_SELF.match(paragraph))
    signs += 2 * bool(promoter and promoter.match(paragraph))
    signs += bool(_READER.search(paragraph))
    return signs >= _ENOUGH - 1 and signs + _is_foreign(paragraph, story) >= _ENOUGH


def _is_foreign(paragraph: str, story: str) -> bool:
    """At most a quarter of the paragraph's matter is the story's, which any article of the country shares."""
    matter = {word.lower() for word in _MATTER.findall(paragraph)}
    matter = {word for word in matter if not _EVERYWHERE.fullmatch(word)}
    shared = matter & {word.lower() for word in _MATTER.findall(story)}
    return 4 * len(shared) <= len(matter)
