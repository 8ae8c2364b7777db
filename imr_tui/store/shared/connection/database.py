"""The shared store as one thread of a session uses it: a connection that is renewed when lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, LiteralString

from imr_tui.errors import ImrError
from imr_tui.store.shared.connection import servers
from imr_tui.store.shared.connection.connection import SECONDS, Connection, Notification

if TYPE_CHECKING:
    from imr_tui.store.shared.connection.address import Address
    from imr_tui.store.shared.connection.identity import Identity
    from imr_tui.store.shared.connection.server_memory import ServerMemory

_LEAST_SECONDS = 0.5
"""What a statement may take at least, however long connecting took."""
SLOW_SECONDS = 1.0
"""After so long without an answer, a newer primary is looked for, if the address has others."""


class Database:
    """Connects to the primary when it is needed first, and again after the connection was lost.

    A statement is never repeated by itself, because it may have had its effect. It is not
    thread-safe: each thread has one to itself.
    """

    def __init__(
        self,
        address: Address,
        memory: ServerMemory,
        *,
        for_setup: bool = False,
        seconds: float = SECONDS,
    ) -> None:
        """`memory` is the folder's; `for_setup` lets the owner of the tables connect.

        `seconds`: how long an operation may take where nothing else is said.
        """
        self._seconds = seconds
        self.address = address
        self._memory = memory
        self._for_setup = for_setup
        self._server: servers.Server | None = None
        self._transaction: servers.Server | None = None

    @property
    def is_connected(self) -> bool:
        """Whether there is a connection that is not known to be lost."""
        return self._server is not None and not self._server.connection.is_closed

    def connect(self, seconds: float | None = None) -> Connection:
        """The connection to the primary; raises Unreachable, BadInput or CannotStore."""
        return self._current(seconds or self._seconds).connection

    def newest(self, seconds: float | None = None) -> Identity:
        """Epoch and timeline of the primary; raises Unreachable, BadInput or CannotStore."""
        return self._current(seconds or self._seconds).facts.identity

    def run(
        self,
        sql: LiteralString,
        values: Mapping[str, Any] = {},
        *,
        seconds: float | None = None,
        is_prepared: bool = False,
    ) -> list[tuple[Any, ...]]:
        """Like `Connection.run`, connected if need be, all within `seconds`."""
        seconds = seconds or self._seconds
        ends = time.monotonic() + seconds
        server = self._current(seconds)
        with self._watched(server):
            return server.connection.run(sql, values, seconds=_rest(ends), is_prepared=is_prepared)

    @contextmanager
    def transaction(self, seconds: float | None = None) -> Iterator[Connection]:
        """Like `Connection.transaction`; what is run on this object is part of it, too."""
        seconds = seconds or self._seconds
        ends = time.monotonic() + seconds
        server = self._current(seconds)
        with self._watched(server), server.connection.transaction(_rest(ends)):
            # Nothing inside may go to another connection if this one is lost.
            outer, self._transaction = self._transaction, server
            try:
                yield server.connection
            finally:
                self._transaction = outer

    def notifications(self, seconds: float = 0.0) -> list[Notification]:
        """Like `Connection.notifications`; a new connection listens to nothing yet."""
        return self.connect().notifications(seconds)

    def close(self) -> None:
        """End the connection; the next use makes a new one."""
        if self._server:
            self._server.connection.close()
            self._server = None

    def _current(self, seconds: float) -> servers.Server:
        if self._transaction:
            return self._transaction
        if self._is_former():
            self.close()
        if not (self._server and self.is_connected):
            self.close()
            self._server = servers.connect(
                self.address, self._memory, seconds=seconds, for_setup=self._for_setup
            )
        self._look_for_newer()
        return self._server

    def _is_former(self) -> bool:
        """Whether any session of this folder has seen a newer primary than this connection's."""
        if self._for_setup or not self._server:
            return False
        return self._server.facts.identity < self._memory.highest()

    @contextmanager
    def _watched(self, server: servers.Server) -> Iterator[None]:
        """Give the connection up during what is done inside, if there is a newer primary.

        A server that is stopped, or cut off, would keep the session waiting until the time is
        over, though another one has taken its place.
        """
        if self._transaction or self._for_setup or len(self.address.hosts) < 2:
            yield
            return
        watch = threading.Timer(SLOW_SECONDS, self._give_up_former, (server,))
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()

    def _give_up_former(self, server: servers.Server) -> None:
        servers.note_newest(self.address, self._memory)
        with suppress(ImrError):
            if server.facts.identity < self._memory.highest():
                server.connection.give_up()

    def _look_for_newer(self) -> None:
        """Now and then ask all servers: a former primary may still take changes."""
        if len(self.address.hosts) > 1 and self._memory.is_look_due():
            look = (self.address, self._memory)
            threading.Thread(
                target=servers.note_newest, args=look, name="newest", daemon=True
            ).start()


def _rest(ends: float) -> float:
    return max(ends - time.monotonic(), _LEAST_SECONDS)
