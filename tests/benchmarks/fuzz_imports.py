"""Importers under changed files: each format that is read, with each of its endings. See fuzz.py.

A name says both: ".tbx2.xml.import" is a file that ends in .xml, read as tbx2.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import traceback
from contextlib import closing
from io import BytesIO
from pathlib import Path

from glossary.decisions import journal_path
from glossary.decisions.journal import read_journal
from glossary.doctor.examine import examine
from glossary.errors import GlossaryError
from glossary.exchange.entry import Entry, EntryContext, EntryTerm
from glossary.exchange.importing import import_file
from glossary.exchange.registry import FORMATS, About, Hints
from glossary.store import open_glossary

ENTRIES = (
    Entry(
        (
            EntryTerm("ja", "山猫", "preferred", "ヤマネコ", "yamaneko"),
            EntryTerm("en", "wildcat", "preferred", region="GB", valid_from="2020-01-01"),
            EntryTerm("en", "bobcat", "forbidden", form="variant"),
        ),
        "c-cat", "concept", "approved", "zoology", "noun", "a; note", "atlas", "山の猫", "a cat", "our atlas",
        contexts=(EntryContext("article", "山猫", "wildcat", "山猫が鳴く。", "A wildcat cries.", 0, 2),),
    ),
    Entry((EntryTerm("ja", "岬"), EntryTerm("en", "cape, \"headland\"")), "00000000000000ab", "place", "candidate"),
    Entry((EntryTerm("ja", "灯台"), EntryTerm("en", "lighthouse")), None, None, "rejected", usage_note="=1+1"),
)  # fmt: skip
TABLE = "日本語,English,読み,種類,備考\n山猫,wildcat,やまねこ,concept,x\n岬,cape,みさき,place,\n".encode()


def names() -> list[str]:
    return [f".{one.name}{ending}.import" for one in FORMATS.values() if one.reads for ending in one.endings]


def corpus() -> dict[str, list[bytes]]:
    """Name: the files to begin with."""
    found: dict[str, list[bytes]] = {}
    for name in names():
        form = FORMATS[name.split(".")[1]]
        found[name] = [TABLE, TABLE.replace(b",", b"\t").decode().encode("utf-16")]
        if form.writes:
            out = BytesIO()
            about = About(
                ending=f".{name.split('.')[2]}", most_terms={"ja": 1, "en": 2}, modified="2024-05-01T00:00:00Z"
            )
            form.writer()(iter(ENTRIES), out, about)
            found[name] = [out.getvalue() or TABLE]
    return found


def complaint(data: bytes, name: str, glossary: Path) -> str | None:
    """What is wrong with how the file is taken into a copy of the glossary; None if nothing is."""
    _, form, ending, _ = name.split(".")
    with tempfile.TemporaryDirectory(prefix="glossary-fuzz-") as folder:
        for part in (glossary, journal_path(glossary)):
            shutil.copy(part, folder)
        path, file = Path(folder) / glossary.name, Path(folder) / f"file.{ending}"
        file.write_bytes(data)
        before = _decided(path), journal_path(path).read_bytes()
        hints = (Hints(), Hints("ja-en"), Hints("en-ja", (("ja", "English"), ("en", "備考"))))[len(data) % 3]
        try:
            with closing(open_glossary(path)) as db:
                import_file(db, file, FORMATS[form], actor="ann", hints=hints, candidates=True)
        except GlossaryError as error:
            if "\n" in str(error).strip():
                return f"an error of several lines: {error}"
            if str(file) not in str(error):
                return f"an error that does not name the file: {error}"
            if before != (_decided(path), journal_path(path).read_bytes()):
                return f"refused, but something is changed: {error}"
        except Exception:
            return traceback.format_exc()
        written, faults = read_journal(journal_path(path))
        if faults or written.keys() != _decided(path):
            return f"the journal differs from the table of decisions: {faults}"
        return "\n".join(map(str, examine(path))) or None


def _decided(path: Path) -> set[str]:
    with closing(open_glossary(path, readonly=True)) as db:
        return {row[0] for row in db.execute("select decision_id from decision")}


def make_glossary(folder: Path) -> Path:
    """The glossary that files are taken into."""
    sys.path.append(str(Path(__file__).parent.parent / "reliability"))
    from small_glossary import make

    make(folder / "glossary.db")
    return folder / "glossary.db"
