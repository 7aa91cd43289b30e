"""The engines as the program runs them: idle threads sleep. Set before any engine library is imported.

What the program notes about this machine goes into a folder of the test run, not into the user's.
"""

import atexit
import os
import tempfile

from app.engines.threads import tame_threads

_home = tempfile.TemporaryDirectory(prefix="sprachpult-tests-")
os.environ["SPRACHPULT_HOME"] = _home.name
atexit.register(_home.cleanup)
tame_threads()
