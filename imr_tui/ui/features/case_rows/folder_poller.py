"""Keeps the worklist in step with its folder while it is in view."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from imr_tui.errors import ImrError

if TYPE_CHECKING:
    from imr_tui.store.worklist.listing import Listing

LOOK_SECONDS = 1.0
"""How long after a poll the next one follows."""
FEW = 25
"""Up to so many files are read before the first frame; more are read on a thread."""
BATCH_SECONDS = 0.5
"""For how long the thread reads before the worklist shows the result."""
KEYS_SECONDS = 1.0
"""For how long after a key no more than FEW files are read."""


class FolderPoller:
    """Looks for changes once a second, and reads changed files on a thread, in batches."""

    def __init__(
        self, listing: Listing, report: Callable[[], None], fail: Callable[[Exception], None]
    ) -> None:
        self._listing = listing
        self._report = report
        self._fail = fail
        self._task: asyncio.Task[None] | None = None
        self._is_wanted = False
        self._is_asked = False
        self._nudged = asyncio.Event()
        self._looked = 0.0
        self._ends = 0.0
        self._keys_until = 0.0
        self.fault = ""
        """Why the folder could not be read, or blank."""

    @property
    def waiting(self) -> int:
        """The number of files that are still to be read."""
        return self._listing.waiting

    def start(self) -> None:
        """Poll at once, read up to FEW files, and continue until `stop`."""
        self._is_wanted = True
        if self._task is not None and not self._task.done():
            self.nudge()
            return
        self._look()
        if self.waiting <= FEW:
            self._read()
        self._report()
        # Not a worker of the app: keys wait for those.
        self._task = asyncio.create_task(self._run())

    def nudge(self) -> None:
        """Poll now if active; always report, since the date may have changed."""
        self._is_asked = True
        self._nudged.set()

    def give_way(self) -> None:
        """Read few files for a moment: somebody is typing."""
        self._keys_until = time.monotonic() + KEYS_SECONDS

    def stop(self) -> None:
        """Stop after the current batch."""
        self._is_wanted = False
        self._nudged.set()

    async def _run(self) -> None:
        try:
            while self._is_wanted:
                await self._pause()
                if self._is_wanted and not self._gives_way:
                    is_asked, self._is_asked = self._is_asked, False
                    has_news = await asyncio.to_thread(self._step)
                    if (has_news or is_asked) and self._is_wanted:
                        self._report()
        except Exception as error:
            self._fail(error)

    async def _pause(self) -> None:
        """Wait until it is time for the next step."""
        if self._gives_way:
            await asyncio.sleep(max(self._keys_until - time.monotonic(), 0))
        elif not self.waiting:
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._nudged.wait()
        self._nudged.clear()

    @property
    def _gives_way(self) -> bool:
        return self.waiting > FEW and time.monotonic() < self._keys_until

    def _step(self) -> bool:
        """Poll if it is time to, and read for a while; True if there is something to report."""
        was_reading = self.waiting > 0
        is_time = not was_reading or time.monotonic() - self._looked > LOOK_SECONDS
        has_changed = is_time and self._look()
        self._ends = time.monotonic() + BATCH_SECONDS
        return self._read(self._goes_on) or has_changed or was_reading or self.waiting > 0

    def _goes_on(self) -> bool:
        return time.monotonic() < self._ends and not self._gives_way

    def _look(self) -> bool:
        self._looked, fault = time.monotonic(), self.fault
        try:
            has_changed = self._listing.look()
        except ImrError as error:
            has_changed, self.fault = False, str(error)
        else:
            self.fault = ""
        return has_changed or self.fault != fault

    def _read(self, goes_on: Callable[[], bool] = lambda: True) -> bool:
        has_changed = self._listing.read(goes_on)
        self._listing.keep()
        return has_changed
