"""The help: every key of the screen below with its action, and a glossary."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from imr_tui.ui.bindings import key_name
from imr_tui.ui.dialogs.dialog import Dialog

if TYPE_CHECKING:
    from textual.binding import ActiveBinding
    from textual.widget import Widget

_COLUMN = 14
_MARGIN = 6
_GLOSSARY = {
    "Upheld": "The utilization review denial stands; the item is not medically necessary.",
    "Overturned": "The item is medically necessary; the denial falls.",
    "UR": "Utilization review: the claims administrator's decision that is disputed.",
    "UR-modified": "UR authorized a part; only the remaining part is decided.",
    "Derivative": "An item that stands or falls with another one.",
    "MTUS": "Medical Treatment Utilization Schedule, presumed correct.",
    "ODG": "Official Disability Guidelines, outside the MTUS.",
}


class HelpScreen(Dialog[None]):
    """Lists the same bindings as the footer and the palette, so none is missing."""

    HEADING = "Keys"

    def __init__(self, active: Iterable[ActiveBinding], said: str = "") -> None:
        super().__init__()
        self._said = said
        if said:
            self.HEADING = "What this is about, and the keys"
        self._rows = [*key_table(active), ("", ""), ("Words", ""), *_GLOSSARY.items()]

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
    """For each action its keys and its tooltip; the app's own actions first."""
    keys: dict[str, list[str]] = {}
    says: dict[str, str] = {}
    for each in sorted(active, key=lambda each: each.binding.id is None):
        binding = each.binding
        name = binding.id or f"{binding.action}:{binding.description}"
        keys.setdefault(name, []).append(key_name(binding.key))
        says[name] = binding.tooltip or binding.description
    return ((" ".join(pressed), says[name]) for name, pressed in keys.items() if says[name])


def hanging(left: str, right: str, width: int) -> list[str]:
    """`right` wrapped behind `left`, which keeps its own column."""
    indent = " " * _COLUMN
    text = f"{left:<{_COLUMN - 1}} {right}"
    return textwrap.wrap(text, width, subsequent_indent=indent) or [""]
