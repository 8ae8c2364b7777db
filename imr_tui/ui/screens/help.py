"""Help: every key of the screen below with what it does, and the words of the field."""

import textwrap
from collections.abc import Iterable, Iterator

from textual.binding import ActiveBinding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from imr_tui.ui.screens.dialog import Dialog
from imr_tui.ui.widgets.key_line import key_name

_COLUMN = 14
_WIDTH = 60
_GLOSSARY = """\
Upheld       The utilization review denial stands; the item is not medically necessary.
Overturned   The item is medically necessary; the denial falls.
UR           Utilization review: the claims administrator's decision that is disputed.
UR-modified  UR authorized a part; only the remaining part is decided.
Derivative   An item that stands or falls with another one.
MTUS         Medical Treatment Utilization Schedule, presumed correct.
ODG          Official Disability Guidelines, outside the MTUS."""


class HelpScreen(Dialog[None]):
    """Made from the same bindings as the footer and the palette, so nothing is left out."""

    HEADING = "Keys"

    def __init__(self, active: Iterable[ActiveBinding]) -> None:
        super().__init__()
        self._text = "\n".join([*key_table(active), "", "Words", "", _GLOSSARY])

    def body(self) -> Iterable[Widget]:
        with VerticalScroll():
            yield Static(Content(self._text), id="help-text")


def key_table(active: Iterable[ActiveBinding]) -> Iterator[str]:
    """A line for each action: its keys and its tooltip; the app's own actions first."""
    keys: dict[str, list[str]] = {}
    says: dict[str, str] = {}
    for each in sorted(active, key=lambda each: each.binding.id is None):
        binding = each.binding
        name = binding.id or f"{binding.action}:{binding.description}"
        keys.setdefault(name, []).append(key_name(binding.key))
        says[name] = binding.tooltip or binding.description
    for name, pressed in keys.items():
        if says[name]:
            yield from _hanging(" ".join(pressed), says[name])


def _hanging(left: str, right: str) -> list[str]:
    """`right` wrapped behind `left`, which keeps its own column."""
    indent = " " * _COLUMN
    return textwrap.wrap(
        right, _WIDTH, initial_indent=f"{left:<{_COLUMN - 1}} ", subsequent_indent=indent
    )
