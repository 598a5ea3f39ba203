"""A Japanese–English glossary builder: terms, readings, contexts and the evidence for each pair, in SQLite."""

__version__ = "0.3.0"
