"""A line between two ends of a connection: it delays what passes, and counts it."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

LOOPBACK = "127.0.0.1"
LARGEST = 65_536


@dataclass
class Line:
    """A line to a port of this machine."""

    to: int
    """The port that it leads to."""
    seconds: float = 0.0
    """How long each byte takes, each way."""
    port: int = 0
    """The port that it is entered at."""
    up: int = 0
    """Bytes that went to the server."""
    down: int = 0
    """Bytes that came from it."""
    packets_down: int = 0
    """Pieces that these came in."""

    async def connected(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        """Pass on what comes from either end, until both have ended."""
        far, forth = await asyncio.open_connection(LOOPBACK, self.to)
        at_once(back, forth)
        # The end of the line cuts what passes over it; nobody has to hear of that.
        with suppress(asyncio.CancelledError):
            await asyncio.gather(
                self._pass(near, forth, is_up=True), self._pass(far, back, is_up=False)
            )
            await asyncio.sleep(self.seconds)
        for writer in (back, forth):
            writer.close()

    async def _pass(
        self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, *, is_up: bool
    ) -> None:
        loop = asyncio.get_running_loop()
        with suppress(ConnectionError):
            while data := await source.read(LARGEST):
                self._count(len(data), is_up=is_up)
                # Timers with one delay are run in the order in which they were set.
                loop.call_later(self.seconds, sink.write, data)
        loop.call_later(self.seconds, end, sink)

    def _count(self, size: int, *, is_up: bool) -> None:
        if is_up:
            self.up += size
        else:
            self.down += size
            self.packets_down += 1


def end(writer: asyncio.StreamWriter) -> None:
    """Tell an end that nothing more comes, if it is still there."""
    with suppress(OSError):
        writer.write_eof()


def at_once(*writers: asyncio.StreamWriter) -> None:
    """Let no piece wait for the next one."""
    for writer in writers:
        connection = writer.get_extra_info("socket")
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


@contextmanager
def line_to(port: int, seconds: float = 0.0) -> Iterator[Line]:
    """Open a line to a port; it ends with all that passes over it."""
    line, ending = Line(port, seconds), Ending()
    thread = threading.Thread(target=lambda: asyncio.run(kept_open(line, ending)))
    thread.start()
    try:
        ending.can_come.wait()
        yield line
    finally:
        ending.come()
        thread.join()


class Ending:
    """The end of a loop that another thread runs."""

    def __init__(self) -> None:
        self.can_come = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._has_come = asyncio.Event()

    async def wait(self) -> None:
        self._loop = asyncio.get_running_loop()
        self.can_come.set()
        await self._has_come.wait()

    def come(self) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._has_come.set)


async def kept_open(line: Line, ending: Ending) -> None:
    """Let connections in until the end; those that are open then are cut."""
    async with await asyncio.start_server(line.connected, LOOPBACK, 0) as server:
        line.port = server.sockets[0].getsockname()[1]
        await ending.wait()
