"""One entry as a file gives it: its units put together again, and what the file says about them."""

import re
import unicodedata
from dataclasses import dataclass, field

from app.content.exchange.entries import Entry
from app.content.exchange.matching import plain
from app.content.exchange.unit import AVOID, REASON, Claim, Trouble, Unit, fingerprint, shown

MAX_TEXT = 10_000
"""Characters of one text; the longest sentence of ours has under 300."""
_BREAK = re.compile(r"[ \t]*[\r\n]+[ \t]*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_HASH = re.compile(r"[0-9a-f]{8}")
_WORDS = {Claim.CHECKED: "geprüft", Claim.APPROVED: "freigegeben", Claim.EXPIRED: "abgelaufen"}


@dataclass(slots=True)
class Incoming:
    """Units of one id by form."""

    line: int | None = None
    units: dict[str, Unit] = field(default_factory=dict)
    twice: str = ""

    def add(self, form: str, unit: Unit) -> None:
        known = self.units.get(form)
        if known is not None and known.target != unit.target and known.target and unit.target:
            self.twice = f"steht zweimal verschieden in der Datei (Zeilen {known.line} und {unit.line})"
        elif known is None or unit.target:
            self.units[form] = unit

    def forms(self) -> dict[str, str]:
        """The translation by form, empty ones left out, written as in our files."""
        texts = {form: _tidy(unit.target) for form, unit in self.units.items()}
        given = {form: text for form, text in texts.items() if text}
        for form in [form for form in given if form.startswith(AVOID)]:
            if reason := _tidy(self.units[form].meta.get("reason", "")):
                given[form.replace(AVOID, REASON)] = reason
        return given

    def trouble(self) -> Trouble | None:
        """Why it cannot be read at all; None if it can."""
        if self.twice:
            return Trouble("", self.twice)
        found = (Trouble(form, unit.trouble) for form, unit in self.units.items() if unit.trouble)
        unfit = (
            Trouble(form, reason) for form, text in self.forms().items() if (reason := _unfit(form, text))
        )
        return next(found, None) or next(unfit, None)

    def outdated(self, entry: Entry) -> Trouble | None:
        """Was it made from another German wording? Its texts say so, or the hash they were sent with."""
        for form, unit in self.units.items():
            if unit.source and plain(unit.source) != plain(entry.source(form)):
                sent, now = shown(unit.source, 300), entry.source(form)
                return Trouble(form, f"übersetzt ist „{sent}“, bei uns steht „{now}“")
            sent = unit.meta.get("source_hash", "")
            # A spreadsheet may have made a number of it; then it says nothing.
            if _HASH.fullmatch(sent) and sent != entry.source_hash:
                reason = f"das Deutsche ist seit der Ausgabe geändert ({sent}, jetzt {entry.source_hash})"
                return Trouble(form, reason)
        return None

    def line_of(self, form: str) -> int | None:
        """Line of a form in the file; of the entry if the form is not in it."""
        return self.units[form].line if form in self.units else self.line

    @property
    def whole(self) -> bool:
        """Are all forms back that were sent? Only then may a form that is missing go here, too."""
        sent = {form for unit in self.units.values() for form in unit.meta.get("forms", "").split()}
        return bool(sent) and sent <= self.units.keys()

    @property
    def confirmed(self) -> bool:
        """Does the file claim of every translation that it is one (and not still open)?"""
        return all(unit.claim is not Claim.OPEN for unit in self.units.values() if unit.target)

    def comment(self, entry: Entry) -> str | None:
        """The file's comment; for a new entry also the signature it claims. None: it has nothing to say."""
        texts = [unit.comment.strip() for unit in self.units.values()]
        texts += [self._signed()] if not entry.forms else []
        own = any("source_hash" in unit.meta for unit in self.units.values())
        text = "\n".join(dict.fromkeys(filter(None, texts)))
        return text.replace("\r\n", "\n").replace("\r", "\n") if text or own else None

    def claim(self) -> str:
        """What it says about a check or approval, German; nothing of it is taken over."""
        if not any(unit.claim in (Claim.CHECKED, Claim.APPROVED) for unit in self.units.values()):
            return ""
        return f"{self._signed() or 'laut Datei geprüft oder freigegeben'}; hier ein Entwurf"

    def base(self, entry: Entry) -> str:
        """Has the entry been edited here since the file was sent? German; empty if not."""
        sent = next((u.meta["fingerprint"] for u in self.units.values() if u.meta.get("fingerprint")), "")
        if not sent or not entry.forms or fingerprint(entry.forms) == sent:
            return ""
        same = fingerprint(self.forms()) == sent
        return "hier inzwischen geändert" + (", in der Datei seit der Ausgabe nicht" if same else "")

    def _signed(self) -> str:
        for unit in self.units.values():
            who = _named(unit, "", "reviewer", "date")
            if unit.claim in _WORDS and who:
                end = _named(unit, ", gültig bis ", "expires")
                read = _named(unit, ", gelesen von ", "checked_by", "checked_on")
                return f"laut Datei {_WORDS[unit.claim]}: {who}{end}{read}"
        return ""


def _named(unit: Unit, before: str, *names: str) -> str:
    """Metadata of these names with `before` in front; empty if there are none."""
    found = " ".join(filter(None, (_tidy(unit.meta.get(name, "")) for name in names)))
    return f"{before}{found}" if found else ""


def _tidy(text: str) -> str:
    """As texts stand in our files: NFC, on one line, without space at the ends."""
    return unicodedata.normalize("NFC", _BREAK.sub(" ", text)).strip()


def _unfit(form: str, text: str) -> str:
    if len(text) > MAX_TEXT:
        return f"Form „{form}“: länger als {MAX_TEXT} Zeichen"
    bad = _CONTROL.search(text)
    return f"Form „{form}“: Steuerzeichen U+{ord(bad[0]):04X}" if bad else ""
