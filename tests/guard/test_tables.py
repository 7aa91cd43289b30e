"""The language tables are data for people to edit: mistakes in them are found here."""

from collections import defaultdict
from importlib.resources import files

import pytest

from app.core.languages import languages
from app.guard.facts import extract
from app.guard.rules import rules, table

LANGUAGES = [
    name for file in (files("app.guard") / "data").iterdir()
    if (name := file.name.removesuffix(".toml")) in languages()
]


def test_the_promised_languages_have_rules() -> None:
    assert {"de", "tr", "ar", "uk", "ru", "fa", "ro", "bg", "pl", "en", "fr"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_form_stands_for_two_concepts_of_a_kind(language: str) -> None:
    seen: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for kind, concepts in table(language).items():
        if kind not in ("options", "pattern"):
            for concept, forms in concepts.items():
                for form in forms.split():
                    seen[kind, form].add(concept)
    assert not {key: found for key, found in seen.items() if len(found) > 1}


@pytest.mark.parametrize("language", LANGUAGES)
def test_concepts_are_those_people_can_read(language: str) -> None:
    labels = table("labels")
    for kind in ("side", "order", "daypart", "period", "form", "weekday", "relday", "body", "modality"):
        for concept in table(language).get(kind, {}):
            if concept != "-":
                assert set(concept.removesuffix("?").split("|")) <= set(labels[kind]), (kind, concept)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_is_found_in_running_text(language: str) -> None:
    known = rules(language)
    assert known is not None
    for kind in ("side", "daypart", "weekday", "month", "relday"):
        for concept, forms in table(language).get(kind, {}).items():
            for form in forms.split():
                if not {"*", "~", "#", "?"} & set(form + concept) and concept != "-":
                    found = extract(form.replace("_", " "), known).of(kind)
                    assert found, (kind, form)


def test_a_language_without_table_has_no_rules() -> None:
    assert rules("so") is None
    assert rules("../../etc") is None
    assert rules("labels") is None
