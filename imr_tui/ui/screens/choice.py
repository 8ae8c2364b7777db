"""The dialog in which the reviewer chooses between two texts of the same case."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from imr_tui.difference import differences
from imr_tui.ui.screens.dialog import Dialog
from imr_tui.ui.widgets.difference_view import DifferenceView

if TYPE_CHECKING:
    from textual.widget import Widget

    from imr_tui.case import Case


class Choice(Enum):
    """Which of two texts goes on."""

    MINE = "mine"
    THEIRS = "theirs"


class ChoiceScreen(Dialog[Choice | None]):
    """Neither text is lost: the other one becomes a version. Esc decides nothing yet."""

    HEADING = "The case file was changed by another program"
    BINDINGS = [  # noqa: RUF012
        Binding("m", "choose('mine')", "Mine goes on", id="choice.mine", tooltip="Go on with mine"),
        Binding(
            "t",
            "choose('theirs')",
            "Theirs goes on",
            id="choice.theirs",
            tooltip="Go on with what the file holds now",
        ),
    ]

    def __init__(self, mine: Case, theirs: Case | None, problem: str) -> None:
        super().__init__()
        self._mine = mine
        self._theirs = theirs
        self._problem = problem

    def body(self) -> Iterable[Widget]:
        if self._problem:
            yield Static(Content(self._problem), classes="hint")
        elif self._theirs is None:
            yield Static(Content("The file is gone. m writes it again."), classes="hint")
        else:
            hint = "- is what you have here, + is what the file holds now. Both are kept."
            yield Static(Content(hint), classes="hint")
            yield DifferenceView(differences(self._mine, self._theirs))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "choose" and parameters == ("theirs",):
            return True if self._theirs is not None else None
        return True

    def action_choose(self, which: str) -> None:
        self.dismiss(Choice(which))
