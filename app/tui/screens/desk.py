"""The desk itself: shows the conversation, takes what the loop tells and what is typed."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from app.tui import answers, commands, state, wording
from app.tui.messages import AnswerKey, BuildFailed, Heard, Loading, NearKey, QuickKey, Ready, TypedOn
from app.tui.screens.keys import DeskKeys
from app.tui.state import Conversation
from app.tui.widgets.bars import AnswerBar, KeyBar, NoticeBar, QuickBar
from app.tui.widgets.decision import DecisionBar
from app.tui.widgets.entry import MAX_CHARACTERS, Entry
from app.tui.widgets.terms import TermPanel, explanation
from app.tui.widgets.tiles import ActivityTile, SpeakerTile, Top
from app.tui.widgets.turns import History, NewestTurn

TICKS_PER_SECOND = 12


class DeskScreen(DeskKeys):
    """Everything staff need during a conversation."""

    BINDINGS: ClassVar[list[BindingType]] = [*commands.DESK_BINDINGS]
    AUTO_FOCUS = "#say"

    def compose(self) -> ComposeResult:
        yield Top()
        with Horizontal(id="middle"):
            with Vertical(id="talk"):
                yield History()
                yield NewestTurn()
            yield TermPanel()
        yield NoticeBar()
        yield QuickBar()
        yield AnswerBar()
        yield Entry()
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(ActivityTile).progress = "einen Augenblick"
        self.watch_patient_language()
        self.watch_hands_free()
        self.watch_confirm_first()
        self.watch_explains()
        self._fetching = False
        self.set_interval(1 / TICKS_PER_SECOND, self._tick)
        self.set_interval(1, self._tell_fetching)

    def _tell_fetching(self) -> None:
        """Say once that a fetch has ended."""
        news = self.desk.models.news() if self.desk else None
        if self._fetching and news is not None and not news.running:
            self._notice("error" if news.failed else "info", news.text)
        self._fetching = news is not None and news.running

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
        self.query_one(NewestTurn).show(now.newest, now.decision, wording.teach_label(now))
        self._offer_answers(now)
        self._explain()
        self.query_one(NoticeBar).notice = now.shown_notice
        self._lead_focus(now)

    def _offer_answers(self, now: Conversation) -> None:
        """The patient's possible answers, by the answer type of the question."""
        found: tuple[answers.Answer, ...] = ()
        question = now.question
        if question is not None and question.translation is not None and self.desk is not None:
            phrase = self.desk.phrasebooks.phrases.get(question.translation.phrase or "")
            found = answers.ANSWERS.get(phrase.answer, ()) if phrase else ()
        self.query_one(AnswerBar).answers = found
        self.query_one(Entry).line.answer_keys = frozenset(answer.key for answer in found)

    def watch_explains(self) -> None:
        if self.children:
            self.query_one(TermPanel).display = self.explains
            self._explain()

    def _explain(self) -> None:
        if self.explains:
            newest = self.conversation.newest
            glossary = self.desk.glossary if self.desk else None
            text = explanation(glossary, newest.german if newest else "", self.patient_language)
            self.query_one(TermPanel).explained = text

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

    # --- typing ----------------------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        self.query_one(QuickBar).asleep = self.query_one(AnswerBar).asleep = bool(event.value)

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

    def on_typed_on(self, message: TypedOn) -> None:
        line = self.query_one(Entry).line
        line.focus()
        line.insert_text_at_cursor(message.character)

    def on_answer_key(self, message: AnswerKey) -> None:
        bar = self.query_one(AnswerBar)
        chosen = next((answer for answer in bar.answers if answer.key == message.key), None)
        if chosen is not None:
            self.choose_answer(chosen)

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
