"""Which device is meant; pure, on tables as PortAudio gives them."""

import pytest

from app.desk.audio.choose import Device, Unavailable, choose, listed
from app.desk.audio.watchdog import Trouble

HOSTS = [
    {"name": "MME", "default_input_device": 0, "default_output_device": 3},
    {"name": "Windows WASAPI", "default_input_device": 2, "default_output_device": 4},
]


def row(name: str, host: int, inputs: int, outputs: int, rate: float = 48_000.0) -> dict[str, object]:
    return {
        "name": name, "hostapi": host, "max_input_channels": inputs, "max_output_channels": outputs,
        "default_samplerate": rate,
    }


DEVICES = [
    row("Mikrofon (Jabra Evolve2 40 SE, 2", 0, 1, 0, 44_100.0),
    row("Mikrofonarray (Realtek)", 1, 2, 0),
    row("Mikrofon (Jabra Evolve2 40 SE, 2- USB)", 1, 1, 0, 16_000.0),
    row("Lautsprecher (Realtek)", 0, 0, 2, 44_100.0),
    row("Lautsprecher (Realtek)", 1, 0, 2),
]


@pytest.mark.parametrize(
    ("name", "index"),
    [
        ("", 2),
        ("jabra", 2),
        ("Mikrofonarray", 1),
        ("MIKROFON (JABRA EVOLVE2 40 SE, 2", 0),
        ("realtek", 1),
    ],
)
def test_microphone_by_part_of_its_name(name: str, index: int) -> None:
    assert choose(listed(DEVICES, HOSTS, capture=True), name).index == index


def test_the_better_host_interface_comes_first() -> None:
    assert choose(listed(DEVICES, HOSTS, capture=False), "realtek") == Device(
        4, "Lautsprecher (Realtek)", "Windows WASAPI", 48_000, default=True
    )


def test_unknown_name_lists_what_there_is() -> None:
    with pytest.raises(Unavailable) as caught:
        choose(listed(DEVICES, HOSTS, capture=True), "Sennheiser")
    assert caught.value.trouble is Trouble.UNKNOWN_NAME
    assert "Jabra" in caught.value.message


def test_no_device_at_all() -> None:
    with pytest.raises(Unavailable) as caught:
        choose(listed([], [], capture=True), "")
    assert caught.value.trouble is Trouble.NO_DEVICE


def test_first_device_where_the_system_names_no_default() -> None:
    hosts = [{"name": "ALSA", "default_input_device": -1, "default_output_device": -1}]
    assert choose(listed([row("hw:0", 0, 1, 1)], hosts, capture=True), "").index == 0
