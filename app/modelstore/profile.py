"""How large the models may be that a machine is given: klein, mittel or gross."""

from dataclasses import dataclass

from app.engines.machine import Speed

KLEIN, MITTEL, GROSS = PROFILES = ("klein", "mittel", "gross")

ENCODER_OPERATIONS = {KLEIN: 338, MITTEL: 1127, GROSS: 2256}
"""Billions of operations to encode 30 s of sound with the profile's Whisper (small, medium, large-v3-turbo):
linear and attention parts computed from the architectures."""
MOST_SECONDS = 2.0
"""For that encoding. More, and people wait for the machine after every sentence."""
LEAST_CORES = {KLEIN: 1, MITTEL: 4, GROSS: 6}
LEAST_MEMORY = {KLEIN: 0.0, MITTEL: 7.5e9, GROSS: 15e9}
"""Bytes of main memory in all; machines sold with 8 and 16 GB report a little less."""


@dataclass(frozen=True, slots=True)
class Machine:
    """What a profile is chosen by."""

    memory: int
    """Bytes in all."""
    speed: Speed


def this_machine(speed: Speed) -> Machine:
    import psutil

    return Machine(int(psutil.virtual_memory().total), speed)


def encode_seconds(machine: Machine, profile: str) -> float:
    """Expected time to encode 30 s of sound with the profile's recogniser."""
    return ENCODER_OPERATIONS[profile] / machine.speed.gops


def choose(machine: Machine) -> str:
    """The largest profile that the machine carries; klein is always possible."""
    for profile in (GROSS, MITTEL):
        if (
            machine.speed.cores >= LEAST_CORES[profile]
            and machine.memory >= LEAST_MEMORY[profile]
            and encode_seconds(machine, profile) <= MOST_SECONDS
        ):
            return profile
    return KLEIN


def reasons(machine: Machine) -> str:
    """One line about the machine, for people."""
    speed = machine.speed
    seconds = f"{encode_seconds(machine, KLEIN):.1f}".replace(".", ",")
    return (
        f"{speed.cores} Kerne, {machine.memory / 1e9:.0f} GB Speicher, "
        f"{speed.gops:.0f} Mrd. Rechenschritte je Sekunde ({speed.compute_type}, {speed.threads} Threads): "
        "30 s Sprache mit Whisper small in etwa "
        f"{seconds} s"
    )
