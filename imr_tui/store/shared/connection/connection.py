"""One connection to a server of the shared store, on which nothing waits for ever."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, LiteralString, NamedTuple

import psycopg
from psycopg.pq import TransactionStatus

from imr_tui.errors import StatementRefused
from imr_tui.store.shared.connection import driver_errors, sentences
from imr_tui.store.shared.connection.deadline import Deadline
from imr_tui.store.shared.connection.libpq_parameters import STATEMENT_SECONDS, parameters

if TYPE_CHECKING:
    from imr_tui.store.shared.connection.address import Address

SECONDS = 10.0
"""How long an operation may take."""
_ONLY_IF_ASKED = 1 << 30
"""How often a statement is run before psycopg prepares it: a plan should suit the values."""
_WAITS_FOR_REPLICA = "SyncRepWaitForLSN"
"""The function of PostgreSQL that warns if a commit did not wait for its replica."""
_UNDONE = "The shared store undid a change, because a part of it was refused. Nothing was changed."
_IN_ERROR = "25P02"
"""SQLSTATE: a statement of the transaction was refused before."""

# Without a handler, Python writes what psycopg logs on standard error, where the screen is.
logging.getLogger("psycopg").addHandler(logging.NullHandler())


class Notification(NamedTuple):
    """What another session sent with `notify`."""

    channel: str
    payload: str


class Connection:
    """A connection in which each statement is a transaction, unless `transaction` is used.

    Every error is an ImrError: Unreachable if another try may succeed, StatementRefused with its
    SQLSTATE if not. It is not thread-safe: each thread has a connection to itself.
    """

    def __init__(self, raw: psycopg.Connection[Any], server: str) -> None:
        """`server` is `host:port`, for the errors; raises Unreachable if it is lost already."""
        self.server = server
        self._raw = raw
        self._statement_seconds: float = STATEMENT_SECONDS
        self._depth = 0
        self._is_unreplicated = False
        self._is_former = False
        raw.add_notice_handler(self._note_warning)
        try:
            self._deadline = Deadline(raw.fileno())
        except (psycopg.Error, OSError, RuntimeError) as error:
            # Lost, or there is no descriptor or no thread left.
            raw.close()
            raise sentences.unreachable(server, "cannot be watched, so it was left") from error

    @classmethod
    def open(cls, address: Address, host: tuple[str, int], *, seconds: float) -> Connection:
        """Connect to one of the hosts of `address`; raises BadInput or Unreachable.

        Looking up a name may take longer than `seconds`, because libc decides that.
        """
        given = parameters(address, host, seconds)
        server = f"{host[0]}:{host[1]}"
        try:
            raw = psycopg.connect(autocommit=True, prepare_threshold=_ONLY_IF_ASKED, **given)  # type: ignore[arg-type]
        except psycopg.Error as error:
            why = f"cannot be used: {driver_errors.reason(error)}"
            raise sentences.unreachable(server, why) from error
        return cls(raw, server)

    @property
    def is_closed(self) -> bool:
        """Whether the connection is known to be lost; a lost one may not be known yet."""
        return self._raw.closed or self._deadline.has_expired

    def run(
        self,
        sql: LiteralString,
        values: Mapping[str, Any] = {},
        *,
        seconds: float = SECONDS,
        is_prepared: bool = False,
    ) -> list[tuple[Any, ...]]:
        """The rows of a statement with its `%(name)s` replaced; raises ImrError.

        With `is_prepared` the server parses and plans it once in this connection.

        Without values, a `%` is itself and several statements are allowed. After Unreachable the
        statement may have had its effect: only repeat what can be repeated.
        """
        with self._limited(seconds):
            cursor = self._raw.execute(sql, values or None, prepare=is_prepared)
            return cursor.fetchall() if cursor.description else []

    @contextmanager
    def transaction(self, seconds: float = SECONDS) -> Iterator[None]:
        """Run the statements inside as one transaction, all within `seconds`; raises ImrError.

        An exception inside undoes it. After Unreachable it may have been committed.
        """
        with self._limited(seconds), self._raw.transaction():
            yield
            # PostgreSQL answers the commit of such a transaction without an error.
            if self._raw.info.transaction_status is TransactionStatus.INERROR:
                raise StatementRefused(_UNDONE, _IN_ERROR)

    def notifications(self, seconds: float = 0.0) -> list[Notification]:
        """What arrived on the channels listened to, after at most `seconds` if there is nothing.

        Raises Unreachable.
        """
        with self._limited(seconds + SECONDS):
            arrived = self._raw.notifies(timeout=seconds, stop_after=1)
            return [Notification(notify.channel, notify.payload) for notify in arrived]

    def give_up(self) -> None:
        """End what is under way, as there is a newer primary; for any thread."""
        self._is_former = True
        self._deadline.expire()

    def close(self) -> None:
        """End the connection; an open transaction is undone."""
        self._deadline.close()
        self._raw.close()

    @contextmanager
    def _limited(self, seconds: float) -> Iterator[None]:
        """End what is done inside after `seconds`; only the outermost limit counts."""
        try:
            with self._deadline_of(seconds):
                yield
        except psycopg.Error as error:
            if self._deadline.has_expired:
                self._raw.close()
                if self._is_former:
                    raise sentences.unreachable(self.server, "is a former primary") from error
                raise sentences.timed_out(self.server, seconds) from error
            raise driver_errors.from_driver(error, self.server) from error
        if self._depth == 0 and self._is_unreplicated:
            self._is_unreplicated = False
            raise sentences.unreachable(self.server, "saved without its replica")

    @contextmanager
    def _deadline_of(self, seconds: float) -> Iterator[None]:
        if self._depth:
            yield
            return
        self._depth += 1
        self._deadline.begin(seconds)
        try:
            self._allow(seconds)
            yield
        finally:
            self._deadline.end()
            self._depth -= 1

    def _allow(self, seconds: float) -> None:
        """Let the server work on a statement for `seconds`, if it does not yet."""
        if seconds > self._statement_seconds:
            limit = {"limit": f"{seconds:.0f}s"}
            self._raw.execute("select set_config('statement_timeout', %(limit)s, false)", limit)
            self._statement_seconds = seconds

    def _note_warning(self, warning: psycopg.errors.Diagnostic) -> None:
        # An administrator ended the wait for the replica: the commit is on one server only.
        if warning.source_function == _WAITS_FOR_REPLICA:
            self._is_unreplicated = True
