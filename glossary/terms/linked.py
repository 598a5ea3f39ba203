"""A bead with all that alignment knows of it: what labelling and pairing read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..languages.tokens import Token


@dataclass(frozen=True)
class LinkedBead:
    """Tokens of both sides with their links; an unaligned stretch has one empty side."""

    ja: tuple[Token, ...]
    en: tuple[Token, ...]
    prior: np.ndarray
    """ja × en: likeness of words before statistics, 0..1."""
    forward: np.ndarray
    """ja × en: P(English word → Japanese word); columns sum to at most 1."""
    backward: np.ndarray
    """ja × en: P(Japanese word → English word); rows sum to at most 1."""

    @cached_property
    def links(self) -> np.ndarray:
        """ja × en: what both directions agree on, the geometric mean of the posteriors."""
        return np.sqrt(self.forward * self.backward)
