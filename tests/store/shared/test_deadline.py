"""What ends an operation on a socket that takes too long."""

import os
import socket
from collections.abc import Iterator

import pytest

from imr_tui.store.shared.connection.deadline import Deadline

NOW, LATER = 0.01, 60.0


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Two ends of a connection; reading gives up only if the deadline does not work."""
    mine, theirs = socket.socketpair()
    mine.settimeout(20)
    with mine, theirs:
        yield mine, theirs


def test_a_read_ends_when_the_time_is_over(pair: tuple[socket.socket, socket.socket]) -> None:
    mine, theirs = pair
    deadline = Deadline(mine.fileno())
    deadline.begin(NOW)
    assert mine.recv(1) == b""
    assert deadline.has_expired
    theirs.settimeout(20)
    assert theirs.recv(1) == b""


def test_a_shorter_time_after_a_longer_one_counts(
    pair: tuple[socket.socket, socket.socket],
) -> None:
    deadline = Deadline(pair[0].fileno())
    deadline.begin(LATER)
    deadline.end()
    deadline.begin(NOW)
    assert pair[0].recv(1) == b""


def test_an_operation_that_came_back_is_left_alone(
    pair: tuple[socket.socket, socket.socket],
) -> None:
    mine, theirs = pair
    other, _theirs = socket.socketpair()
    deadline, clock = Deadline(mine.fileno()), Deadline(other.fileno())
    deadline.begin(NOW)
    deadline.end()
    with other, _theirs:
        other.settimeout(20)
        # Twice as long as what would have been the end.
        clock.begin(2 * NOW)
        assert other.recv(1) == b""
    assert not deadline.has_expired
    theirs.send(b"x")
    assert mine.recv(1) == b"x"
    deadline.close()
    theirs.send(b"y")
    assert mine.recv(1) == b"y"


def test_another_file_with_the_same_number_is_not_touched(
    pair: tuple[socket.socket, socket.socket],
) -> None:
    mine, _theirs = pair
    number = os.dup(mine.fileno())
    deadline = Deadline(number)
    innocent, peer = socket.socketpair()
    os.dup2(innocent.fileno(), number)
    innocent.close()
    with peer, socket.socket(fileno=number) as renamed:
        deadline.begin(NOW)
        assert mine.recv(1) == b""
        peer.send(b"x")
        assert renamed.recv(1) == b"x"
