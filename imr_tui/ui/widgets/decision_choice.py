"""The decision of an item: Upheld, Overturned, or neither yet."""

from textual import getters
from textual.content import Content
from textual.widgets import Static

from imr_tui.ui.app import ImrApp
from imr_tui.ui.widgets.content_equality import shows


class Verdict(Static, can_focus=True):
    """Shows both answers side by side, neither before the other in ease; `u` and `o` choose."""

    app = getters.app(ImrApp)

    def __init__(self, index: int, *, id: str) -> None:
        super().__init__("", id=id)
        self._index = index

    def on_mount(self) -> None:
        self.watch(self.app, "settled_case", self.show)

    def show(self) -> None:
        """Mark the answer, if it changed."""
        case = self.app.case
        if case is None or self._index >= len(case.items):
            return
        decision = case.items[self._index].decision
        upheld, overturned = (_mark(decision == each) for each in ("upheld", "overturned"))
        line = Content(f"Decision:  {upheld} u Upheld   {overturned} o Overturned")
        if not shows(self, line):
            self.update(line, layout=False)


def _mark(chosen: bool) -> str:
    return "(x)" if chosen else "( )"
