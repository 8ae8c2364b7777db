"""Finds the primary among the servers of an address, all of which are asked at the same time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, NamedTuple

from imr_tui.errors import ImrError, Unreachable
from imr_tui.store.shared.connection import server_choice, server_probe
from imr_tui.store.shared.connection.connection import SECONDS, Connection
from imr_tui.store.shared.connection.sentences import timed_out

if TYPE_CHECKING:
    from imr_tui.store.shared.connection.address import Address
    from imr_tui.store.shared.connection.identity import ServerFacts
    from imr_tui.store.shared.connection.server_memory import ServerMemory

OTHERS_SECONDS = 1.0
"""How long to wait for the other servers once one takes changes: it may be a former primary."""
AGAIN_SECONDS = 0.5
"""How soon a replica is asked again while another server is silent: it may be promoted."""


class Server(NamedTuple):
    """The server that was chosen, and the connection to it."""

    connection: Connection
    facts: ServerFacts


class Answer(NamedTuple):
    """What came of asking one server: its facts, or an error."""

    server: str
    """`host:port`."""
    facts: ServerFacts | None = None
    error: Exception | None = None
    connection: Connection | None = None


def connect(
    address: Address, memory: ServerMemory, *, seconds: float = SECONDS, for_setup: bool = False
) -> Server:
    """Connect to the primary; raises Unreachable, BadInput or CannotStore.

    Asks every server of the address, and takes the one that takes changes and has the highest
    epoch and timeline, unless this folder has seen a higher pair. With `for_setup` the owner of
    the tables may connect, with any schema, and to a server with a lower pair, which is how a
    restored backup gets a new epoch.
    """
    answers = _Survey(address, seconds).answers(OTHERS_SECONDS)
    chosen = None
    try:
        chosen = _chosen(answers, address, seconds)
        if not for_setup:
            server_choice.require_usable(chosen.facts, address.role, memory.highest())
            memory.note(chosen.facts.identity)
    except BaseException:
        chosen = None
        raise
    finally:
        _close(answers, chosen)
    return chosen


def note_newest(address: Address, memory: ServerMemory) -> None:
    """Have a folder remember the primary, so that connections to a former one are given up.

    Returns as soon as one is found that is newer than what the folder remembers. What goes wrong
    meanwhile shows when a connection is used.
    """
    try:
        known = memory.highest()
    except ImrError:
        return
    answers = _Survey(address, SECONDS).answers(
        SECONDS, lambda facts: facts.is_writable and facts.identity > known
    )
    try:
        chosen = _chosen(answers, address, SECONDS).facts
        server_choice.require_usable(chosen, address.role, memory.highest())
        memory.note(chosen.identity)
    except ImrError:
        return
    finally:
        _close(answers, None)


def survey(address: Address, *, seconds: float = SECONDS) -> list[Answer]:
    """What each server of the address says, in its order; no connection is kept."""
    answers = _Survey(address, seconds).answers(seconds)
    _close(answers, None)
    by_server = {answer.server: answer for answer in answers}
    names = [_name(host) for host in address.hosts]
    return [by_server.get(name) or Answer(name, error=timed_out(name, seconds)) for name in names]


class _Survey:
    """Asks every server on a thread; one that hangs is left behind."""

    def __init__(self, address: Address, seconds: float) -> None:
        self._address = address
        self._seconds = seconds
        self._ends = time.monotonic() + seconds
        self._arrived: SimpleQueue[tuple[int, Answer]] = SimpleQueue()
        self._lock = threading.Lock()
        self._is_over = False
        for asked in enumerate(address.hosts):
            # Not joined: looking up a name may take longer than anybody waits.
            threading.Thread(target=self._ask, args=asked, name="probe", daemon=True).start()

    def answers(
        self, others_seconds: float, is_enough: Callable[[ServerFacts], bool] = lambda facts: False
    ) -> list[Answer]:
        """The latest answer of each server.

        Ends when each has answered, with an answer that `is_enough`, `others_seconds` after the
        first primary's, or when the time is over.
        """
        latest: dict[int, Answer] = {}
        ends = self._ends
        while len(latest) < len(self._address.hosts):
            try:
                arrived = self._arrived.get(timeout=max(ends - time.monotonic(), 0))
            except Empty:
                break
            facts = _replace(latest, *arrived)
            if facts and facts.is_writable:
                ends = min(ends, time.monotonic() + others_seconds)
            if facts and is_enough(facts):
                break
        with self._lock:
            self._is_over = True
        while not self._arrived.empty():
            _replace(latest, *self._arrived.get())
        return list(latest.values())

    def _ask(self, place: int, host: tuple[str, int]) -> None:
        """Ask a server; a replica again and again, as it may be promoted."""
        while not self._is_over:
            answer = self._answer(host)
            with self._lock:
                if self._is_over:
                    _close([answer], None)
                else:
                    self._arrived.put((place, answer))
            if answer.facts is None or answer.facts.is_writable:
                return
            time.sleep(AGAIN_SECONDS)

    def _answer(self, host: tuple[str, int]) -> Answer:
        name = _name(host)
        connection = None
        try:
            connection = Connection.open(self._address, host, seconds=self._seconds)
            facts = server_probe.facts_of(connection, self._seconds)
            return Answer(name, facts, connection=connection)
        except Exception as error:
            # Raised where the answers are read, if none is better.
            return Answer(name, error=error, connection=connection)


def _replace(latest: dict[int, Answer], place: int, answer: Answer) -> ServerFacts | None:
    """Let an answer replace the earlier one of its server; its facts."""
    if place in latest:
        _close([latest[place]], None)
    latest[place] = answer
    return answer.facts


def _chosen(answers: list[Answer], address: Address, seconds: float) -> Server:
    facts = [answer.facts for answer in answers if answer.facts]
    if not facts:
        errors = [answer.error for answer in answers if answer.error]
        # What is wrong on this side comes first: no server can be reached until it is corrected.
        errors.sort(key=lambda error: isinstance(error, Unreachable))
        silent = ", ".join(_name(host) for host in address.hosts)
        raise errors[0] if errors else timed_out(silent, seconds)
    newest = server_choice.primary(facts)
    connection = next(answer.connection for answer in answers if answer.facts is newest)
    assert connection
    return Server(connection, newest)


def _close(answers: Iterable[Answer], kept: Server | None) -> None:
    for answer in answers:
        if answer.connection and not (kept and answer.connection is kept.connection):
            answer.connection.close()


def _name(host: tuple[str, int]) -> str:
    return f"{host[0]}:{host[1]}"
