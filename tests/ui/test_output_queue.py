"""The outlet: nobody waits for it, frames are given up whole, modes never."""

import time
from collections.abc import Callable, Iterator

import pytest

from imr_tui.terminal.output_queue import LIMIT_BYTES, OutputQueue
from imr_tui.terminal.tty import Terminal

FRAME = b"\x1b[?2026h" + b"\x1b[1;1H\x1b[31mx" * 100 + b"\x1b[?2026l"
MODE = b"\x1b[?2004l"


class Line(Terminal):
    """A terminal that takes output as long as `is_read`, or is gone."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.is_read = True
        self.is_gone = False

    def wait(self, seconds: float) -> bool:
        deadline = time.monotonic() + min(seconds, 0.01)
        while not (self.is_read or self.is_gone) and time.monotonic() < deadline:
            time.sleep(0.001)
        return self.is_read or self.is_gone

    def write(self, data: bytes | memoryview) -> int:
        if self.is_gone:
            raise OSError("gone")
        self.taken.append(bytes(data[:1000]))
        return min(len(data), 1000)

    @property
    def bytes(self) -> bytes:
        return b"".join(self.taken)


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
def repaints() -> list[float]:
    return []


@pytest.fixture
def outlet(line: Line, repaints: list[float]) -> Iterator[OutputQueue]:
    outlet = OutputQueue(line, lambda: repaints.append(time.monotonic()))
    yield outlet
    line.is_gone = True
    outlet.close()


def until(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < deadline, "still waiting"
        time.sleep(0.001)


def test_all_goes_out_in_order(line: Line, outlet: OutputQueue, repaints: list[float]) -> None:
    frames = [FRAME + str(number).encode() for number in range(100)]
    for frame in frames:
        outlet.put(frame)
    assert outlet.close()
    assert line.bytes == b"".join(frames)
    assert repaints == []


def test_a_short_stall_costs_nothing(
    line: Line, outlet: OutputQueue, repaints: list[float]
) -> None:
    line.is_read = False
    count = LIMIT_BYTES // len(FRAME)
    for _ in range(count):
        outlet.put(FRAME)
    line.is_read = True
    assert outlet.close()
    assert line.bytes == FRAME * count
    assert repaints == []


def test_a_long_stall_costs_whole_frames_and_no_mode(
    line: Line, outlet: OutputQueue, repaints: list[float]
) -> None:
    line.is_read = False
    outlet.put(FRAME)
    until(lambda: not outlet._queue)
    outlet.put(MODE)
    for _ in range(2 * LIMIT_BYTES // len(FRAME)):
        outlet.put(FRAME)
    outlet.put(MODE)
    line.is_read = True
    until(lambda: repaints)
    assert line.bytes == FRAME + MODE + MODE
    outlet.put(FRAME)
    assert outlet.close()
    assert line.bytes == FRAME + MODE + MODE + FRAME
    assert len(repaints) == 1


def test_one_frame_may_be_of_any_size(
    line: Line, outlet: OutputQueue, repaints: list[float]
) -> None:
    large = b"x" * (3 * LIMIT_BYTES)
    outlet.put(large)
    assert outlet.close()
    assert line.bytes == large
    assert repaints == []


def test_a_terminal_that_takes_nothing_is_left(line: Line, outlet: OutputQueue) -> None:
    line.is_read = False
    outlet.put(FRAME)
    assert not outlet.close()


def test_a_terminal_that_is_gone_ends_the_thread(line: Line, outlet: OutputQueue) -> None:
    line.is_gone = True
    outlet.put(FRAME)
    until(lambda: not outlet._thread.is_alive())
    outlet.put(FRAME)
    assert not outlet.close()
