"""The Datasette plugin: pages to read a glossary, beside Datasette's own tables, facets, SQL and JSON.

This is the only package that imports Datasette. It holds no logic of its own: pages call `glossary.uses` in Datasette's
threads and show what they get. It is a package, not a module, so that Datasette finds `templates` and `static`.
"""

from .descriptions import get_metadata
from .permissions import permission_allowed, register_actions
from .plugin import (
    database_actions,
    extra_css_urls,
    extra_js_urls,
    extra_template_vars,
    menu_links,
    prepare_connection,
    register_routes,
    render_cell,
)
from .queries import canned_queries
from .startup import startup

__all__ = [
    "canned_queries",
    "database_actions",
    "extra_css_urls",
    "extra_js_urls",
    "extra_template_vars",
    "get_metadata",
    "menu_links",
    "permission_allowed",
    "prepare_connection",
    "register_actions",
    "register_routes",
    "render_cell",
    "startup",
]
