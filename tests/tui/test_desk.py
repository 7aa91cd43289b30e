"""Real keys on a real screen; the live loop behind it records what it is asked."""

import threading
from collections.abc import Callable

import pytest
from textual.widgets import Input

from app.core.errors import SprachpultError
from app.core.events import Activity, AudioState, Emit, Status, TurnEnded
from app.core.settings import Settings
from app.core.types import Finding, Level, NearPhrase, Origin, Speaker, Turn
from app.tui import Desk, DeskApp
from tests.tui.conftest import WAITING, OpenDesk, checked

SIZES = [(80, 24), (120, 40), (200, 60)]


@pytest.mark.parametrize(("key", "call"), [("f4", ("repeat", False)), ("f5", ("repeat", True))])
async def test_key_asks_the_loop(open_desk: OpenDesk, key: str, call: tuple[object, ...]) -> None:
    async with open_desk() as desk:
        await desk.pilot.press(key)
        assert call in desk.loop.calls


async def test_talk_key_opens_and_closes_the_microphone(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.pilot.press("f3")
        await desk.shows("hört zu")
        await desk.pilot.press("f3")
        assert desk.loop.calls == [("listen", Speaker.PATIENT), ("stop_listening",)]


async def test_escape_silences_at_once(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.pilot.press("escape")
        assert desk.loop.calls == [("stop_speaking",), ("stop_listening",)]


async def test_typed_sentence_is_handed_over_and_the_line_is_empty_again(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.pilot.press(*"Fieber", "enter")
        assert desk.loop.calls[-1] == ("say_text", Speaker.STAFF, "Fieber")
        assert desk.screen.query_one("#say", Input).value == ""


async def test_patients_words_can_be_typed_too(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.pilot.press("ctrl+t", *"evet", "enter")
        assert desk.loop.calls[-1] == ("say_text", Speaker.PATIENT, "evet")


async def test_digit_speaks_a_quick_reply_in_the_patients_language(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.pilot.press("2")
        name, speaker, translation = desk.loop.calls[-1]
        assert (name, speaker) == ("say_translation", Speaker.STAFF)
        assert translation.text == "Hayır."  # type: ignore[attr-defined]


async def test_switches_reach_the_loop(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.pilot.press("f7", "f8")
        assert (desk.loop.hands_free, desk.loop.confirm_first) == (True, True)


@pytest.mark.parametrize("size", SIZES)
async def test_conversation_is_readable_at_every_size(open_desk: OpenDesk, size: tuple[int, int]) -> None:
    async with open_desk(size=size) as desk:
        await desk.send(
            checked("Haben Sie Fieber?", "Ateşiniz var mı?", number=1),
            TurnEnded(Turn(1), "spoken"),
            checked("Evet.", "Ja.", number=2, speaker=Speaker.PATIENT),
        )
        for shown in (
            "Ateşiniz var mı?",
            "Ja.",
            "◐ Entwurf",
            "▸ gesprochen",
            "F12",
            "F1",
            "Türkçe",
            "Personal ›",
        ):
            await desk.shows(shown)


async def test_amber_asks_and_s_speaks(open_desk: OpenDesk) -> None:
    finding = Finding("number", "Zahl 3 fehlt in der Übersetzung", Level.AMBER)
    async with open_desk() as desk:
        await desk.send(
            checked("Drei Tage.", "Birkaç gün.", origin=Origin.MACHINE, findings=(finding,)), WAITING
        )
        await desk.shows("▲ Zahl 3 fehlt in der Übersetzung")
        await desk.shows("sprechen")
        bar = desk.screen.query_one("#decision")
        bar.arming_seconds = 0.0  # type: ignore[attr-defined]
        await desk.pilot.pause()
        await desk.pilot.press("s")
        assert desk.loop.calls[-1] == ("confirm", Turn(1))


async def test_red_offers_no_speaking_but_near_phrases(open_desk: OpenDesk) -> None:
    finding = Finding("negation", "„nicht“ fehlt in der Übersetzung", Level.RED)
    near = (NearPhrase("tb/nicht-abbrechen", "Brechen Sie die Behandlung nicht ab.", 0.8),)
    async with open_desk() as desk:
        await desk.send(checked("Nicht aufhören.", "Durun.", findings=(finding,), near=near), WAITING)
        bar = desk.screen.query_one("#decision")
        bar.arming_seconds = 0.0  # type: ignore[attr-defined]
        await desk.pilot.press("s")
        assert ("confirm", Turn(1)) not in desk.loop.calls
        await desk.pilot.press("1")
        assert desk.loop.calls[-2] == ("dismiss", Turn(1))
        assert desk.loop.calls[-1][0] == "say_translation"


async def test_recognised_text_is_corrected(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.send(checked("Haben Sie Feber?", "…"))
        await desk.pilot.press("ctrl+b")
        line = desk.screen.query_one("#say", Input)
        assert line.value == "Haben Sie Feber?"
        line.value = "Haben Sie Fieber?"
        await desk.pilot.press("enter")
        assert desk.loop.calls[-1] == ("correct", Turn(1), "Haben Sie Fieber?")


async def test_taking_back_is_shown(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.send(checked("Haben Sie Fieber?", "Ateşiniz var mı?"))
        desk.loop.last_turn = Turn(1, 1)
        await desk.pilot.press("ctrl+z")
        await desk.shows("zurückgenommen")


async def test_right_to_left_text_is_isolated_and_right_aligned(open_desk: OpenDesk) -> None:
    async with open_desk(Settings(patient_language="ar")) as desk:
        await desk.send(checked("Haben Sie Fieber?", "هل لديك حمى؟", language="ar"))
        row = next(line for line in desk.picture.splitlines() if "حمى" in line)
        assert "\u2068هل لديك حمى؟\u2069" in row
        assert row.index("هل") > len(row) // 2


async def test_language_chooser_shows_own_names_and_sets_the_language(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.pilot.press("f9")
        await desk.shows("Українська")
        await desk.pilot.press(*"ukr", "enter")
        await desk.pilot.pause()
        assert desk.loop.patient_language == "uk"


async def test_phrase_browser_finds_and_speaks(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.pilot.press("f6", *"schwanger")
        await desk.pilot.pause()
        await desk.shows("Sind Sie schwanger?")
        await desk.pilot.press("enter")
        await desk.pilot.pause()
        calls = [call for call in desk.loop.calls if call[0] == "say_translation"]
        assert calls


async def test_fetching_a_human_tells_the_patient(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.pilot.press("f12")
        await desk.pilot.pause()
        assert desk.loop.calls[-1][0] == "say_translation"
        assert desk.loop.calls[-1][2].phrase == "empfang/mensch-ihre-sprache"  # type: ignore[attr-defined]


@pytest.mark.parametrize("key", ["f1", "ctrl+p"])
async def test_help_and_palette_name_the_keys(open_desk: OpenDesk, key: str) -> None:
    async with open_desk(size=(120, 50)) as desk:
        await desk.pilot.press(key)
        await desk.pilot.pause(0.2)
        await desk.shows("F2")


async def test_theme_changes(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        before = desk.app.theme
        await desk.pilot.press("ctrl+l")
        assert desk.app.theme != before


async def test_missing_sound_is_said_with_the_way_out(open_desk: OpenDesk) -> None:
    missing = AudioState("sound", ok=False, message="PortAudio fehlt", hint="apt install libportaudio2")
    async with open_desk(audio=missing) as desk:
        await desk.shows("PortAudio fehlt → apt install libportaudio2")
        await desk.pilot.press(*"Ja", "enter")
        assert desk.loop.calls[-1][0] == "say_text"


async def test_refusal_of_the_loop_is_one_line(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        desk.loop.refusal = SprachpultError("Kein Modell", "holen")
        await desk.pilot.press("f2")
        await desk.shows("✖ Kein Modell → holen")


async def test_new_consultation_forgets_after_a_question(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.send(checked("Haben Sie Fieber?", "Ateşiniz var mı?"), TurnEnded(Turn(1), "spoken"))
        await desk.pilot.press("ctrl+n")
        await desk.pilot.press("enter")
        await desk.pilot.pause()
        assert desk.loop.calls[-1] == ("forget",)
        assert "Ateşiniz" not in desk.picture


async def test_activity_is_shown_in_words(open_desk: OpenDesk) -> None:
    words = {
        Activity.RECOGNISING: "erkennt", Activity.TRANSLATING: "übersetzt", Activity.CHECKING: "prüft",
        Activity.SPEAKING: "spricht", Activity.WAITING: "wartet auf Sie",
    }  # fmt: skip
    async with open_desk() as desk:
        for activity, word in words.items():
            await desk.send(Status(activity, Speaker.STAFF))
            await desk.shows(word)


async def test_typing_while_models_load_says_so() -> None:
    release = threading.Event()

    def build(emit: Emit, progress: Callable[[str, float], None]) -> Desk:
        progress("Erkennung", 0.25)
        release.wait(30)
        raise SprachpultError("Phrasen nicht lesbar", "Datei berichtigen")

    app = DeskApp(build)
    async with app.run_test(size=(100, 34)) as pilot:
        await pilot.press(*"Ja", "enter")
        screen = app.screen
        assert screen.query_one("#say", Input).value == "Ja"
        assert "lädt noch" in str(screen.conversation.shown_notice)  # type: ignore[attr-defined]
        release.set()
        while "Phrasen nicht lesbar" not in str(screen.conversation.shown_notice):  # type: ignore[attr-defined]
            await pilot.pause()


async def test_closing_the_desk_closes_the_loop(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        loop = desk.loop
        await desk.pilot.press("ctrl+q")
    assert loop.closed.is_set()
