"""The rules at work beside the app: always over the latest case, and never in the way of a key."""

import asyncio
from collections.abc import Callable

from imr_tui.case import Case
from imr_tui.checks import Finding

Look = Callable[[Case], tuple[Finding, ...]]
"""Finds what there is to find in a case; called on a thread of its own."""
Report = Callable[[Case, tuple[Finding, ...]], None]
"""Told what was found in which case, on the app's own loop."""


class Watch:
    """Looks at one case at a time; of those that come meanwhile, at the last one."""

    def __init__(self, look: Look, report: Report, fail: Callable[[Exception], None]) -> None:
        self._look = look
        self._report = report
        self._fail = fail
        self._wanted: Case | None = None
        self._looking: asyncio.Task[None] | None = None

    def over(self, case: Case) -> None:
        """Look at `case` as soon as what is being looked at is done."""
        self._wanted = case
        if self._looking is None or self._looking.done():
            # No worker of the app: keys wait for those.
            self._looking = asyncio.create_task(self._run())

    async def _run(self) -> None:
        while (case := self._wanted) is not None:
            self._wanted = None
            try:
                found = await asyncio.to_thread(self._look, case)
            except Exception as error:
                self._fail(error)
                return
            if self._wanted is None:
                self._report(case, found)
