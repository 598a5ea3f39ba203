"""Google Cloud Translation: unidirectional glossaries, CSV of two columns without header.

https://cloud.google.com/translate/docs/advanced/glossary. Its limits are those of `deepl`: 1,024 bytes of UTF-8 a term
and 10,485,760 bytes a glossary; of equal sources Google takes one, so each is written once.
"""

from __future__ import annotations

from .deepl import read, write

__all__ = ["read", "write"]
