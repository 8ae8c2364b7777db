"""The keys of the app, on every screen, and the names of keys."""

from textual.binding import Binding, BindingType

from imr_tui.ui.state import ANSWER_KEYS

KEYS: list[BindingType] = [
    Binding("f1,question_mark", "help", "Help", id="app.help", tooltip="Show every key"),
    Binding(
        "ctrl+z",
        "undo",
        "Undo",
        id="app.undo",
        tooltip="Undo the last change, say what it was and show it",
    ),
    Binding(
        "ctrl+y",
        "redo",
        "Redo",
        id="app.redo",
        show=False,
        tooltip="Redo the last change that was undone",
    ),
    Binding(
        "ctrl+o",
        "command_palette",
        "Commands",
        id="app.commands",
        show=False,
        tooltip="Find a command by typing",
    ),
    Binding(
        "ctrl+s",
        "save",
        "Save",
        id="app.save",
        show=False,
        tooltip="Wait until all is on the disk; it is saved without it, too",
    ),
    Binding(
        "t",
        "take_over",
        "Take over",
        id="app.take-over",
        tooltip="Ask the session that has the case for it, or take it if it is free",
    ),
    Binding(
        ANSWER_KEYS,
        "answer",
        "Answer",
        id="app.answer",
        show=False,
        tooltip="Open the notice that is shown above the keys",
    ),
    Binding(
        "ctrl+c",
        "copy_nothing",
        "Copy",
        id="app.copy",
        show=False,
        tooltip="Copy what is selected; without a selection it says how to quit",
    ),
    Binding(
        "f8",
        "lock",
        "Lock",
        id="app.lock",
        show=False,
        tooltip="Lock the screen now",
    ),
    Binding(
        "ctrl+l",
        "redraw",
        "Redraw",
        id="app.redraw",
        show=False,
        priority=True,
        tooltip="Paint the screen anew, should anything else have written on it",
    ),
    Binding("ctrl+q", "quit", "Quit", id="app.quit", show=False, tooltip="Quit; all is saved"),
]

_NAMES = {
    "escape": "esc",
    "question_mark": "?",
    "slash": "/",
    "enter": "Enter",
    **{f"f{number}": f"F{number}" for number in range(1, 13)},
    "pagedown": "PgDn",
    "pageup": "PgUp",
}


def key_name(key: str) -> str:
    """A key as people write it: `^n`, `esc`, `a`."""
    if key.startswith("ctrl+"):
        return f"^{key.removeprefix('ctrl+')}"
    return _NAMES.get(key, key)
