"""The dialog in which a warning is accepted for a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from textual import on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from imr_tui.checks.context import text_at
from imr_tui.checks.report import excerpt
from imr_tui.ui.dialogs.dialog import Dialog
from imr_tui.ui.widgets.field import Field
from imr_tui.ui.widgets.line_input import Line

if TYPE_CHECKING:
    from textual.widget import Widget

    from imr_tui.checks import Finding


class AcceptanceScreen(Dialog[str | None]):
    """Answers with the reason on Enter, and with none on Esc. All the words are listed."""

    def __init__(self, findings: tuple[Finding, ...], given: str) -> None:
        super().__init__()
        self._findings = findings
        self._given = given
        self.HEADING = f"Accept {findings[0].rule.id} {findings[0].rule.slug}"

    def body(self) -> Iterable[Widget]:
        with VerticalScroll(id="words"):
            yield Static(Content("\n").join(self._lines()))
        typed = self.app.drafts.text(draft_of(self._findings[0]), self._given)
        yield Field("Reason", Line(typed, id="reason"))
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

    @on(Input.Changed)
    def keep(self, event: Input.Changed) -> None:
        event.stop()
        typed = "" if event.value == self._given else event.value
        self.app.drafts.put(draft_of(self._findings[0]), typed)

    @on(Input.Submitted)
    def accept(self, event: Input.Submitted) -> None:
        if event.value.strip():
            self.dismiss(event.value)


def draft_of(finding: Finding) -> str:
    """The path of the draft of a reason for accepting `finding`."""
    rule, _, number = finding.key.partition("-")
    return f"items[{int(number) - 1}].accept.{rule}" if number else f"accept.{rule}"
