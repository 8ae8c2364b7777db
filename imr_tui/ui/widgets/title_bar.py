"""The first line: which case, when it is due, and whether it is on the disk."""

from textual import getters
from textual.content import Content
from textual.widgets import Static

from imr_tui.clock import due, nearness
from imr_tui.ui.desk import Desk


class TitleBar(Static):
    """Tells the truth about saving: `Saved 14:02:07` only when the disk has it."""

    app = getters.app(Desk)

    def on_mount(self) -> None:
        self.watch(self.app, "case", self.show)
        self.watch(self.app, "save_state", self.show, init=False)

    def on_resize(self) -> None:
        self.show()

    def show(self) -> None:
        """Write the line anew."""
        left, right = self._case(), self.app.save_state
        room = self.size.width - len(right) - 1
        line = left[: max(room, 0)].ljust(max(room, 0)) + " " + right
        if str(self.content) != line:
            self.update(Content(line), layout=False)

    def _case(self) -> str:
        case = self.app.case
        if case is None:
            return f" imr-tui  {self.app.folder.path.name}"
        limit = due(case.particulars)
        near = f"due {limit.day} ({nearness(limit, self.app.today)})" if limit else "no due date"
        return f" {case.number}  {case.particulars.priority}  {near}"
