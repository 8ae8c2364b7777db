"""The dialogs that ask for a reason: to accept a warning, or to cite no guideline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from imr_tui.checks.context import text_at
from imr_tui.checks.report import excerpt
from imr_tui.domain.field_names import field_name
from imr_tui.session.reasons import (
    ABOUT_ACCEPTANCE,
    NOT_PRINTED,
    draft_of,
    uncited_draft,
)
from imr_tui.ui.dialogs.ask import Ask, Question, required

if TYPE_CHECKING:
    from textual.widget import Widget

    from imr_tui.checks import Finding


class AcceptanceScreen(Ask[str]):
    """Asks why a warning is accepted, below all the words that it is about."""

    def __init__(self, findings: tuple[Finding, ...], given: str) -> None:
        rule = findings[0].rule
        super().__init__(
            Question(
                heading=f"Accept {rule.id} {rule.slug}",
                label="Reason",
                hint=ABOUT_ACCEPTANCE,
                id="reason",
                path=draft_of(findings[0]),
                read=required,
                value=given,
            )
        )
        self._findings = findings

    def above(self) -> Iterable[Widget]:
        with VerticalScroll(id="words"):
            yield Static(Content("\n").join(self._lines()))

    def _lines(self) -> Iterator[Content]:
        for finding in self._findings:
            hit = finding.hit
            yield Content(hit.message)
            for place, span in ((hit.place, hit.span), *hit.also):
                before, words, after = excerpt(text_at(self.app.open_case, place), span)
                yield Content.assemble(
                    f"  {field_name(place)}: {before}", (words, "reverse"), after
                )


class UncitedScreen(Ask[str]):
    """Asks why an item cites no guideline; the letter then says that no evidence is cited."""

    def __init__(self, index: int, reason: str) -> None:
        super().__init__(
            Question(
                heading="Cite no guideline",
                label="Reason",
                hint=f"{NOT_PRINTED} Leave it blank to take the choice back.",
                id="uncited",
                path=uncited_draft(index),
                read=str,
                value=reason,
            )
        )
