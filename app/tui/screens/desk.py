"""The desk itself: shows the conversation and turns keys into calls of the live loop."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets import Input

from app.core.errors import SprachpultError
from app.core.settings import Settings
from app.core.types import Speaker
from app.tui import commands, state, themes
from app.tui.desk import Desk, Interpreter
from app.tui.messages import BuildFailed, Heard, Loading, NearKey, QuickKey, Ready
from app.tui.screens.help import HelpDialog
from app.tui.screens.human import HumanDialog
from app.tui.screens.languages import LanguageDialog
from app.tui.screens.phrases import Chosen, PhraseDialog
from app.tui.screens.question import Question
from app.tui.state import Conversation, Notice
from app.tui.widgets.bars import KeyBar, NoticeBar, QuickBar
from app.tui.widgets.decision import DecisionBar
from app.tui.widgets.entry import MAX_CHARACTERS, Entry
from app.tui.widgets.tiles import ActivityTile, SpeakerTile, Top
from app.tui.widgets.turns import History, NewestTurn

TICKS_PER_SECOND = 12


class DeskScreen(Screen[None]):
    """Everything staff need during a conversation."""

    BINDINGS: ClassVar[list[BindingType]] = [*commands.DESK_BINDINGS]
    AUTO_FOCUS = "#say"

    conversation: reactive[Conversation] = reactive(Conversation())
    hands_free: reactive[bool] = reactive(False)
    confirm_first: reactive[bool] = reactive(False)
    patient_language: reactive[str] = reactive("")

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.desk: Desk | None = None
        self.set_reactive(DeskScreen.patient_language, settings.patient_language)
        self.set_reactive(DeskScreen.hands_free, settings.hands_free)
        self.set_reactive(DeskScreen.confirm_first, settings.confirm_first)

    def compose(self) -> ComposeResult:
        yield Top()
        yield History()
        yield NewestTurn()
        yield NoticeBar()
        yield QuickBar()
        yield Entry()
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(ActivityTile).progress = "einen Augenblick"
        self.watch_patient_language()
        self.watch_hands_free()
        self.watch_confirm_first()
        self.set_interval(1 / TICKS_PER_SECOND, self._tick)

    def _tick(self) -> None:
        self.query_one(Top).tick(self.desk.interpreter.level if self.desk else 0.0)

    # --- what the loop tells ---------------------------------------------------------------------

    def on_heard(self, message: Heard) -> None:
        self.conversation = state.fold(self.conversation, message.event)

    def on_loading(self, message: Loading) -> None:
        self.query_one(ActivityTile).progress = f"{message.part} {message.share:.0%}"

    def on_ready(self, message: Ready) -> None:
        self.desk = message.desk
        self.query_one(ActivityTile).progress = ""
        self.conversation = state.with_audio(self.conversation, message.desk.audio_state)
        for setting in ("patient_language", "hands_free", "confirm_first"):
            self._apply(setting)

    def on_build_failed(self, message: BuildFailed) -> None:
        self.query_one(ActivityTile).progress = "nicht möglich"
        self._notice("error", message.error.message, message.error.hint)

    # --- what is shown ---------------------------------------------------------------------------

    def watch_conversation(self, now: Conversation) -> None:
        if not self.children:
            return
        self.query_one(Top).show(now.status, now.since)
        self.query_one(History).show(now.lines[:-1])
        self.query_one(NewestTurn).show(now.newest, now.decision)
        self.query_one(NoticeBar).notice = now.shown_notice
        self._lead_focus(now)

    def watch_hands_free(self) -> None:
        if self.children:
            self.query_one(KeyBar).hands_free = self.query_one(ActivityTile).hands_free = self.hands_free
            self._apply("hands_free")

    def watch_confirm_first(self) -> None:
        if self.children:
            self.query_one(KeyBar).confirm_first = self.confirm_first
            self._apply("confirm_first")

    def watch_patient_language(self) -> None:
        if self.children:
            self.query_one("#tile-patient", SpeakerTile).language = self.patient_language
            self._apply("patient_language")

    def _apply(self, setting: str) -> None:
        """Hand a switch of the desk to the loop."""
        if self.desk is not None:
            with self._refusals():
                setattr(self._live, setting, getattr(self, setting))

    def _lead_focus(self, now: Conversation) -> None:
        """To the decision while one is open and nobody is typing, else back to the typing line."""
        entry, bar = self.query_one(Entry), self.query_one(DecisionBar)
        if now.decision is None and bar.has_focus:
            entry.line.focus()
        elif now.decision is not None and not entry.line.value and not bar.has_focus:
            self.call_after_refresh(bar.focus)

    def _notice(self, kind: str, text: str, hint: str = "") -> None:
        self.conversation = state.noticed(self.conversation, Notice(kind, text, hint))

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        """What the live loop refuses is shown as one line."""
        try:
            yield
        except SprachpultError as error:
            self._notice("error", error.message, error.hint)

    @property
    def _live(self) -> Interpreter:
        """The live loop. Raises SprachpultError while it is being built."""
        return self._built().interpreter

    def _built(self) -> Desk:
        if self.desk is None:
            raise SprachpultError(
                "Das Pult lädt noch seine Modelle", "gleich noch einmal; Getipptes bleibt stehen"
            )
        return self.desk

    # --- typing ----------------------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        self.query_one(QuickBar).asleep = bool(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        text = event.value.strip()
        entry = self.query_one(Entry)
        if not text:
            return
        if len(text) > MAX_CHARACTERS:
            self._notice(
                "error", f"Zu lang: {len(text)} Zeichen", f"höchstens {MAX_CHARACTERS}; in Sätze teilen"
            )
            return
        with self._refusals():
            if entry.editing is not None:
                self._live.correct(entry.editing.turn, text)
            else:
                self._live.say_text(entry.typist, text)
            entry.editing = None
            entry.line.value = ""

    def on_quick_key(self, message: QuickKey) -> None:
        phrase = next(phrase for key, _, phrase in commands.QUICK_REPLIES if key == message.key)
        self.say_phrase(phrase, {})

    def on_near_key(self, message: NearKey) -> None:
        decision = self.conversation.decision
        if decision is None:
            return
        with self._refusals():
            chosen = decision.near[message.index].phrase
            self._live.dismiss(decision.line.turn)
            self._choose(chosen)

    def _choose(self, phrase: str) -> None:
        """Say a phrase, or let its slots be filled first."""
        if self._built().phrasebooks.phrases[phrase].slots:
            self.action_phrases(phrase)
        else:
            self.say_phrase(phrase, {})

    def say_phrase(self, phrase: str, slots: dict[str, str]) -> None:
        with self._refusals():
            translation = self._built().router.say(phrase, slots, self.patient_language)
            self._live.say_translation(Speaker.STAFF, translation)

    # --- keys ------------------------------------------------------------------------------------

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

    # --- dialogs ---------------------------------------------------------------------------------

    def action_phrases(self, phrase: str | None = None, search: str = "") -> None:
        with self._refusals():
            dialog = PhraseDialog(self._built(), self.patient_language, phrase, search)
            self.app.push_screen(dialog, self._phrase_chosen)

    def _phrase_chosen(self, chosen: Chosen | None) -> None:
        if chosen is None:
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

    def action_human(self) -> None:
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
