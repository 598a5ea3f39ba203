"""Several glossaries laid over each other, client over official: which of them speaks for a term."""

from __future__ import annotations

from .stack import Glossaries, Layer, Stack, as_layers

__all__ = ["Glossaries", "Layer", "Stack", "as_layers"]
