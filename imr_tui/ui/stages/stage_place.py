"""Where the reviewer is on a stage: the field and the cursor to start at, and those to store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from textual.widgets import Input

from imr_tui.domain import workflow
from imr_tui.store import config
from imr_tui.text.sanitize import clean
from imr_tui.ui.widgets.field import widget_id

if TYPE_CHECKING:
    from imr_tui.checks.rule import Span
    from imr_tui.domain.workflow import Place
    from imr_tui.store.config import ResumePoint
    from imr_tui.ui.stages.stage import StageScreen
    from imr_tui.ui.widgets.prose import Prose


@dataclass
class Start:
    """Where a stage starts."""

    at: Place | None = None
    """The field; None for the first one that is open."""
    span: Span | None = None
    """The characters of the field that a finding is about."""
    resume_point: ResumePoint | None = None
    """Where the focus and the cursor go, if more than the field is known."""
    replaces_typing: bool = False
    """Whether the reviewer types on the screen that this one replaces."""
    change: Span = (0, 0)
    """The characters of the text that undo has changed."""
    selected: Span | None = None
    """The characters of the text to select; the text is entered then."""


def begin(screen: StageScreen, start: Start) -> None:
    """Put the focus and the cursor of a stage where it starts."""
    if start.selected is not None:
        screen.action_enter_text()
        cast("Prose", screen.entry).select(start.selected)
        return
    if start.resume_point is not None:
        _return_to(screen, start, start.resume_point)
        return
    missing = workflow.missing(screen.app.open_case, screen.stage)
    place = start.at or (missing[0] if missing else None)
    # Without a field to go to, the stage is shown from its top.
    name = widget_id(place) if place else screen.first()
    screen.focus_id(name, scrolls=place is not None)
    if place is not None:
        screen.point_out(place, start.span or (0, 0))
    screen.store_place()


def _return_to(screen: StageScreen, start: Start, resume_point: ResumePoint) -> None:
    screen.focus_id(resume_point.field or screen.first())
    entry = screen.entry
    if isinstance(entry, Input):
        entry.cursor_position = resume_point.column
    elif entry is not None:
        entry.return_to((resume_point.line, resume_point.column))
        if start.change != (0, 0):
            entry.go_to(start.change[1])
    if start.replaces_typing and entry is not None:
        screen.set_focus(entry)


def here(screen: StageScreen) -> ResumePoint:
    """Where the reviewer is."""
    entry = screen.entry
    line, column = _cursor(entry)
    return config.ResumePoint(
        number=screen.app.open_case.number,
        kind=screen.stage.kind,
        item=-1 if screen.stage.item is None else screen.stage.item,
        field=screen.focused_id or (entry.id or "" if entry is not None else ""),
        line=line,
        column=column,
        at=screen.app.now,
    )


def _cursor(entry: Input | Prose | None) -> tuple[int, int]:
    """The line and the column of the cursor in the saved text."""
    if entry is None:
        return 0, 0
    if isinstance(entry, Input):
        return 0, entry.cursor_position
    line, column = entry.cursor_location
    # In the saved text an accent and its letter are one character.
    return line, len(clean(entry.document.get_line(line)[:column]))
