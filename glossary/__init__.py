"""A Japanese–English glossary builder: terms, readings, contexts and the evidence for each pair, in SQLite."""

__version__ = "1.0.0"
