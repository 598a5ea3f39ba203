"""Annotated documents: a folder of bitexts with `gold.jsonl`, and the scores of a glossary against it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from ..errors import GlossaryError

GoldKey = tuple[str, str, str]
"""(document, normalized Japanese, normalized English)."""


class GoldRow(NamedTuple):
    """One annotated term of a document; None where the other side has no counterpart."""

    document: str
    ja: str | None
    en: str | None
    kind: str
    tier: str
    """core: nearly every translator would want it; ok: correct, nobody would miss it."""


def read_gold(path: Path) -> list[GoldRow]:
    """Rows of a gold file. Raises GlossaryError naming the line that is not as it should be."""
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            raw = json.loads(line)
            kind = "organization" if raw["kind"] == "org" else raw["kind"]
            rows.append(GoldRow(raw["doc"], raw["ja"], raw["en"], kind, raw["tier"]))
        except (ValueError, KeyError, TypeError):
            raise GlossaryError(
                f'{path}, line {number}: expected {{"doc", "seg", "ja", "en", "kind", "tier"}}'
            ) from None
    return rows


def normalize_ja(text: str) -> str:
    """Width, case, middle dots, spaces, brackets and quotation marks do not matter."""
    return re.sub(r"[\s・･=＝「」『』\"“”()（）]", "", unicodedata.normalize("NFKC", text)).casefold()


def normalize_en(text: str) -> str:
    """Width, case, accents, articles, possessives, punctuation and a plural s do not matter."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    words = re.sub(r"[^\w\s]", " ", re.sub(r"'s\b", "", text)).split()
    return " ".join(_singular(word) for word in words if word not in ("the", "a", "an"))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def gold_tiers(rows: Iterable[GoldRow]) -> dict[GoldKey, str]:
    """Tier of each annotated pair; core where a pair is written down as both."""
    tiers: dict[GoldKey, str] = {}
    for row in rows:
        if row.ja and row.en:
            key = (row.document, normalize_ja(row.ja), normalize_en(row.en))
            if tiers.get(key) != "core":
                tiers[key] = row.tier
    return tiers


class Scores(NamedTuple):
    """How predicted pairs meet the annotated ones; each pair counts once in a document."""

    predicted: int
    precision: float
    """Predicted pairs that are annotated, core or ok, of all predicted."""
    recall_core: float
    f: float
    """Harmonic mean of the two."""
    recall_all: float
    contradicted: float
    """Predicted pairs one side of which is annotated with another counterpart, of all predicted."""


def score_pairs(gold: Mapping[GoldKey, str], predicted: Iterable[GoldKey]) -> Scores:
    """Scores of predicted pairs."""
    found = set(predicted)
    by_ja, by_en = defaultdict(set), defaultdict(set)
    for document, ja, en in gold:
        by_ja[document, ja].add(en)
        by_en[document, en].add(ja)
    core = {key for key, tier in gold.items() if tier == "core"}
    precision = len(found & gold.keys()) / max(1, len(found))
    recall = len(core & found) / max(1, len(core))
    against = sum(key not in gold and ((key[0], key[1]) in by_ja or (key[0], key[2]) in by_en) for key in found)
    return Scores(
        predicted=len(found),
        precision=precision,
        recall_core=recall,
        f=2 * precision * recall / (precision + recall) if precision + recall else 0.0,
        recall_all=len(found & gold.keys()) / max(1, len(gold)),
        contradicted=against / max(1, len(found)),
    )
