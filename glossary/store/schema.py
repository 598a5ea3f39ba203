"""The migrations that bring a database to the present schema: named, ordered, each with its record."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from .tables import REVIEW_AND_TRAINING, TABLES
from .tally import SHARED_TERMS, STORED_COUNTS, recount

APPLICATION_ID = 0x474C4F53
"""`GLOS`, in the header of the file: how a glossary is told from any other SQLite database."""

migrations = Migrations("glossary")


@migrations()
def m001_first_schema(db: Database) -> None:
    for statement in statements(TABLES):
        db.conn.execute(statement)


@migrations()
def m002_review_and_training(db: Database) -> None:
    for statement in statements(REVIEW_AND_TRAINING):
        db.conn.execute(statement)


@migrations()
def m003_stored_counts(db: Database) -> None:
    for statement in statements(STORED_COUNTS):
        db.conn.execute(statement)


@migrations()
def m004_shared_terms(db: Database) -> None:
    for statement in statements(SHARED_TERMS):
        db.conn.execute(statement)
    recount(db)


SCHEMA_VERSION = len(migrations.pending(Database(memory=True, execute_plugins=False)))
"""Number of migrations; kept in `PRAGMA user_version`."""


def statements(script: str) -> list[str]:
    """The statements of a script. `executescript` would commit the transaction we are in."""
    found: list[str] = []
    lines: list[str] = []
    in_trigger = False
    for line in script.splitlines():
        lines.append(line)
        in_trigger = (in_trigger or line.startswith("create trigger")) and line != "end;"
        if line.endswith(";") and not in_trigger:
            found.append("\n".join(lines).strip())
            lines = []
    return found


def migrate(db: Database) -> None:
    """Apply what is pending, all in one transaction, and lay out the public views anew if anything was."""
    from .views import create_views

    if not migrations.pending(db):
        return
    with db.atomic():
        db.conn.execute(f"pragma application_id = {APPLICATION_ID}")
        migrations.apply(db)
        create_views(db)
        db.conn.execute(f"pragma user_version = {SCHEMA_VERSION}")
