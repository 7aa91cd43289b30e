"""The model catalog: which model folder does what for which language. Reads TOML alone, loads no model.

Rows come from `catalog.toml` of every model root and from a `model.toml` inside a model folder; a
`model.toml` for a folder that a catalog row names amends that row (a pack carries what was measured on it).
Among the installed rows that serve a request the highest `rank` wins.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

PIVOT_COST = 10
"""Rank that a way through a pivot language loses."""


@dataclass(frozen=True, slots=True)
class FileFact:
    """What was published about one file of a model."""

    path: str
    """Inside the hub repository."""
    size: int = 0
    """Bytes; 0 where not published."""
    sha256: str = ""
    md5: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRow:
    """What every row says. `folder` is relative to a model root; empty for what comes with a wheel."""

    name: str
    runtime: str
    """`faster-whisper`, `ctranslate2`, `piper` or `espeak`."""
    folder: str = ""
    rank: int
    """Higher is preferred; the demo pack has 0."""
    licence: str
    official_use: str = "unclear"
    """Whether an office may use it: `yes`, `no` (non-commercial licence) or `unclear` (licence not read)."""
    origin: str = ""
    """Where the model comes from: hub repository or address."""
    source: str = ""
    """`hub`: `origin` is a repository; `archive`: `origin` is the address of a Marian archive that is
    converted here; empty: nothing to fetch."""
    revision: str = ""
    """Commit of the hub repository; empty: the newest one at the first fetch, which is then recorded."""
    files: tuple[FileFact, ...] = ()
    """Files to fetch; empty: what the library reads, found by name in the repository."""
    size_mb: float = 0.0
    memory_mb: float = 0.0
    """Main memory when loaded; 0 where not published."""
    published: Mapping[str, float] = field(default_factory=dict)
    """Published figures by language, or by direction such as `de-tr`."""
    published_metric: str = ""
    published_source: str = ""
    profiles: tuple[str, ...] = ("klein", "mittel", "gross")
    """Sizes of machine that `models pull` takes it for; none: only when asked for by name."""
    verified: bool = False
    """True if this very model was run with this program."""
    note: str = ""
    root: Path | None = None
    """Model root under which the folder lies; None if it is not installed."""

    @property
    def installed(self) -> bool:
        return self.root is not None

    @property
    def path(self) -> Path:
        """Folder of an installed model."""
        return (self.root or Path()) / self.folder


@dataclass(frozen=True, slots=True, kw_only=True)
class RecogniseRow(ModelRow):
    """A Whisper model."""

    languages: tuple[str, ...]
    known_threshold: Mapping[str, float] = field(default_factory=dict)
    """Confidence (0…1) below which text counts as not understood, by language; `all` for every language."""
    hotwords: bool = True
    """False for a model that was never trained with a prompt."""
    word_times: bool = True
    """False for a model whose attention was not shown to align words: faster-whisper would then place them
    anywhere and drop a segment whose words come out without length."""
    max_new_tokens: int = 220
    """Most text tokens per 30 s window; prompt and text together have 448 positions."""
    compute_type: str = "auto"
    """A type of CTranslate2; `auto`: int8 unless float32 was measured to be faster on this machine."""

    def threshold(self, language: str) -> float | None:
        return self.known_threshold.get(language, self.known_threshold.get("all"))


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslateRow(ModelRow):
    """A CTranslate2 translator.

    In `source_prefix`, `source_suffix` and `target_prefix` the words {source} and {target} stand for the
    model's own code of a language (`codes`, else the code itself): `>>{target}<<` for OPUS, `__{target}__`
    for M2M100.
    """

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    codes: Mapping[str, str] = field(default_factory=dict)
    source_prefix: tuple[str, ...] = ()
    source_suffix: tuple[str, ...] = ()
    target_prefix: tuple[str, ...] = ()
    source_pieces: str = "source.spm"
    target_pieces: str = "target.spm"
    """SentencePiece models inside the folder; may be one and the same file."""
    known_threshold: Mapping[str, float] = field(default_factory=dict)
    """Score (mean log-probability per token, ≤ 0) below which a sentence counts as not understood, by the
    language on the side that is not German; `all` for every language."""
    beam: int = 4
    max_input_tokens: int = 250
    compute_type: str = "auto"
    """A type of CTranslate2; `auto`: int8 unless float32 was measured to be faster on this machine."""

    def serves(self, source: str, target: str) -> bool:
        return source != target and source in self.sources and target in self.targets

    def threshold(self, source: str, target: str) -> float:
        """Minus infinity where none was measured."""
        known = self.known_threshold
        return known.get(target, known.get(source, known.get("all", -math.inf)))


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceRow(ModelRow):
    """A Piper model, or espeak-ng."""

    languages: tuple[str, ...]
    speaker: int | None = None
    """Number of the speaker in a Piper model that has several."""
    variant: str = ""
    """Voice variant of espeak-ng."""


Row = TypeVar("Row", bound=ModelRow)


@dataclass(frozen=True)
class Catalog:
    """All known rows; look-up is by rank among the installed ones."""

    rows: Mapping[str, ModelRow]
    pivots: tuple[str, ...] = ()
    """Languages through which a pair without a model of its own may go."""

    @cached_property
    def installed(self) -> tuple[ModelRow, ...]:
        """Rows whose model is on this machine, best first."""
        return tuple(sorted((row for row in self.rows.values() if row.installed), key=lambda row: -row.rank))

    def recogniser(self, language: str) -> RecogniseRow | None:
        return next((row for row in self._of(RecogniseRow) if language in row.languages), None)

    def voice(self, language: str) -> VoiceRow | None:
        return next((row for row in self._of(VoiceRow) if language in row.languages), None)

    def translator(self, source: str, target: str) -> tuple[TranslateRow, ...]:
        """One row, or two with a pivot language between (see `pivot_of`); empty if nothing serves the pair.

        A way through a pivot counts as its weaker half less PIVOT_COST: two models lose meaning twice.
        """
        direct = self._direct(source, target)
        best: tuple[TranslateRow, ...] = (direct,) if direct else ()
        for pivot in self.pivots:
            first, second = self._direct(source, pivot), self._direct(pivot, target)
            if first and second and (not best or _rank((first, second)) > _rank(best)):
                best = (first, second)
        return best

    def pivot_of(self, source: str, target: str) -> str:
        """The language between, where `translator` gives two rows."""
        first, second = self.translator(source, target)
        return next(p for p in self.pivots if first.serves(source, p) and second.serves(p, target))

    def _direct(self, source: str, target: str) -> TranslateRow | None:
        return next((row for row in self._of(TranslateRow) if row.serves(source, target)), None)

    def _of(self, kind: type[Row]) -> Iterator[Row]:
        return (row for row in self.installed if isinstance(row, kind))


def _rank(rows: tuple[TranslateRow, ...]) -> int:
    return min(row.rank for row in rows) - PIVOT_COST * (len(rows) - 1)


def load_catalog(roots: list[Path]) -> Catalog:
    """Read every catalog under the roots, the first root winning. Raises ContentError with file and line."""
    from app.engines.catalog_file import read_roots

    rows, pivots = read_roots(roots)
    return Catalog(rows, pivots)
