"""Plain values, the language table, errors and engine Protocols; imports nothing else of the project."""
