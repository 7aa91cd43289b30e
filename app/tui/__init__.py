"""The desk on a terminal (Textual)."""

from app.tui.app import DeskApp
from app.tui.desk import Build, Desk

__all__ = ["Build", "Desk", "DeskApp"]
