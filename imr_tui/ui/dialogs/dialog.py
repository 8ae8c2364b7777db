"""The base class of all dialogs: a panel over the screen that Esc closes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import getters
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen, ScreenResultType

from imr_tui.ui.app import ImrApp
from imr_tui.ui.bindings import bind
from imr_tui.ui.messages import Edited
from imr_tui.ui.widgets.key_line import KeyLine
from imr_tui.ui.widgets.notice_line import NoticeLine

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget

    from imr_tui.model.edits import Change


class Dialog(ModalScreen[ScreenResultType]):
    """A heading, a body, and the keys.

    Closing loses nothing: text that the case cannot hold yet, such as half a date, is saved as a
    draft and shown again when the dialog is next opened. Search words are not saved, and a PIN
    never is.
    """

    app = getters.app(ImrApp)
    HEADING = ""
    BINDINGS = [  # noqa: RUF012
        bind("dialog.close", "close", "Close", "Close (what you typed is kept)"),
        bind("app.help", "app.help", "Help", "Show all keys"),
        bind("app.answer", "app.answer", "Answer", "Open the notice above the keys", show=False),
        bind("app.lock", "app.lock", "Lock", "Lock the screen now", show=False),
        bind("app.quit", "app.quit", "Quit", "Quit (everything is saved)", show=False),
    ]

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"), Vertical(classes="panel") as panel:
            panel.border_title = Content(self.HEADING)
            yield from self.body()
            yield from self.app.parts.tour.panel()
            yield NoticeLine(tells_saving=True)
            yield KeyLine()

    def on_screen_resume(self) -> None:
        self.app.parts.checking.sync_views()

    def body(self) -> Iterable[Widget]:
        """The widgets of the dialog."""
        raise NotImplementedError

    def edit(self, change: Change, step: str = "", gives: str = "") -> None:
        """Ask the app to apply `change`, which makes the draft at `gives` or `step` obsolete."""
        self.post_message(Edited(change, step, self.app.drafts.find(gives or step)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return None if self.why_not(action, parameters) else True

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Why an action cannot be used now, as a sentence; blank if it can."""
        return ""

    def action_close(self) -> None:
        self.dismiss(None)
