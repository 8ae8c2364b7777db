"""Reads the worklist of the shared store on a thread, only ever what is wanted last."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, NamedTuple, Protocol

from imr_tui.errors import ImrError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from imr_tui.store.contract import Query, Scope
    from imr_tui.store.shared.worklist.rows import SharedRow

POLL_SECONDS = 15.0
"""How long after an answer the rows are read again."""
RETRY_SECONDS = 5.0
"""How long after an error they are."""


class Rows(Protocol):
    """What the thread reads from: `SharedRows`."""

    def is_coordinator(self) -> bool:
        """Whether the account sees the cases of others."""

    def page(self, query: Query, after: SharedRow | None, limit: int) -> Sequence[SharedRow]:
        """At most `limit` cases that follow `after`."""

    def finished(self, scope: Scope) -> int:
        """The number of finished cases, up to a limit."""

    def missing(self, numbers: Collection[str]) -> Collection[str]:
        """Which cases of the folder were not shared yet."""


class Wanted(NamedTuple):
    """What the worklist wants to know."""

    query: Query
    """Which cases."""
    limit: int
    """How many of them, if there are as many."""
    known: tuple[SharedRow, ...] = ()
    """The first of them, as read before."""
    numbers: frozenset[str] = frozenset()
    """The numbers of the cases in the folder."""


class Answer(NamedTuple):
    """What the shared store has, or why it could not be asked."""

    query: Query
    """Which cases."""
    rows: Sequence[SharedRow] = ()
    """The first of them, in their order."""
    is_complete: bool = False
    """Whether these are all."""
    finished: int = 0
    """How many finished cases there are in the scope, up to a limit."""
    missing: Collection[str] = ()
    """The numbers of the cases in the folder that were not shared yet."""
    is_coordinator: bool = False
    """Whether the account sees the cases of others."""
    error: ImrError | None = None
    """Why the store could not be asked."""


class SharedReader:
    """A thread that answers what is wanted, and answers it again when something may have changed.

    While it reads, only the newest wish waits. It never keeps the process from ending.
    """

    def __init__(
        self,
        connect: Callable[[], Rows],
        report: Callable[[Answer], object],
        fail: Callable[[Exception], object],
        delay: float = 0.0,
    ) -> None:
        """`connect`, `report` and `fail` are called on the thread, `delay` seconds after its start.

        `connect` is called until it succeeds. After an unexpected error, which `fail` gets, the
        thread ends.
        """
        self._connect = connect
        self._report = report
        self._fail = fail
        self._delay = delay
        self._changed = threading.Condition()
        self._wanted: Wanted | None = None
        self._is_new = False
        self._is_active = False
        self._thread: threading.Thread | None = None
        self._rows: Rows | None = None
        self._is_coordinator: bool | None = None
        self._numbers: frozenset[str] | None = None
        self._missing: Collection[str] = ()

    def want(self, wanted: Wanted) -> None:
        """Read this as soon as possible, instead of what was wanted before."""
        with self._changed:
            self._wanted, self._is_new, self._is_active = wanted, True, True
            self._changed.notify()
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="worklist", daemon=True)
            self._thread.start()

    def pause(self) -> None:
        """Read nothing until something is wanted."""
        with self._changed:
            self._is_active = False
            self._changed.notify()

    def _run(self) -> None:
        try:
            time.sleep(self._delay)
            seconds = POLL_SECONDS
            while True:
                answer = self._answer(*self._next(seconds))
                seconds = RETRY_SECONDS if answer.error else POLL_SECONDS
                self._report(answer)
        except Exception as error:
            self._fail(error)

    def _next(self, seconds: float) -> tuple[Wanted, bool]:
        """What to read next, and whether it is a new wish; the old one again after `seconds`."""
        with self._changed:
            if self._wanted is not None:
                self._changed.wait_for(lambda: self._is_new or not self._is_active, seconds)
            self._changed.wait_for(lambda: self._is_active and self._wanted is not None)
            assert self._wanted is not None
            is_new, self._is_new = self._is_new, False
            return self._wanted, is_new

    def _answer(self, wanted: Wanted, is_new: bool) -> Answer:
        try:
            self._rows = self._rows or self._connect()
            return self._read(self._rows, wanted, wanted.known if is_new else ())
        except ImrError as error:
            return Answer(wanted.query, error=error)

    def _read(self, rows: Rows, wanted: Wanted, known: tuple[SharedRow, ...]) -> Answer:
        query, limit = wanted.query, wanted.limit - len(known)
        found = rows.page(query, known[-1] if known else None, limit)
        if self._is_coordinator is None:
            self._is_coordinator = rows.is_coordinator()
        if not known or wanted.numbers != self._numbers:
            self._missing = rows.missing(wanted.numbers)
            self._numbers = wanted.numbers
        return Answer(
            query,
            (*known, *found),
            len(found) < limit,
            rows.finished(query.scope),
            self._missing,
            self._is_coordinator,
        )
