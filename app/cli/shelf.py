"""What the desk shows of the models, and how it has some fetched."""

from app.cli.fetcher import Fetcher
from app.core.languages import language
from app.tui.desk import FetchNews, ModelLine

_MARKS = {"runs": "✔", "installed": "●"}
_PARTS = {"recognise": "hören", "translate": "übersetzen", "speak": "sprechen"}


class Shelf:
    """Models by language for the desk; fulfils `app.tui.desk.Models`. Without a fetcher it only shows."""

    def __init__(self, fetcher: Fetcher | None) -> None:
        self._fetcher = fetcher
        self._language = ""
        self._ended = ""

    def lines(self, code: str) -> list[ModelLine]:
        """One line per part: what runs, or that it is missing, and what could be had."""
        from app.cli.models import catalog
        from app.modelstore.overview import offers, parts

        found = list(offers(catalog(), code))
        rows = []
        for part, key in parts(code):
            mine = [offer for offer in found if (offer.part, offer.key) == (part, key)]
            used = [offer.row for offer in mine if offer.state == "runs"]
            better = [offer.row.name for offer in mine if offer.state == "available"][:2]
            demo = bool(used) and all(row.folder.startswith("demo/") for row in used)
            detail = "nur Beispielsätze" if demo else ""
            if better:
                detail = "; ".join(filter(None, (detail, f"zu holen: {', '.join(better)}")))
            name = " + ".join(row.name for row in used) or "fehlt"
            label = _PARTS[part] + ("" if part != "translate" else f" {key.replace('-', ' → ')}")
            rows.append(ModelLine(label, _MARKS["runs"] if used else "–", name, detail))
        return rows

    @property
    def fetches(self) -> bool:
        return self._fetcher is not None

    def fetch(self, code: str) -> bool:
        """Begin to fetch what a language needs, in a process of its own; False if one is under way."""
        if self._fetcher is None:
            return False
        self._language, self._ended = code, ""
        return self._fetcher.fetch(code, self._done)

    def news(self) -> FetchNews | None:
        """The state of the fetch that runs or has ended; None before the first."""
        if not self._language:
            return None
        name = language(self._language).name
        if self._fetcher is not None and self._fetcher.running:
            from app.modelstore.status import read_status
            from app.modelstore.store import Store

            status = read_status(Store())
            share = status.share if status else 0.0
            return FetchNews(True, f"Modelle für {name}: {status.step if status else 'beginnt'}", share)
        if self._ended:
            return FetchNews(False, f"Modelle für {name}: {self._ended}", 1.0, failed=True)
        return FetchNews(
            False, f"Modelle für {name} sind da; nach dem nächsten Start werden sie benutzt", 1.0
        )

    def _done(self, complaint: str) -> None:
        self._ended = complaint
