"""The engines as the program runs them: idle threads sleep. Set before any engine library is imported."""

from app.engines.threads import tame_threads

tame_threads()
