"""The decision: which documents are translations of which, why, and which stay alone.

In order: what a manifest says; what a bilingual file says; copies, which stand behind one text; names and folders,
unless the contents speak against them; contents and dates.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..documents.folder import Collection
from ..lexicons.knowledge import Knowledge
from ..records import Bitext, Document
from .content import Match, Matcher, Nearest, Progress
from .copies import versions
from .features import Features, features
from .likeness import Likeness
from .manifest import read_manifest
from .names import date_in_name, named

_CONTRADICTED = 0.1
"""Likeness, by themselves, below which two texts cannot be translations: of true ones the least had five times that."""
_BETTER = 2.5
"""How many times as alike as its namesake a text's clear counterpart must be to be taken instead."""
_SOME_LENGTH = 60
"""Words on either side from which on contents can speak against names."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Two documents that belong together, or one that stays alone (the other None), and why."""

    ja: Document | None
    en: Document | None
    method: str
    """manifest, segments, name, folder, date, content; for one that stays alone: manifest, copy, alone."""
    confidence: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paired:
    """A collection with its bitexts found, and every decision, in the order of names."""

    collection: Collection
    decisions: tuple[Decision, ...]


def find_bitexts(
    collection: Collection, knowledge: Knowledge, *, manifest: Path | None = None, progress: Progress | None = None
) -> Paired:
    """Decide for every document of a collection what it is a translation of.

    Raises GlossaryError for a manifest that does not fit the documents.
    """
    return _Decider(collection, knowledge, progress or (lambda step, done, total: None)).decide(manifest)


class _Decider:
    def __init__(self, collection: Collection, knowledge: Knowledge, progress: Progress) -> None:
        self._collection, self._knowledge, self._progress = collection, knowledge, progress
        self._made: list[Decision] = []
        self._open = {d.document_id: d for d in collection.documents}
        self._features: dict[str, Features] = {}
        self._objections: dict[str, str] = {}

    def decide(self, manifest: Path | None) -> Paired:
        if manifest is not None:
            self._by_manifest(manifest)
        for bitext in self._collection.bitexts:
            if bitext.segments and bitext.ja.document_id in self._open and bitext.en.document_id in self._open:
                self._make(bitext.ja, bitext.en, "segments", 1.0, bitext.reasons)
        said = [pair for pair in self._said_by_names() if self._is_open(pair.ja) and self._is_open(pair.en)]
        copies = self._copies(said)
        self._by_name(said)
        self._by_content()
        return self._result(copies)

    def _make(self, ja: Document | None, en: Document | None, method: str, sure: float, why: Sequence[str]) -> None:
        self._made.append(Decision(ja, en, method, sure, tuple(why)))
        for document in (ja, en):
            if document is not None:
                del self._open[document.document_id]

    def _is_open(self, document: Document | None) -> bool:
        return document is not None and document.document_id in self._open

    def _by_manifest(self, manifest: Path) -> None:
        for row in read_manifest(manifest, self._collection.documents):
            self._make(row.ja, row.en, "manifest", 1.0, (f"{manifest.name}, row {row.number}",))

    def _said_by_names(self) -> list[Decision]:
        """What names and folders say of the documents that are not decided yet."""
        said = [Decision(b.ja, b.en, b.method, b.confidence, b.reasons) for b in self._collection.bitexts]
        taken = {d.document_id for pair in said for d in (pair.ja, pair.en) if d}
        sides: dict[tuple[str, ...], list[Document]] = defaultdict(list)
        for document in self._open.values():
            if document.document_id not in taken:
                sides[named(document.path).key].append(document)
        return said + [pair for group in sides.values() if (pair := _pair_of_names(group)) is not None]

    def _copies(self, said: Sequence[Decision]) -> dict[str, tuple[str, float]]:
        """Copies and other versions, decided to stay alone unless their names make a bitext of them."""
        in_bitext = {d.document_id for pair in said for d in (pair.ja, pair.en) if d}
        settled = {d.document_id for made in self._made for d in (made.ja, made.en) if d and made.ja and made.en}

        def preference(document: Document) -> tuple:
            rank = 0 if document.document_id in settled else 1 if document.document_id in in_bitext else 2
            age = -int((document.published or "0").replace("-", "")[:8] or 0)
            return rank, age, -len(document.text), document.name

        found = versions(self._collection.documents, preference)
        by_id = {d.document_id: d for d in self._collection.documents}
        for document_id, (original, share) in found.items():
            if document_id in self._open and document_id not in in_bitext:
                document = by_id[document_id]
                why = f"{'copy' if share == 1.0 else 'other version'} of {by_id[original].path} ({share:.0%} in common)"
                self._make(*_sides(document), "copy", share, (why,))
        return found

    def _by_name(self, said: Sequence[Decision]) -> None:
        self._extract([d for pair in said for d in (pair.ja, pair.en) if d])
        better = self._better_than_names(said)
        for pair in said:
            assert pair.ja is not None and pair.en is not None
            why = self._contradiction(pair.ja, pair.en) or better.get((pair.ja.document_id, pair.en.document_id))
            if why:
                for one, other in ((pair.ja, pair.en), (pair.en, pair.ja)):
                    self._objections[one.document_id] = (
                        f"not paired with {Path(other.path).name}, as the names say: {why}"
                    )
            else:
                self._make(pair.ja, pair.en, pair.method, pair.confidence, self._with_objections(pair))

    def _with_objections(self, pair: Decision) -> list[str]:
        """The reasons of a pair, and what was in the way of comparing its texts."""
        sides = [d.document_id for d in (pair.ja, pair.en) if d]
        return [*pair.reasons, *(self._objections[side] for side in sides if side in self._objections)]

    def _contradiction(self, ja: Document, en: Document) -> str:
        """What the contents say against two texts by themselves, or nothing."""
        left, right = self._features[ja.document_id], self._features[en.document_id]
        if not self._knowledge.lexicons or min(len(left.words), len(right.words)) < _SOME_LENGTH:
            return ""
        like = Likeness([left], [right])(0, 0)
        return f"the texts have hardly a word in common (likeness {like:.2f})" if like < _CONTRADICTED else ""

    def _better_than_names(self, said: Sequence[Decision]) -> dict[tuple[str, str], str]:
        """(ja, en) that names pair though one of them clearly belongs to another text: which."""
        if not said or len(self._open) < 3:
            return {}
        ja, en = self._sides_open()
        self._extract([*ja, *en])
        matcher = self._matcher(ja, en)
        matches, _, _ = matcher.matches(self._progress)
        to_en, to_ja = {m.ja: m for m in matches if not m.by_date}, {m.en: m for m in matches if not m.by_date}
        ja_number = {d.document_id: n for n, d in enumerate(ja)}
        en_number = {d.document_id: n for n, d in enumerate(en)}
        found = {}
        for pair in said:
            assert pair.ja is not None and pair.en is not None
            left, right = ja_number[pair.ja.document_id], en_number[pair.en.document_id]
            own = matcher.likeness(left, right)
            for match in (to_en.get(left), to_ja.get(right)):
                if match is not None and (match.ja, match.en) != (left, right) and match.likeness > _BETTER * own:
                    names = f"{Path(ja[match.ja].path).name} and {Path(en[match.en].path).name}"
                    found[pair.ja.document_id, pair.en.document_id] = (
                        f"{names} are much more alike (likeness {match.likeness:.2f} against {own:.2f})"
                    )
        return found

    def _sides_open(self) -> tuple[list[Document], list[Document]]:
        documents = self._open.values()
        return [d for d in documents if d.language == "ja"], [d for d in documents if d.language == "en"]

    def _matcher(self, ja: Sequence[Document], en: Sequence[Document]) -> Matcher:
        likeness = Likeness(*([self._features[d.document_id] for d in side] for side in (ja, en)))
        return Matcher(likeness, [_date(d) for d in ja], [_date(d) for d in en])

    def _extract(self, documents: Sequence[Document]) -> None:
        missing = [d for d in documents if d.document_id not in self._features]
        self._progress("Finding translations", 0, 0)
        found, failed = features(missing, self._knowledge)
        self._features |= {d.document_id: own for d, own in zip(missing, found, strict=True)}
        self._objections |= {identity: f"its text could not be compared ({why})" for identity, why in failed.items()}

    def _by_content(self) -> None:
        ja, en = self._sides_open()
        if not ja or not en:
            language = "English" if ja else "Japanese"
            for document in [*ja, *en]:
                self._alone(document, f"there is no {language} text left that it could be a translation of")
            return
        self._extract([*ja, *en])
        matcher = self._matcher(ja, en)
        matches, of_ja, of_en = matcher.matches(self._progress)
        for match in matches:
            self._pair(ja[match.ja], en[match.en], match, matcher.likeness.shared(match.ja, match.en))
        for number, document in enumerate(ja):
            if self._is_open(document):
                self._alone(document, _why_alone(of_ja.get(number), en, self._is_open))
        for number, document in enumerate(en):
            if self._is_open(document):
                self._alone(document, _why_alone(of_en.get(number), ja, self._is_open))

    def _pair(self, ja: Document, en: Document, match: Match, shared: Sequence[tuple[str, str]]) -> None:
        words = ", ".join(f"{left} = {right}" for left, right in shared)
        why = [f"both have {words}"] if words else []
        why.append(f"likeness {match.likeness:.2f}, of the next best {match.rival:.2f}")
        if match.by_date:
            why.insert(0, f"the only ones of {_date(ja)}")
        why += [self._objections[d.document_id] for d in (ja, en) if d.document_id in self._objections]
        self._make(ja, en, "date" if match.by_date else "content", round(match.confidence, 3), why)

    def _alone(self, document: Document, why: str) -> None:
        objection = self._objections.get(document.document_id)
        self._make(*_sides(document), "alone", 1.0, [objection, why] if objection else [why])

    def _result(self, copies: dict[str, tuple[str, float]]) -> Paired:
        documents = {
            d.document_id: replace(d, duplicate_of=copies.get(d.document_id, (None, 0.0))[0])
            for d in self._collection.documents
        }
        brought = {(b.ja.document_id, b.en.document_id): b.segments for b in self._collection.bitexts}
        decisions, bitexts = [], []
        for made in sorted(self._made, key=lambda made: ((made.ja or made.en).name, made.ja is None)):  # type: ignore[union-attr]
            ja, en = (documents[d.document_id] if d else None for d in (made.ja, made.en))
            decisions.append(replace(made, ja=ja, en=en))
            if ja and en:
                segments = brought.get((ja.document_id, en.document_id), ())
                bitexts.append(Bitext(ja.name, ja, en, made.method, made.confidence, made.reasons, segments))
        collection = replace(self._collection, documents=tuple(documents.values()), bitexts=tuple(bitexts))
        return Paired(collection, tuple(decisions))


def _pair_of_names(group: Sequence[Document]) -> Decision | None:
    """The Japanese and the English document whose paths differ in a language marker only, if there are just these."""
    sides = {d.language: d for d in group}
    if len(group) != 2 or len(sides) != 2:
        return None
    ja, en = sides["ja"], sides["en"]
    told = {language: named(document.path) for language, document in sides.items()}
    marks = [(n.by_name or n.by_folder, language) for language, n in told.items()]
    if all(mark is None for mark, _ in marks):
        return None
    by_folder = all(n.by_name is None for n in told.values())
    confidence = 0.98 if all(mark == language for mark, language in marks) else 0.9
    what = "the folder of their language" if by_folder else "the mark of their language"
    reason = f"{Path(ja.path).name} and {Path(en.path).name} differ in {what} only"
    return Decision(ja, en, "folder" if by_folder else "name", confidence, (reason,))


def _sides(document: Document) -> tuple[Document | None, Document | None]:
    return (document, None) if document.language == "ja" else (None, document)


def _date(document: Document) -> str | None:
    return document.published or date_in_name(document.path)


def _why_alone(nearest: Nearest | None, others: Sequence[Document], is_open) -> str:
    if nearest is None:
        return "nothing in the texts of the other language is like it"
    other = others[nearest.other]
    if not is_open(other):
        return f"the nearest, {Path(other.path).name} (likeness {nearest.likeness:.2f}), belongs to another"
    return (
        f"the nearest, {Path(other.path).name} (likeness {nearest.likeness:.2f}), is no clear counterpart: "
        f"{nearest.rival:.2f} is usual or the next best"
    )
