"""The first line: which case, when it is due, and whether it is on the disk."""

from __future__ import annotations

from textual import getters
from textual.content import Content
from textual.widgets import Static

from imr_tui.domain.deadlines import days_left_text, due
from imr_tui.text.sanitize import clean_line
from imr_tui.ui.app import ImrApp

_SAVED = "Saved"


class TitleBar(Static):
    """Tells the truth about saving: `Saved 14:02:07` only when the disk has it.

    While keys come in, or the disk lacks the last of them, one time of day stands for the next;
    anything else is said at once.
    """

    app = getters.app(ImrApp)

    def __init__(self) -> None:
        super().__init__("")
        self._said = ""

    def on_mount(self) -> None:
        self.watch(self.app, "settled_case", self.show)
        self.watch(self.app, "save_state", self.show_state, init=False)

    def show_state(self, state: str) -> None:
        """Write the line anew, if what is said of the disk is news or the typing pauses."""
        if not self._is_next_time(state) or self.app.settled_case == self.app.case:
            self.show()

    def _is_next_time(self, state: str) -> bool:
        return self._said.startswith(_SAVED) and state.startswith(_SAVED)

    def on_resize(self) -> None:
        self.show()

    def show(self) -> None:
        """Write the line anew."""
        state = self.app.save_state
        if not (self._is_next_time(state) and self.app.saving.is_behind):
            self._said = state
        width = self.size.width or self.screen.size.width
        right = _cut(self._said, width - 1)
        room = width - len(right) - 1
        left = next((form for form in self._forms() if len(form) <= room), "")
        line = left.ljust(max(room, 0)) + " " + right
        if str(self.content) != line:
            self.update(Content(line), layout=False)

    def _forms(self) -> tuple[str, ...]:
        """What the line says of the case, the longest form first."""
        case = self.app.case
        if case is None:
            return (f" imr-tui  {clean_line(self.app.folder.path.name)}", " imr-tui")
        limit = due(case.particulars)
        near = (
            f"due {limit.day} ({days_left_text(limit, self.app.today)})" if limit else "no due date"
        )
        if case.particulars.decision_date:
            near = f"decided {case.particulars.decision_date}"
        number = f" {case.number}{'  imported' if case.particulars.imported else ''}"
        return f"{number}  {case.particulars.priority}  {near}", f"{number}  {near}", number


def _cut(words: str, width: int) -> str:
    """`words` in so many columns at most; a longer sentence says that it goes on."""
    return words if len(words) <= width else f"{words[: max(width - 3, 0)]}..."
