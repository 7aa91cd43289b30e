"""Questions to the person at the terminal: asked on stderr, answered on standard input, in German."""

import sys

from app.core.errors import InputError

_YES, _NO = frozenset({"j", "ja", "y", "yes"}), frozenset({"", "n", "nein", "no"})
_QUIT = frozenset({"e", "ende"})


class NoAnswer(InputError):
    """Standard input ended instead of an answer."""


def ask(question: str) -> str:
    """The line answered, without spaces around it. Raises NoAnswer at the end of input."""
    print(f"{question}: ", end="", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    if not line:
        print(file=sys.stderr)
        raise NoAnswer("Keine Antwort, nichts geändert", "im Terminal aufrufen und antworten")
    return line.strip()


def confirm(question: str) -> bool:
    """True for yes; what is neither yes nor no is asked again. Raises NoAnswer for „ende“ and no input."""
    while True:
        answer = ask(f"{question} [j = ja, n = nein, e = Ende]").casefold()
        if answer in _YES:
            return True
        if answer in _NO:
            return False
        if answer in _QUIT:
            raise NoAnswer("Beendet, dieser Eintrag bleibt, wie er ist", "später weitermachen")
