"""The pages of the shared store's worklist that were read, and which one is read next."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from imr_tui.ui.features.case_rows.shared_reader import SharedReader, Wanted

if TYPE_CHECKING:
    from collections.abc import Callable

    from imr_tui.store.contract import Query
    from imr_tui.store.shared.worklist.rows import SharedRow
    from imr_tui.ui.features.case_rows.shared_reader import Answer, Rows

PAGE = 25
"""How many cases are read at a time."""
AHEAD = 60
"""How many rows below the cursor are read before it reaches them."""
SOON_SECONDS = 1.0
"""How long Enter waits for the rows of a filter."""
AFTER_FRAME_SECONDS = 0.2
"""How long connecting waits, so that the first frame is not only drawn but sent."""


class SharedPages:
    """Keeps the newest answer of the shared store; to be used on the app's loop."""

    def __init__(
        self,
        report: Callable[[], None],
        fail: Callable[[Exception], None],
        connect: Callable[[], Rows],
        call_later: Callable[[Callable[[Answer], None], Answer], object],
    ) -> None:
        """`connect` is called on a thread; `call_later` calls on the app's loop, from any."""
        self._report = report
        self._reader = SharedReader(
            connect, lambda answer: call_later(self._adopt, answer), fail, AFTER_FRAME_SECONDS
        )
        self._query: Query | None = None
        self._limit = 0
        self._soon = 0.0
        self._numbers: frozenset[str] = frozenset()
        self.answer: Answer | None = None
        """The last answer, perhaps to an earlier query."""
        self.error = ""
        """Why the store could not be asked last, or blank."""
        self.is_first_answer = False
        """Whether the last answer is the first one to its query."""

    @property
    def is_current(self) -> bool:
        """Whether the last answer is that to what is wanted, or there is none to show."""
        return self.readable is None or self.readable.query == self._query

    @property
    def is_awaited(self) -> bool:
        """Whether the answer is to be expected soon."""
        return not self.is_current and time.monotonic() < self._soon

    @property
    def readable(self) -> Answer | None:
        """The last answer; None before the first one, and while the store cannot be asked."""
        return None if self.error else self.answer

    def want(self, query: Query) -> None:
        """Read the first page of a query, unless it is what was wanted last."""
        if query != self._query:
            self._soon = time.monotonic() + SOON_SECONDS
            self._want(query, PAGE)

    def again(self) -> None:
        """Read all that was read again, since something may have changed."""
        if self._query is not None:
            self._want(self._query, self._limit)

    def reach(self, at: int) -> None:
        """Read the next page if fewer than AHEAD rows follow the index `at`."""
        answer = self.readable
        if answer is None or answer.is_complete or not self.is_current:
            return
        known = tuple(answer.rows)
        if at + AHEAD >= len(known) >= self._limit:
            self._want(answer.query, len(known) + PAGE, known)

    def note_folder(self, numbers: frozenset[str]) -> None:
        """Ask which of these cases of the folder were not shared yet, if they are others now."""
        if numbers != self._numbers:
            self._numbers = numbers
            self.again()

    def pause(self) -> None:
        """Read nothing until something is wanted."""
        self._reader.pause()

    def _want(self, query: Query, limit: int, known: tuple[SharedRow, ...] = ()) -> None:
        self._query, self._limit = query, limit
        self._reader.want(Wanted(query, limit, known, self._numbers))

    def _adopt(self, answer: Answer) -> None:
        if answer.query != self._query:
            # Something else is wanted by now.
            return
        if answer.error is not None:
            self.error = str(answer.error)
        else:
            self.error = ""
            self.is_first_answer = self.answer is None or self.answer.query != answer.query
            self.answer = answer
        self._report()
