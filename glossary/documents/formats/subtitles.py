"""Subtitles: SubRip (.srt) and WebVTT (https://www.w3.org/TR/webvtt1/)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from glossary.documents.encoding import decode
from glossary.documents.extracted import Extracted
from glossary.errors import GlossaryError

_TIME = r"(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_TIMING = re.compile(rf"[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}.*")
_RUBY = re.compile(r"<ruby[^>]*>(?P<inside>.*?)</ruby[^>]*>", re.DOTALL)
_BASE_AND_READING = re.compile(r"(?P<base>[^<>]*)<rt[^>]*>(?P<reading>[^<>]*)(?:</rt>)?")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<\d[\d:.]*>|\{\\[^{}]*\}")
_WIDE = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef\ufff9-\ufffb]")
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’」』)）]*$")


def read_srt(data: bytes, where: str) -> Extracted:
    """The cues, one a line; an English sentence that runs over several cues is one line."""
    return _read(data, where, "srt")


def read_vtt(data: bytes, where: str) -> Extracted:
    """As `read_srt`; notes, styles and regions are left out, ruby is kept as such."""
    return _read(data, where, "vtt")


def _read(data: bytes, where: str, format: str) -> Extracted:
    text, encoding = decode(data, where)
    cues = [cue for cue in _cues(text) if cue]
    if not cues:
        raise GlossaryError(f"{where} holds no subtitles (no line like 00:00:01,000 --> 00:00:02,000): check it")
    return Extracted("\n".join(_sentences(cues)), format, encoding)


def _cues(text: str) -> Iterator[str]:
    """The text of each block below its timing."""
    for block in re.split(r"\n[ \t]*(?:\n[ \t]*)+", text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.strip("\n").split("\n")
        place = next((i for i, line in enumerate(lines[:2]) if _TIMING.fullmatch(line)), None)
        if place is not None:
            yield _joined([line for line in map(_plain, lines[place + 1 :]) if line])


def _plain(line: str) -> str:
    line = _RUBY.sub(_annotated, line)
    return html.unescape(_TAG.sub("", line)).strip()


def _annotated(ruby: re.Match[str]) -> str:
    return _BASE_AND_READING.sub("\ufff9\\g<base>\ufffa\\g<reading>\ufffb", ruby["inside"])


def _joined(lines: list[str]) -> str:
    """The lines of one cue; two speakers (lines that begin with a dash) stay apart."""
    joined = ""
    for line in lines:
        if line.startswith(("-", "–", "—", "－")) and joined:
            joined += "\n" + line
        else:
            is_wide = joined and (_WIDE.match(joined[-1]) or _WIDE.match(line[0]))
            joined += line if not joined or is_wide else " " + line
    return joined


def _sentences(cues: list[str]) -> Iterator[str]:
    held = ""
    for cue in cues:
        if held and cue[0].islower() and not _SENTENCE_END.search(held):
            held += " " + cue
            continue
        if held:
            yield held
        held = cue
    yield held
