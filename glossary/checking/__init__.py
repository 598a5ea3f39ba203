"""Does a translation follow the glossary, and are its names and numbers those of the original?"""

from __future__ import annotations
