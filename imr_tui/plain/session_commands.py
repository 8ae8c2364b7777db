"""The commands that every page of plain mode has, in a case or not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from imr_tui.plain.command import Command
from imr_tui.plain.console import Ended

if TYPE_CHECKING:
    from imr_tui.plain.command import Page
    from imr_tui.plain.session import PlainSession


def session_commands(
    session: PlainSession, lock: Callable[[], object], take_over: Callable[[], Page | None]
) -> Sequence[Command]:
    """The commands; those that cannot be used now are not among them."""
    commands = [
        Command("lock", "lock the session now", lambda _: _lock(lock), ("app.lock",), False),
        Command("quit", "save all and end", lambda _: _quit(), ("app.quit",), False),
    ]
    if session.held_by is not None and session.open_case is not None:
        take = Command("take", "take over the case", lambda _: take_over(), ("app.take-over",))
        commands.insert(0, take)
    if (notice := session.notices.first) is not None:
        answer = Command("answer", "answer the notice", lambda _: notice.answer(), ("app.answer",))
        commands.insert(0, answer)
    return commands


def _lock(lock: Callable[[], object]) -> None:
    lock()


def _quit() -> None:
    raise Ended(is_final=False)
