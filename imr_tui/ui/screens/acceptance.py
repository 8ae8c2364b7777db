"""The dialog in which a warning is accepted for a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from imr_tui.checks.places import text_at
from imr_tui.checks.report import excerpt
from imr_tui.ui.screens.dialog import Dialog
from imr_tui.ui.widgets.field import Field
from imr_tui.ui.widgets.line import Line

if TYPE_CHECKING:
    from textual.widget import Widget

    from imr_tui.checks import Finding


@dataclass(frozen=True)
class Answer:
    """What was typed, and whether it accepts the warning."""

    reason: str
    """The reason as typed, kept for the next time where it was not given yet."""
    is_given: bool
    """Whether the warning is accepted for it."""


class AcceptanceScreen(Dialog[Answer]):
    """Enter accepts once there is a reason; Esc accepts nothing. All the words are listed."""

    def __init__(self, findings: tuple[Finding, ...], typed: str) -> None:
        super().__init__()
        self._findings = findings
        self._typed = typed
        self.HEADING = f"Accept {findings[0].rule.id} {findings[0].rule.slug}"

    def body(self) -> Iterable[Widget]:
        with VerticalScroll(id="words"):
            yield Static(Content("\n").join(self._lines()))
        yield Field("Reason", Line(self._typed, id="reason"))
        hint = (
            "It is kept in the case, not printed, and void as soon as one of these texts changes."
        )
        yield Static(Content(hint), classes="hint")

    def on_mount(self) -> None:
        self.query_one("#reason").focus()

    def _lines(self) -> Iterator[Content]:
        for finding in self._findings:
            hit = finding.hit
            yield Content(hit.message)
            for place, span in ((hit.place, hit.span), *hit.also):
                before, words, after = excerpt(text_at(self.app.open_case, place), span)
                yield Content.assemble(f"  {place}: {before}", (words, "reverse"), after)

    @on(Input.Submitted)
    def accept(self, event: Input.Submitted) -> None:
        if event.value.strip():
            self.dismiss(Answer(event.value, is_given=True))

    def action_close(self) -> None:
        self.dismiss(Answer(self.query_one("#reason", Line).value, is_given=False))
