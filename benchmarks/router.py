"""Cost of content and routing: `python benchmarks/router.py`.

Loads the phrasebooks, then looks sentences up among them and among 10,000 made-up phrases. Prints one line
per figure, in milliseconds of processor time, which other work on the machine changes least.
"""

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.content import Library, Phrase, PhraseTranslation, Status, load_library
from app.routing import Router

PHRASES = 10_000
_SUBJECTS = ("Sie", "wir", "Ihr Kind", "Ihr Mann", "Ihre Frau", "Ihre Mutter", "Ihr Vater", "das Baby")
_DOINGS = (
    "Schmerzen",
    "Fieber",
    "Ausschlag",
    "Juckreiz",
    "Blutungen",
    "Schwellungen",
    "eine Wunde",
    "eine Operation",
    "eine Allergie",
    "Probleme",
    "Krämpfe",
    "einen Bruch",
    "Rötungen",
    "eine Narbe",
    "Blasen",
)
_PLACES = (
    "am linken Arm",
    "am rechten Arm",
    "am linken Bein",
    "am rechten Bein",
    "im Bauch",
    "in der Brust",
    "am Rücken",
    "am Kopf",
    "am Hals",
    "an der Hand",
    "am Fuß",
    "im Mund",
    "am Auge",
    "am Ohr",
    "an der Nase",
    "am Knie",
    "im Magen",
)
_TIMES = ("", "morgens", "abends", "nachts", "nach dem Essen", "vor dem Essen", "beim Atmen")


def main() -> None:
    first, again = _timed(load_library), _timed(load_library)
    print(f"load German side of the phrasebooks: first {first:.0f} ms, warm {again:.0f} ms")
    library = load_library()
    codes = [code for code in library.languages if code != "de"]
    rest = _timed(library.problems)
    print(f"  {len(library.phrases)} phrases; all of {len(codes)} languages: {rest:.0f} ms more")
    _lookups("installed phrases", Router(library), [p.source for p in library.phrases.values()])
    router = Router(synthetic(PHRASES))
    print(f"index of {PHRASES} phrases: {_timed(lambda: router.prepare('de')):.0f} ms, once")
    _lookups(f"{PHRASES} phrases", router, [p.source for p in [*router.phrasebooks.phrases.values()][::37]])


def synthetic(count: int) -> Library:
    """A library of made-up German phrases, each with a translation."""
    found = PhraseTranslation({"other": "…"}, language="tr", status=Status.DRAFT, source_hash="")
    phrases = {
        f"test/{number}": Phrase(
            f"test/{number}",
            "test",
            {"other": text},
            kind="question",
            find_translation=lambda _phrase, _language: found,
        )
        for number, text in zip(range(count), _sentences(), strict=False)
    }
    return Library(Path(), {}, phrases, ("de", "tr"))


def _sentences() -> Iterator[str]:
    for when in _TIMES:
        for who in _SUBJECTS:
            verb, past = ("Haben", "Hatten") if who in ("Sie", "wir") else ("Hat", "Hatte")
            for what in _DOINGS:
                for where in _PLACES:
                    yield f"{verb} {who} {when} {what} {where}?".replace("  ", " ")
                    yield f"{past} {who} {when} {what} {where}?".replace("  ", " ")


def _lookups(name: str, router: Router, sentences: list[str]) -> None:
    router.route(sentences[0], "de", "tr")
    for kind, change in (("as written", str), ("misheard", _misheard)):
        times = [_timed(partial(router.route, change(sentence), "de", "tr")) for sentence in sentences]
        cuts = statistics.quantiles(times, n=20)
        figures = f"p50 {cuts[9]:.1f} ms, p95 {cuts[18]:.1f} ms, most {max(times):.1f} ms"
        print(f"lookup among {name}, {kind}: {figures}")


def _misheard(sentence: str) -> str:
    """The longest word with its second letter doubled, in lower case, without marks."""
    word = max(sentence.rstrip("?.!").split(), key=len)
    return sentence.replace(word, word[:2] + word[1:]).lower().rstrip("?.!")


def _timed(job: Callable[[], object]) -> float:
    start = time.process_time()
    job()
    return (time.process_time() - start) * 1000


if __name__ == "__main__":
    main()
