"""Glossaries to and from other tools: one module a format, both directions in it (see docs/exchange.md)."""
