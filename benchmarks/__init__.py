"""Measurements beyond `sprachpult bench`; each file is a program: python -m benchmarks.NAME --help."""
