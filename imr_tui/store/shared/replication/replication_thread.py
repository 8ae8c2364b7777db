"""The replication thread of an open case: sends its newest text to the shared store."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from imr_tui.errors import Conflict, ImrError
from imr_tui.store.cases.saver import Saver
from imr_tui.store.shared.replication.sending import Text
from imr_tui.store.shared.replication.state import SharedState

if TYPE_CHECKING:
    from imr_tui.model.case import Case
    from imr_tui.store.locking.holder import Holder
    from imr_tui.store.shared.replication.sending import Sending

PAUSE_SECONDS = 1.0
"""Pause after a text was sent: while somebody types, texts are sent about once a second."""
LOOK_SECONDS = 2.0
"""How often the lease is looked at while nothing is sent."""
_AGAIN_SECONDS = 0.2
"""How soon a wait looks at the lease again."""

Report = Callable[[SharedState], object]
"""Called after each change of the state, on the replication thread."""
Clock = Callable[[], float]
"""The time in seconds since 1970."""


class Replication:
    """Sends the newest text of one case on a thread, and keeps its lease.

    No method but `wait` and `join` waits for anything. Texts replaced before their turn are never
    sent. A failure is retried every second, and at once when something waits.
    """

    def __init__(
        self,
        sending: Sending,
        state: SharedState,
        ended: Callable[[], object] = lambda: None,
        clock: Clock = time.time,
    ) -> None:
        """`sending` belongs to the thread from now on; `ended` is called when it has finished."""
        self._clock = clock
        self._sending = sending
        self._state = state
        self._ended = ended
        self._report: Report = lambda state: None
        self._newest: Text | None = None
        self._shared: Text | None = None
        self._request: Holder | None = None
        self._is_closing = False
        self._has_ended = threading.Event()
        self._changed = threading.Condition()
        self._saver = Saver(
            self._send,
            self._tried,
            name="replication",
            pause=PAUSE_SECONDS,
            chore=(LOOK_SECONDS, self._look),
        )

    # ── For any thread ───────────────────────────────────────────────────────────────────

    @property
    def state(self) -> SharedState:
        """How the newest text stands, without the one that is on its way just now."""
        return self._state

    @property
    def is_shared(self) -> bool:
        """Whether the shared store has acknowledged the newest text."""
        is_sent = self._newest is self._shared
        return is_sent and self._sending.was_held and self._state.kind == "shared"

    @property
    def is_closing(self) -> bool:
        """Whether `close` was called."""
        return self._is_closing

    @property
    def request(self) -> Holder | None:
        """The session that asked for the case when the lease was looked at last, or None."""
        return self._request

    def follow(self, report: Report) -> None:
        """Call `report` with the state now, and after each change on the replication thread."""
        with self._changed:
            self._report = report
        report(self._state)

    def put(self, case: Case, data: bytes | None = None) -> None:
        """Send a state that the folder has saved; `data` is its file, encoded here if unknown.

        To be called by the saver's thread after the save, with the case that was saved: a text
        that the folder does not have must never be sent.
        """
        if data is None:
            from imr_tui.store.cases.case_codec import encode

            data = encode(case)
        self._put(Text(data, case))

    def put_files(self) -> None:
        """Send what the folder has now, after its letter or its signature was written."""
        self._put(Text())

    def wait(self, seconds: float) -> str:
        """Wait until the shared store has the newest text, and this session the lease.

        Blank if so, otherwise the reason, as sentences. The saver must have been flushed before.
        """
        asked, ends = time.monotonic(), time.monotonic() + seconds
        while True:
            self._saver.then(self._look_now)
            self._saver.flush(max(ends - time.monotonic(), 0.0))
            if self.is_shared and self._sending.lease.held_at >= asked:
                return ""
            rest = ends - time.monotonic()
            if self._state.kind == "lost" or self._is_closing or rest <= 0:
                return self._state.reason or "The shared store has not answered yet."
            with self._changed:
                self._changed.wait(min(rest, _AGAIN_SECONDS))

    def refuse(self) -> None:
        """Refuse the case to the session that asks for it."""
        self._request = None
        self._saver.then(self._sending.lease.refuse)

    def close(self) -> None:
        """Try once to send the newest text, give the lease up, and end; returns at once.

        What cannot be sent stays in the folder, and `Unsent` sends it later.
        """
        if not self._is_closing:
            self._is_closing = True
            self._saver.then(self._end)

    def join(self, seconds: float) -> bool:
        """Wait until the thread has ended after `close`; False if it has not by then."""
        return self._has_ended.wait(seconds)

    # ── On the replication thread ────────────────────────────────────────────────────────

    def _put(self, text: Text) -> None:
        with self._changed:
            self._newest = text
        self._saver.put(text)

    def _send(self, text: Text) -> None:
        if self._state.kind == "lost":
            return
        try:
            self._sending.send(text)
        except Conflict:
            raise
        except ImrError:
            # While the case is open it is tried again; afterwards the folder is enough.
            if not self._is_closing:
                raise
        else:
            with self._changed:
                self._shared = text

    def _tried(self, error: ImrError | None) -> None:
        """Let the state follow from an attempt to send, or to hold the lease."""
        if self._state.kind == "lost":
            return
        now = moment(self._clock)
        if isinstance(error, Conflict):
            self._turn(SharedState("lost", now, str(error), self._holder(error)))
        elif error is not None:
            since = self._state.at if self._state.kind == "waiting" else now
            self._turn(SharedState("waiting", since, str(error)))
        elif not self._is_closing or self._newest is self._shared:
            self._turn(SharedState("shared", now))

    def _turn(self, state: SharedState) -> None:
        with self._changed:
            self._state, report = state, self._report
            self._changed.notify_all()
        report(state)

    def _holder(self, error: Conflict) -> Holder | None:
        from imr_tui.store.locking.holder import Held

        if isinstance(error, Held):
            return error.holder
        try:
            return self._sending.holder()
        except ImrError:
            return None

    def _look(self) -> None:
        """Renew the lease if that is due, and see who asks for the case."""
        self._hold(now=False)

    def _look_now(self) -> None:
        self._hold(now=True)

    def _hold(self, *, now: bool) -> None:
        if self._state.kind == "lost" or self._is_closing:
            return
        try:
            self._sending.hold(now=now)
            self._request = self._sending.lease.request()
        except Conflict as error:
            self._tried(error)
        except ImrError as error:
            # A text that is shared stays so, whoever is reachable.
            if not self.is_shared:
                self._tried(error)
        else:
            if self._state.kind == "waiting" and self._newest is self._shared:
                self._tried(None)

    def _end(self) -> None:
        try:
            self._sending.close()
        finally:
            self._ended()
            self._saver.close()
            self._has_ended.set()


def moment(clock: Clock) -> datetime:
    """The time of a clock, in UTC."""
    return datetime.fromtimestamp(clock(), UTC)
