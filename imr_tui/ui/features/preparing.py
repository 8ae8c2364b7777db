"""Prepares a case to be opened: gets its lease and its latest text from the shared store."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from imr_tui.errors import ImrError, Unreachable
from imr_tui.terminal.background import BACKGROUND, in_thread
from imr_tui.ui.features.replication import me
from imr_tui.ui.features.waiting import PATIENCE_SECONDS

if TYPE_CHECKING:
    from imr_tui.store.shared.replication.replicated_folder import Prepared
    from imr_tui.terminal.background import IsStopped
    from imr_tui.ui.features.replication import Replicating
    from imr_tui.ui.features.waiting import Waiting
    from imr_tui.ui.state import Shell, State

Then = Callable[[ImrError | None], object]
"""Called once a case can be opened, with the reason if it can only be read."""


class Preparing:
    """Without a shared store, a case can be opened at once."""

    def __init__(
        self, state: State, shell: Shell, waiting: Waiting, replication: Replicating
    ) -> None:
        self._state = state
        self._shell = shell
        self._waiting = waiting
        self._replication = replication

    def prepare(
        self,
        number: str,
        then: Then,
        left: Callable[[], object] = lambda: None,
        *,
        needs_lease: bool = False,
    ) -> None:
        """Prepare a case, then call `then`, or `left` if the reviewer leaves the wait.

        With `needs_lease`, the case can only be read while the shared store is unreachable.
        """
        if self._replication.is_on:
            self._shell.run_worker(self._begin(number, then, left, needs_lease))
        else:
            then(None)

    async def _begin(
        self, number: str, then: Then, left: Callable[[], object], needs_lease: bool
    ) -> None:
        """Prepare a case; keys wait until it is open, but only for a moment."""
        done = asyncio.Event()
        work = self._prepare(number, then, left, done, needs_lease)
        self._shell.run_worker(work, exclusive=True, group=f"{BACKGROUND}-prepare")
        with suppress(TimeoutError):
            async with asyncio.timeout(2 * PATIENCE_SECONDS):
                await done.wait()

    async def _prepare(
        self,
        number: str,
        then: Then,
        left: Callable[[], object],
        done: asyncio.Event,
        needs_lease: bool,
    ) -> None:
        try:
            then(await self._refused(number, needs_lease))
        except _LeftError:
            left()
        finally:
            done.set()
        # What nobody has claimed: the reviewer left, or the case can only be read.
        await in_thread(lambda _: self._discard(number))

    async def _refused(self, number: str, needs_lease: bool) -> ImrError | None:
        """Why a case can only be read, or None; raises _LeftError if the reviewer left."""
        sentence = f"{number} is fetched from the shared store. esc leaves it as it is."
        try:
            bring = partial(self._bring, number)
            prepared = await self._waiting.result(bring, "Opening...", sentence)
        except ImrError as error:
            return error
        if prepared is None:
            raise _LeftError
        if needs_lease and prepared.why_waiting:
            await in_thread(lambda _: self._discard(number))
            return Unreachable(prepared.why_waiting)
        if prepared.says:
            self._shell.say(prepared.says)
        return None

    def _bring(self, number: str, is_stopped: IsStopped) -> Prepared:
        prepared = self._replication.cases.prepare(number, me(self._state))
        if is_stopped():
            self._discard(number)
        return prepared

    def _discard(self, number: str) -> None:
        self._replication.cases.discard(number)


class _LeftError(Exception):
    """The reviewer left a wait."""
