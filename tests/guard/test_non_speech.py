"""Nothing that is invented from noise comes out green: the short version of `tests.guard.non_speech`."""

from dataclasses import replace

import pytest

from app.cli.compose import tools
from app.desk.tools import Tools
from tests.guard.non_speech import OpenGate, run
from tests.guard.sounds import KINDS

SECONDS = 120.0


@pytest.fixture(scope="module")
def chain() -> Tools:
    return tools()


@pytest.mark.parametrize("language", ["de", "tr"])
def test_noise_is_never_green(chain: Tools, language: str) -> None:
    outcome = run(chain, language, SECONDS, seed=7)
    assert outcome.seconds >= SECONDS and len(outcome.clips) > len(KINDS)
    assert outcome.green == []


def test_noise_is_never_green_behind_an_open_gate(chain: Tools) -> None:
    outcome = run(replace(chain, engines=OpenGate(chain.engines)), "de", 40.0, seed=3)
    assert outcome.heard.total() > len(KINDS) / 2
    assert outcome.green == []
