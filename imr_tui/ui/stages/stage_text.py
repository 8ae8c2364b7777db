"""The text of a stage: the field that `i` enters, and what the keys for texts do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.widgets import Input

from imr_tui.terminal.focus import is_text_area
from imr_tui.ui.widgets.line_input import Line

if TYPE_CHECKING:
    from imr_tui.checks.rule import Span
    from imr_tui.ui.stages.stage import StageScreen
    from imr_tui.ui.widgets.prose import Prose


ACTIONS = ("enter_text", "scroll_text", "editor", "phrases", "keep_phrase")
"""The actions of the keys for texts."""


def entry_of(screen: StageScreen, last: str) -> Input | Prose | None:
    """The field that is typed into, else the one with the id `last`, else the first one."""
    # The field of the find bar is an Input, but no Line.
    if isinstance(screen.focused, Line) or (is_text_area(screen.focused) and screen.is_typing):
        # Asked at each key, which must not search the screen.
        return cast("Input | Prose", screen.focused)
    fields = [each for each in screen.query("Prose, Line") if not each.disabled]
    chosen = (each for each in fields if each.id == last)
    return cast("Input | Prose | None", next(chosen, fields[0] if fields else None))


def has_use(action: str, screen: StageScreen) -> bool:
    """Whether the stage has a text for one of the ACTIONS, and the action may be used."""
    if (entry := screen.entry) is None:
        return False
    if action == "enter_text":
        return not screen.is_typing
    return not isinstance(entry, Input) and not (action == "editor" and screen.app.restricted)


def scroll(entry: Input | Prose, pages: int) -> None:
    """Scroll a text by pages without entering it."""
    if entry.is_scrollable:
        entry.scroll_relative(y=pages * max(entry.size.height - 1, 1), animate=False)


def point_out(entry: Input | Prose | None, span: Span) -> None:
    """Select the words of a text that a finding is about."""
    if entry is not None and not isinstance(entry, Input) and span != (0, 0):
        entry.point_out(span)
