"""The desk on a terminal (Textual)."""
