"""The letter of an earlier review in the pane beside a text."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual import getters, work

from imr_tui.errors import ImrError
from imr_tui.terminal.background import BACKGROUND, in_thread
from imr_tui.ui.app import ImrApp
from imr_tui.ui.widgets.letter_view import LetterView


class EarlierView(LetterView):
    """Reads the letter on a thread when another one is chosen."""

    app = getters.app(ImrApp)

    def __init__(self, *, id: str, tell: Callable[[str], object]) -> None:
        """`tell` is given what was read, such as `signed letter`, once it is shown."""
        super().__init__(id=id)
        self._tell = tell
        self._number = ""

    def show_number(self, number: str) -> None:
        """Show the letter of the case `number`, from its start."""
        if number != self._number:
            self._number = number
            self._read(number)

    @work(exclusive=True, group=BACKGROUND)
    async def _read(self, number: str) -> None:
        try:
            found = await in_thread(partial(self.app.parts.earlier_letters.read, number))
        except ImrError as error:
            self.say(str(error))
            return
        if self.is_attached and number == self._number:
            self.show(found.preview)
            self.scroll_home(animate=False)
            self._tell(found.source)
