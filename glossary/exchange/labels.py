"""Several fields in one comment, for formats that have a single column or note for all that is said of a term.

`with the article | kind: place | id: 0f3a…` holds a usage note and two labelled fields, and can be taken apart again.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from .entry import SIDES, Entry, EntryTerm
from .text import one_line

_CONCEPT = {
    "kind": "kind",
    "subject": "subject",
    "part of speech": "part_of_speech",
    "collection": "collection",
    "status": "status",
    "definition (ja)": "definition_ja",
    "definition (en)": "definition_en",
    "definition source": "definition_source",
    "id": "concept_id",
}
_EITHER = {"form": "form", "region": "region", "from": "valid_from", "to": "valid_to", "source": "source"}
LABELS: dict[str, tuple[str, str]] = {
    "reading": ("ja", "reading"),
    "romaji": ("ja", "romaji"),
    **{f"{label} ({side})": (side, name) for label, name in _EITHER.items() for side in SIDES},
    **{label: ("concept", name) for label, name in _CONCEPT.items()},
}
"""Label: whose field (that of the Japanese term, the English term or the concept) and which."""
_NOTE = "note"
_LABELLED = re.compile(rf"({'|'.join(map(re.escape, [*LABELS, _NOTE]))}): (.*)")


class Parted(NamedTuple):
    """A comment taken apart: fields by name."""

    ja: dict[str, str]
    en: dict[str, str]
    concept: dict[str, str]
    """With `usage_note`: what has no label."""


def labelled(entry: Entry | None, *terms: EntryTerm, leave_out: Collection[str] = ()) -> str:
    """One line with the usage note of `entry` and all fields of it and of `terms` (one a language) that have a value.

    `leave_out`: fields that the format has a place for.
    """
    parts = []
    if entry is not None and "usage_note" not in leave_out and (text := one_line(entry.usage_note)):
        parts.append(escaped(f"{_NOTE}: {text}" if _LABELLED.match(text) else text))
    sources = {term.language: term for term in terms} | ({"concept": entry} if entry is not None else {})
    for label, (owner, name) in LABELS.items():
        value = getattr(sources[owner], name) if owner in sources and name not in leave_out else None
        if (text := one_line(value)) and not (name == "form" and text == "full"):
            parts.append(escaped(f"{label}: {text}"))
    return " | ".join(parts)


def parted(comment: str | None) -> Parted:
    """The fields of a comment; of a label that stands twice the first holds."""
    found = Parted({}, {}, {})
    free = []
    for part in one_line(comment).split(" | "):
        text = re.sub(r"\\([\\|])", r"\1", part).strip()
        match = _LABELLED.fullmatch(text)
        if match is None:
            free += [text] if text else []
        elif match[1] == _NOTE:
            free.append(match[2])
        else:
            owner, name = LABELS[match[1]]
            getattr(found, owner).setdefault(name, match[2])
    if free:
        found.concept["usage_note"] = " | ".join(free)
    return found


def joined(*comments: str) -> str:
    """One comment of several."""
    return " | ".join(comment for comment in comments if comment)


def escaped(text: str) -> str:
    """`text` as a part of a comment that `parted` gives back whole."""
    return text.replace("\\", "\\\\").replace("|", "\\|")
