"""Microphone and loudspeaker in processes of their own, watched and replaced when they fail."""

from app.desk.audio.process import AudioProcess

__all__ = ["AudioProcess"]
