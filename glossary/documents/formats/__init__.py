"""One module a format: bytes become an `Extracted`. They are registered in glossary/documents/readers.py."""
