"""Part of the fault campaign on every run; all of it: `python -m tests.modelstore.campaign`."""

import sys

import pytest

from tests.modelstore.campaign import RESUMED, WHOLE, Result, run_all, run_disks, sample
from tests.modelstore.faults import cases

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="kills processes and mounts a small disk")


@LINUX
def test_every_fault_ends_in_a_whole_model_or_a_message_and_a_next_try() -> None:
    results = run_all(sample(2))
    assert len(results) >= 19
    assert {WHOLE, RESUMED} <= {result.outcome for result in results}


def test_the_whole_campaign_is_as_large_as_promised() -> None:
    found = list(cases())
    assert len(found) >= 300
    assert len({case.name for case in found}) == len(found)


@LINUX
def test_a_disk_that_fills_up() -> None:
    results: list[Result] = run_disks(["voice-model"])
    assert len(results) == 6
    assert all(result.message for result in results if result.outcome != WHOLE)
