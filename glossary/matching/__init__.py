"""The one matcher: where the terms of a glossary stand in a text. Checks, annotations, pages and exports use it."""

from __future__ import annotations

from .layered import LayeredMatcher
from .matcher import Known, KnownTerm, Match, Matcher

__all__ = ["AnyMatcher", "Known", "KnownTerm", "LayeredMatcher", "Match", "Matcher"]

AnyMatcher = Matcher | LayeredMatcher
"""Over one glossary, or over several."""
