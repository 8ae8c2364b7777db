"""The conversation of plain mode: enters pages, asks for commands, and runs them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NoReturn

from imr_tui.errors import ImrError
from imr_tui.plain.command import choices, find
from imr_tui.plain.console import Cancelled

if TYPE_CHECKING:
    from imr_tui.plain.command import Command, Page
    from imr_tui.plain.console import Console

CANCELLED = "Cancelled. quit ends the session."
"""Answers ctrl+c."""


class Loop:
    """Runs pages until the session ends."""

    def __init__(
        self,
        console: Console,
        follow: Callable[[], object],
        shared: Callable[[Page], Sequence[Command]],
    ) -> None:
        """`follow` says what happened meanwhile; `shared`: the commands that every page has."""
        self._console = console
        self._follow = follow
        self._shared = shared
        self._page: Page | None = None

    @property
    def page(self) -> Page:
        """The page that was run last; raises RuntimeError before the first one."""
        if self._page is None:
            raise RuntimeError("no page was run")
        return self._page

    def run(self, page: Page) -> NoReturn:
        """Run a page and those that follow it. Raises Ended when the session must end."""
        self._page = page
        self._enter(page)
        while True:
            try:
                self._page = self._step(self._page)
            except Cancelled:
                self._console.say(CANCELLED)
            except ImrError as error:
                self._console.error(str(error))

    def _step(self, page: Page) -> Page:
        """Ask once, and run the command; the page that follows."""
        self._follow()
        shared = self._shared(page)
        line = self._console.ask(choices(page, shared))
        if not line:
            self._enter(page)
            return page
        commands = [*page.commands(), *shared]
        if line == "?":
            self._explain(page, commands)
            return page
        if (found := find(commands, line)) is None:
            word = line.split()[0]
            self._console.error(f"There is no command {word}. ? lists the commands.")
            return page
        command, rest = found
        following = command.run(rest)
        if following is None:
            return page
        if following is not page:
            self._enter(following)
        return following

    def _enter(self, page: Page) -> None:
        self._console.say(page.title, *page.lines())

    def _explain(self, page: Page, commands: Sequence[Command]) -> None:
        """Say all commands of a page, one line each."""
        said: set[str] = set()
        self._console.say(f"Commands of {page.title}:")
        for command in commands:
            if command.word not in said:
                said.add(command.word)
                self._console.say(f"{command.word}: {command.says}")
        self._console.say("A blank line says this page again.")
