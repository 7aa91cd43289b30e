"""The demo consultation: the desk finds every prepared sentence and trusts no other."""

from app.cli.demo import script
from app.content import load_library
from tests.cli.conftest import Command, rows


def test_script_names_phrases_that_exist() -> None:
    phrases = load_library().phrases
    lines = script()
    assert len(lines) == 10
    assert all(line.phrase is None or line.phrase in phrases for line in lines)


def test_demo_goes_as_expected(command: Command) -> None:
    status, out, _ = command("demo", "--no-audio", "--json")
    events = rows(out)
    assert events[-1] == {"event": "demo", "turns": 10, "right": 10, "ok": True}
    assert status == 0
    assert {"utterance", "transcript", "translation", "speech"} <= {row["event"] for row in events}
