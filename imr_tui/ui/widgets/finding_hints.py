"""The lines below a form: the findings in the texts of its stage."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from imr_tui.domain import workflow
from imr_tui.terminal.focus import is_text_field
from imr_tui.ui.widgets.derived_text import DerivedText
from imr_tui.ui.widgets.field import widget_id

if TYPE_CHECKING:
    from imr_tui.checks import Finding, Severity
    from imr_tui.domain.workflow import Stage

LINES = 2
"""Lines that are reserved, so that nothing jumps."""
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
        self._write()

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
            if is_here and finding.accepted is None and finding.place not in blank:
                yield finding

    def _is_typed_into(self, finding: Finding) -> bool:
        focused = self.screen.focused
        if not is_text_field(focused):
            return False
        return focused.id == widget_id(finding.place)

    def _write(self) -> None:
        self.say(Content("\n".join(marks_of(self._shown, self.size.width))))


def marks_of(findings: tuple[Finding, ...], width: int) -> Iterator[str]:
    """The lines for `findings`: as many as there is room for, each cut to `width` columns."""
    room = LINES if len(findings) <= LINES else LINES - 1
    for finding in findings[:room]:
        line = f"{MARKS[finding.severity]} {finding.rule.id} {finding.hit.message}"
        yield line if len(line) <= width else f"{line[: max(width - 3, 0)]}..."
    if rest := len(findings) - room if len(findings) > LINES else 0:
        yield f"  and {rest} more, all on Review"


def _essence(finding: Finding) -> tuple[str, object]:
    return finding.rule.id, finding.place
