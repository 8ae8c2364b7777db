"""The dialog in which the reviewer chooses between two texts of the same case."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from enum import Enum
from typing import TYPE_CHECKING

from textual import work
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from imr_tui.errors import ImrError
from imr_tui.model.diff import differences
from imr_tui.ui.dialogs.dialog import Dialog
from imr_tui.ui.widgets.diff_view import DiffView

if TYPE_CHECKING:
    from textual.widget import Widget

    from imr_tui.model.case import Case


class Choice(Enum):
    """Which of two texts goes on."""

    MINE = "mine"
    THEIRS = "theirs"


class ChoiceScreen(Dialog[Choice | None]):
    """Neither text is lost: the other one becomes a version. Esc decides nothing yet."""

    HEADING = "The case file was changed by another program"
    BINDINGS = [  # noqa: RUF012
        Binding(
            "m",
            "choose('mine')",
            "Keep mine",
            id="choice.mine",
            tooltip="Continue with what you have here",
        ),
        Binding(
            "t",
            "choose('theirs')",
            "Take theirs",
            id="choice.theirs",
            tooltip="Continue with what the file holds now",
        ),
    ]

    def __init__(self, mine: Case, read: Callable[[], Case | None]) -> None:
        """`read` gives the other text, or None where the file is gone; it may raise ImrError."""
        super().__init__()
        self._mine = mine
        self._read = read
        self._theirs: Case | None = None
        self._is_read = False

    def body(self) -> Iterable[Widget]:
        yield Static("", classes="hint")
        yield DiffView()

    def on_mount(self) -> None:
        self._compare()

    @work
    async def _compare(self) -> None:
        """Show what differs, once the other text is read."""
        try:
            self._theirs = await asyncio.to_thread(self._read)
            hint = _GONE if self._theirs is None else _BOTH
        except ImrError as error:
            hint = str(error)
        self._is_read = True
        self.query_one(".hint", Static).update(Content(hint))
        if self._theirs is not None:
            self.query_one(DiffView).show(differences(self._mine, self._theirs))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "choose":
            can_go_on = self._is_read if parameters == ("mine",) else self._theirs is not None
            return can_go_on or None
        return True

    def action_choose(self, which: str) -> None:
        self.dismiss(Choice(which))


_BOTH = "- is what you have here, + is what the file holds now. Both are kept."
_GONE = "The file is gone. m writes it again."
