"""PDF files, by pdfminer.six in a process of its own whose memory and time are bounded."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from glossary.documents.extracted import Extracted
from glossary.documents.formats.extra import library
from glossary.documents.formats.print_lines import Line, joined_lines
from glossary.documents.formats.word import document_title
from glossary.documents.limits import LIMITS, Limits
from glossary.errors import GlossaryError

_WORKER = "glossary.documents.formats.pdf_worker"
_REFUSALS = {
    "password": "is protected by a password: save it without",
    "pages": "has more than {pages:,} pages: split it",
    "memory": "needs more than {megabytes:,} MB of memory: split it",
    "characters": "holds more text than {file:,} characters: split it",
}


def read_pdf(data: bytes, where: str, limits: Limits = LIMITS) -> Extracted:
    """The text layer; the line breaks of the print are marked (layout "pages") for the repairs to take out.

    Page numbers and lines that are the same on most pages are left out. Raises GlossaryError for a file that is
    damaged, protected by a password, has no text layer, or exceeds `limits`.
    """
    library("pdfminer", where)
    if b"%PDF-" not in data[:1024]:
        raise GlossaryError(f"{where} is no PDF (it does not begin with %PDF-): check what it is")
    answer = _ask_worker(data, where, limits)
    if "refused" in answer:
        reason = _REFUSALS.get(answer["refused"], "is damaged ({reason}): print it anew")
        figures = {"pages": limits.pages, "megabytes": limits.pdf_memory // 1_000_000, "file": limits.file}
        raise GlossaryError(f"{where} {reason.format(reason=answer['refused'], **figures)}")
    pages = [[Line(*line) for line in page] for page in answer["pages"]]
    text = joined_lines(pages)
    if sum(c.isalpha() for c in text) < 2 * len(pages):
        raise GlossaryError(
            f"{where} has no text layer (scanned?): run OCR over it first, for example ocrmypdf -l jpn+eng"
        )
    return Extracted(text, "pdf", title=document_title(answer["title"]), layout="pages")


def _ask_worker(data: bytes, where: str, limits: Limits) -> dict:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONIOENCODING": "utf-8"}
    bounds = [str(n) for n in (limits.pages, limits.pdf_memory, limits.file)]
    try:
        done = subprocess.run(
            [sys.executable, "-m", _WORKER, *bounds],
            input=data,
            capture_output=True,
            timeout=limits.pdf_seconds,
            env=environment,
            check=False,
        )
        answer = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise GlossaryError(f"{where} takes more than {limits.pdf_seconds} seconds to read: split it") from None
    except ValueError:
        raise GlossaryError(f"{where} cannot be read (its reader broke off): print it anew or split it") from None
    if not isinstance(answer, dict):
        raise GlossaryError(f"{where} cannot be read: print it anew")
    return answer
