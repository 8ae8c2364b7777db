"""The rules at work beside the app: always over the latest case, and never in the way of a key."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from imr_tui.checks import Finding
    from imr_tui.model.case import Case

Step = Callable[[], None]
"""Called between two steps of a look; raises Overtaken to end it."""
Look: TypeAlias = "Callable[[Case, Step], tuple[Finding, ...]]"
"""Finds what there is to find in a case; called on a thread of its own."""
Report: TypeAlias = "Callable[[Case, tuple[Finding, ...]], None]"
"""Told what was found in which case, on the app's own loop."""


class Overtaken(Exception):
    """The case that is being looked at is not the latest one any more."""


class CheckRunner:
    """Looks at one case at a time; of those that come meanwhile, at the last one."""

    def __init__(self, look: Look, report: Report, fail: Callable[[Exception], None]) -> None:
        self._look = look
        self._report = report
        self._fail = fail
        self._wanted: Case | None = None
        self._at: Case | None = None
        self._looking: asyncio.Task[None] | None = None

    def over(self, case: Case) -> None:
        """Look at `case` as soon as what is being looked at is done or dropped."""
        self._wanted = case
        if self._looking is None or self._looking.done():
            # No worker of the app: keys wait for those.
            self._looking = asyncio.create_task(self._run())

    def drop(self) -> None:
        """Look no further: the case has changed, and the thread would only slow the next key."""
        self._at = None

    async def _run(self) -> None:
        while (case := self._wanted) is not None:
            self._wanted, self._at = None, case
            try:
                found = await asyncio.to_thread(self._look, case, partial(self._go_on, case))
            except Overtaken:
                continue
            except Exception as error:
                self._fail(error)
                return
            if self._wanted is None:
                self._report(case, found)

    def _go_on(self, case: Case) -> None:
        if self._at is not case:
            raise Overtaken
