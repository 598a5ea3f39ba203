"""The one matcher: where the terms of a glossary stand in a text. Checks, annotations, pages and exports use it."""

from __future__ import annotations

from .matcher import Known, KnownTerm, Match, Matcher

__all__ = ["Known", "KnownTerm", "Match", "Matcher"]
