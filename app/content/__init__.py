"""Phrasebooks and glossaries as data: load, validate, fill slots, search."""
