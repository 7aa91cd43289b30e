"""From a sentence to a translation: prepared phrases first, machine translation second."""

from app.routing.router import Router
from app.routing.service import TranslationService

__all__ = ["Router", "TranslationService"]
