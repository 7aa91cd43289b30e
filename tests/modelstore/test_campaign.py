"""Part of the fault campaign on every run; all of it: `python -m tests.modelstore.campaign`."""

import shutil

import pytest

from tests.modelstore.campaign import RESUMED, WHOLE, Result, cases, run_all, run_disks, sample


@pytest.mark.skipif(not hasattr(shutil.os, "fork"), reason="processes are killed as on POSIX")
def test_every_fault_ends_in_a_whole_model_or_a_message_and_a_next_try() -> None:
    results = run_all(sample(3))
    assert len(results) >= 28
    assert {WHOLE, RESUMED} <= {result.outcome for result in results}


def test_the_whole_campaign_is_as_large_as_promised() -> None:
    found = list(cases())
    assert len(found) >= 300
    assert len({case.name for case in found}) == len(found)


def _unshare_works() -> bool:
    return shutil.which("unshare") is not None


@pytest.mark.skipif(not _unshare_works(), reason="mounts a small disk; Linux only")
def test_a_disk_that_fills_up() -> None:
    results: list[Result] = run_disks(["voice-model"])
    assert len(results) == 6
    assert all(result.message for result in results if result.outcome != WHOLE)
