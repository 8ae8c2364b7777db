"""A line passes everything on in its order, counts it, and takes its time."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from tests.bench.proxy import LOOPBACK, line_to

pytestmark = pytest.mark.process

SENT = b"".join(b"%d," % number for number in range(20_000))
SECONDS = 0.2


@pytest.fixture
def echo() -> Iterator[int]:
    """The port of a server that sends back what it is sent, until the end of it."""
    with socket.create_server((LOOPBACK, 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                while data := connection.recv(4096):
                    connection.sendall(data)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        thread.join(5)


def received(connection: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count and (more := connection.recv(65536)):
        data += more
    return data


def test_everything_arrives_in_its_order_and_is_counted(echo: int) -> None:
    with line_to(echo) as line, socket.create_connection((LOOPBACK, line.port)) as near:
        sender = threading.Thread(target=near.sendall, args=(SENT,))
        sender.start()
        assert received(near, len(SENT)) == SENT
        sender.join()
        assert line.up == line.down == len(SENT)
        assert line.packets_down > 1


def test_a_far_end_is_as_far_there_as_back(echo: int) -> None:
    with line_to(echo, SECONDS) as line, socket.create_connection((LOOPBACK, line.port)) as near:
        start = time.monotonic()
        near.sendall(b"a")
        assert received(near, 1) == b"a"
        assert time.monotonic() - start >= 2 * SECONDS


def test_an_end_is_passed_on(echo: int) -> None:
    with line_to(echo) as line, socket.create_connection((LOOPBACK, line.port)) as near:
        near.sendall(b"a")
        near.shutdown(socket.SHUT_WR)
        assert received(near, 9) == b"a"


def test_a_line_that_ends_cuts_what_passes_over_it(echo: int) -> None:
    with line_to(echo) as line:
        near = socket.create_connection((LOOPBACK, line.port))
        near.sendall(b"a")
        assert received(near, 1) == b"a"
    with near:
        assert received(near, 1) == b""
