"""The locked screen: it shows nothing of a case, and asks for the PIN if there is one."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from math import ceil
from typing import TYPE_CHECKING

from textual import getters, on, work
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from imr_tui.session.pin_check import TOO_MANY, TRIES, PinCheck, wrong_in_words
from imr_tui.terminal.widgets import OpaqueScreen
from imr_tui.ui.app import ImrApp
from imr_tui.ui.bindings import bind
from imr_tui.ui.widgets.line_input import Line

if TYPE_CHECKING:
    from textual.widget import Widget

_REFRESH_SECONDS = 0.2


class LockScreen(OpaqueScreen):
    """Covers everything; without a PIN, the reviewer has to log in again.

    It is no `Dialog`: it is no panel over a screen, has none of the keys of dialogs, and keeps
    no draft.
    """

    app = getters.app(ImrApp)
    BINDINGS = [  # noqa: RUF012
        bind("app.quit", "leave", "End", "End the session (everything is saved)"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._at = self.app.now
        self._pin_check = PinCheck(self.app.folder, self.app.seconds)
        self._tries_left = max(TRIES - self._pin_check.wrong, 1)

    def compose(self) -> Iterable[Widget]:
        key = self.app.keys.name("app.quit")
        has_pin = self.app.profile is not None and bool(self.app.profile.pin)
        with Vertical():
            yield Static("", id="locked")
            if has_pin:
                yield Static(Content(f"Type your PIN, then Enter. {key} ends the session."))
                entry = Line(id="pin")
                entry.password = True
                yield entry
            else:
                says = f"{key} ends the session. Log in again to continue where you were."
                yield Static(Content(says))
            yield Static("", id="refused")

    def on_mount(self) -> None:
        self._describe()
        self.set_interval(_REFRESH_SECONDS, self._describe)

    def _describe(self) -> None:
        saved = (
            "Everything is saved."
            if self.app.parts.saving.is_saved
            else "The last changes are not saved yet."
        )
        line = Content(f"Locked at {self._at:%H:%M}. {saved}")
        shown = self.query_one("#locked", Static)
        if shown.content != line:
            shown.update(line)

    @on(Input.Submitted)
    def try_pin(self, event: Input.Submitted) -> None:
        event.stop()
        event.input.clear()
        wait = self._pin_check.wait
        if wait > 0:
            self._refuse(f"Wait {ceil(wait)} s, then type the PIN again.")
        elif event.value:
            self._check(event.value)

    @work(exclusive=True)
    async def _check(self, pin: str) -> None:
        if await asyncio.to_thread(self._pin_check.opens, self.app.profile, pin):
            self.app.parts.lock.unlock()
            return
        self._tries_left -= 1
        pause, left = self._pin_check.pause, self._tries_left
        self._refuse(wrong_in_words(left, pause))
        if not left:
            self.app.parts.lock.leave(TOO_MANY)

    def _refuse(self, why: str) -> None:
        self.query_one("#refused", Static).update(Content(why))

    def action_leave(self) -> None:
        self.app.parts.lock.leave("")
