"""All concepts of a folder: German is read at once, terms of a language when it is first asked for."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock

from app.content.glossary_reading import DOMAIN_KEYS, read_concept, read_domain, read_term
from app.content.glossary_types import Avoid, Concept, Domain, TermHit, TermTranslation
from app.content.inflection import inflection, related
from app.content.phrasebooks import Problem, languages_of
from app.content.search import search_in
from app.content.terms import Found, TermIndex
from app.content.toml_file import TomlFile, nearest
from app.content.types import Phrase
from app.core.errors import ContentError
from app.core.languages import STAFF_LANGUAGE
from app.core.paths import glossary_root

SOURCE_FILE = "concepts.toml"


@dataclass(frozen=True, slots=True)
class _Terms:
    """What is known of one language: usable terms by concept id, and what is wrong."""

    translations: Mapping[str, TermTranslation]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Glossary:
    """Domains by slug and concepts by id, in the order of the files; stop-lists among them."""

    root: Path
    domains: Mapping[str, Domain]
    concepts: Mapping[str, Concept]
    languages: tuple[str, ...]
    """Codes of the languages that have at least one file, German first."""
    _terms: dict[str, _Terms] = field(default_factory=dict, repr=False, compare=False)
    _indexes: dict[str, TermIndex[tuple[Concept, bool]]] = field(
        default_factory=dict, repr=False, compare=False
    )
    _avoided: dict[str, TermIndex[tuple[Concept, Avoid]]] = field(
        default_factory=dict, repr=False, compare=False
    )
    _lock: Lock = field(default_factory=Lock, repr=False, compare=False)

    @property
    def terms(self) -> tuple[Concept, ...]:
        """Concepts that are terms to translate and explain: all but those of stop-lists."""
        return tuple(c for c in self.concepts.values() if not self.domains[c.domain].fetch_human)

    @property
    def stop_list(self) -> tuple[Concept, ...]:
        """Topics that call for a human interpreter."""
        return tuple(c for c in self.concepts.values() if self.domains[c.domain].fetch_human)

    def translation(self, concept: str, language: str) -> TermTranslation | None:
        return self._of(language).translations.get(concept)

    def problems(self, chosen: Iterable[str] | None = None) -> tuple[Problem, ...]:
        """Broken, stale and missing terms of the given languages (all that have a file)."""
        codes = [code for code in self.languages if code != STAFF_LANGUAGE] if chosen is None else chosen
        return tuple(problem for code in codes for problem in self._of(code).problems)

    def forms(self, concept: Concept, language: str) -> tuple[str, ...]:
        """Every written form of a concept in a language, the preferred one first; none if there is none."""
        if language == STAFF_LANGUAGE:
            return concept.forms
        found = concept.translation(language)
        return () if found is None else found.accepted

    def terms_in(self, text: str, language: str) -> tuple[TermHit, ...]:
        """Terms in a text from left to right, the longest wins; inflected forms count.

        German compounds whose head is a term come as hits with `part`. Words of stop-lists are no terms.
        """
        return tuple(_hit(found, text) for found in self._index(language).find(text))

    def expected(self, text: str, source: str, target: str) -> tuple[TermHit, ...]:
        """The first hit of every concept of a text whose word a translation should hold.

        Heads of compounds are left out, and so are variants in other languages than German: often verbs and
        words of wider meaning, listed to be accepted in a translation, not to demand the German noun.
        """
        found: dict[str, TermHit] = {}
        for hit in self.terms_in(text, source):
            sure = not hit.part and (hit.preferred or source == STAFF_LANGUAGE)
            if sure and self.forms(hit.concept, target):
                found.setdefault(hit.concept.id, hit)
        return tuple(found.values())

    def accepted_in(self, concept: Concept, text: str, language: str) -> tuple[TermHit, ...]:
        """Everywhere that an accepted form of this one concept stands, also inside longer terms."""
        every = self._index(language).all(text)
        return tuple(_hit(found, text) for found in every if found.item[0].id == concept.id)

    def rendered(self, concept: Concept, text: str, language: str) -> bool:
        """Does a text hold the concept: an accepted form, or a word formed from one (öksürük – öksürüyor)?"""
        if self.accepted_in(concept, text, language):
            return True
        rules = inflection(language)
        words = [word.word for word in rules.words(text)]
        forms = [rules.words(form) for form in self.forms(concept, language)]
        return any(related(word, form[0].word) for form in forms if len(form) == 1 for word in words)

    def avoided_in(
        self, concept: Concept, text: str, language: str, beside: Iterable[Concept] = ()
    ) -> tuple[tuple[Avoid, int, int], ...]:
        """Words that must not stand for the concept, and where.

        Inside accepted words they are right; so they are inside those of the concepts `beside` it in the same
        source („Erkältung oder Grippe?“).
        """
        others = [other for other in beside if other.id != concept.id]
        right = [hit for own in (concept, *others) for hit in self.accepted_in(own, text, language)]
        return tuple(
            (found.item[1], found.start, found.end)
            for found in self._avoid_index(language).all(text)
            if found.item[0].id == concept.id
            and not any(hit.start <= found.start and found.end <= hit.end for hit in right)
        )

    def search(self, text: str, language: str = STAFF_LANGUAGE) -> list[Concept]:
        """Concepts with the words (or beginnings of words) of `text`, best first; all for an empty text.

        In German the definitions are searched too, after the terms themselves.
        """
        own = search_in(self.terms, text, lambda concept: " ".join(self.forms(concept, language)))
        if language != STAFF_LANGUAGE:
            return own
        explained = search_in(self.terms, text, lambda concept: f"{concept.definition} {concept.note}")
        return list({concept.id: concept for concept in (*own, *explained)}.values())

    def hotwords(
        self, language: str, topic: str | None, limit: int, phrases: Iterable[Phrase] = ()
    ) -> tuple[str, ...]:
        """At most `limit` terms for a recogniser to expect, the most frequent of the topic's phrases first.

        Without a topic all given phrases count; terms that no phrase holds are left out.
        """
        counts = Counter(
            hit.concept.id
            for phrase in phrases
            if topic is None or phrase.topic == topic
            for hit in self.terms_in(phrase.source, STAFF_LANGUAGE)
        )
        forms = (self.forms(self.concepts[name], language) for name, _ in counts.most_common())
        return tuple(dict.fromkeys(found[0] for found in forms if found))[:limit]

    def _index(self, language: str) -> TermIndex[tuple[Concept, bool]]:
        if language not in self._indexes:
            forms = ((concept, self.forms(concept, language)) for concept in self.terms)
            pairs = [((concept, form == own[0]), form) for concept, own in forms for form in own]
            self._indexes[language] = TermIndex(language, pairs)
        return self._indexes[language]

    def _avoid_index(self, language: str) -> TermIndex[tuple[Concept, Avoid]]:
        if language not in self._avoided:
            known = [(concept, concept.translation(language)) for concept in self.terms]
            words = [
                ((concept, avoid), avoid.term) for concept, term in known if term for avoid in term.avoid
            ]
            self._avoided[language] = TermIndex(language, words)
        return self._avoided[language]

    def _of(self, language: str) -> _Terms:
        with self._lock:
            if language not in self._terms:
                self._terms[language] = _read_terms(self, language)
            return self._terms[language]


def load_glossary(root: Path | None = None) -> Glossary:
    """Read the German side of every domain below `root` (the installed glossaries); none gives an empty one.

    Raises ContentError for a German file that is wrong and for a file named after no known language. What is
    wrong with a term in another language only makes that term unusable and is listed by `Glossary.problems`.
    """
    glossary, errors = examine_glossary(root, patient=False)
    if errors:
        raise errors[0]
    return glossary


def examine_glossary(
    root: Path | None = None, *, patient: bool = True
) -> tuple[Glossary, list[ContentError]]:
    """What can be read, and all that is wrong on the German side; only the first of it if not `patient`."""
    root = glossary_root() if root is None else root
    folders = sorted(path.parent for path in root.glob(f"*/{SOURCE_FILE}"))
    domains: dict[str, Domain] = {}
    concepts: dict[str, Concept] = {}
    codes, errors = languages_of(folders, SOURCE_FILE)
    glossary = Glossary(root, domains, concepts, codes)
    for folder in folders:
        if errors and not patient:
            break
        errors += _read_domain(glossary, folder, domains, concepts)
    return glossary, errors


def _read_domain(
    glossary: Glossary, folder: Path, domains: dict[str, Domain], concepts: dict[str, Concept]
) -> list[ContentError]:
    try:
        file = TomlFile(folder / SOURCE_FILE)
        domains[folder.name] = read_domain(file, folder.name)
    except ContentError as error:
        return [error]
    errors = []
    for slug in file.table:
        if slug not in DOMAIN_KEYS:
            try:
                concept = read_concept(file, folder.name, slug, glossary.translation)
            except ContentError as error:
                errors.append(error)
                continue
            concepts[concept.id] = concept
    return errors


def _hit(found: Found[tuple[Concept, bool]], text: str) -> TermHit:
    concept, preferred = found.item
    return TermHit(concept, found.start, found.end, text[found.start : found.end], found.part, preferred)


def _read_terms(glossary: Glossary, language: str) -> _Terms:
    translations: dict[str, TermTranslation] = {}
    problems: list[Problem] = []
    for domain in glossary.domains:
        path = glossary.root / domain / f"{language}.toml"
        if not path.is_file():
            continue
        try:
            file = TomlFile(path)
        except ContentError as error:
            problems.append(Problem("broken", domain, language, error))
            continue
        own = {c.id.split("/", 1)[1]: c for c in glossary.concepts.values() if c.domain == domain}
        for slug in file.table:
            found = _read_entry(own, language, file, slug)
            if isinstance(found, TermTranslation):
                translations[own[slug].id] = found
            else:
                problems.append(replace(found, phrase=f"{domain}/{slug}"))
        for slug in (slug for slug in own if slug not in file.table):
            missing = file.error(f"[{slug}] fehlt", "Übersetzung ergänzen")
            problems.append(Problem("missing", f"{domain}/{slug}", language, missing))
    return _Terms(translations, tuple(problems))


def _read_entry(
    own: Mapping[str, Concept], language: str, file: TomlFile, slug: str
) -> TermTranslation | Problem:
    try:
        if slug not in own:
            raise file.error(f"[{slug}] hat keinen deutschen Begriff", nearest(slug, list(own)), slug)
        found = read_term(file, language, slug)
    except ContentError as error:
        return Problem("broken", slug, language, error)
    wanted = own[slug].source_hash
    if found.source_hash == wanted:
        return found
    outdated = file.error(
        f"[{slug}] gehört zu einem früheren deutschen Begriff ({found.source_hash or 'ohne Prüfsumme'})",
        f"anpassen: sprachpult glossary edit {own[slug].id} --language {language} "
        f'(danach source_hash = "{wanted}")',
        slug,
        "source_hash",
    )
    return Problem("stale", slug, language, outdated)
