"""The process that fetches for the desk: it really runs the command, and goes when the desk goes."""

import threading
from pathlib import Path

import psutil
import pytest

from app.cli.fetcher import Fetcher


@pytest.fixture
def offline_hub(own_folder: Path) -> None:
    """A hub address on this machine where nobody listens."""
    own_folder.mkdir(parents=True, exist_ok=True)
    settings = (
        'hub_address = "http://127.0.0.1:9"\narchive_address = "http://127.0.0.1:9"\ndownload_attempts = 1\n'
    )
    (own_folder / "settings.toml").write_text(settings, "utf-8")


@pytest.mark.usefixtures("offline_hub")
def test_a_fetch_that_fails_says_why_and_another_can_follow() -> None:
    fetcher, complaints = Fetcher(), []
    try:
        for _ in range(2):
            ended = threading.Event()

            def done(complaint: str, ended: threading.Event = ended) -> None:
                complaints.append(complaint)
                ended.set()

            assert fetcher.fetch("tr", done)
            assert not fetcher.fetch("tr", done)
            assert ended.wait(60)
    finally:
        fetcher.close()
    assert len(complaints) == 2 and all("127.0.0.1" in text for text in complaints)


def test_closing_ends_the_process() -> None:
    fetcher = Fetcher()
    number = fetcher._process.pid
    fetcher.close()
    assert not psutil.pid_exists(number)
