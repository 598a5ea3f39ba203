"""The pages: a module each, which registers what it answers when it is imported here."""

from glossary.web.pages import concept, document, home, review, search
from glossary.web.pages.home import start
from glossary.web.signin import PATH, sign_in

__all__ = ["ROUTES", "concept", "document", "home", "review", "search"]

ROUTES = [("^/-/glossary$", start), (f"^{PATH}$", sign_in)]
"""Of no single glossary."""
