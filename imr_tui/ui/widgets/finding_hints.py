"""The lines below a form: the findings in the texts of its stage."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from imr_tui.checks.next_finding import is_same
from imr_tui.domain import workflow
from imr_tui.terminal.focus import is_text_field
from imr_tui.ui.widgets.derived_text import DerivedText
from imr_tui.ui.widgets.field import widget_id

if TYPE_CHECKING:
    from imr_tui.checks import Finding, Severity
    from imr_tui.domain.workflow import Stage

LINES = 2
"""Lines that are reserved, so that the text above seldom changes its height."""
_NOT_SHOWN = "IMR514"
"""Spelling is shown on Review, and when the reviewer asks for it; never beside a text."""
_SHARE = 4
"""The findings take at most one line in so many of the screen."""
_BELOW_FACTS = 3
"""Most lines while the facts take a part of a small screen."""
MARKS: dict[Severity, str] = {"error": "!", "warning": "?", "info": "i"}
"""The mark before a finding."""


class FindingHints(DerivedText):
    """Adds nothing about a field that is being typed into until the field is left."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self._stage = stage
        self._shown: tuple[Finding, ...] = ()

    def on_mount(self) -> None:
        self.watch(self.app, "findings", self.show)

    def on_resize(self) -> None:
        self.call_after_refresh(self._write)

    def show(self) -> None:
        """Show the findings, without new ones in the field that is being typed into."""
        known = {_essence(finding) for finding in self._shown}
        self._shown = tuple(
            finding
            for finding in self._here()
            if _essence(finding) in known or not self._is_typed_into(finding)
        )
        self._write()

    def _here(self) -> Iterator[Finding]:
        """The findings on this stage, without blanks, which the stage bar and the form show."""
        case = self.app.case
        if case is None or self._stage not in workflow.walk(case):
            return
        blank = workflow.missing(case, self._stage)
        for finding in self.app.findings or ():
            is_here = workflow.stage_of(finding.place) == self._stage
            is_open = finding.accepted is None and finding.place not in blank
            if is_here and is_open and finding.rule.id != _NOT_SHOWN:
                yield finding

    def _is_typed_into(self, finding: Finding) -> bool:
        focused = self.screen.focused
        if not is_text_field(focused):
            return False
        return focused.id == widget_id(finding.place)

    def _write(self) -> None:
        if not self.is_attached or not self.content_size.width:
            return
        first = self.app.parts.finding_walk.last
        found = sorted(self._shown, key=lambda each: first is None or not is_same(each, first))
        lines = list(lines_of(found, self.content_size.width, self._room))
        height = max(len(lines), LINES)
        if is_text_field(self.screen.focused):
            # The text that is being typed does not move when a finding disappears.
            height = max(height, min(self.content_size.height, self._room))
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height
        self.say(Content("\n".join(lines)))

    @property
    def _room(self) -> int:
        """The most lines that the findings may take."""
        if self.screen.has_class("-facts-above") and not self.screen.has_class("-wide"):
            return _BELOW_FACTS
        return max(self.screen.size.height // _SHARE, LINES)


def lines_of(findings: Sequence[Finding], width: int, room: int) -> Iterator[str]:
    """The lines for `findings`: as many whole ones as `room` lines hold, and how many are left."""
    wrapped = [
        textwrap.wrap(
            f"{MARKS[each.severity]} {each.rule.id} {each.hit.message}",
            max(width, 10),
            subsequent_indent="  ",
        )
        for each in findings
    ]
    used = 0
    for at, lines in enumerate(wrapped):
        is_last = at == len(wrapped) - 1
        if used + len(lines) > room - (not is_last):
            # The first finding begins in any case.
            yield from lines[: room - 1] if at == 0 else ()
            left = len(wrapped) - at
            yield f"  +{left} more: Review" if at else f"  +{left}: all of it is on Review"
            return
        used += len(lines)
        yield from lines


def _essence(finding: Finding) -> tuple[str, object]:
    return finding.rule.id, finding.place
