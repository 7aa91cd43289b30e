"""Care of the words from the desk: explain, change and note them down. What is saved here is a draft."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, cast

from app.core.types import Speaker
from app.tui.desk import Desk
from app.tui.screens.base import DeskBase

if TYPE_CHECKING:
    from app.tui.screens.drafts import Edited, Noted


class WordCare(DeskBase):
    """Keys for terms and phrases."""

    def action_terms(self) -> None:
        self.explains = not self.explains

    def action_note(self) -> None:
        """Keep the newest sentence as a phrase."""
        from app.tui.screens.drafts import NoteDialog

        line = self.conversation.newest
        if line is None or not line.german:
            self._notice("info", "Es gibt noch keinen Satz zum Merken")
            return
        with self._refusals():
            topics = self._built().phrasebooks.topics
            dialog = NoteDialog(topics, line.german, line.foreign, self.patient_language)
            self._note_speaker = line.speaker
            self.app.push_screen(dialog, self._noted)

    def _noted(self, noted: "Noted | None") -> None:
        if noted is None:
            return
        from app.content import editing

        translations = {self.patient_language: noted.foreign} if noted.foreign else {}
        patient = self._note_speaker is Speaker.PATIENT
        add = partial(
            editing.add_phrase,
            self._built().phrasebooks.root,
            noted.topic,
            noted.german,
            speaker="patient" if patient else "staff",
            kind="answer" if patient else "information",
            translations=translations,
        )
        self._save(add, "Gemerkt als Entwurf")

    def edit_phrase(self, phrase_id: str) -> None:
        """Change the wording of a phrase in the patient's language."""
        from app.content import editing
        from app.tui.screens.drafts import EditDialog

        with self._refusals():
            books = self._built().phrasebooks
            phrase = books.phrases[phrase_id]
            texts, _ = editing.written(books.root, phrase, self.patient_language)
            self.app.push_screen(EditDialog(phrase, self.patient_language, texts), self._edited)

    def _edited(self, edited: "Edited | None") -> None:
        if edited is None:
            return
        from app.content import editing

        text = edited.texts if len(edited.texts) > 1 else edited.texts["other"]
        root = self._built().phrasebooks.root
        change = partial(editing.set_translation, root, edited.phrase, self.patient_language, text)
        self._save(change, "Gespeichert als Entwurf")

    def _save(self, change: Callable[[], object], done: str) -> None:
        """Write in a thread, then read all content anew."""
        language, read_anew = self.patient_language, self._built().read_anew

        def job() -> Desk:
            change()
            return read_anew(language)

        self._notice("info", "speichert …")
        self._beside(job, lambda desk: self._renewed(cast(Desk, desk), done))

    def _renewed(self, desk: Desk, done: str) -> None:
        self.desk = desk
        self._notice("info", done, "freigeben: sprachpult phrases approve")
