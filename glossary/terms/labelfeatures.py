"""What a sequence labeller sees of a token: form, word class, lexicons, neighbours, what the other side links to.

A feature is a short string. Words themselves are features only where they are common (the training keeps those that
stand in several documents), so that the labeller learns how terms are built and not which terms there were.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import numpy as np

from ..languages.english import FUNCTION_WORDS
from ..languages.tokens import Token
from ..lexicons.knowledge import Knowledge
from .linked import LinkedBead
from .wordclass import WordClasses

_SCRIPTS = (
    ("kata", re.compile(r"[ァ-ヺー・]+$")),
    ("hira", re.compile(r"[ぁ-ん]+$")),
    ("kanji", re.compile(r"[㐀-鿿々〆ヶ]+$")),
    ("digit", re.compile(r"[0-9０-９]+$")),
    ("latin", re.compile(r"[A-Za-zＡ-Ｚａ-ｚÀ-ɏ.]+$")),
    ("mixed", re.compile(r"[\w]+$")),
)
_NAME_TYPES = {
    "surname": "per", "given name": "per", "female given name": "per", "male given name": "per", "full name": "per",
    "place": "loc", "station": "loc", "organization": "org", "company": "org", "product": "pro", "work": "pro",
}  # fmt: skip


def script(surface: str) -> str:
    """kata, hira, kanji, digit, latin, mixed or symbol."""
    return next((name for name, pattern in _SCRIPTS if pattern.match(surface)), "symbol")


def shape(surface: str) -> str:
    """X (acronym), Xx (capitalized), xX (mixed), x, 9, 9x or the mark itself."""
    if surface[0].isdigit():
        return "9" if surface.replace(".", "").replace(",", "").isdigit() else "9x"
    if not surface[0].isalpha():
        return surface if surface in ".,-'’()\"&/:“”" else "sym"
    letters = surface.replace(".", "")
    if letters.isupper():
        return "X" if len(letters) > 1 else "X1"
    if surface[0].isupper():
        return "Xx" if letters[1:].islower() else "XxX"
    return "x" if surface.islower() else "xX"


def _bucket(value: float) -> str:
    return "0" if value < 0.1 else "1" if value < 0.35 else "2" if value < 0.7 else "3"


class LabelFeatures:
    """Features of the tokens of beads; `linked` ones are left out for text in one language."""

    def __init__(self, knowledge: Knowledge, classes: WordClasses) -> None:
        self._knowledge = knowledge
        self._classes = classes

    def japanese(self, tokens: Sequence[Token], bead: LinkedBead | None) -> list[list[str]]:
        """One list of features for each token. `bead`: its links, None for text in one language."""
        if not tokens:
            return []
        own = [self._ja_own(token) for token in tokens]
        lexical = self._lexicon_runs(tokens)
        links = _ja_links(bead) if bead is not None and bead.en else [[] for _ in tokens]
        pos = [token.pos for token in tokens]
        scripts = [script(token.surface) for token in tokens]
        rows = []
        for k in range(len(tokens)):
            row = [*own[k], *lexical[k], *links[k]]
            for d in (-2, -1, 1, 2):
                where = k + d
                if 0 <= where < len(tokens):
                    row += [f"p{d}={pos[where]}", f"s{d}={scripts[where]}", f"w{d}={tokens[where].lemma}"]
                    if abs(d) == 1:
                        row += [f"p0{d}={pos[min(k, where)]}|{pos[max(k, where)]}", f"c{d}={tokens[where].surface[-1]}"]
                        row += [f"{d}{feature}" for feature in (*lexical[where], *links[where])]
                        gap = tokens[max(k, where)].start - tokens[min(k, where)].end
                        if gap:
                            row.append(f"gap{d}")
                else:
                    row.append(f"edge{d}")
            if 0 < k < len(tokens) - 1:
                row.append(f"ppp={pos[k - 1]}|{pos[k]}|{pos[k + 1]}")
            rows.append(row)
        return rows

    def _ja_own(self, token: Token) -> list[str]:
        surface = token.surface
        coarse = "-".join(token.pos.split("-")[:2])
        row = [
            "b",
            f"p={token.pos}",
            f"pc={coarse}",
            f"s={script(surface)}",
            f"n={min(len(surface), 5)}",
            f"w={token.lemma}",
        ]
        row += [f"c={surface[-1]}", f"a={surface[0]}", f"ps={coarse}|{script(surface)}|{min(len(surface), 4)}"]
        if not token.reading:
            row.append("unknown")
        if token.source:
            row.append("source")
        types = {
            _NAME_TYPES.get(kind, "nam")
            for entry in self._knowledge.entries(surface)
            if entry.lexicon == "JMnedict"
            for kind in entry.kinds
        }
        general = [entry for entry in self._knowledge.entries(surface) if entry.lexicon != "JMnedict"]
        row += [f"ne={name}" for name in sorted(types)]
        if general:
            row.append("word+" if any(entry.common for entry in general) else "word")
        elif types:
            row.append("only-name")
        return row

    def _lexicon_runs(self, tokens: Sequence[Token]) -> list[list[str]]:
        """Where a run of two or more tokens is an entry of a lexicon: its begin, inside and end."""
        marks: list[dict[str, None]] = [{} for _ in tokens]
        text = [token.surface for token in tokens]
        for first in range(len(tokens)):
            joined = text[first]
            for last in range(first + 1, min(first + 7, len(tokens))):
                joined += text[last]
                if len(joined) > 16:
                    break
                entries = self._knowledge.entries(joined)
                if not entries:
                    continue
                types = {_NAME_TYPES.get(kind, "nam") for e in entries if e.lexicon == "JMnedict" for kind in e.kinds}
                for place in range(first, last + 1):
                    marks[place].update(dict.fromkeys(f"rt={kind}" for kind in sorted(types)))
                name = "N" if all(entry.lexicon == "JMnedict" for entry in entries) else "W"
                marks[first][f"run{name}B"] = None
                marks[last][f"run{name}E"] = None
                for inside in range(first + 1, last):
                    marks[inside][f"run{name}I"] = None
        return [list(mark) for mark in marks]

    def english(self, tokens: Sequence[Token], bead: LinkedBead | None) -> list[list[str]]:
        """One list of features for each token. `bead`: its links, None for text in one language."""
        if not tokens:
            return []
        links = _en_links(bead) if bead is not None and bead.ja else [[] for _ in tokens]
        shapes = [shape(token.surface) for token in tokens]
        classes = [self._classes.of(token.lemma) if token.lemma not in FUNCTION_WORDS else "fw" for token in tokens]
        titled = _title_case(shapes, classes)
        rows = []
        for k, token in enumerate(tokens):
            word = token.surface.casefold()
            row = [
                "b",
                f"s={shapes[k]}",
                f"w={word}",
                f"l={token.lemma}",
                f"k={classes[k]}",
                f"sk={shapes[k]}|{classes[k]}",
            ]
            row += [f"x2={word[-2:]}", f"x3={word[-3:]}", *links[k]]
            if k == 0 or tokens[k - 1].surface in '"“‘:(':
                row += ["start", f"start|{shapes[k]}|{classes[k]}"]
            if titled:
                row.append("titled")
            for d in (-2, -1, 1, 2):
                where = k + d
                if 0 <= where < len(tokens):
                    row += [f"s{d}={shapes[where]}", f"k{d}={classes[where]}", f"w{d}={tokens[where].lemma}"]
                    if abs(d) == 1:
                        low, high = min(k, where), max(k, where)
                        row += [f"ss{d}={shapes[low]}|{shapes[high]}", f"kk{d}={classes[low]}|{classes[high]}"]
                        row += [f"x{d}={tokens[where].surface.casefold()[-3:]}"]
                        row += [f"{d}{feature}" for feature in links[where]]
                else:
                    row.append(f"edge{d}")
            if 0 < k < len(tokens) - 1:
                row.append(f"sss={shapes[k - 1]}|{shapes[k]}|{shapes[k + 1]}")
                row.append(f"kkk={classes[k - 1]}|{classes[k]}|{classes[k + 1]}")
            rows.append(row)
        return rows


def _title_case(shapes: list[str], classes: list[str]) -> bool:
    """True for a headline in Title Case, where capitals tell nothing."""
    content = [s for s, c in zip(shapes, classes, strict=True) if s in ("x", "Xx") and c != "fw"]
    return len(content) > 3 and sum(s == "Xx" for s in content) > 0.8 * len(content)


def _ja_links(bead: LinkedBead) -> list[list[str]]:
    links = bead.links
    best = links.argmax(axis=1)
    strength = links[np.arange(len(bead.ja)), best]
    rows = []
    for k in range(len(bead.ja)):
        target = bead.en[best[k]]
        row = [f"ls={_bucket(strength[k])}"]
        if strength[k] >= 0.1:
            start = "^" if best[k] == 0 else ""
            row += [f"lt={start}{shape(target.surface)}", f"lts={start}{shape(target.surface)}|{_bucket(strength[k])}"]
            row += [f"lp={_bucket(float(bead.prior[k, best[k]]))}"]
            if target.lemma in FUNCTION_WORDS:
                row.append("lf")
            if k and strength[k - 1] >= 0.1:
                row.append(f"lj={int(np.clip(best[k] - best[k - 1], -3, 3))}")
        rows.append(row)
    return rows


def _en_links(bead: LinkedBead) -> list[list[str]]:
    links = bead.links
    best = links.argmax(axis=0)
    strength = links[best, np.arange(len(bead.en))]
    rows = []
    for k in range(len(bead.en)):
        target = bead.ja[best[k]]
        row = [f"ls={_bucket(strength[k])}"]
        if strength[k] >= 0.1:
            coarse = "-".join(target.pos.split("-")[:2])
            row += [
                f"lt={coarse}",
                f"lts={coarse}|{_bucket(strength[k])}",
                f"lsc={script(unicodedata.normalize('NFKC', target.surface))}",
            ]
            row += [f"lp={_bucket(float(bead.prior[best[k], k]))}", f"ltp={target.pos}"]
            if k and strength[k - 1] >= 0.1:
                row.append(f"lj={int(np.clip(best[k] - best[k - 1], -3, 3))}")
        rows.append(row)
    return rows
