"""An import before it is applied: what each entry of the file would change here, and why others stay out."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from app.content.exchange.entries import Entry, Forms, Stock
from app.content.exchange.incoming import Incoming
from app.content.exchange.matching import Index, plain
from app.content.exchange.unit import Trouble, Unit
from app.content.types import Status

_SIGNED = (Status.CHECKED, Status.APPROVED)


class Outcome(StrEnum):
    """What becomes of an entry of the file."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    OPEN = "open"
    """Not translated in the file."""
    STALE = "stale"
    """Translated for another German wording than ours."""
    REFUSED = "refused"
    UNKNOWN = "unknown"
    """Not ours."""


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the file beside what we hold."""

    id: str
    german: str
    old: Forms
    line: int | None
    outcome: Outcome
    new: Forms
    reason: str = ""
    """German: why it is not taken over, or what to know about it."""
    comment: str | None = None
    """The comment to write, empty to remove it; None: as it is."""


def compare(stock: Stock, units: Iterable[Unit]) -> list[Change]:
    """One change per entry of the file: ours in the file's order, then what is not ours."""
    index = Index(stock)
    found: dict[str, Incoming] = {}
    others: list[Change] = []
    for unit in units:
        places = index.find(unit)
        if len(places) == 1:
            name, form = places[0]
            found.setdefault(name, Incoming(unit.line)).add(form, unit)
        else:
            others.append(_not_ours(unit, sorted({name for name, _ in places})))
    return [_change(stock, stock.entries[name], incoming) for name, incoming in found.items()] + others


def count(changes: Iterable[Change]) -> dict[str, int]:
    """How many entries have which outcome; every outcome is named."""
    counted = Counter(change.outcome for change in changes)
    return {outcome.value: counted[outcome] for outcome in Outcome}


def _not_ours(unit: Unit, names: list[str]) -> Change:
    new = {unit.form or "?": unit.target} if unit.target else {}
    make = partial(Change, unit.id, unit.source, {}, unit.line)
    if names:
        return make(Outcome.REFUSED, new, f"der deutsche Text passt zu mehreren: {', '.join(names)}")
    return make(Outcome.UNKNOWN, new, "weder Kennung noch deutscher Text gehören zu uns")


def _change(stock: Stock, entry: Entry, incoming: Incoming) -> Change:
    given = incoming.forms()
    if trouble := incoming.trouble():
        return _kept_out(Outcome.REFUSED, trouble, entry, incoming)
    make = partial(Change, entry.id, entry.german[entry.main], entry.forms, incoming.line)
    if not given:
        return make(Outcome.OPEN, {})
    if outdated := incoming.outdated(entry):
        return _kept_out(Outcome.STALE, outdated, entry, incoming)
    new = given if incoming.whole else stock.merge(entry.forms, given)
    if trouble := stock.trouble(entry.id, new):
        return _kept_out(Outcome.REFUSED, trouble, entry, incoming)
    comment = incoming.comment(entry)
    if not _same(entry.forms, new) or (entry.stale and incoming.confirmed):
        notes = (
            incoming.claim(),
            incoming.base(entry),
            "die Unterschrift hier entfällt" if _signed(entry) else "",
        )
        outcome = Outcome.CHANGED if entry.forms else Outcome.NEW
        return make(outcome, new, "; ".join(filter(None, notes)), comment)
    if comment is None or plain(comment) == plain(entry.comment):
        return make(Outcome.UNCHANGED, entry.forms, "" if _signed(entry) else incoming.claim())
    if _signed(entry) or entry.stale:
        return make(
            Outcome.UNCHANGED, entry.forms, "anderer Kommentar nicht übernommen, sonst wäre es ein Entwurf"
        )
    return make(Outcome.CHANGED, entry.forms, "nur der Kommentar", comment)


def _kept_out(outcome: Outcome, trouble: Trouble, entry: Entry, incoming: Incoming) -> Change:
    german, line = entry.source(trouble.form), incoming.line_of(trouble.form)
    return Change(entry.id, german, entry.forms, line, outcome, incoming.forms(), trouble.reason)


def _signed(entry: Entry) -> bool:
    return bool(entry.forms) and entry.status in _SIGNED


def _same(held: Forms, new: Forms) -> bool:
    return {form: plain(text) for form, text in held.items()} == {
        form: plain(text) for form, text in new.items()
    }
