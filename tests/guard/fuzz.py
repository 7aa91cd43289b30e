"""Long fuzzing of the guard: `python -m tests.guard.fuzz COUNT [SEED]`; stops at the first exception."""

import random
import sys
import time
from collections import Counter

from app.core.languages import languages
from app.core.types import Origin, Speaker, Transcript, Translation, Turn
from app.guard import check, check_transcript
from app.guard.rules import rules, table

_ODD = [
    "\u202e", "\u200c", "\u0301", "\x00", "\ud800", "½", "²", "①", "٣", "۳", "३", "1.000", "12:30", "3.5.",
    "1/2", "µg", "'", "/", "-", ",", ".", "?", "!", " ", "\n", "一", "𝟛", "ﷺ", "İ", "ß", "…", "%", "9" * 30,
    "1,2,3.4.5",
]
_KINDS = ("number", "negation", "modality", "side", "order", "period", "measure", "month", "daypart", "hijri")


def _words() -> dict[str, list[str]]:
    """Words of the language tables, so that the detectors have something to find."""
    known = [code for code in languages() if rules(code) is not None]
    return {
        code: [
            form.replace("_", " ").strip("*#~")
            for kind in _KINDS for forms in table(code).get(kind, {}).values() for form in forms.split()
        ]
        for code in known
    }


def _text(chooser: random.Random, words: list[str]) -> str:
    pieces: list[str] = []
    for _ in range(chooser.randrange(9)):
        sort = chooser.random()
        if sort < 0.6:
            pieces.append(chooser.choice(words))
        elif sort < 0.85:
            pieces.append(chooser.choice(_ODD))
        else:
            pieces.append("".join(chr(chooser.randrange(0x110000)) for _ in range(chooser.randrange(1, 6))))
    return chooser.choice([" ", " ", ""]).join(pieces)


def main(count: int, seed: int) -> None:
    chooser, words = random.Random(seed), _words()
    codes, origins = [*languages(), "xx"], list(Origin)
    levels: Counter[str] = Counter()
    slowest, start = 0.0, time.process_time()
    for number in range(count):
        own, other = chooser.choice(codes), chooser.choice(codes)
        source, text = (_text(chooser, words.get(code, words["de"])) for code in (own, other))
        before = time.process_time()
        verdict = check(Translation(source, text, own, other, chooser.choice(origins)))
        check_transcript(Transcript(Turn(1), Speaker.PATIENT, other, text, chooser.random()))
        slowest = max(slowest, time.process_time() - before) if number > 1000 else 0.0
        levels[verdict.level] += 1
        if number % 10_000 == 9_999:
            print(number + 1, dict(levels), f"langsamste {slowest * 1000:.0f} ms", flush=True)
    print(f"{count} Eingaben, Start {seed}, {time.process_time() - start:.0f} s Rechenzeit", dict(levels))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
