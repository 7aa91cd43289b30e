"""Measured quality of the installed models on this machine."""
