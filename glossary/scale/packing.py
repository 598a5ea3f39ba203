"""Aligned bitexts as bytes, as workers send them and the work file keeps them.

They are pickles that may name the classes of an aligned bitext and nothing else, so that a file which somebody has laid
beside a glossary cannot run anything (Python's manual, "Restricting Globals").
"""

from __future__ import annotations

import io
import pickle
import zlib
from typing import Any

from ..alignment.documents import AlignedBead, AlignedBitext
from ..languages.tokens import Token
from ..records import Bitext, Document, Repair, Segment

_OURS: dict[tuple[str, str], Any] = {
    (record.__module__, record.__qualname__): record
    for record in (AlignedBead, AlignedBitext, Bitext, Document, Repair, Segment, Token)
}
_OTHERS = frozenset(
    (module, name)
    for name, modules in (
        ("_frombuffer", ("numpy._core.numeric", "numpy.core.numeric")),
        ("_reconstruct", ("numpy._core.multiarray", "numpy.core.multiarray")),
        ("ndarray", ("numpy",)),
        ("dtype", ("numpy",)),
    )
    for module in modules
)
"""What NumPy builds a table of numbers from."""


def packed(aligned: AlignedBitext) -> bytes:
    """The bitext in few bytes."""
    return zlib.compress(pickle.dumps(aligned, pickle.HIGHEST_PROTOCOL), 1)


def unpacked(data: bytes) -> AlignedBitext:
    """What was `packed`. Raises ValueError for bytes that are anything else."""
    try:
        found = _Unpickler(io.BytesIO(zlib.decompress(data))).load()
    except (zlib.error, pickle.UnpicklingError, EOFError, AttributeError, IndexError, TypeError, ImportError) as error:
        raise ValueError(f"no aligned bitext: {error}") from error
    if not isinstance(found, AlignedBitext):
        raise ValueError(f"no aligned bitext but a {type(found).__name__}")
    return found


def is_whole(data: bytes) -> bool:
    """True if `data` can be unpacked."""
    try:
        unpacked(data)
    except ValueError:
        return False
    return True


class _Unpickler(pickle.Unpickler):
    def find_class(self, module_name: str, global_name: str) -> Any:
        if (ours := _OURS.get((module_name, global_name))) is not None:
            return ours
        if (module_name, global_name) in _OTHERS:
            return super().find_class(module_name, global_name)
        raise pickle.UnpicklingError(f"{module_name}.{global_name} is no part of an aligned bitext")
