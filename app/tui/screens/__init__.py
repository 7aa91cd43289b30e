"""Screens and dialogs of the desk."""
