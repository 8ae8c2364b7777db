"""The keys of the app, on every screen, and the names of keys."""

from textual.binding import Binding, BindingType

from imr_tui.ui.state import ANSWER_KEYS

KEYS: list[BindingType] = [
    Binding("f1,question_mark", "help", "Help", id="app.help", tooltip="Show all keys"),
    Binding(
        "ctrl+z",
        "undo",
        "Undo",
        id="app.undo",
        tooltip="Undo the last change",
    ),
    Binding(
        "ctrl+y",
        "redo",
        "Redo",
        id="app.redo",
        show=False,
        tooltip="Redo",
    ),
    Binding(
        "ctrl+o",
        "command_palette",
        "Commands",
        id="app.commands",
        show=False,
        tooltip="Search for a command",
    ),
    Binding(
        "ctrl+s",
        "save",
        "Save",
        id="app.save",
        show=False,
        tooltip="Save now (edits are saved automatically)",
    ),
    Binding(
        "t",
        "take_over",
        "Take over",
        id="app.take-over",
        tooltip="Take over the case, or ask the session that has it",
    ),
    Binding(
        ANSWER_KEYS,
        "answer",
        "Answer",
        id="app.answer",
        show=False,
        tooltip="Open the notice above the keys",
    ),
    Binding(
        "ctrl+c",
        "copy_nothing",
        "Copy",
        id="app.copy",
        show=False,
        tooltip="Copy the selected text",
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
        tooltip="Redraw the screen",
    ),
    Binding(
        "ctrl+q", "quit", "Quit", id="app.quit", show=False, tooltip="Quit (everything is saved)"
    ),
]

_NAMES = {
    "escape": "esc",
    "question_mark": "?",
    "slash": "/",
    "space": "Space",
    "full_stop": ".",
    "enter": "Enter",
    **{f"f{number}": f"F{number}" for number in range(1, 13)},
    "pagedown": "PgDn",
    "pageup": "PgUp",
}
_NAMES_AFTER_CTRL = {
    "right_square_bracket": "]",
    "@": "Space",
    # Terminals send Ctrl+_ for Ctrl+/.
    "underscore": "/",
    "up": "Up",
    "down": "Down",
    "home": "Home",
    "end": "End",
}


def key_name(key: str) -> str:
    """A key as people write it: `^n`, `esc`, `a`."""
    if key.startswith("ctrl+"):
        name = key.removeprefix("ctrl+")
        return f"^{_NAMES_AFTER_CTRL.get(name, name)}"
    return _NAMES.get(key, key)
