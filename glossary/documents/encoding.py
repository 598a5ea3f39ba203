"""Bytes become text: the encoding is decided by strict decoding, and between several that decode, by plausibility."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from glossary.errors import GlossaryError

_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"BZh", "a bzip2 archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"{\\rtf", "an RTF document"),
)
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = ("cp932", "euc-jp", "euc_jis_2004", "utf-16-le", "utf-16-be", "cp1252")
_ADVICE = "save it as UTF-8 text and try again"
_ISO_2022_JP = re.compile(rb"\x1b(?:\$[@BA]|\$\([DC]|\([BJI])")
_THRESHOLD = 0.5


class Decoded(NamedTuple):
    text: str
    encoding: str
    """Python's name of the codec."""


def decode(data: bytes, where: str) -> Decoded:
    """The text of a file's bytes and its encoding; `where` names the file in messages.

    UTF-8 (with and without byte order mark), UTF-16, UTF-32 with one, ISO-2022-JP, CP932 (Shift_JIS), EUC-JP, CP1252.
    Raises GlossaryError for an empty file, for what is no text, and for bytes that no encoding explains.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise GlossaryError(f"{where} is empty: put text into it or leave it out")
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise GlossaryError(f"{where} is {what}, not text (byte 0): save its text as UTF-8 and build that")
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding, where)
    if _ISO_2022_JP.search(data) and data.isascii():
        return _iso_2022_jp(data, where)
    if _is_sparse(data, 0):
        try:
            return Decoded(data.decode("utf-8"), "utf-8")
        except UnicodeDecodeError:
            pass
    return _most_plausible(data, where)


def _strictly(data: bytes, encoding: str, where: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        raise GlossaryError(f"{where} is not valid {encoding.upper()} at byte {error.start}: {_ADVICE}") from None


def _iso_2022_jp(data: bytes, where: str) -> Decoded:
    try:
        return Decoded(data.decode("iso2022_jp"), "iso-2022-jp")
    except UnicodeDecodeError:
        return _strictly(data, "iso2022_jp_ext", where)


def _is_sparse(data: bytes, byte: int) -> bool:
    """A stray NUL is a fault of the text and mended later; many are no text at all."""
    return data.count(byte) * 50 <= len(data)


def _most_plausible(data: bytes, where: str) -> Decoded:
    best, best_score = None, _THRESHOLD
    for encoding in _CANDIDATES:
        if not encoding.startswith("utf-16") and not _is_sparse(data, 0):
            continue
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        score = _western(text) if encoding == "cp1252" else _japanese(text, encoding)
        if score > best_score:
            best, best_score = Decoded(text, encoding), score
    if best is None:
        raise GlossaryError(_complaint(data, where))
    return best


def _complaint(data: bytes, where: str) -> str:
    if not _is_sparse(data, 0):
        return f"{where} is binary, not text (NUL at byte {data.index(0)}): save its text as UTF-8 and build that"
    faults = {name: data.decode(name, "replace").count("\ufffd") for name in ("utf-8", "cp932", "euc-jp")}
    is_nearly_utf8 = faults["utf-8"] * 4 <= len(data.decode("utf-8", "replace"))
    encoding = "utf-8" if is_nearly_utf8 else min(faults, key=lambda name: faults[name])
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        place = f"byte {error.start} is not valid {encoding.upper()}"
    else:
        beyond = next((place for place, byte in enumerate(data) if byte > 0x7F), 0)
        place = f"from byte {beyond} on it reads as no language in any of those tried"
    return f"{where} is in no known encoding ({place}): {_ADVICE}"


_KANA_RUN = re.compile(
    "[\u3041-\u3096\u30a1-\u30fc]{2,}|(?<=[\u4e00-\u9fff])[\u3041-\u3096]|[\u3041-\u3096](?=[\u4e00-\u9fff])"
)
_KANJI_RUN = re.compile("[\u3005\u4e00-\u9fff]{2,}")
_NEUTRAL = re.compile("[\u2010-\u203b\u2160-\u22ff\u2460-\u27bf\u3000-\u303f\u30fb\uff01-\uff60\uffe0-\uffe6]")
_HALF_WIDTH = re.compile("[\uff61-\uff9f]")
_ODD = re.compile("[\x00-\x08\x0e-\x1f\x7f-\u024f\u0370-\u04ff\ue000-\uf8ff]")


def _japanese(text: str, encoding: str) -> float:
    """How much the characters beyond ASCII look like Japanese, up to 1: kana and the kanji of JIS level 1 in runs.

    Half-width katakana, private, Greek and Cyrillic characters are what EUC-JP looks like in CP932 and the other way
    round. For UTF-16, whose ASCII takes two bytes too, plain ASCII counts as plausible.
    """
    if encoding.startswith("utf-16"):
        if sum(c.isascii() and c.isprintable() for c in text) >= 0.9 * len(text):
            return 1.0
        if not text or sum("\u3041" <= c <= "\u30fc" for c in text) < 0.1 * len(text):
            return 0.0
    total = sum(not c.isascii() for c in text)
    neutral = len(_NEUTRAL.findall(text))
    if total == neutral:
        return 0.6 if total else 0.0  # an English text whose quotation marks are those of a Japanese encoding
    good = sum(len(run[0]) for run in _KANA_RUN.finditer(text))
    good += sum(_is_common(c) for run in _KANJI_RUN.finditer(text) for c in run[0])
    bad = 2 * len(_ODD.findall(text)) + 0.5 * len(_HALF_WIDTH.findall(text))
    return (min(good, total - neutral) - bad) / (total - neutral)


def _is_common(kanji: str) -> bool:
    """Of JIS level 1, the 2,965 commonest."""
    code = kanji.encode("euc_jp", "ignore")
    return len(code) == 2 and 0xB0 <= code[0] <= 0xCF


_WESTERN = re.compile(
    r"(?:(?<=[\s(\[—–“‘])|^)[“‘«„](?=[\w’“‘\s])"
    r"|(?<=[\w.,!?…%)'’”\s])[”’»](?=[\s.,;:!?)\]—–\w”’-]|$)"
    r"|(?<=[\w\s.,])[—–…•](?=[\s\w“]|$)"
    r"|(?<=[A-Za-z])[à-öø-ÿßœšž](?=[\W a-zà-öø-ÿ]|$)"
    r"|\b[À-ÖØ-Þà-öø-ÿŒŠŽ](?=[a-z\s])"
    r"|(?<=[A-Z])[À-ÖØ-ÞŒŠŽ](?=[\WA-Z]|$)"
    r"|[£€¥§©®°™½¼¾²³\xa0·](?=[\w\s.,)]|$)",
    re.MULTILINE,
)


def _western(text: str) -> float:
    """The share of the characters beyond ASCII that stand where CP1252's quotes, dashes and accents belong.

    Mostly ASCII it has to be: more than a quarter beyond is no English.
    """
    total = sum(not c.isascii() for c in text)
    if total * 4 > len(text):
        return 0.0
    good = len(_WESTERN.findall(text))
    return 2 * good / total - 1 if total else 0.0
