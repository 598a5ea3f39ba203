"""The weights that a glossary has learned from its decisions: the newest row is in force, none means the shipped ones.

Opaque bytes here; `terms.model` reads them. They hold numbers and hashes, no text.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, NamedTuple

from sqlite_utils import Database

from .connection import transaction
from .settings import now


class Trained(NamedTuple):
    """Learned weights, as `Model.to_bytes` writes them."""

    number: int
    at: str
    """UTC, ISO 8601."""
    signature: dict[str, Any]
    """How they came about."""
    digest: str
    """SHA-256 of `weights`."""
    weights: bytes


def read_trained(db: Database) -> Trained | None:
    """The learned weights in force; None where the shipped ones are."""
    sql = "select number, at, signature, digest, weights from trained_model order by number desc limit 1"
    row = db.conn.execute(sql).fetchone()
    return Trained(row[0], row[1], json.loads(row[2]), row[3], bytes(row[4])) if row else None


def add_trained(db: Database, signature: dict[str, Any], weights: bytes) -> Trained:
    """Put weights in force, in one transaction; those before them are not kept."""
    with transaction(db):
        before = read_trained(db)
        trained = Trained(
            before.number + 1 if before else 1, now(), signature, hashlib.sha256(weights).hexdigest(), weights
        )
        db.conn.execute("delete from trained_model")
        db.conn.execute(
            "insert into trained_model (number, at, signature, digest, weights) values (?, ?, ?, ?, ?)",
            [trained.number, trained.at, json.dumps(signature, ensure_ascii=False), trained.digest, weights],
        )
    return trained


def forget_trained(db: Database) -> bool:
    """Put the shipped weights in force again, in one transaction; False if they were."""
    with transaction(db):
        return bool(db.conn.execute("delete from trained_model").rowcount)
