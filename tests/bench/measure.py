"""Measuring a program from outside: how long it takes, and what it sends to the terminal."""

import os
import pty
import signal
import subprocess
import termios
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.terminal.driver import TIMEOUT, Terminal, environment

SIZE = (80, 24)
QUIET = 0.06
"""Seconds of silence after which a key counts as answered."""
ANSWER = 0.25
"""Seconds in which a key that is answered at all is answered."""


def wall(argv: Sequence[str], home: Path) -> float:
    """Seconds that a command takes from start to end."""
    start = time.perf_counter()
    subprocess.run(argv, env=environment(home, {}), cwd=home, capture_output=True, check=False)
    return time.perf_counter() - start


def first_paint(argv: Sequence[str], home: Path, *shows: bytes) -> float:
    """Seconds until a program on a terminal has sent all of the words it is to show."""
    master, slave = pty.openpty()
    termios.tcsetwinsize(slave, SIZE[::-1])
    start = time.perf_counter()
    process = subprocess.Popen(
        argv,
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env=environment(home, {}),
        cwd=home,
        start_new_session=True,
    )
    os.close(slave)
    try:
        sent = b""
        while not all(words in sent for words in shows):
            sent += os.read(master, 65536)
            if time.perf_counter() - start > TIMEOUT:
                raise TimeoutError(f"{shows} never came")
        return time.perf_counter() - start
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        os.close(master)


@contextmanager
def running(argv: Sequence[str], home: Path, shows: str) -> Iterator[Terminal]:
    """A program that has started and is silent, as far as it ever is."""
    with Terminal(argv, home, size=SIZE) as terminal:
        if shows:
            terminal.wait_for(shows)
        else:
            terminal.wait_until(lambda: terminal.mark() > 0, what="the first byte")
        terminal.settle(0.3)
        yield terminal


def pause(seconds: float) -> None:
    """Let the program be: what comes in this time is what is measured."""
    time.sleep(seconds)


def answer(terminal: Terminal, key: str) -> int:
    """The bytes that the program sends for one key."""
    mark, start = terminal.mark(), time.monotonic()
    terminal.key(key) if len(key) > 1 else terminal.type(key)
    size, last = 0, start
    while time.monotonic() - last < (QUIET if size else ANSWER):
        pause(0.005)
        if (now := terminal.mark() - mark) != size:
            size, last = now, time.monotonic()
    return size


def reply(terminal: Terminal, key: str) -> float:
    """Seconds until the program sends something for one key."""
    mark, start = terminal.mark(), time.perf_counter()
    terminal.type(key)
    while terminal.mark() == mark:
        if time.perf_counter() - start > TIMEOUT:
            raise TimeoutError(f"nothing came for {key}")
        pause(0.001)
    return time.perf_counter() - start


def idle(terminal: Terminal, seconds: float) -> int:
    """The bytes that the program sends while nobody does anything."""
    mark = terminal.mark()
    pause(seconds)
    return terminal.mark() - mark
