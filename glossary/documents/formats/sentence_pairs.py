"""Corpora of sentence pairs, read as a stream: .tsv.gz (as JParaCrawl and OPUS have them) and .parquet.

Columns are found as in other tables; what else stands in a row (addresses) is passed over. Of scores, the probability
that a pair is a translation, a minimum can be asked for.
"""

from __future__ import annotations

import gzip
import math
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO

from glossary.documents.extracted import Extracted, SegmentTexts
from glossary.documents.formats.bilingual import extracted_segments
from glossary.documents.formats.columns import Columns, column_segments, find_columns
from glossary.documents.limits import LIMITS, Limits
from glossary.errors import GlossaryError

PAIRS = 500
"""Of a document: enough for its statistics, few enough for the memory."""
_LOOKED_AT = 200
"""Rows, to find the columns."""
_BATCH = 4_096
"""Rows of a Parquet file in memory at a time."""
_SCORE = re.compile(r"(?:.*[\W_])?(?:score|scores|probability|prob|bicleaner|similarity|laser)(?:[\W_].*)?", re.I)
_ADVICE = "name the two columns ja and en"
_DAMAGED = "{} is damaged ({}): fetch or pack it anew"

Opener = Callable[[Path | BinaryIO, str, Limits], Iterator[Sequence[str]]]
"""(file, the words that name it, limits) -> its rows."""


def tsv_gz_rows(file: Path | BinaryIO, where: str, limits: Limits = LIMITS) -> Iterator[Sequence[str]]:
    """The rows of gzipped lines of UTF-8, cells divided by tabs, quotation marks being text."""
    try:
        with gzip.open(file, "rb") as lines:
            number = 0
            while line := lines.readline(limits.line + 1):
                number += 1
                if len(line) > limits.line:
                    raise GlossaryError(
                        f"{where} is longer than {limits.line:,} bytes in line {number:,}: break it into lines"
                    )
                text = line.decode("utf-8-sig" if number == 1 else "utf-8").replace("\0", "").rstrip("\r\n")
                yield text.split("\t")[: limits.columns]
    except UnicodeDecodeError:
        raise GlossaryError(f"{where} is not UTF-8 in line {number:,}: convert the file (iconv -t utf-8)") from None
    except (OSError, EOFError, zlib.error) as error:
        raise GlossaryError(_DAMAGED.format(where, error)) from None


def parquet_rows(file: Path | BinaryIO, where: str, limits: Limits = LIMITS) -> Iterator[Sequence[str]]:
    """The names of the columns of text and scores, then the rows; columns of records ("translation.ja") are opened."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ModuleNotFoundError:
        raise GlossaryError(f"{where} needs the extra: pip install 'glossary[parquet]'") from None
    try:
        with pyarrow.parquet.ParquetFile(file) as parquet:
            leaves = _leaves(parquet.schema_arrow)
            texts = [name for name, kind in leaves if _is_text(pyarrow, kind) or pyarrow.types.is_floating(kind)]
            texts = texts[: limits.columns]
            yield texts
            for batch in parquet.iter_batches(_BATCH, columns=texts):
                table = pyarrow.Table.from_batches([batch])
                while any(pyarrow.types.is_struct(column) for column in table.schema.types):
                    table = table.flatten()
                yield from zip(*(_as_text(table[name].to_pylist()) for name in texts), strict=True)
    except (OSError, pyarrow.ArrowException) as error:
        raise GlossaryError(_DAMAGED.format(where, " ".join(str(error).split())[:160])) from None


def _as_text(cells: Iterable[Any]) -> list[str]:
    return ["" if cell is None else str(cell) for cell in cells]


def _leaves(fields: Iterable[Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for field in fields:
        if field.type.num_fields and str(field.type).startswith("struct"):
            yield from _leaves(field.type, f"{prefix}{field.name}.")
        else:
            yield prefix + field.name, field.type


def _is_text(pyarrow: Any, column: Any) -> bool:
    return pyarrow.types.is_string(column) or pyarrow.types.is_large_string(column)


ROWS: dict[str, Opener] = {".tsv.gz": tsv_gz_rows, ".parquet": parquet_rows}
"""Lower-case ending -> reader of rows."""


def pair_documents(
    file: Path | BinaryIO,
    ending: str,
    where: str,
    pairs: int = PAIRS,
    limits: Limits = LIMITS,
    min_score: float | None = None,
) -> Iterator[Extracted]:
    """The sentence pairs of a file, at most `pairs` a document; rows without either language are left out, and those
    whose score is lower than `min_score` or missing.

    Raises GlossaryError, also in the midst, for a file that is damaged, and for one without the two columns.
    """
    rows = ROWS[ending](file, where, limits)
    first = list(islice(rows, _LOOKED_AT))
    columns = find_columns(first)
    if columns is None:
        raise GlossaryError(f"{where} has no Japanese and English column: {_ADVICE}")
    body: Iterable[Sequence[str]] = chain(first[columns.header :], rows)
    if min_score is not None:
        place = _score_column(first, columns, where)
        body = (row for row in body if _number(row, place) >= min_score)
    segments = _segments(body, columns)
    while part := list(islice(segments, pairs)):
        document = extracted_segments(part, where, ending.lstrip("."), advice=_ADVICE)
        if document.segments:  # not where every "translation" equals its source
            yield document


def _score_column(rows: Sequence[Sequence[str]], columns: Columns, where: str) -> int:
    """The column of scores: by its name, else the only one of numbers, some of which are no whole ones."""
    header = rows[0] if columns.header else ()
    named = [place for place, cell in enumerate(header) if _SCORE.fullmatch(cell.strip())]
    body = rows[columns.header :]
    numbers = [place for place in range(max(map(len, rows))) if _holds_scores(body, place)]
    found = [place for place in named if place in numbers] or numbers
    if len(found) != 1:
        what = "no column" if not found else "several columns"
        raise GlossaryError(f'{where} has {what} of scores: name one column "score", or build without --min-score')
    return found[0]


def _holds_scores(rows: Sequence[Sequence[str]], place: int) -> bool:
    cells = [row[place].strip() for row in rows if place < len(row) and row[place].strip()]
    return any("." in cell for cell in cells) and all(not math.isnan(_number([cell], 0)) for cell in cells)


def _number(row: Sequence[str], place: int) -> float:
    """Not a number, which is not greater than any, where there is none."""
    try:
        return float(row[place])
    except (ValueError, IndexError):
        return math.nan


def _segments(rows: Iterable[Sequence[str]], columns: Columns) -> Iterator[SegmentTexts]:
    """Pairs with text on both sides."""
    for row in rows:
        for ja, en in column_segments([row], columns._replace(header=False)):
            if ja and en:
                yield ja, en


def _reader(ending: str) -> Callable[[bytes, str], Extracted]:
    def read(data: bytes, where: str) -> Extracted:
        segments = chain.from_iterable(part.segments for part in pair_documents(BytesIO(data), ending, where))
        return extracted_segments(islice(segments, LIMITS.rows), where, ending.lstrip("."), advice=_ADVICE)

    return read


read_tsv_gz = _reader(".tsv.gz")
"""All pairs of a file that is in memory already (fetched) as one document."""
read_parquet = _reader(".parquet")
"""As `read_tsv_gz`."""
