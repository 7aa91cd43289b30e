"""Settings of the tests of the live loop."""

from hypothesis import settings

# A loaded machine is slow, not wrong.
settings.register_profile("desk", deadline=None)
settings.load_profile("desk")
