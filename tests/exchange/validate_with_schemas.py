"""Ask the published schemas and Translate Toolkit about exported files. Usage: validate_with_schemas.py SCHEMAS FILE...

FILE is named after its format: tbx.tbx, tmx.tmx, xliff.xlf, yomitan.zip, tbx2.tbx, weblate.tbx, utx.utx. SCHEMAS is a
folder with

    TBXcoreStructV03_TBX-Linguist_integrated.rng   https://github.com/LTAC-Global/TBX-Linguist_dialect (DCA)
    tmx14.dtd                                      https://www.gala-global.org/tmx-14b
    xliff_core_2.0.xsd, glossary.xsd               http://docs.oasis-open.org/xliff/xliff-core/v2.1/os/schemas/
    dictionary-index-schema.json, dictionary-term-bank-v3-schema.json
                                                   https://github.com/yomidevs/yomitan (ext/data/schemas)

Needs lxml, jsonschema and translate-toolkit. What cannot be asked is said; exit code 1 if a file is not valid.
"""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

GLOSSARY = ".//{urn:oasis:names:tc:xliff:glossary:2.0}glossary"


def tbx(path: Path, schemas: Path) -> Iterator[str]:
    schema = etree.RelaxNG(etree.parse(schemas / "TBXcoreStructV03_TBX-Linguist_integrated.rng"))
    schema.validate(etree.parse(path))
    yield from map(str, schema.error_log)


def tmx(path: Path, schemas: Path) -> Iterator[str]:
    schema = etree.DTD(str(schemas / "tmx14.dtd"))
    schema.validate(etree.parse(path))
    yield from map(str, schema.error_log.filter_from_errors())


def xliff(path: Path, schemas: Path) -> Iterator[str]:
    document = etree.parse(path)
    parts = [("xliff_core_2.0.xsd", document.getroot()), ("glossary.xsd", document.find(GLOSSARY))]
    for name, element in parts:
        if element is not None:
            schema = etree.XMLSchema(etree.parse(schemas / name))
            schema.validate(etree.ElementTree(element))
            yield from map(str, schema.error_log)


def yomitan(path: Path, schemas: Path) -> Iterator[str]:
    from jsonschema.validators import validator_for

    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            kind = "index" if name == "index.json" else "term-bank-v3"
            schema = json.loads((schemas / f"dictionary-{kind}-schema.json").read_text(encoding="utf-8"))
            for error in validator_for(schema)(schema).iter_errors(json.loads(archive.read(name))):
                yield f"{name}: {error.message[:200]}"


def toolkit(path: Path, schemas: Path) -> Iterator[str]:
    """Translate Toolkit reads the file, and finds a target for each source."""
    found = units(path)
    if not found:
        yield "no unit was found"
    yield from (f"{source} has no target" for source, target in found if not target)


def units(path: Path) -> list[tuple[str, str]]:
    """(source, target) as Translate Toolkit reads them."""
    from translate.storage import tbx as toolkit_tbx
    from translate.storage import utx as toolkit_utx

    kind = toolkit_utx.UtxFile if path.suffix == ".utx" else toolkit_tbx.tbxfile
    return [(unit.source, unit.target) for unit in kind.parsefile(str(path)).units if unit.istranslatable()]


CHECKS = {
    "tbx": tbx,
    "tmx": tmx,
    "xliff": xliff,
    "yomitan": yomitan,
    "tbx2": toolkit,
    "weblate": toolkit,
    "utx": toolkit,
}


def main(schemas: Path, files: list[Path]) -> int:
    wrong = 0
    for path in files:
        if path.stem not in CHECKS:
            print(f"{path}: nothing to ask about this format")
            continue
        problems = list(CHECKS[path.stem](path, schemas))
        wrong += bool(problems)
        print(f"{path}: {'valid' if not problems else f'{len(problems)} problems'}")
        for problem in problems[:5]:
            print(f"    {problem}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]]))
