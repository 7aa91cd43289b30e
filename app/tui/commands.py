"""Every key of the desk, once: key bar, help and command palette are made from these bindings."""

from textual.binding import Binding


def _key(key: str, action: str, label: str, name: str, tooltip: str, shown: bool = True) -> Binding:
    return Binding(key, action, label, show=shown, id=name, tooltip=tooltip, key_display=_display(key))


def _display(key: str) -> str:
    """How a key is written for people."""
    first = key.split(",")[0]
    return {"escape": "Esc", "tab": "Tab"}.get(first, first.replace("ctrl+", "^").upper())


TALK = [
    _key("f2", "talk('staff')", "Personal", "talk-staff", "Deutsch sprechen; Pause oder F2 beendet den Satz"),
    _key(
        "f3", "talk('patient')", "Patient", "talk-patient", "Patient spricht; Pause oder F3 beendet den Satz"
    ),
    _key("f4", "repeat", "nochmal", "repeat", "Die letzte Ansage wiederholen"),
    _key("f5", "repeat(True)", "langsamer", "repeat-slow", "Die letzte Ansage langsam wiederholen"),
    _key("f6", "phrases", "Phrasen", "phrases", "Vorbereitete Sätze nach Thema suchen und sprechen"),
    _key(
        "f7",
        "hands_free",
        "freihändig",
        "hands-free",
        "Ohne Tasten: hört auf Deutsch und die gewählte Sprache",
    ),
    _key("f8", "confirm_first", "fragen", "confirm-first", "Vor jeder Ansage fragen, oder gleich sprechen"),
    _key("f9", "languages", "Sprache", "languages", "Sprache des Patienten wählen"),
    _key("f10", "terms", "Wörter", "terms", "Fachwörter des letzten Satzes erklären"),
    _key("f11", "handout", "Drucken", "handout", "Blätter und Karten, auch von diesem Gespräch"),
]
SAFETY = [
    _key("escape", "stop", "Stopp", "stop", "Ansage und Mikrofon sofort anhalten"),
    _key("f12", "human", "Mensch", "human", "Einen Menschen zum Dolmetschen holen"),
    _key("ctrl+p", "app.command_palette", "alles", "palette", "Alle Befehle durchsuchen"),
    _key("f1", "help", "Hilfe", "help", "Tasten und Zeichen erklärt"),
]
MORE = [
    _key("ctrl+z", "take_back", "zurücknehmen", "take-back", "Den letzten Satz zurücknehmen", shown=False),
    _key("ctrl+b", "edit", "berichtigen", "edit", "Den letzten Satz berichtigen", shown=False),
    _key(
        "ctrl+t",
        "typist",
        "Tippen als …",
        "typist",
        "Getipptes gilt als Personal oder als Patient",
        shown=False,
    ),
    _key(
        "ctrl+r",
        "teach_back",
        "Rückfrage",
        "teach-back",
        "Den Patienten die letzte Anweisung in eigenen Worten wiederholen lassen",
        shown=False,
    ),
    _key("ctrl+y", "understood", "verstanden", "understood", "Der Patient hat es verstanden", shown=False),
    _key("ctrl+s", "note", "Satz merken", "note", "Den letzten Satz als Phrase merken", shown=False),
    _key(
        "ctrl+o", "models", "Modelle", "models", "Was installiert ist, was fehlt, und es holen", shown=False
    ),
    _key("ctrl+n", "clear", "neues Gespräch", "clear", "Das Gespräch vom Bildschirm löschen", shown=False),
    _key(
        "ctrl+l", "theme", "hell / dunkel", "theme", "Zwischen hellem und dunklem Bild wechseln", shown=False
    ),
    _key("ctrl+q", "app.quit", "beenden", "quit", "Das Pult schließen; nichts wird gespeichert", shown=False),
]
DESK_BINDINGS = [*TALK, *SAFETY, *MORE]

DECISION_BINDINGS = [
    _key("s", "screen.speak", "sprechen", "decide-speak", "Die Übersetzung trotzdem sprechen"),
    _key("ä,e", "screen.edit", "ändern", "decide-edit", "Den erkannten Satz berichtigen"),
    _key("p", "screen.search", "Phrase suchen", "decide-phrase", "Einen vorbereiteten Satz suchen"),
    _key("m", "screen.human", "Mensch holen", "decide-human", "Einen Menschen zum Dolmetschen holen"),
    _key("o", "screen.override", "ohne Menschen", "decide-override", "Mit einem Grund trotzdem übersetzen"),
]
"""Keys that work only while a decision is open."""

QUICK_REPLIES = (
    ("1", "Ja", "antworten/ja"),
    ("2", "Nein", "antworten/nein"),
    ("3", "Bitte wiederholen", "empfang/wiederholen"),
    ("4", "Bitte nur ein Satz", "empfang/ein-satz"),
)
"""Key, label and phrase; spoken in the patient's language."""

REPEAT_IN_OWN_WORDS = "verstanden/eigene-worte"
"""Phrase that asks the patient to repeat an instruction."""

FETCH_HUMAN = "empfang/mensch-ihre-sprache"
"""Phrase that tells the patient that a person is being fetched."""
