"""A program on a pseudo-terminal: type to it, wait for what it shows, end it in any way."""

import os
import pty
import select
import signal
import subprocess
import termios
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from pyte.screens import Char

from tests import sentinel
from tests.soak import processes
from tests.terminal.keys import key_bytes
from tests.terminal.screen import PaintedScreen

TIMEOUT = 60.0
"""Seconds after which something that should have happened has not."""

POLL = 0.02

TAKE_TERMINAL = 'exec "$@" <>"$0" >&0 2>&0'
"""A session leader that opens a terminal makes it the one that controls the session."""


def environment(home: Path, overrides: Mapping[str, str | None]) -> dict[str, str]:
    """What a program gets to see: nothing of the tester's but PATH; None takes a name away."""
    plain = {
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(home),
        "XDG_STATE_HOME": str(home / ".local" / "state"),
    }
    merged = {**plain, **overrides}
    return {name: value for name, value in merged.items() if value is not None}


@contextmanager
def unignored() -> Iterator[None]:
    """Let children have signals that a tester in the background, or under nohup, ignores."""
    usual = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM)
    ignored = [number for number in usual if signal.getsignal(number) is signal.SIG_IGN]
    for number in ignored:
        signal.signal(number, signal.SIG_DFL)
    try:
        yield
    finally:
        for number in ignored:
            signal.signal(number, signal.SIG_IGN)


class Terminal:
    """A running program, the bytes it wrote and the screen they painted."""

    def __init__(
        self,
        argv: Sequence[str],
        home: Path,
        *,
        size: tuple[int, int] = (80, 24),
        env: Mapping[str, str | None] | None = None,
        cwd: Path | None = None,
    ) -> None:
        self.raw = bytearray()
        """Every byte that was read from the program."""

        self._painted = PaintedScreen(*size)
        self._news = threading.Condition()
        self._last_news = time.monotonic()
        self._reading = True
        self._ended = False
        self._closing = threading.Event()
        self._master, slave = pty.openpty()
        termios.tcsetwinsize(slave, (size[1], size[0]))
        with unignored():
            self._process = subprocess.Popen(
                ["/bin/sh", "-c", TAKE_TERMINAL, os.ttyname(slave), *argv],
                stdin=slave,
                stdout=slave,
                stderr=slave,
                env=environment(home, env or {}),
                cwd=cwd or home,
                start_new_session=True,
            )
        os.close(slave)
        os.set_blocking(self._master, False)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self.hang_up()
        self._process.wait()
        if kind is None and sentinel.told_after(bytes(self.raw)):
            raise AssertionError("data of the case was told after the app had left its screen")

    # Reading.

    def _read(self) -> None:
        while not self._closing.is_set() and not self._ended:
            if not self._reading:
                self._closing.wait(POLL)
            elif select.select([self._master], [], [], POLL)[0]:
                with self._news:
                    self._take()

    def _take(self) -> None:
        if not self._reading:
            return
        try:
            data = os.read(self._master, 65536)
        except OSError:  # how Linux says that nobody holds the other side any more
            data = b""
        self.raw += data
        self._painted.feed(data)
        self._ended = not data
        self._last_news = time.monotonic()
        self._news.notify_all()

    def stop_reading(self) -> None:
        """Let the program's output pile up, as behind a stalled network."""
        with self._news:
            self._reading = False

    def resume_reading(self) -> None:
        with self._news:
            self._reading = True

    def mark(self) -> int:
        """A place in the output, to ask later what came since."""
        with self._news:
            return len(self.raw)

    def bytes_since(self, mark: int) -> bytes:
        with self._news:
            return bytes(self.raw[mark:])

    @property
    def screen(self) -> list[str]:
        with self._news:
            return self._painted.lines

    @property
    def text(self) -> str:
        return "\n".join(self.screen)

    @property
    def notices(self) -> str:
        """What the notifications on the screen say, however they are wrapped."""
        parts = (line.partition("▌")[2].split() for line in self.screen)
        return " ".join(word for part in parts for word in part)

    @property
    def cursor(self) -> tuple[int, int]:
        """The column and the row of the cursor, from zero."""
        with self._news:
            return self._painted.cursor

    @property
    def has_cursor(self) -> bool:
        """Whether the cursor is shown."""
        with self._news:
            return self._painted.has_cursor

    def cells(self) -> list[list[Char]]:
        """The cells of each row, with their characters and styles."""
        with self._news:
            return [self._painted.cells(row) for row in range(len(self._painted.lines))]

    def styles(self, row: int) -> list[frozenset[str]]:
        """Of each cell of a row the attributes, a hue among them."""
        with self._news:
            return self._painted.styles(row)

    @property
    def is_hung_up(self) -> bool:
        return self._closing.is_set()

    @property
    def pid(self) -> int:
        return self._process.pid

    # Waiting.

    def wait_until(
        self,
        predicate: Callable[[], bool],
        timeout: float = TIMEOUT,
        what: str = "the condition",
    ) -> None:
        """Wait for anything at all; output wakes the wait, and else it polls."""
        deadline = time.monotonic() + timeout
        while not predicate():
            if time.monotonic() > deadline:
                raise AssertionError(f"still waiting for {what}\n{self._pictured()}")
            with self._news:
                self._news.wait(POLL)

    def wait_for(self, text: str, timeout: float = TIMEOUT) -> None:
        """Wait until the screen shows a text, or fail when it no longer can."""
        self.wait_until(lambda: text in self.text or self._ended, timeout, repr(text))
        if text not in self.text:
            raise AssertionError(f"the program ended before {text!r}\n{self._pictured()}")

    def wait_gone(self, text: str, timeout: float = TIMEOUT) -> None:
        self.wait_until(lambda: text not in self.text, timeout, f"{text!r} to go")

    def settle(self, quiet: float = 0.15, timeout: float = TIMEOUT) -> None:
        """Wait until nothing has come for a while, counted from now at the earliest.

        A program that still has work, and waits for a processor, is not silent.
        """
        start = time.monotonic()

        def is_quiet() -> bool:
            nonlocal start
            is_long = time.monotonic() - max(start, self._last_news) >= quiet
            if is_long and processes.is_busy(self.pid):
                start = time.monotonic() - quiet + POLL
                return False
            return is_long

        self.wait_until(is_quiet, timeout, "silence")

    def wait_exit(self, timeout: float = TIMEOUT) -> int:
        """The exit status, or the negative number of the signal that killed the program."""
        self.wait_until(lambda: self._process.poll() is not None, timeout, "the exit")
        if self._reading:
            self.wait_until(lambda: self._ended or self._closing.is_set(), timeout, "the end")
        return self._process.wait()

    def _pictured(self) -> str:
        edge = "-" * len(self.screen[0])
        return "\n".join([edge, *self.screen, edge, f"exit status: {self._process.poll()}"])

    # Acting.

    def type(self, keys: str | bytes, delay: float = 0) -> None:
        """Send text or bytes: at once, or each character or byte after a delay."""
        if not delay:
            return self._send(keys.encode() if isinstance(keys, str) else keys)
        parts = [c.encode() for c in keys] if isinstance(keys, str) else [bytes([b]) for b in keys]
        for part in parts:
            time.sleep(delay)
            self._send(part)
        return None

    def key(self, *names: str) -> None:
        """Press keys by name, one write each."""
        for name in names:
            self._send(key_bytes(name))

    def enter_text(self) -> None:
        """Enter the text of the stage, once the screen shows one."""
        self.wait_for(" word")
        self.key("i")
        self.wait_for("TYPING")
        self.settle()

    def leave_case(self) -> None:
        """Leave the case outside a text, where one esc only says so."""
        self.key("escape")
        self.wait_for("Press esc again")
        self.key("escape")

    def paste(self, text: str) -> None:
        self._send(b"\x1b[200~" + text.encode() + b"\x1b[201~")

    def _send(self, data: bytes) -> None:
        while data:
            if not select.select([], [self._master], [], TIMEOUT)[1]:
                raise AssertionError(f"the program does not read\n{self._pictured()}")
            data = data[os.write(self._master, data) :]

    def resize(self, cols: int, rows: int) -> None:
        with self._news:
            self._painted.resize(cols, rows)
            termios.tcsetwinsize(self._master, (rows, cols))

    def kill(self, signal_: signal.Signals = signal.SIGKILL) -> None:
        """Send a signal to the program, and to nothing it started."""
        self._process.send_signal(signal_)

    def hang_up(self) -> None:
        """Close the terminal under the program, as a lost connection does."""
        if not self._closing.is_set():
            self._closing.set()
            self._reader.join()
            os.close(self._master)
