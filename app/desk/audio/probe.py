"""Main program of the child that lists devices: PortAudio's own list never changes once it is loaded.

Started as `python -m app.desk.audio.probe`; writes one pickled `DeviceList` or `Failed` to standard output.
"""

import os

from app.desk.audio.child import load_library, private_output
from app.desk.audio.choose import DeviceList, listed
from app.desk.audio.watchdog import Trouble
from app.desk.audio.wire import Failed, send


def main() -> None:
    answers = private_output()
    send(answers, _look())
    os._exit(0)


def _look() -> DeviceList | Failed:
    try:
        sounddevice = load_library()
        devices, hosts = sounddevice.query_devices(), sounddevice.query_hostapis()
    except OSError as error:
        return Failed(Trouble.NO_LIBRARY, str(error))
    except Exception as error:
        return Failed(Trouble.REFUSED, f"{type(error).__name__}: {error}")
    names = [
        tuple(dict.fromkeys(device.name for device in listed(devices, hosts, capture=capture)))
        for capture in (True, False)
    ]
    return DeviceList(*names)


if __name__ == "__main__":
    main()
