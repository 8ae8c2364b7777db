"""The help: every key of the screen below with its action, and a glossary."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from imr_tui.keys.key_names import key_name
from imr_tui.ui.dialogs.dialog import Dialog

if TYPE_CHECKING:
    from textual.binding import ActiveBinding
    from textual.widget import Widget

_COLUMN = 14
_MARGIN = 6
_EVERYWHERE = ("app.",)
_CASE = ("walk.", "text.")
_MARKS = {
    "!": "An error. It blocks the letter.",
    "?": "A warning. Correct it, or accept it in Review with a reason.",
    "[x]": "Done: nothing is missing here. [ ] is not done yet.",
}
_GLOSSARY = {
    "Upheld": "The denial stands: the item is not medically necessary.",
    "Overturned": "The denial is reversed: the item is medically necessary.",
    "UR": "Utilization review: the claims administrator's decision in dispute.",
    "UR-modified": "UR authorized a part. You decide only the remaining part.",
    "Derivative": "An item whose decision depends on another item.",
    "MTUS": "Medical Treatment Utilization Schedule, presumed to be correct.",
    "ODG": "Official Disability Guidelines, outside the MTUS.",
}


class HelpScreen(Dialog[None]):
    """Lists the bindings of the key line and the palette in groups; then the marks and words."""

    HEADING = "Keys"

    def __init__(self, active: Iterable[ActiveBinding], said: str = "") -> None:
        super().__init__()
        self._said = said
        if said:
            self.HEADING = "Explanation and keys"
        self._rows = [
            *key_table(active),
            *_group("Marks", _MARKS.items()),
            *_group("Terms", _GLOSSARY.items()),
        ]

    def body(self) -> Iterable[Widget]:
        with VerticalScroll():
            yield Static("", id="help-text")

    def on_resize(self) -> None:
        width = int(self.app.size.width * 0.9) - _MARGIN
        said = [
            line for each in self._said.split("\n") for line in textwrap.wrap(each, width) or [""]
        ]
        keys = [line for left, right in self._rows for line in hanging(left, right, width)]
        lines = [*said, "", *keys] if self._said else keys
        self.query_one("#help-text", Static).update(Content("\n".join(lines)))


def key_table(active: Iterable[ActiveBinding]) -> Iterator[tuple[str, str]]:
    """For each action its keys and its tooltip, in groups with headings.

    Only actions with an id are listed, since those of Textual's widgets have none.
    """
    keys: dict[str, list[str]] = {}
    says: dict[str, str] = {}
    for each in active:
        if name := each.binding.id:
            shown = key_name(each.binding.key)
            if shown not in keys.setdefault(name, []):
                keys[name].append(shown)
            says[name] = each.binding.tooltip or each.binding.description
    rows = {name: (" ".join(pressed), says[name]) for name, pressed in keys.items()}
    everywhere = [name for name in rows if name.startswith(_EVERYWHERE)]
    case = [name for name in rows if name.startswith(_CASE)]
    screen = [name for name in rows if name not in (*everywhere, *case)]
    for heading, names in (("This screen", screen), ("Case", case), ("Everywhere", everywhere)):
        yield from _group(heading, [rows[name] for name in names])


def _group(heading: str, rows: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Rows below a heading, with an empty line after them; nothing without rows."""
    if listed := list(rows):
        yield from ((heading.upper(), ""), *listed, ("", ""))


def hanging(left: str, right: str, width: int) -> list[str]:
    """`right` wrapped behind `left`, which keeps its own column."""
    indent = " " * _COLUMN
    text = f"{left:<{_COLUMN - 1}} {right}"
    return textwrap.wrap(text, width, subsequent_indent=indent) or [""]
