"""`sprachpult languages`: what each language can do, and what is installed for it."""

from typing import Any

from app.cli.output import Json, json_line


def languages(json: Json = False) -> None:
    """Zeigt alle Sprachen und was auf diesem Rechner für sie da ist."""
    from app.cli.compose import engines
    from app.core.languages import languages as table

    registry = engines()
    rows = [_row(entry, registry.serves(entry.code)) for entry in table().values()]
    if json:
        for row in rows:
            json_line(row)
        return
    print(f"{'':5}{'':28}{'hören':7}{'übersetzen':12}{'sprechen':10}drucken")
    for row in rows:
        marks = "".join(
            f"{'✔' if row[key] else '–':{width}}"
            for key, width in (("listen", 7), ("translate", 12), ("speak", 10), ("print", 7))
        )
        print(f"{row['code']:5}{row['name']:28}{marks}  {row['note']}".rstrip())


def _row(entry: Any, support: Any) -> dict[str, Any]:
    from babel import Locale

    plurals = (
        sorted({*Locale.parse(entry.cldr).plural_form.tags, "other"}) if entry.code != "rom" else ["other"]
    )
    return {
        "code": entry.code,
        "name": entry.name,
        "autonym": entry.autonym,
        "script": entry.script,
        "direction": entry.direction,
        "plurals": plurals,
        "digits": entry.digits,
        "tier": entry.tier,
        "listen": support.listen,
        "translate": support.translate_to,
        "translate_back": support.translate_from,
        "speak": support.speak,
        "print": True,
        "font": entry.font,
        "note": entry.note,
    }
