"""Readers of dictionaries and word lists, one module a format: a file becomes a stream of records."""
