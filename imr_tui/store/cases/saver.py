"""A background thread that saves the latest state of a case, or of a session's drafts."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

from imr_tui.errors import CannotStore, Conflict, ImrError, KeptElsewhere
from imr_tui.store.cases.slow_save import SlowSaveWatch

FLUSH_SECONDS = 5.0
"""Default timeout of `flush`."""
CLOSE_SECONDS = 1.0
"""How long `close` waits for a disk that hangs."""
PAUSE_SECONDS = 0.2
"""Pause after a save, to collect more keys; a waiting `flush` ends it."""
RETRY_SECONDS = 1.0
"""Time from the beginning of a try that failed to the next one."""

State = TypeVar("State")
"""The type of the saved state: a case, or the drafts of a session."""
Report = Callable[[ImrError | None], None]
"""Called after every attempt, on the saver's thread; None means success."""
Task = Callable[[], object]
"""Other work on the disk; an exception that it raises is only recorded."""


class Saver(Generic[State]):
    """Writes the last state that was `put`, with a pause between two saves.

    States replaced before their turn are never written. After a failure, it retries every
    RETRY_SECONDS, and at once for a newer state. A Conflict is not retried: the state is safe
    elsewhere, and the reviewer has to choose.
    """

    def __init__(
        self,
        write: Callable[[State], None],
        report: Report,
        keep: Callable[[State], bool] | None = None,
        *,
        name: str = "saver",
        pause: float = PAUSE_SECONDS,
        chore: tuple[float | None, Task] = (None, bool),
    ) -> None:
        """`write` saves a state, or raises CannotStore.

        It raises Conflict if it saved the state elsewhere for good, and KeptElsewhere if it did
        so until the file can be written. `keep` saves a state elsewhere while a `write` hangs,
        and returns whether that worked. `pause`: seconds between two saves; `chore`: a task for
        whenever there was no other work for so many seconds.
        """
        self._write = write
        self._report = report
        self._pause_seconds = pause
        self._idle_seconds, self._chore = chore
        self._pending: State | None = None
        self._tasks: deque[Task] = deque()
        self._writing = False
        self._trying: State | None = None
        self._kept: State | None = None
        self._has_failed = False
        self._unsaved_since: float | None = None
        self._pending_since = 0.0
        self._closed = False
        self._waiters = 0
        self._saved_at = float("-inf")
        self.callback_error: Exception | None = None
        """The last exception raised by a report or a task."""
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()
        note_error = partial(setattr, self, "callback_error")
        self._watch = (
            SlowSaveWatch(keep, self._not_kept, self._note_kept, note_error) if keep else None
        )

    @property
    def is_idle(self) -> bool:
        """Whether all states are saved and all tasks are done."""
        return self._pending is None and not self._tasks and not self._writing

    @property
    def is_kept(self) -> bool:
        """Whether the newest state is on the disk, in its file or in another place."""
        return self.is_idle or (self._latest is not None and self._latest is self._kept)

    @property
    def _is_refused(self) -> bool:
        """Whether the newest state could not be saved and is kept elsewhere."""
        return self._has_failed and self._pending is not None and self._pending is self._kept

    @property
    def _latest(self) -> State | None:
        """The newest unsaved state."""
        return self._trying if self._pending is None else self._pending

    @property
    def lag(self) -> float:
        """Seconds since the oldest unsaved state was put; 0 if all are saved."""
        with self._changed:
            if self._unsaved_since is None:
                return 0.0
            return time.monotonic() - self._unsaved_since

    def put(self, state: State) -> None:
        """Hand over the newest state; returns at once."""
        with self._changed:
            if self._pending is None:
                self._pending_since = time.monotonic()
            if self._unsaved_since is None:
                self._unsaved_since = self._pending_since
            self._pending = state
            self._changed.notify_all()

    def then(self, task: Task) -> None:
        """Run `task` once all states put so far have been tried; returns at once."""
        with self._changed:
            self._tasks.append(task)
            self._changed.notify_all()

    def flush(self, timeout: float | None = None, *, or_kept: bool = False) -> bool:
        """Wait until all states are saved; False if they are not after `timeout` seconds.

        With `or_kept`, a state that could not be saved but is kept elsewhere is enough.
        """
        with self._changed:
            self._waiters += 1
            self._changed.notify_all()
            try:
                seconds = FLUSH_SECONDS if timeout is None else timeout
                self._changed.wait_for(
                    lambda: self.is_idle or (or_kept and self._is_refused), seconds
                )
                return self.is_kept if or_kept else self.is_idle
            finally:
                self._waiters -= 1

    def close(self) -> None:
        """Stop the thread; unsaved states are lost, so `flush` first."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        if self._watch is not None:
            self._watch.close()
        if threading.current_thread() is not self._thread:
            self._thread.join(CLOSE_SECONDS)

    def _run(self) -> None:
        while self._wait():
            if (state := self._next()) is not None:
                self._save(state)
            else:
                self._do_task()

    def _wait(self) -> bool:
        """Wait for work; False once the saver is closed."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._pending is not None or bool(self._tasks) or self._closed,
                self._idle_seconds,
            )
            rest = self._saved_at + self._pause_seconds - time.monotonic()
            if rest > 0 and self._pending is not None:
                self._changed.wait_for(self._is_wanted_now, rest)
            return not self._closed

    def _is_wanted_now(self) -> bool:
        """Whether a `flush`, a task or `close` waits for the pending state."""
        return bool(self._waiters or self._tasks or self._closed)

    def _next(self) -> State | None:
        with self._changed:
            state, self._pending = self._pending, None
            self._trying = state
            self._writing = True
            return state

    def _do_task(self) -> None:
        with self._changed:
            task = self._tasks.popleft() if self._tasks else self._chore
        self._attempt(task)
        with self._changed:
            self._writing = False
            self._changed.notify_all()

    def _save(self, state: State) -> None:
        began = time.monotonic()
        error = self._try_watched(state)
        again = error is not None and not isinstance(error, Conflict)
        with self._changed:
            self._writing = False
            self._trying = None
            self._has_failed = again
            # A failure that took long has been pause enough.
            self._saved_at = began if again else time.monotonic()
            if again and self._pending is None:
                self._pending = state
            self._kept = state if isinstance(error, KeptElsewhere) else None
            if not again:
                self._unsaved_since = None if self._pending is None else self._pending_since
            self._changed.notify_all()
        self._attempt(lambda: self._report(error))
        if again:
            self._pause(state, max(began + RETRY_SECONDS - time.monotonic(), 0.0))

    def _try_watched(self, state: State) -> ImrError | None:
        if self._watch is not None:
            self._watch.begin()
        try:
            return self._try(state)
        finally:
            if self._watch is not None:
                self._watch.end()

    def _try(self, state: State) -> ImrError | None:
        try:
            self._write(state)
        except ImrError as error:
            return error
        except Exception as error:
            # The thread must survive any error, and the reviewer must see it.
            return CannotStore(f"It could not be written: {type(error).__name__}.")
        return None

    def _attempt(self, task: Task) -> None:
        try:
            task()
        except Exception as fault:
            # As for a save, the thread must survive. The receiver of a report may be gone already.
            self.callback_error = fault

    def _pause(self, failed: State, seconds: float) -> None:
        """Wait before the next try, unless a newer state comes, which may be kept elsewhere."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._pending is not failed, seconds)

    def _not_kept(self) -> State | None:
        """The newest unsaved state, unless it is kept elsewhere."""
        with self._changed:
            return None if self._latest is self._kept else self._latest

    def _note_kept(self, state: State) -> None:
        with self._changed:
            self._kept = state
            self._changed.notify_all()
