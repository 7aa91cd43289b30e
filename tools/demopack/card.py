"""Measures a finished pack and writes measured.json, a model.toml per folder and the model card."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from app.engines import intact
from demopack import measure
from demopack.corpus import Corpus
from demopack.measure import Answer, Figures
from demopack.speech import HELD_OUT_PITCHES, HELD_OUT_RATES, HELD_OUT_VARIANTS, Line
from demopack.translator import Sentence, Task, known_sentences, tasks

NUMBERS_PER_LANGUAGE = 25
SNR = 20
COLUMNS = (
    *("examples exact", "other values exact", "exact and confident", "wrong but confident"),
    *("unknown passing", "threshold"),
)


def measure_pack(
    pack: Path,
    corpus: Corpus,
    outside: Mapping[str, Sequence[str]],
    settings: Mapping[str, Any],
    workers: int,
) -> None:
    """Measure what lies in the pack's folder and write the figures there."""
    seed = settings["seed"]
    measured: dict[str, Any] = {
        "recognise": _recogniser(pack / "recognise", corpus, outside, seed, workers),
        "translate": {
            task.name: _translator(pack / task.name, task, corpus, outside)
            for task in tasks(corpus.languages)
        },
        "topics": settings["topics"],
        "phrases": len({pair.phrase for pair in corpus.pairs}),
        "megabytes": _megabytes(pack),
    }
    _write(pack / "measured.json", json.dumps(measured, ensure_ascii=False, indent=1) + "\n")
    _write(pack / "MODEL_CARD.md", card(measured, corpus))
    head = "# What was measured on this model; amends its row in models/catalog.toml.\n"
    limit = measured["recognise"]["known_threshold"]
    _write(pack / "recognise" / "model.toml", f"{head}known_threshold = {limit}\n")
    for task in tasks(corpus.languages):
        note = "# Why one: BEAM_TRANSLATE in tools/demopack/measure.py.\n"
        _write(pack / task.name / "model.toml", f"{head}{note}beam = {measure.BEAM_TRANSLATE}\n")
    for folder in ("recognise", *(task.name for task in tasks(corpus.languages))):
        intact.write_record(pack / folder, intact.record_of(pack / folder))


def _recogniser(
    folder: Path, corpus: Corpus, outside: Mapping[str, Sequence[str]], seed: int, workers: int
) -> dict[str, Any]:
    examples = measure.example_lines(corpus)
    numbers = measure.number_lines(corpus, seed, NUMBERS_PER_LANGUAGE)
    unknown = [Line(language, text, False) for language, texts in outside.items() for text in texts]
    answers = measure.hear(folder, [*examples, *numbers, *unknown], seed, workers)
    heard = list(zip([*examples, *numbers, *unknown], answers, strict=True))
    groups_of = {}
    for language in corpus.languages:
        groups = {
            name: [answer for line, answer in part if line.language == language]
            for name, part in (
                ("examples", heard[: len(examples)]),
                ("numbers", heard[len(examples) : len(examples) + len(numbers)]),
                ("unknown", heard[len(examples) + len(numbers) :]),
            )
        }
        groups_of[language] = groups
    known = {language: corpus.known(language) for language in corpus.languages}
    limit, languages = _calibrated(groups_of, known, measure.PASSING_RECOGNISED)
    noise = measure.noise_answers(folder, corpus.languages, seed)
    return {
        "known_threshold": limit,
        "languages": languages,
        "noise": len(noise),
        "noise_taken_for_speech": sum(a.got != "" and a.confidence >= limit for a in noise),
    }


def _translator(
    folder: Path, task: Task, corpus: Corpus, outside: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    model = measure.Interpreter(folder, task)
    groups_of, known = {}, known_sentences(corpus, task)
    for source, target in task.directions:
        sentences = [s for s in known if s.source_language == source and s.target_language == target]
        groups: dict[str, list[Answer]] = {"examples": [], "numbers": []}
        for sentence, answer in zip(sentences, model.answers(sentences), strict=True):
            groups["examples" if sentence.example else "numbers"].append(answer)
        groups["unknown"] = model.answers([Sentence(source, target, text, None) for text in outside[source]])
        groups_of[f"{source}-{target}"] = groups
    targets = {f"{source}-{target}": corpus.known(target) for source, target in task.directions}
    limit, directions = _calibrated(groups_of, targets, measure.PASSING_TRANSLATED)
    return {"known_threshold": limit, "directions": directions}


def _calibrated(
    groups_of: Mapping[str, Mapping[str, Sequence[Answer]]],
    known: Mapping[str, frozenset[str]],
    allowed: float,
) -> tuple[float, dict[str, Figures]]:
    """One threshold per model from the even half of all its unknown sentences, figures from the odd half."""
    passing = [
        answer.confidence if answer.got in known[name] else 0.0
        for name, groups in groups_of.items()
        for answer in groups["unknown"][::2]
    ]
    limit = measure.threshold(passing, allowed)
    return limit, {
        name: measure.figures({**groups, "unknown": groups["unknown"][1::2]}, known[name], limit)
        for name, groups in groups_of.items()
    }


def _megabytes(pack: Path) -> float:
    return round(sum(path.stat().st_size for path in pack.rglob("*") if path.is_file()) / 1e6, 1)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def card(measured: Mapping[str, Any], corpus: Corpus) -> str:
    """The model card, Markdown."""
    recognise = measured["recognise"]
    translate = {k: v for model in measured["translate"].values() for k, v in model["directions"].items()}
    template = Path(__file__).with_name("model_card.md").read_text("utf-8")
    return template.format(
        phrases=measured["phrases"],
        topics=", ".join(measured["topics"]),
        languages=", ".join(corpus.languages),
        megabytes=measured["megabytes"],
        variants=", ".join(HELD_OUT_VARIANTS),
        rates=", ".join(map(str, HELD_OUT_RATES)),
        pitches=", ".join(map(str, HELD_OUT_PITCHES)),
        snr=SNR,
        heard=_table(recognise["languages"]),
        noise=recognise["noise"],
        noise_taken=recognise["noise_taken_for_speech"],
        translated=_table(translate),
    )


def _table(rows: Mapping[str, Mapping[str, float]]) -> str:
    columns = ("", *COLUMNS)
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    for name, row in rows.items():
        cells = (
            f"{_percent(row['examples_exact'])} of {row['examples']}",
            f"{_percent(row['numbers_exact'])} of {row['numbers']}",
            _percent(row["examples_exact_and_confident"]),
            _percent(row["examples_wrong_but_confident"]),
            f"{_percent(row['unknown_passing_as_known'])} of {row['unknown']}",
            f"{row['known_threshold']:.3f}",
        )
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _percent(value: float) -> str:
    return f"{100 * value:.1f} %"
