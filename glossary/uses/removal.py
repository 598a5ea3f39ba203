"""`glossary remove`: which stored documents a path means, and what still holds their terms afterwards."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from .. import __version__
from ..errors import GlossaryError
from ..identity import normalized
from ..store.connection import database_path
from ..store.documents import StoredDocument, stored_documents
from ..store.erasure import copies_beside, erase_free_pages
from ..store.removal import RemovalReport, remove_documents


@dataclass(frozen=True, slots=True)
class Removed:
    report: RemovalReport
    documents: tuple[StoredDocument, ...]
    decisions: tuple[tuple[str, str], ...] = ()
    """(decision_id, action) that still name terms of the removed texts; only where these were erased."""
    files: tuple[Path, ...] = ()
    """Files beside the database that may still hold the texts; only where these were erased."""


def remove(db: Database, paths: Sequence[str], *, erase: bool = False) -> Removed:
    """Take out the documents that were read from these files or folders, or that have these names.

    With `erase` the file of the database is written anew, so that nothing of the texts is left in it, the model states,
    which count their words, go, and what else may hold their terms is listed. Raises GlossaryError if a path means no
    stored document.
    """
    chosen = documents_at(stored_documents(db), paths)
    texts = _texts(db, chosen) if erase else []
    command = " ".join(["remove", *(["--erase"] if erase else [f"{path}" for path in paths])])
    if erase:
        db.conn.execute("pragma secure_delete = on")
    ids = [document.document_id for document in chosen]
    report = remove_documents(db, ids, command=command, version=__version__, forget_states=erase)
    if not erase:
        return Removed(report, tuple(chosen))
    erase_free_pages(db)
    return Removed(report, tuple(chosen), tuple(_naming(db, texts)), tuple(copies_beside(database_path(db))))


def documents_at(documents: Iterable[StoredDocument], paths: Sequence[str]) -> list[StoredDocument]:
    """The documents that each path means: the file itself, all below a folder, or the name both sides share."""
    documents = list(documents)
    found: dict[str, StoredDocument] = {}
    for path in paths:
        there = [document for document in documents if _is_meant(document, path)]
        if not there:
            raise GlossaryError(f"{path}: no document in the glossary was read from there: see the view documents")
        found |= {document.document_id: document for document in there}
    return list(found.values())


def _is_meant(document: StoredDocument, path: str) -> bool:
    if path in (document.path, document.name, document.document_id):
        return True
    if not document.path:
        return False
    wanted, stored = Path(os.path.abspath(path)), Path(os.path.abspath(document.path))
    return wanted == stored or wanted in stored.parents


def _texts(db: Database, documents: Iterable[StoredDocument]) -> list[str]:
    ids = json.dumps([document.document_id for document in documents])
    rows = db.conn.execute("select text from document where document_id in (select value from json_each(?))", [ids])
    return [normalized(row[0]) for row in rows]


def _naming(db: Database, texts: list[str]) -> Iterable[tuple[str, str]]:
    """Decisions with a term that stands in one of the texts."""
    rows = db.conn.execute("select decision_id, action, selector, before, after from decision order by at").fetchall()
    for decision_id, action, *parts in rows:
        terms = {text for part in parts if part for text in _strings(json.loads(part))}
        if any(term in text for term in terms for text in texts):
            yield decision_id, action


def _strings(value: Any) -> Iterable[str]:
    """The terms in a part of a decision, normalized."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in ("ja", "en", "term", "old", "new", "texts", "pairs", "terms", "concept", "other"):
                yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
    elif isinstance(value, str) and value not in ("ja", "en") and normalized(value):
        yield normalized(value)
