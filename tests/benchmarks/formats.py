"""What formats cost. Usage: formats.py FOLDER GOLD [--truth FILE] [--only FORMAT] [--jobs N]

The texts of a folder of bitexts (NAME.ja.txt, NAME.en.txt) are converted by pandoc, LibreOffice and Chromium, and a
glossary is built of each format. Printed are how many texts are read as the plain ones are, with and without regard to
spaces, and F against GOLD beside F of the plain texts of the same documents. With --truth (JSON Lines: doc, ja, en),
its segments come as TMX, too, which brings its alignment. A program that is missing leaves its formats out.
"""

from __future__ import annotations

import argparse
import html
import json
import shutil
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from glossary.build import build
from glossary.documents.folder import read_paths
from glossary.records import Document
from glossary.store.connection import open_glossary
from glossary.training.gold import GoldKey, Scores, gold_tiers, normalize_en, normalize_ja, read_gold, score_pairs

Texts = dict[tuple[str, str], str]
"""(name, language): the plain text."""
PARTS = 40
"""Files that LibreOffice converts at a time."""
SITE = """<header><a href="/">Home</a> <a href="/world">World</a></header>
<nav><ul><li><a href="/a">Politics</a></li><li><a href="/b">Business</a></li><li><a href="/c">Sport</a></li></ul></nav>
<article>{article}</article>
<aside><h2>Most read</h2><ul><li><a href="/1">Ten bridges</a></li><li><a href="/2">A warm winter</a></li></ul></aside>
<footer><form><input name="q"></form><p>Copyright © The Daily Lantern</p></footer>"""


def as_text(texts: Texts, folder: Path) -> None:
    """UTF-8."""
    for (name, language), text in texts.items():
        (folder / f"{name}.{language}.txt").write_text(text, encoding="utf-8")


def as_cp932(texts: Texts, folder: Path) -> None:
    """The documents both sides of which CP932 can hold."""
    for name in sorted({name for name, _ in texts}):
        try:
            sides = {language: texts[name, language].encode("cp932") for language in ("ja", "en")}
        except UnicodeEncodeError:
            continue
        for language, data in sides.items():
            (folder / f"{name}.{language}.txt").write_bytes(data)


def paragraphs(text: str) -> str:
    """HTML of a text, a paragraph a line."""
    return "\n".join(f"<p>{html.escape(line, quote=False)}</p>" for line in text.splitlines() if line.strip())


def run(*command: str | Path) -> bytes:
    """What a program that has to succeed prints."""
    return subprocess.run(command, check=True, capture_output=True, timeout=900).stdout


def by_pandoc(texts: Texts, folder: Path, ending: str, body: Callable[[str], str] = paragraphs) -> None:
    """Each text as `ending`, its headline as the title of the page."""
    with tempfile.TemporaryDirectory() as name:
        page = Path(name) / "page.html"
        for (document, language), text in texts.items():
            page.write_text(f"<html lang='{language}'><body>{body(text)}</body></html>", encoding="utf-8")
            target = folder / f"{document}.{language}.{ending}"
            title = () if ending == "docx" else ("-s", f"--metadata=pagetitle:{text.split(chr(10), 1)[0]}")
            run("pandoc", "-f", "html", *title, f"--metadata=lang:{language}", "--wrap=preserve", page, "-o", target)


def as_html(texts: Texts, folder: Path) -> None:
    """Plain pages."""
    by_pandoc(texts, folder, "html")


def site(text: str) -> str:
    """The body of a page of a site with navigation, teasers and a footer."""
    return SITE.format(article=paragraphs(text))


def as_site(texts: Texts, folder: Path) -> None:
    """Pages of a site, saved by Chromium."""
    with tempfile.TemporaryDirectory() as name:
        page = Path(name) / "page.html"
        for (document, language), text in texts.items():
            head = f"<meta charset='utf-8'><title>{html.escape(text.split(chr(10), 1)[0])}</title>"
            page.write_text(f"<html lang='{language}'>{head}<body>{site(text)}</body></html>", encoding="utf-8")
            saved = run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", page)
            (folder / f"{document}.{language}.html").write_bytes(saved)


def as_unmarked_site(texts: Texts, folder: Path) -> None:
    """Pages of a site that say not of any part what it is: pandoc leaves out such elements as nav and aside."""
    by_pandoc(texts, folder, "html", site)


def as_docx(texts: Texts, folder: Path) -> None:
    """Word files."""
    by_pandoc(texts, folder, "docx")


def as_writer_pdf(texts: Texts, folder: Path) -> None:
    """The Word files, as LibreOffice prints them."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        as_docx(texts, place)
        files = sorted(place.glob("*.docx"))
        for start in range(0, len(files), PARTS):
            profile = f"-env:UserInstallation=file://{place}/profile"
            part = files[start : start + PARTS]
            run("soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", folder, *part)


def as_chromium_pdf(texts: Texts, folder: Path) -> None:
    """The plain pages, as Chromium prints them."""
    with tempfile.TemporaryDirectory() as name:
        as_html(texts, Path(name))
        for page in sorted(Path(name).glob("*.html")):
            target = folder / f"{page.stem}.pdf"
            options = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
            run("chromium", *options, f"--print-to-pdf={target}", page)


FORMATS = {
    "CP932": (as_cp932, None),
    "HTML": (as_html, "pandoc"),
    "HTML of a site": (as_site, "chromium"),
    "HTML, site unmarked": (as_unmarked_site, "pandoc"),
    "DOCX": (as_docx, "pandoc"),
    "PDF by LibreOffice": (as_writer_pdf, "soffice"),
    "PDF by Chromium": (as_chromium_pdf, "chromium"),
}
"""Name: (maker, program that it needs)."""


def as_tmx(truth: Path, folder: Path) -> None:
    """The true segments of each document."""
    units: dict[str, list[tuple[str | None, str | None]]] = defaultdict(list)
    for line in truth.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        units[row["doc"]].append((row["ja"], row["en"]))
    for document, pairs in units.items():
        root = ElementTree.Element("tmx", version="1.4")
        ElementTree.SubElement(root, "header", srclang="ja", datatype="plaintext", segtype="sentence")
        body = ElementTree.SubElement(root, "body")
        for pair in pairs:
            unit = ElementTree.SubElement(body, "tu")
            for language, text in zip(("ja", "en"), pair, strict=True):
                if text:
                    variant = ElementTree.SubElement(unit, "tuv", {"xml:lang": language})
                    ElementTree.SubElement(variant, "seg").text = text
        ElementTree.ElementTree(root).write(folder / f"{document}.tmx", encoding="utf-8", xml_declaration=True)


class Built(NamedTuple):
    """A format's glossary: what was read, and the pairs."""

    texts: Texts
    pairs: frozenset[GoldKey]


def built(make: Callable[[Path], None], jobs: int) -> Built:
    """Make the files, build them, look what came of it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "files"
        folder.mkdir()
        make(folder)
        report = build([folder], Path(name) / "glossary.db", jobs=jobs)
        for path, reason in report.skipped:
            print(f"  skipped {path.name}: {reason}")
        with open_glossary(Path(name) / "glossary.db", readonly=True) as db:
            rows = db.execute("select document, ja, en from contexts where ja is not null and en is not null")
            pairs = frozenset((document, normalize_ja(ja), normalize_en(en)) for document, ja, en in rows)
        return Built({(d.name, d.language): d.text for d in report.read.documents}, pairs)


def judged(pairs: Iterable[GoldKey], gold: dict[GoldKey, str], names: frozenset[str]) -> Scores:
    """Scores of these documents."""
    return score_pairs({k: t for k, t in gold.items() if k[0] in names}, {k for k in pairs if k[0] in names})


def alike(texts: Texts, plain: Texts) -> tuple[int, int]:
    """How many texts are the plain ones up to runs of white space, and without any."""
    shared = [(texts[key], plain[key]) for key in texts]
    by_words = sum(a.split() == b.split() for a, b in shared)
    return by_words, sum("".join(a.split()) == "".join(b.split()) for a, b in shared)


def first_differences(texts: Texts, plain: Texts, most: int = 300) -> Iterable[str]:
    """Where texts that differ first do, a line each."""
    for key in sorted(texts):
        a, b = " ".join(texts[key].split()), " ".join(plain[key].split())
        at = next((n for n, (c, d) in enumerate(zip(a, b, strict=False)) if c != d), min(len(a), len(b)))
        if a != b and most > 0:
            most -= 1
            yield f"  {'.'.join(key)}: {b[max(0, at - 12) : at + 12]!r} became {a[max(0, at - 12) : at + 12]!r}"


def plain_texts(documents: Sequence[Document]) -> Texts:
    """As they are read, so that what is compared is the format alone."""
    return {(d.name, d.language): d.text for d in documents}


def main() -> None:
    """A line for each format."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--truth", type=Path, help="true segments: TMX is made of them")
    parser.add_argument("--only", choices=sorted(FORMATS), action="append")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--differences", action="store_true", help="show where texts first differ")
    options = parser.parse_args()
    gold = gold_tiers(read_gold(options.gold))
    texts = plain_texts(read_paths([options.folder]).documents)

    @cache
    def plain(names: frozenset[str]) -> Built:
        own = {key: text for key, text in texts.items() if key[0] in names}
        return built(lambda folder: as_text(own, folder), options.jobs)

    def show(name: str, found: Built) -> None:
        names = frozenset(document for document, _ in found.texts)
        ours, theirs = judged(found.pairs, gold, names), judged(plain(names).pairs, gold, names)
        print(f"{name:20} F {ours.f:.3f}  of the plain texts {theirs.f:.3f}  ({ours.f - theirs.f:+.3f})", end="")
        print(f"  P {ours.precision:.3f}  R_core {ours.recall_core:.3f}  {len(names)} documents", end="", flush=True)

    for name in options.only or FORMATS:
        maker, program = FORMATS[name]
        if program and shutil.which(program) is None:
            print(f"{name:20} left out: {program} is not installed")
            continue
        found = built(lambda folder, make=maker: make(texts, folder), options.jobs)  # type: ignore[misc]
        show(name, found)
        there = plain(frozenset(document for document, _ in found.texts)).texts
        words, letters = alike(found.texts, there)
        print(f"; of {len(found.texts)} texts {words} the same, {letters} but for spaces", flush=True)
        if options.differences:
            print("\n".join(first_differences(found.texts, there)))
    if options.truth is not None and not options.only:
        show("TMX", built(lambda folder: as_tmx(options.truth, folder), options.jobs))
        print()


if __name__ == "__main__":
    main()
