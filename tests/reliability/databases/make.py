"""Make the glossary of the present schema that the tests of later versions open. Usage: make.py

Run it once for each schema version, from the release that has it, and keep what it makes.
"""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent))

from small_glossary import make

from glossary.store import open_glossary
from glossary.store.schema import SCHEMA_VERSION

HERE = Path(__file__).parent

if __name__ == "__main__":
    path = HERE / f"schema{SCHEMA_VERSION}.db"
    for old in HERE.glob(f"{path.name}*"):
        old.unlink()
    make(path)
    with closing(open_glossary(path)) as db:
        db.conn.execute("pragma page_size = 1024")
        db.conn.execute("vacuum")
    print(path, f"{path.stat().st_size:,} bytes")
