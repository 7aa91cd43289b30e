"""What the keys of the desk do: talk, decide, repeat, fetch a human, open dialogs.

Dialogs that need much beside the screen are loaded when they are opened, so that the desk is there at once.
"""

import time
from typing import TYPE_CHECKING, cast

from app.core.types import Speaker, Translation
from app.tui import answers, commands, picture, state, themes
from app.tui.screens.care import WordCare
from app.tui.screens.help import HelpDialog
from app.tui.screens.languages import LanguageDialog
from app.tui.screens.models import ModelDialog
from app.tui.screens.phrases import Chosen, PhraseDialog
from app.tui.screens.question import Question
from app.tui.widgets.entry import Entry

if TYPE_CHECKING:
    from app.desk.human_stop import Reason
    from app.tui.screens.handout import Wish


class DeskKeys(WordCare):
    """Actions named in `app.tui.commands`."""

    def action_talk(self, who: str) -> None:
        speaker = Speaker(who)
        with self._refusals():
            if self.conversation.open_speaker is speaker:
                self._live.stop_listening()
            else:
                self._live.listen(speaker)
                self.conversation = state.opened(self.conversation, speaker, time.monotonic())

    def action_repeat(self, slow: bool = False) -> None:
        with self._refusals():
            self._live.repeat(slow)

    def action_stop(self) -> None:
        self.query_one(Entry).editing = None
        self.conversation = state.noticed(self.conversation, None)
        if self.desk is not None:
            with self._refusals():
                self._live.stop_speaking()
                self._live.stop_listening()

    def action_hands_free(self) -> None:
        self.hands_free = not self.hands_free

    def action_confirm_first(self) -> None:
        self.confirm_first = not self.confirm_first

    def action_typist(self) -> None:
        entry = self.query_one(Entry)
        entry.typist = entry.typist.other

    def action_take_back(self) -> None:
        with self._refusals():
            turn = self._live.take_back()
            if turn is None:
                self._notice("info", "Es gibt nichts zurückzunehmen")
            else:
                self.conversation = state.taken_back(self.conversation, turn)

    def action_theme(self) -> None:
        self.app.theme = themes.other(self.app.theme)

    # --- deciding --------------------------------------------------------------------------------

    def action_speak(self) -> None:
        decision = self.conversation.decision
        if decision is not None and decision.may_speak:
            with self._refusals():
                self._live.confirm(decision.line.turn)

    def action_edit(self) -> None:
        """Bring the newest recognised text into the typing line."""
        if self.conversation.newest is None:
            self._notice("info", "Es gibt noch nichts zu berichtigen")
            return
        entry = self.query_one(Entry)
        entry.editing = self.conversation.newest
        entry.line.focus()

    def action_search(self) -> None:
        decision = self.conversation.decision
        self.action_phrases(search=decision.line.german if decision else "")

    def action_override(self) -> None:
        """Let a sentence on a topic for humans through, with a reason that is counted."""
        from app.tui.screens.reason import ReasonDialog

        decision = self.conversation.decision
        if decision is not None and decision.human is not None:
            turn = decision.line.turn

            def chosen(reason: "Reason | None") -> None:
                if reason is not None:
                    with self._refusals():
                        self._live.override(turn, reason)

            self.app.push_screen(ReasonDialog(decision.human.message), chosen)

    # --- answers and teach-back ------------------------------------------------------------------

    def choose_answer(self, answer: answers.Answer) -> None:
        """What the patient said or pointed at becomes their turn."""
        from app.tui.screens.answer import BodyDialog, ValueDialog

        with self._refusals():
            desk = self._built()
            if answer.phrase:
                self._answered(desk.router.answer(answer.phrase, {}, self.patient_language))
            elif answer.value == "body":
                self.app.push_screen(BodyDialog(desk.glossary, self.patient_language), self._answered)
            else:
                self.app.push_screen(ValueDialog(answer.value, self.patient_language), self._answered)

    def _answered(self, translation: Translation | None) -> None:
        if translation is not None:
            with self._refusals():
                self._live.say_translation(Speaker.PATIENT, translation)

    def action_teach_back(self) -> None:
        """Ask the patient to repeat, or say the instruction again if they repeated it differently."""
        now = self.conversation
        if now.teach is not None and now.teach.answer:
            line = now.teach.line
            self.conversation = state.asked_to_repeat(now, None)
            if line.translation is not None:
                with self._refusals():
                    self._live.say_translation(Speaker.STAFF, line.translation)
        elif now.to_repeat is not None:
            self.conversation = state.asked_to_repeat(now, now.to_repeat)
            self.say_phrase(commands.REPEAT_IN_OWN_WORDS, {})
        elif now.teach is None:
            hint = "weitere Rückfragen: F6, Thema Verstanden"
            self._notice("info", "Keine wichtige Anweisung zum Wiederholen", hint)

    def action_understood(self) -> None:
        if self.conversation.teach is None:
            self._notice("info", "Es läuft keine Rückfrage", "nach einer wichtigen Anweisung: ^R")
        self.conversation = state.understood(self.conversation)

    # --- dialogs ---------------------------------------------------------------------------------

    def action_phrases(self, phrase: str | None = None, search: str = "") -> None:
        with self._refusals():
            dialog = PhraseDialog(self._built(), self.patient_language, phrase, search)
            self.app.push_screen(dialog, self._phrase_chosen)

    def _phrase_chosen(self, chosen: Chosen | None) -> None:
        if chosen is None:
            return
        if chosen.edit:
            self.edit_phrase(chosen.phrase)
            return
        decision = self.conversation.decision
        if decision is not None:
            with self._refusals():
                self._live.dismiss(decision.line.turn)
        self.say_phrase(chosen.phrase, dict(chosen.slots))

    def action_languages(self) -> None:
        serves = self.desk.serves if self.desk else None
        self.app.push_screen(LanguageDialog(self.patient_language, serves), self._language_chosen)

    def _language_chosen(self, code: str | None) -> None:
        if code is not None:
            self.patient_language = code

    def action_handout(self) -> None:
        """Sheets, cards and boards; of this conversation too, on demand only."""
        from app.tui.screens.handout import HandoutDialog

        with self._refusals():
            said = [line.translation for line in self.conversation.lines if line.speaker is Speaker.STAFF]
            dialog = HandoutDialog(self._built().phrasebooks, self.patient_language, said)
            self.app.push_screen(dialog, self._ordered)

    def _ordered(self, wish: "Wish | None") -> None:
        if wish is not None:
            from app.tui.screens.handout import fulfil, preview

            how = picture.protocol() if wish.show else None
            if how is not None:
                books = self._built().phrasebooks
                self._beside(lambda: preview(books, wish), lambda found: self._look(found, how))
                return
            self._notice("info", "baut das Blatt …")
            books = self._built().phrasebooks
            self._beside(lambda: fulfil(books, wish), lambda told: self._notice("info", str(told)))

    def _look(self, found: object, how: picture.Protocol) -> None:
        """Show pages in the terminal itself, until Enter."""
        pages = cast("list[bytes]", found)
        with self.app.suspend():
            print("\x1b[2J\x1b[H", *picture.escapes(pages, how, self.app.size.height - 3), sep="", flush=True)
            input("Enter: zurück zum Pult ")

    def action_models(self) -> None:
        with self._refusals():
            self.app.push_screen(ModelDialog(self._built().models, self.patient_language))

    def action_human(self) -> None:
        from app.tui.screens.human import HumanDialog

        self.app.push_screen(HumanDialog(self.patient_language, self._tell_human))
        self._tell_human()

    def _tell_human(self) -> None:
        with self._refusals():
            self._live.stop_listening()
            self.say_phrase(commands.FETCH_HUMAN, {})

    def action_help(self) -> None:
        self.app.push_screen(HelpDialog())

    def action_clear(self) -> None:
        if self.conversation.lines:
            question = Question("Neues Gespräch?", "Alles auf dem Bildschirm wird gelöscht.", "löschen")
            self.app.push_screen(question, self._clear)

    def _clear(self, agreed: bool | None) -> None:
        if agreed:
            with self._refusals():
                self._live.forget()
            self.conversation = state.cleared(self.conversation)
