"""Every command has help, `--json`, and is mentioned in the README."""

from pathlib import Path

import pytest
import typer
from typer.core import TyperCommand, TyperGroup

from app.cli.commands import app
from tests.cli.conftest import Command

README = (Path(__file__).parent.parent.parent / "README.md").read_text("utf-8")


def _commands() -> dict[str, TyperCommand]:
    found: dict[str, TyperCommand] = {}
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    for name, entry in group.commands.items():
        if isinstance(entry, TyperGroup):
            found |= {
                f"{name} {sub}": leaf
                for sub, leaf in entry.commands.items()
                if isinstance(leaf, TyperCommand)
            }
        elif isinstance(entry, TyperCommand):
            found[name] = entry
    return found


@pytest.mark.parametrize("name", _commands())
def test_help_is_there(command: Command, name: str) -> None:
    status, out, _ = command(*name.split(), "--help")
    assert status == 0
    assert "Usage: sprachpult" in out


@pytest.mark.parametrize("name", [name for name in _commands() if name != "desk"])
def test_every_command_prints_json(name: str) -> None:
    assert "--json" in {option for parameter in _commands()[name].params for option in parameter.opts}


@pytest.mark.parametrize("name", _commands())
def test_readme_mentions_the_command(name: str) -> None:
    assert f"sprachpult {name}" in README


def test_version(command: Command) -> None:
    assert command("--version")[1].strip() == "0.1.0"


def test_desk_without_a_terminal_says_so(command: Command) -> None:
    status, _, err = command()
    assert status == 2
    assert "Terminal" in err
