"""The pages: a module each, which registers what it answers when it is imported here."""

from glossary.web.pages import concept, document, home, search
from glossary.web.pages.home import start

__all__ = ["ROUTES", "concept", "document", "home", "search"]

ROUTES = [("^/-/glossary$", start)]
"""Of no single glossary."""
