"""The look where colours are few or none: the terminal's own, with reverse, bold, underlined."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.filter import LineFilter
from textual.theme import Theme

if TYPE_CHECKING:
    from rich.color import Color as RichColor
    from textual.color import Color

_BRIGHT, _MARKED, _DARK = "#ffffff", "#0000a0", "#000000"
_VIVID = 0xA0
_TINGE = 0x40

PLAIN = Theme(
    name="plain",
    primary=_BRIGHT,
    foreground=_BRIGHT,
    background=_DARK,
    surface=_DARK,
    panel=_DARK,
    boost=_DARK,
    error="#ff0000",
    warning="#ffff00",
    success="#00ff00",
    accent=_BRIGHT,
    variables={
        "text-error": "#ff0000",
        "text-warning": "#ffff00",
        "text-success": "#00ff00",
        "text-muted": _BRIGHT,
        "text-disabled": _BRIGHT,
        "block-cursor-background": _BRIGHT,
        "block-cursor-foreground": _DARK,
        "block-cursor-blurred-background": _MARKED,
        "block-cursor-blurred-foreground": _BRIGHT,
        "input-cursor-background": _BRIGHT,
        "input-cursor-foreground": _DARK,
        "input-selection-background": _BRIGHT,
        "input-selection-foreground": _DARK,
        "scrollbar": _BRIGHT,
        "scrollbar-hover": _BRIGHT,
        "scrollbar-active": _BRIGHT,
        "scrollbar-background": _DARK,
        "scrollbar-background-hover": _DARK,
        "scrollbar-background-active": _DARK,
        "scrollbar-corner-color": _DARK,
    },
)
"""Not a colour of it is shown: each says what part the text has, which `Plain` reads."""


class Plain(LineFilter):
    """Turns a bright background into reverse, a tinged one into underlined, a hue into ANSI."""

    def __init__(self, has_colours: bool) -> None:
        super().__init__()
        self._has_colours = has_colours

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        has_colours = self._has_colours
        return [Segment(text, style and plain(style, has_colours)) for text, style, _ in segments]


@lru_cache(1024)
def plain(style: Style, has_colours: bool) -> Style:
    """What `style` is to say, in attributes that every terminal has."""
    front, behind = _triplet(style.color, 0xFF), _triplet(style.bgcolor, 0)
    if style.reverse:
        front, behind = behind, front
    is_reversed = min(behind) >= _VIVID
    is_marked = max(behind) - min(behind) >= _TINGE
    return Style(
        color=None if is_reversed or not has_colours else _hue(front),
        bold=style.bold or None,
        underline=style.underline or is_marked or None,
        reverse=is_reversed or None,
    )


_Triplet = tuple[int, int, int]


def _triplet(color: RichColor | None, default: int) -> _Triplet:
    if color is None or color.triplet is None:
        return (default, default, default)
    return (color.triplet.red, color.triplet.green, color.triplet.blue)


def _hue(color: _Triplet) -> str | None:
    """Red, yellow or green, if that is what a colour is to say."""
    red, green, blue = color
    if max(color) < _VIVID or max(color) - min(color) < _TINGE or blue > min(red, green) + _TINGE:
        return None
    if min(red, green) >= _VIVID:
        return "yellow"
    return "red" if red > green else "green"
