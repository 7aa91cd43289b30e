"""Pictures of a page: pictograms (Font Awesome Free, CC BY 4.0), QR codes of a sentence, the logo."""

import io
from functools import cache
from importlib.resources import files
from pathlib import Path

from app.core.errors import InputError

CREDIT = "Piktogramme: Font Awesome Free, CC BY 4.0"
_SVG = "svg"
_KINDS = {".svg": _SVG, ".png": "png", ".jpg": "jpg", ".jpeg": "jpg"}
_BEGINNINGS = {"png": b"\x89PNG", "jpg": b"\xff\xd8\xff"}
_MOST_BYTES = 5_000_000


@cache
def pictogram(name: str) -> str | None:
    """The SVG of a free icon; None where a phrase has none."""
    folder = files("fontawesomefree") / "static" / "fontawesomefree" / "svgs"
    for style in ("solid", "regular"):
        path = folder / style / f"{name}.svg"
        if name and path.is_file():
            return path.read_text("utf-8")
    return None


def qr_code(text: str) -> str:
    """An SVG that holds the sentence itself."""
    import segno

    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind=_SVG, border=2, xmldecl=False)
    return out.getvalue().decode()


def logo(path: Path | None) -> dict[str, object] | None:
    """Format and bytes of the office's picture. Raises InputError if it is none that can be printed."""
    if path is None:
        return None
    kind = _KINDS.get(path.suffix.lower())
    if kind is None:
        raise InputError(f"{path}: dieses Bildformat wird nicht gedruckt", "SVG, PNG oder JPEG verwenden")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: nicht lesbar ({error.strerror})", "Pfad prüfen") from error
    wrong = kind in _BEGINNINGS and not content.startswith(_BEGINNINGS[kind])
    if wrong or (kind == _SVG and b"<svg" not in content) or not 0 < len(content) <= _MOST_BYTES:
        raise InputError(f"{path}: kein lesbares Bild dieser Art", "Bild neu speichern, höchstens 5 MB")
    return {"format": kind, "bytes": list(content)}
