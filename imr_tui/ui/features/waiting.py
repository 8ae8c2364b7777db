"""Waits for work on a thread; a dialog says so if it takes long, and Esc leaves the wait."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from imr_tui.terminal.background import IsStopped, in_thread
from imr_tui.ui import dialogs

if TYPE_CHECKING:
    from collections.abc import Callable

    from imr_tui.ui.dialogs.waiting import WaitScreen
    from imr_tui.ui.state import Shell

PATIENCE_SECONDS = 0.5
"""How long a wait is not worth a dialog."""
_T = TypeVar("_T")


class Waiting:
    """Keys go to the dialog meanwhile, so callers are background workers."""

    def __init__(self, shell: Shell, holds: Callable[[Callable[[], object]], bool]) -> None:
        """`holds`: whether the screen is locked, so that an action is called after unlocking."""
        self._shell = shell
        self._holds = holds

    async def result(
        self, work: Callable[[IsStopped], _T], heading: str, sentence: str
    ) -> _T | None:
        """The result of `work`, or None if the reviewer left the wait; raises what `work` raises.

        `work` is told that it is stopped; what it returns then is dropped.
        """
        task = asyncio.ensure_future(in_thread(work))
        try:
            done, _ = await asyncio.wait({task}, timeout=PATIENCE_SECONDS)
            if not done:
                await self._wait(task, dialogs.waiting.WaitScreen(heading, sentence))
            return task.result() if task.done() else None
        finally:
            task.cancel()

    async def _wait(self, task: asyncio.Future[_T], screen: WaitScreen) -> None:
        """Show the dialog until the task is done, or the reviewer has closed it."""
        await self._unlocked()
        if task.done():
            return
        is_left = asyncio.Event()
        self._shell.push_screen(screen, lambda _: is_left.set())

        def end(_: object) -> None:
            if not is_left.is_set() and not self._holds(screen.end):
                screen.end()

        task.add_done_callback(end)
        await is_left.wait()

    async def _unlocked(self) -> None:
        is_unlocked = asyncio.Event()
        if self._holds(is_unlocked.set):
            await is_unlocked.wait()
