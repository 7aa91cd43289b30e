"""Phrases and glossaries travel to translators and back: XLIFF, TMX, TBX, CSV, XLSX."""
