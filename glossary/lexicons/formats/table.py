"""Word lists as tables: CSV and TSV, with a header that names the columns or without one.

Also the Standard Legal Terms Dictionary of the Japanese Law Translation Database System
(https://www.japaneselawtranslation.go.jp/), whose CSV has Japanese column names.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from ...errors import GlossaryError
from .delimited import csv_rows
from .record import About, Record, Records, Sense

LAW_LICENCE = (
    "Terms of use of the Japanese Law Translation Database System, Ministry of Justice of Japan: cite the source"
)
_NAMES = {
    "ja": (
        "ja jp jpn ja-jp japanese term_ja ja_term jalabel itemlabel_ja label_ja source_ja "
        "日本語 日 和 和文 和語 用語 見出し 見出し語 原語 日本語用語 法令用語"
    ),
    "en": (
        "en eng en-us en-gb english term_en en_term enlabel itemlabel_en label_en target_en "
        "英語 英 英文 英訳 英語訳 訳語 訳 英語用語 対訳"
    ),
    "reading": (
        "reading kana yomi furigana hiragana katakana pronunciation "
        "読み よみ ヨミ 読み方 読み仮名 よみがな ふりがな フリガナ かな カナ"
    ),
    "kind": "kind type category pos part_of_speech 品詞 種別 分類 区分 種類",
    "status": "status term_status 状態",
}
_ROLES = {name: role for role, names in _NAMES.items() for name in names.split()}
_JAPANESE = re.compile(r"[぀-ヿ㐀-䶿一-鿿々〆ｦ-ﾟ\U00020000-\U0003ffff]")
_SPLIT = re.compile(r"\s*[;；|\n]\s*|\s*／\s*|\s*(?:^|(?<=\s))[(（]?[0-9０-９]{1,2}[)）]\s*|\s*[①-⑳]\s*")
_REMARKS = re.compile(r"【[^】]*】|〔[^〕]*〕|［[^］]*］|（[^（）]*）")
_SAMPLE = 200
"""Rows looked at to tell the columns of a table without header."""
FORBIDDEN = frozenset("forbidden rejected obsolete superseded 禁止 不可 使用禁止".split())


class Columns(NamedTuple):
    """Where in a row what stands; -1 where it stands nowhere."""

    ja: int
    en: int
    reading: int = -1
    kind: int = -1
    status: int = -1


def read(path: Path, about: About) -> Records:
    """Records of a CSV or TSV file. Raises GlossaryError if it has no columns of Japanese and of English."""
    about.name = _stem(path)
    rows = csv_rows(path)
    first = next(rows, None)
    if first is None:
        return
    columns = named_columns(first[1])
    if columns is None:
        sample = [first, *islice(rows, _SAMPLE)]
        columns = detected_columns(sample, path)
        rows = chain(sample, rows)
    for _, row in rows:
        if record := record_of(row, columns):
            yield record


def read_law(path: Path, about: About) -> Records:
    """The Standard Legal Terms Dictionary as CSV."""
    yield from read(path, about)
    about.name, about.licence = "Japanese Law Translation", LAW_LICENCE


def named_columns(header: list[str]) -> Columns | None:
    """The columns that a header names; None if it does not name both languages."""
    roles: dict[str, int] = {}
    for place, cell in enumerate(header):
        role = column_role(cell)
        if role and role not in roles:
            roles[role] = place
    return Columns(**roles) if {"ja", "en"} <= roles.keys() else None


def column_role(header: str) -> str | None:
    """What a column with this header holds (a field of `Columns`), or None."""
    name = unicodedata.normalize("NFKC", header).strip(" #\ufeff").casefold().replace(" ", "_")
    return _ROLES.get(name) or _ROLES.get(name.partition(":")[0]) or _ROLES.get(re.sub(r"[(（].*", "", name))


def record_of(row: list[str], columns: Columns) -> Record | None:
    """The record of a row; None if a side is empty or the term is forbidden."""

    def cell(place: int) -> str:
        return row[place].strip() if 0 <= place < len(row) else ""

    written, glosses = split_terms(cell(columns.ja), ja=True), split_terms(cell(columns.en))
    if not written or not glosses or cell(columns.status).casefold() in FORBIDDEN:
        return None
    kind = cell(columns.kind)
    return Record(written, split_terms(cell(columns.reading), ja=True), (Sense(glosses, (kind,) if kind else ()),))


def split_terms(cell: str, *, ja: bool = False) -> tuple[str, ...]:
    """The terms in a cell: parted by ; | ／ line ends or numbers in brackets; remarks in 【】〔〕（） left out."""
    if cell == "-":
        return ()
    plain = _REMARKS.sub("", cell)
    parts = re.split(r"\s*[;；|\n]\s*", plain) if ja else _SPLIT.split(plain)
    return tuple(dict.fromkeys(part.strip() for part in parts if part and part.strip(" 、,.")))


def detected_columns(rows: list[tuple[int, list[str]]], path: Path) -> Columns:
    """By what the cells hold: the first mostly Japanese column, the first mostly of Latin letters without Japanese."""
    shares: dict[int, list[int]] = {}
    for _, row in rows:
        for place, cell in enumerate(row):
            counts = shares.setdefault(place, [0, 0, 0])
            counts[0] += bool(_JAPANESE.search(cell))
            counts[1] += bool(re.search(r"[A-Za-zÀ-ɏ]", cell)) and not _JAPANESE.search(cell)
            counts[2] += bool(re.fullmatch(r"[ぁ-ゖァ-ヺー・\s]+", cell))
    half = len(rows) / 2
    japanese = [place for place, (ja, _, _) in shares.items() if ja > half]
    english = [place for place, (_, en, _) in shares.items() if en > half]
    if not japanese or not english:
        raise GlossaryError(
            f"{path}: no columns of Japanese and English terms were found: name them ja and en in the first line"
        )
    ja = japanese[0]
    kana = next((place for place in japanese[1:] if shares[place][2] > half), -1)
    return Columns(ja, english[0], kana)


def _stem(path: Path) -> str:
    name = path.name.removesuffix(".gz")
    return name.rpartition(".")[0] or name
