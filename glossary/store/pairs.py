"""The pairs of terms that a glossary has, as relations read them."""

from __future__ import annotations

from sqlite_utils import Database

from ..terms.variants import SURE, NamePair

_SQL = """
select distinct concept.concept_id, pairing.ja, pairing.en, pairing.kind, pairing.reading
from pairing join concept on concept.id = pairing.concept
where pairing.confidence >= ? and not pairing.rejected
"""


def stored_pairs(db: Database) -> list[NamePair]:
    """All sure pairs that nobody rejected."""
    return [NamePair(*row) for row in db.conn.execute(_SQL, [SURE])]
