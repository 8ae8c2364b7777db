"""What dialogs share: a panel over the screen, and Esc that closes it and keeps everything."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import getters
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen, ScreenResultType
from textual.widgets import Static

from imr_tui.ui.app import ImrApp
from imr_tui.ui.messages import Edited
from imr_tui.ui.state import KEY
from imr_tui.ui.widgets.field import complain
from imr_tui.ui.widgets.key_line import KeyLine
from imr_tui.ui.widgets.notice_line import NoticeLine

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget
    from textual.widgets import Input

    from imr_tui.model.edits import Change


class Dialog(ModalScreen[ScreenResultType]):
    """A title, a body, the keys. What is typed in it is saved like everything else.

    What the case does not hold yet, as half a date, is a draft, and there when the dialog is
    opened again. Words of a search are none, and a PIN never is.
    """

    app = getters.app(ImrApp)
    HEADING = ""
    BINDINGS = [  # noqa: RUF012
        Binding("escape", "close", "Close", id="dialog.close", tooltip="Close; all is kept"),
        Binding("f1", "app.help", "Help", id="dialog.help", tooltip="Show every key"),
        Binding(
            KEY,
            "app.answer",
            "Answer",
            id="dialog.answer",
            show=False,
            tooltip="Open what the line above the keys tells of",
        ),
        Binding(
            "f8", "app.lock", "Lock", id="dialog.lock", show=False, tooltip="Lock the screen now"
        ),
        Binding(
            "ctrl+q", "app.quit", "Quit", id="dialog.quit", show=False, tooltip="Quit; all is saved"
        ),
    ]

    def compose(self) -> ComposeResult:
        with Vertical(classes="panel"):
            yield Static(Content(self.HEADING), classes="heading")
            yield from self.body()
            yield NoticeLine(tells_saving=True)
            yield KeyLine()

    def on_screen_resume(self) -> None:
        self.app.checking.sync_views()

    def body(self) -> Iterable[Widget]:
        """The widgets of the dialog."""
        raise NotImplementedError

    def edit(self, change: Change, step: str = "", gives: str = "") -> None:
        """Ask the app to apply `change`; it gives the draft at `gives`, or at `step`."""
        self.post_message(Edited(change, step, self.app.drafts.find(gives or step)))

    def take(self, entry: Input, change: Change, step: str) -> bool:
        """Have the case hold what was typed; where it has no room it is kept as a draft."""
        if self.app.editing.refuses(change):
            self.keep_draft(entry, step, "too much for the case")
            return False
        complain(entry, "")
        self.edit(change, step)
        return True

    def keep_draft(self, entry: Input, step: str, fault: str) -> None:
        """Keep what was typed and the case cannot hold, and say what is wrong with it."""
        complain(entry, fault)
        self.app.drafts.put(step, entry.value)

    def action_close(self) -> None:
        self.dismiss(None)
