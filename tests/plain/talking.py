"""Talks to one page of plain mode over a pipe, without the pages around it."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime

from imr_tui.model.case import Case
from imr_tui.plain.command import Command, Page, find
from imr_tui.plain.console import Cancelled, Console, Ended
from imr_tui.plain.session import PlainSession
from imr_tui.store.cases.case_codec import encode
from imr_tui.store.cases.folder import Folder
from imr_tui.store.config.machine_policy import Host
from imr_tui.store.config.profile import load_profile
from imr_tui.store.config.settings import load_settings
from tests.builders import NOW, NUMBER

MakePage = Callable[[PlainSession], Page]


class Talk:
    """What one session said at a page, and the case that it left on the disk."""

    def __init__(self, folder: Folder, output: str, number: str, page: Page) -> None:
        self.output = output
        """Everything that was said."""
        self.page = page
        """The page at the end."""
        self._folder = folder
        self._number = number

    @property
    def case(self) -> Case:
        """The case on the disk."""
        return self._folder.open(self._number).case

    @property
    def said(self) -> list[str]:
        """The lines that were said."""
        return self.output.splitlines()

    @property
    def errors(self) -> list[str]:
        """The lines that begin with `Error:`, without it."""
        return [line.removeprefix("Error: ") for line in self.said if line.startswith("Error:")]


def talk(
    folder: Folder,
    make: MakePage,
    *lines: str,
    number: str = NUMBER,
    prepare: Callable[[PlainSession], object] = lambda session: None,
    now: datetime = NOW,
    host: Host | None = None,
) -> Talk:
    """Type `lines` at a page of a case, to its prompt and to the questions of its commands."""
    read, write = os.pipe()
    os.write(write, "".join(f"{line}\n" for line in lines).encode())
    os.close(write)
    said = io.BytesIO()
    output = io.TextIOWrapper(said, encoding="utf-8", newline="\n")
    console = Console(read, output)
    session = PlainSession(console, folder, load_settings(folder), host or Host(), lambda: now)
    session.profile = load_profile(folder)
    try:
        assert session.open(number), said.getvalue().decode()
        prepare(session)
        page = _at(session, make(session), [])
        assert session.leave()
        assert session.drafts.flush()
    finally:
        os.close(read)
        session.checker.close()
    output.flush()
    return Talk(folder, said.getvalue().decode(), number, page)


def _at(session: PlainSession, page: Page, shared: Sequence[Command]) -> Page:
    """Follow commands from page to page until the input ends."""
    turns = {"undo": session.undo, "redo": session.redo}
    with suppress(Ended):
        while True:
            line = session.console.ask(page.prompt())
            if line in turns:
                turns[line]()
                continue
            found = find([*page.commands(), *shared], line)
            if found is None:
                session.console.error(f"There is no command {line}.")
                continue
            with suppress(Cancelled):
                command, rest = found
                following = command.run(rest)
                if following is not None and following is not page:
                    session.console.say(following.title, *following.lines())
                    page = following
    return page


def put(folder: Folder, case: Case) -> Folder:
    """Write a case as the program writes it."""
    folder.path_of(case.number).write_bytes(encode(case))
    return folder
