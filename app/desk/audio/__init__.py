"""Microphone and loudspeaker in processes of their own, watched and replaced when they fail."""

from app.desk.audio.choose import DeviceList
from app.desk.audio.lookup import available, devices
from app.desk.audio.process import AudioProcess
from app.desk.audio.selftest import SelfTest, self_test

__all__ = ["AudioProcess", "DeviceList", "SelfTest", "available", "devices", "self_test"]
