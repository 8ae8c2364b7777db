"""The output queue never blocks its caller; it drops whole frames, but no mode changes."""

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
def output(line: Line, repaints: list[float]) -> Iterator[OutputQueue]:
    output = OutputQueue(line, lambda: repaints.append(time.monotonic()))
    yield output
    line.is_gone = True
    output.close()


def until(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < deadline, "still waiting"
        time.sleep(0.001)


def test_all_goes_out_in_order(line: Line, output: OutputQueue, repaints: list[float]) -> None:
    frames = [FRAME + str(number).encode() for number in range(100)]
    for frame in frames:
        output.put(frame)
    assert output.close()
    assert line.bytes == b"".join(frames)
    assert repaints == []


def test_a_short_stall_costs_nothing(
    line: Line, output: OutputQueue, repaints: list[float]
) -> None:
    line.is_read = False
    count = LIMIT_BYTES // len(FRAME)
    for _ in range(count):
        output.put(FRAME)
    line.is_read = True
    assert output.close()
    assert line.bytes == FRAME * count
    assert repaints == []


def test_a_long_stall_costs_whole_frames_and_no_mode(
    line: Line, output: OutputQueue, repaints: list[float]
) -> None:
    line.is_read = False
    output.put(FRAME)
    until(lambda: not output._queue)
    output.put(MODE)
    for _ in range(2 * LIMIT_BYTES // len(FRAME)):
        output.put(FRAME)
    output.put(MODE)
    line.is_read = True
    until(lambda: repaints)
    assert line.bytes == FRAME + MODE + MODE
    output.put(FRAME)
    assert output.close()
    assert line.bytes == FRAME + MODE + MODE + FRAME
    assert len(repaints) == 1


def test_one_frame_may_be_of_any_size(
    line: Line, output: OutputQueue, repaints: list[float]
) -> None:
    large = b"x" * (3 * LIMIT_BYTES)
    output.put(large)
    assert output.close()
    assert line.bytes == large
    assert repaints == []


def test_a_terminal_that_takes_nothing_is_left(line: Line, output: OutputQueue) -> None:
    line.is_read = False
    output.put(FRAME)
    assert not output.close()


def test_a_terminal_that_is_gone_ends_the_thread(line: Line, output: OutputQueue) -> None:
    line.is_gone = True
    output.put(FRAME)
    until(lambda: not output._thread.is_alive())
    output.put(FRAME)
    assert not output.close()
