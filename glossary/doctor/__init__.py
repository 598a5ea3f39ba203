"""Checking a glossary, repairing what can be derived, and recovering decisions where the file itself is damaged."""
