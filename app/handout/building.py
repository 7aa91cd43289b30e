"""From an order to a document."""

from dataclasses import dataclass, replace
from typing import Any

from app.content.phrasebooks import Library
from app.core.errors import UsageError
from app.handout.layouts import Layout, layout
from app.handout.order import Order
from app.handout.page import page
from app.handout.selection import Selection, chosen, select
from app.handout.typesetting import PREVIEW_PPI, pdf, pictures


@dataclass(frozen=True, slots=True)
class Draft:
    """A document that is ready to be set: all checks are done, nothing is written."""

    order: Order
    layout: Layout
    selections: tuple[Selection, ...]
    data: dict[str, Any]

    def pdf(self) -> bytes:
        """The document as PDF/A-2a and PDF/UA-1. Raises TypesettingError."""
        return pdf(self.layout.template, self.data, self.order.day)

    def pictures(self, ppi: float = PREVIEW_PPI) -> list[bytes]:
        """Its pages as PNG. Raises TypesettingError."""
        return pictures(self.layout.template, self.data, ppi)


def prepare(library: Library, order: Order) -> Draft:
    """Choose sentences and fonts. Raises UsageError, RiskError, FontError, ContentError."""
    kind = layout(order.layout)
    if not order.languages:
        raise UsageError("Keine Sprache gewählt", "zum Beispiel --languages tr,ar")
    if not order.topic and not order.phrases:
        if not kind.phrases:
            raise UsageError(
                "Keine Sätze gewählt", "zum Beispiel --topic tb oder --phrases tb/fieber,tb/schwanger"
            )
        order = replace(order, phrases=kind.phrases)
    phrases = chosen(library, order)
    selections = tuple(select(library, phrases, code, order) for code in order.languages)
    return Draft(order, kind, selections, page(library, order, kind, selections))
