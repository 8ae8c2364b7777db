"""The base of the stages: reading while writing, and the way from finding to finding."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import getters
from textual.screen import Screen

from imr_tui.checks.next_finding import to_resolve
from imr_tui.domain import workflow
from imr_tui.domain.workflow import Place
from imr_tui.terminal.focus import is_text_area
from imr_tui.text.layout import count_words
from imr_tui.ui import dialogs
from imr_tui.ui.app import ImrApp
from imr_tui.ui.bindings import bind
from imr_tui.ui.widgets.field import widget_id
from imr_tui.ui.widgets.side_pane import SidePane

if TYPE_CHECKING:
    from textual.widgets import TextArea

    from imr_tui.domain.workflow import Stage

_STARTS = {
    "credentials": "reviewer.licenses",
    "summary": "summary.text",
    "decision": "request",
    "citations": "citations",
}
"""For each kind of stage its first field in the letter."""
_PANE_ACTIONS = ("facts", "other_facts", "scroll_facts", "earlier")
"""What changes the pane beside the text."""


class ReadingScreen(Screen[None]):
    """Keys for the letter, the facts and the findings; each also works while a text is typed."""

    app = getters.app(ImrApp)
    BINDINGS = [  # noqa: RUF012
        bind(
            "reading.letter",
            "read_letter",
            "Letter",
            "Show the whole letter as a draft, at the text being written",
        ),
        bind(
            "reading.facts", "facts", "Facts", "Show or hide the facts beside the text or above it"
        ),
        bind(
            "reading.other-facts",
            "other_facts",
            "Other facts",
            "Show other facts: case, administrator cited, summary, letter",
            show=False,
        ),
        bind(
            "reading.earlier",
            "earlier",
            "Earlier review",
            "Read the letter of an earlier review beside the text or above it",
        ),
        bind(
            "reading.facts-down",
            "scroll_facts(1)",
            "Scroll facts",
            "Scroll the facts down",
            show=False,
        ),
        bind(
            "reading.facts-up",
            "scroll_facts(-1)",
            "Scroll facts",
            "Scroll the facts up",
            show=False,
        ),
        bind(
            "findings.next",
            "next_finding",
            "Next finding",
            "Go to the text of the next open finding",
            show=False,
        ),
        bind(
            "findings.review",
            "review",
            "Review",
            "Back to Review, at the finding visited last",
            show=False,
        ),
    ]
    stage: Stage

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in _PANE_ACTIONS and not self.query(SidePane):
            return False
        if action == "earlier" and not self.app.parts.earlier_letters.named:
            return False
        if action == "review" and self.stage == workflow.LAST:
            return False
        return None if self.why_not(action, parameters) else True

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Why an action cannot be used now, as a sentence; blank if it can."""
        if action == "next_finding" and not to_resolve(self.app.findings or ()):
            return "No finding is left to resolve."
        if action == "earlier":
            return self.app.parts.earlier_letters.why_not()
        return ""

    # ── The letter ───────────────────────────────────────────────────────────────────────

    def action_read_letter(self) -> None:
        self.app.push_screen(dialogs.letter.LetterScreen(self.place_in_view))

    def place_in_view(self) -> tuple[Place, int]:
        """The field that is being written, and how many of its words are before the cursor."""
        for field in ("summary.text", "rationale"):
            place = Place(field, self.stage.item)
            for prose in self.query(f"#{widget_id(place)}"):
                if is_text_area(prose):
                    return place, _words_before(prose)
        return Place(_STARTS.get(self.stage.kind, ""), self.stage.item), 0

    # ── The facts ────────────────────────────────────────────────────────────────────────

    def action_facts(self) -> None:
        self._change_pane(lambda pane: pane.toggle())

    def action_other_facts(self) -> None:
        self._change_pane(lambda pane: pane.show_next())

    def action_earlier(self) -> None:
        self._change_pane(lambda pane: pane.show_earlier())

    def action_scroll_facts(self, step: int) -> None:
        self.query_one(SidePane).scroll_by(step)

    def _change_pane(self, change: Callable[[SidePane], None]) -> None:
        change(self.query_one(SidePane))
        if is_text_area(self.focused):
            self.call_after_refresh(self.focused.scroll_cursor_visible)

    # ── The findings ─────────────────────────────────────────────────────────────────────

    def action_next_finding(self) -> None:
        self.app.parts.finding_walk.go_to_next(self.stage)

    def action_review(self) -> None:
        self.app.parts.finding_walk.go_back()


def _words_before(prose: TextArea) -> int:
    """The number of words before the one at the cursor."""
    before = prose.get_text_range((0, 0), prose.cursor_location)
    is_inside = before[-1:].strip() != ""
    return max(count_words(before) - is_inside, 0)
