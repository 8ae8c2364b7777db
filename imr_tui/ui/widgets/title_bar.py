"""The first line: which case, when it is due, and whether it is on the disk."""

from textual import getters
from textual.content import Content
from textual.widgets import Static

from imr_tui.clock import due, nearness
from imr_tui.text import clean_line
from imr_tui.ui.desk import Desk

_SAVED = "Saved"


class TitleBar(Static):
    """Tells the truth about saving: `Saved 14:02:07` only when the disk has it.

    While keys come in, one time of day stands for the next; anything else is said at once.
    """

    app = getters.app(Desk)

    def __init__(self) -> None:
        super().__init__("")

    def on_mount(self) -> None:
        self.watch(self.app, "rested", self.show)
        self.watch(self.app, "save_state", self.show_state, init=False)

    def show_state(self, before: str, state: str) -> None:
        """Write the line anew; a time after a time only where no more keys may come."""
        is_news = not (before.startswith(_SAVED) and state.startswith(_SAVED))
        if is_news or self.app.rested == self.app.case:
            self.show()

    def on_resize(self) -> None:
        self.show()

    def show(self) -> None:
        """Write the line anew."""
        right = _cut(self.app.save_state, self.size.width - 1)
        room = self.size.width - len(right) - 1
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
        near = f"due {limit.day} ({nearness(limit, self.app.today)})" if limit else "no due date"
        if case.particulars.decision_date:
            near = f"decided {case.particulars.decision_date}"
        number = f" {case.number}{'  imported' if case.particulars.imported else ''}"
        return f"{number}  {case.particulars.priority}  {near}", f"{number}  {near}", number


def _cut(words: str, width: int) -> str:
    """`words` in so many columns at most; a longer sentence says that it goes on."""
    return words if len(words) <= width else f"{words[: max(width - 3, 0)]}..."
