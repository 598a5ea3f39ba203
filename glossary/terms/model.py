"""The weights that ship: labellers, ranker, calibration; trained on annotated news (docs/quality.md)."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import numpy as np

from ..alignment.words import LexicalTable
from ..errors import GlossaryError
from .crf import Crf
from .precedents import PRECEDENT_FEATURES, Precedents
from .trees import Trees

WEIGHTS = Path(__file__).parent / "weights.npz"
_CRFS = ("ja", "en", "ja_inner", "en_inner", "ja_alone", "en_alone")
_ENSEMBLES = ("trees", "rivals")
_TREE_ARRAYS = ("roots", "feature", "threshold", "left", "right", "value", "cover")


@dataclass(frozen=True)
class Model:
    """All that training produced."""

    labellers: dict[str, Crf]
    """ja, en: read the links to the other side too; ja_inner, en_inner: likewise, of terms inside terms; ja_alone,
    en_alone: for text in one language."""
    precedents: Precedents
    """Rates that the first look reads."""
    trees: Trees
    """The first look: each pair with its document's other mentions."""
    rivals: Trees
    """The second look, whose score is added: a pair among its rivals."""
    calibration: np.ndarray
    """knots × (score, confidence)."""
    threshold: float
    """Confidence from which pairs are shown by default: maximal F on the training documents, cross-validated."""
    thresholds: dict[str, float]
    """Other named thresholds: high (precision)."""
    base: LexicalTable
    """Links of words that general sentence pairs taught (`training.background`), for texts too short to learn them."""
    signature: dict[str, Any]
    """How the weights came about: input, digests, versions, cross-validated figures."""

    def to_bytes(self) -> bytes:
        """What `save` writes; the same model always gives the same bytes."""
        buffer = io.BytesIO()
        self.save(buffer)
        return buffer.getvalue()

    def save(self, path: Path | BinaryIO) -> None:
        """One compressed file; numbers as float32."""
        arrays: dict[str, np.ndarray] = {"calibration": self.calibration}
        for name, crf in self.labellers.items():
            arrays[f"{name}.state"] = crf.state.astype(np.float16)
            arrays[f"{name}.transition"] = crf.transition
            arrays[f"{name}.features"] = _texts(list(crf.features))
            arrays[f"{name}.labels"] = _texts(list(crf.labels))
        for k, (hashes, rates) in enumerate(zip(self.precedents.hashes, self.precedents.rates, strict=True)):
            arrays[f"precedents.{k}.hashes"], arrays[f"precedents.{k}.rates"] = hashes, rates.astype(np.float32)
        for ensemble in _ENSEMBLES:
            for name in _TREE_ARRAYS:
                array = getattr(getattr(self, ensemble), name)
                arrays[f"{ensemble}.{name}"] = array if array.dtype == np.float64 else array.astype(np.int32)
        arrays.update(_table_arrays(self.base))
        about = {
            "threshold": self.threshold,
            "thresholds": self.thresholds,
            "signature": self.signature,
            "prior": self.precedents.prior,
        }
        arrays["about"] = _texts([json.dumps(about, ensure_ascii=False, sort_keys=True)])
        np.savez_compressed(path, **arrays)  # type: ignore[arg-type]


def _table_arrays(table: LexicalTable) -> dict[str, np.ndarray]:
    """A lexical table as words of both sides, and for each pair the numbers of its words and its links."""
    pairs = sorted(table.counts)
    words: list[list[str]] = [sorted({pair[side] for pair in pairs}) for side in (0, 1)]
    number = [{word: k for k, word in enumerate(side)} for side in words]
    index = np.array([[number[0][ja], number[1][en]] for ja, en in pairs], dtype=np.int32).reshape(-1, 2)
    return {
        "base.ja": _texts(words[0]), "base.en": _texts(words[1]), "base.pairs": index,
        "base.links": np.array([table.counts[pair] for pair in pairs], dtype=np.float32),
    }  # fmt: skip


def _table(arrays: Mapping[str, np.ndarray]) -> LexicalTable:
    ja, en = _strings(arrays["base.ja"]), _strings(arrays["base.en"])
    table = LexicalTable()
    for (left, right), links in zip(arrays["base.pairs"].tolist(), arrays["base.links"].tolist(), strict=True):
        table.add(ja[left], en[right], round(links, 2))
    return table


def _texts(strings: list[str]) -> np.ndarray:
    """Strings as bytes, separated by NUL: NumPy's own string arrays take four bytes for the longest."""
    return np.frombuffer("\0".join(strings).encode("utf-8"), dtype=np.uint8)


def _strings(array: np.ndarray) -> list[str]:
    return array.tobytes().decode("utf-8").split("\0")


@lru_cache(maxsize=1)
def shipped_model() -> Model:
    """The model in the package."""
    return load_model(WEIGHTS)


@lru_cache(maxsize=1)
def weights_digest() -> str:
    """Of the model in the package: results under other weights are other results."""
    return hashlib.sha256(WEIGHTS.read_bytes()).hexdigest()


class InForce(NamedTuple):
    """The model that a glossary's next build uses."""

    model: Model
    digest: str
    """Of its weights."""
    learned: bool
    """True if `glossary train` put it in force, False if it is the shipped one."""


def model_in_force(db_path: Path) -> InForce:
    """The weights that the glossary at `db_path` has learned, else (also where there is no glossary) the shipped ones.

    Raises GlossaryError if the learned weights are damaged, or of a version that read other features.
    """
    from ..store import open_glossary
    from ..store.trained import read_trained

    if not db_path.exists():
        return InForce(shipped_model(), weights_digest(), False)
    with closing(open_glossary(db_path, readonly=True)) as db:
        trained = read_trained(db)
    if trained is None:
        return InForce(shipped_model(), weights_digest(), False)
    if trained.signature.get("features") != features_digest():
        raise GlossaryError(
            f"{db_path}: its weights were trained by a version of glossary that read other features: run"
            " `glossary train --reset`, then `glossary train`"
        )
    try:
        return InForce(load_model(io.BytesIO(trained.weights)), trained.digest, True)
    except (ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise GlossaryError(
            f"{db_path}: its trained weights are damaged ({error}): run `glossary train --reset`, then `glossary train`"
        ) from error


def features_digest() -> str:
    """Of the names of what the ranker reads, in their order."""
    from .candidates import FIRST_FEATURES
    from .rivals import RIVAL_FEATURES

    names = [name for name, _ in (*FIRST_FEATURES, *RIVAL_FEATURES)]
    return hashlib.sha256(json.dumps(names).encode()).hexdigest()[:16]


def load_model(path: Path | BinaryIO) -> Model:
    """Read a model that `Model.save` wrote. No code is loaded from the file."""
    with np.load(path, allow_pickle=False) as arrays:
        labellers = {
            name: Crf(
                tuple(_strings(arrays[f"{name}.labels"])),
                {feature: k for k, feature in enumerate(_strings(arrays[f"{name}.features"]))},
                arrays[f"{name}.state"].astype(np.float32),
                arrays[f"{name}.transition"],
            )
            for name in _CRFS
        }
        about = json.loads(_strings(arrays["about"])[0])
        base = _table(arrays)
        ensembles = {
            ensemble: Trees(*(arrays[f"{ensemble}.{name}"] for name in _TREE_ARRAYS)) for ensemble in _ENSEMBLES
        }
        columns = range(len(PRECEDENT_FEATURES))
        precedents = Precedents(
            tuple(arrays[f"precedents.{k}.hashes"] for k in columns),
            tuple(arrays[f"precedents.{k}.rates"] for k in columns),
            about["prior"],
        )
        return Model(
            labellers,
            precedents,
            ensembles["trees"],
            ensembles["rivals"],
            arrays["calibration"],
            about["threshold"],
            about["thresholds"],
            base,
            about["signature"],
        )
