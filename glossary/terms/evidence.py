"""Sources of evidence that other packages add: each proposes anchors, which the ranker reads like those of our own.

The ranker's features are fixed when its weights are fitted, so a source brings no feature of its own: it says which
words of two aligned sentences correspond, and as what (`anchors.ANCHOR_KINDS`). What that is worth, the weights say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ..errors import GlossaryError
from ..languages.tokens import Token
from ..plugins import extensions
from .anchors import ANCHOR_KINDS, Anchor

Find = Callable[[Sequence[Token], Sequence[Token]], Iterable[Anchor]]
"""(Japanese tokens, English tokens) of two aligned sentences → what of them corresponds."""


@dataclass(frozen=True, slots=True)
class EvidenceSource:
    """A source of anchors. It may depend on the two sentences alone: what it finds is kept for later."""

    name: str
    """As the view `evidence` cites it, in `source`."""
    version: str
    """Changes whenever the results may: it is part of what a build records and of what it takes from an earlier one."""
    find: Find

    def anchors(self, ja: Sequence[Token], en: Sequence[Token]) -> list[Anchor]:
        """What it finds, under its name. Raises GlossaryError if it fails or names words that are not there."""
        try:
            found = [Anchor(*anchor)._replace(source=self.name) for anchor in self.find(ja, en)]
        except Exception as error:  # whatever another package's code does
            raise GlossaryError(
                f"evidence source {self.name}: {type(error).__name__}: {error}: mend or uninstall that package"
            ) from error
        for anchor in found:
            if not _fits(anchor, len(ja), len(en)):
                raise GlossaryError(
                    f"evidence source {self.name}: {anchor} is no anchor: mend or uninstall that package"
                )
        return found


def sources() -> tuple[EvidenceSource, ...]:
    """The sources that are installed, by entry points of the group `glossary.evidence`."""
    return extensions("glossary.evidence", EvidenceSource)


def source_names() -> tuple[str, ...]:
    """Name and version of each, for the record of a build."""
    return tuple(f"{source.name} {source.version}" for source in sources())


def _fits(anchor: Anchor, ja: int, en: int) -> bool:
    inside = all(0 <= first < last <= length for (first, last), length in ((anchor.ja, ja), (anchor.en, en)))
    return inside and anchor.kind in ANCHOR_KINDS and 0 < anchor.strength <= 1
