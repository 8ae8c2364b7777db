"""The first line: the case, its due date, and whether it is saved."""

from __future__ import annotations

from textual.content import Content

from imr_tui.domain.deadlines import days_left_text, due
from imr_tui.session.shared_cases import WAITING
from imr_tui.text.sanitize import clean_line
from imr_tui.ui.features.saving import first_line
from imr_tui.ui.widgets.derived_text import DerivedText

_SAVED = "Saved"
_SIGNED = "SIGNED"


class TitleBar(DerivedText):
    """Says `Saved 14:02:07` only once the case is on the disk.

    While keys come in, or the last of them is not saved, the time of an earlier save stays;
    any other state is shown at once.
    """

    _said = ""

    def on_mount(self) -> None:
        self.watch(self.app, "settled_case", self.show)
        self.watch(self.app, "save_state", self.show_state, init=False)
        self.watch(self.app, "shared_state", self.show_state, init=False)
        self.watch(self.app, "letter_state", self.show, init=False)

    def show_state(self) -> None:
        """Show the state of saving, if it is another one or the typing pauses."""
        if not self._is_next_time(first_line(self.app)) or self.app.settled_case == self.app.case:
            self.show()

    def _is_next_time(self, state: str) -> bool:
        is_saved = self._said.startswith(_SAVED) and state.startswith(_SAVED)
        return is_saved and (WAITING in self._said) == (WAITING in state)

    def on_resize(self) -> None:
        self.show()

    def show(self) -> None:
        """Show the case and the state of saving as they are now."""
        state = first_line(self.app)
        if not (self._is_next_time(state) and self.app.parts.saving.is_behind):
            self._said = state
        width = self.size.width or self.screen.size.width
        right = _cut(self._said, width - 1)
        room = width - len(right) - 1
        left = next((form for form in self._forms() if len(form) <= room), Content(""))
        space = " " * (max(room, 0) - len(left) + 1)
        self.say(Content.assemble(left, space, (right, _style(self._said))))

    def _forms(self) -> tuple[Content, ...]:
        """The line about the case, the longest form first."""
        case = self.app.case
        if case is None:
            name = Content.styled(" imr-tui", "bold")
            return (name + f"  {clean_line(self.app.folder.path.name)}", name)
        limit = due(case.particulars)
        near = (
            f"due {limit.day} ({days_left_text(limit, self.app.today)})" if limit else "no due date"
        )
        if case.particulars.decision_date:
            near = f"decided {case.particulars.decision_date}"
        is_over = case.particulars.decision_date is not None
        if not is_over and self.app.folder.is_written(case.number):
            near, is_over = "letter written", True
        number = Content.styled(f" {case.number}", "bold")
        if case.particulars.imported:
            number += "  imported"
        if case.correction is not None:
            number += Content.styled("  CORRECTING", "bold $text-warning")
        is_late = limit is not None and limit.day < self.app.today and not is_over
        due_words = Content.styled(f"  {near}", "$text-error" if is_late else "")
        return number + f"  {case.particulars.priority}" + due_words, number + due_words, number


def _style(state: str) -> str:
    """The style of a state of saving: the words say the same."""
    if state.startswith((_SAVED, _SIGNED)):
        return "$text-warning" if WAITING in state else "$text-success"
    return "bold $text-error" if state[:2].isupper() else ""


def _cut(words: str, width: int) -> str:
    """`words` in so many columns at most, with an ellipsis if it is longer."""
    return words if len(words) <= width else f"{words[: max(width - 3, 0)]}..."
