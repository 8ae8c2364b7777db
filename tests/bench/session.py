"""A program on a pseudo-terminal that answers as terminals do, and notes what each key costs.

Nothing but reading goes on while an answer is awaited; what it painted is found out afterwards.
"""

import os
import pty
import re
import select
import signal
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.bench import processes
from tests.bench.answer import Answer, Chunk, Screen
from tests.bench.ideal import Cursor, Ideal
from tests.bench.shown import blank
from tests.terminal.driver import TAKE_TERMINAL, TIMEOUT, environment
from tests.terminal.keys import key_bytes

SIZE = (80, 24)
QUIET = 0.06
"""Seconds of silence after which a key counts as answered."""
CALM = 0.3
"""Seconds of silence after which a whole screen counts as painted."""
PATIENCE = 1.0
"""Seconds in which a key that is answered at all is answered."""
SYNCHRONIZED = "2026"
"""The mode in which a frame appears at once."""
SLICE = 0.05
"""Seconds in which each of many sessions is listened to once."""
_QUESTION = re.compile(rb"\x1b\[\?(\d+)\$p")


START = Cursor(0, 0)


class OpenCase:
    """A running program, and what the terminal shows of it."""

    def __init__(
        self,
        argv: Sequence[str],
        home: Path,
        *,
        size: tuple[int, int] = SIZE,
        env: Mapping[str, str] | None = None,
        is_synchronized: bool = True,
    ) -> None:
        self.raw = bytearray()
        """Every byte that it sent."""
        self._size = size
        self._screen = Screen(*size)
        self._chunks: list[Chunk] = []
        self._questions = b""
        self._modes = {SYNCHRONIZED: 2 if is_synchronized else 0}
        self._master, slave = pty.openpty()
        termios.tcsetwinsize(slave, size[::-1])
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            ["/bin/sh", "-c", TAKE_TERMINAL, os.ttyname(slave), *argv],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment(home, env or {}),
            cwd=home,
            start_new_session=True,
        )
        os.close(slave)
        os.set_blocking(self._master, False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the program, and all that it has started."""
        if self._process.returncode is not None:
            return
        for pid in processes.tree(self._process.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait()
        os.close(self._master)

    # ── What it takes ────────────────────────────────────────────────────────────────────

    @property
    def cpu(self) -> float:
        """Milliseconds of a processor that it has used, with what it has started."""
        return processes.cpu(self._process.pid)

    @property
    def memory(self) -> float:
        """Megabytes that are resident, with what it has started."""
        return processes.memory(self._process.pid)

    @property
    def text(self) -> str:
        """What stands on the screen."""
        self._absorb()
        return "\n".join(self._screen.shown.lines)

    def whole(self) -> int:
        """The bytes that it takes to paint what stands on the screen on a blank one."""
        self._absorb()
        nothing = blank(*self._size)
        return len(
            Ideal()
            .change(nothing, self._screen.shown.rows(), START, self._screen.shown.place)
            .encode()
        )

    # ── Reading ──────────────────────────────────────────────────────────────────────────

    def read(self, timeout: float = 0) -> bool:
        """Take what has come, or comes within `timeout`; whether anything did."""
        if not select.select([self._master], [], [], max(0, timeout))[0]:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:  # how Linux says that nobody holds the other side any more
            data = b""
        if not data:
            raise EOFError(f"the program has ended\n{self.text}")
        self._chunks.append(Chunk(time.perf_counter(), data))
        self.raw += data
        self._reply(data)
        return True

    def _reply(self, data: bytes) -> None:
        self._questions += data
        end = 0
        for question in _QUESTION.finditer(self._questions):
            mode, end = question[1].decode(), question.end()
            self.put(f"\x1b[?{mode};{self._modes.get(mode, 0)}$y".encode())
        self._questions = self._questions[end:][-16:]

    def wait_for(self, *words: str, quiet: float = CALM) -> float:
        """Wait until the screen shows all of these, and then for silence: when they were there."""
        deadline = time.perf_counter() + TIMEOUT
        while not all(each in self.text for each in words):
            if time.perf_counter() > deadline:
                raise TimeoutError(f"{words} never came\n{self.text}")
            self.read(QUIET)
        there = time.perf_counter()
        self.settle(quiet)
        return there

    def settle(self, quiet: float = CALM) -> None:
        """Wait until nothing has come for so long."""
        deadline = time.perf_counter() + TIMEOUT
        while self.read(quiet) and time.perf_counter() < deadline:
            pass
        self._absorb()

    def _absorb(self) -> int:
        """Paint what has come; how many bytes that was."""
        return self._screen.paint(self._taken())

    def _taken(self) -> list[Chunk]:
        taken, self._chunks = self._chunks, []
        return taken

    # ── Acting ───────────────────────────────────────────────────────────────────────────

    def press(self, key: str, quiet: float = QUIET) -> Answer:
        """Type a key, or a character that is then looked for on the screen."""
        return self.send(key_bytes(key), quiet, looked_for=key if len(key) == 1 else "")

    def keys(self, *names: str) -> None:
        """Press keys of which nobody wants to know what they cost."""
        self.send(b"".join(map(key_bytes, names)), CALM)

    def paste(self, text: str) -> Answer:
        return self.send(b"\x1b[200~" + text.encode() + b"\x1b[201~", CALM)

    def send(self, data: bytes, quiet: float = QUIET, looked_for: str = "") -> Answer:
        """Send bytes at once, and wait for the answer."""
        before, shown = self._drained(), self._screen.shown
        rows, at = shown.rows(), shown.place
        start = time.perf_counter()
        self.put(data)
        chunks = self._answer(start, quiet)
        answer = self._screen.judge(chunks, rows, at, start, looked_for.strip())
        return replace(answer, before=before)

    def resize(self, cols: int, rows: int) -> Answer:
        """Give the terminal another size; nobody knows then what it shows."""
        before = self._drained()
        self._screen.shown.resize(cols, rows)
        at = self._screen.shown.place
        start = time.perf_counter()
        termios.tcsetwinsize(self._master, (rows, cols))
        chunks = self._answer(start, CALM)
        answer = self._screen.judge(chunks, blank(cols, rows), at, start, "")
        return replace(answer, before=before)

    def put(self, data: bytes) -> None:
        """Send bytes, and wait for nothing."""
        while data:
            if not select.select([], [self._master], [], TIMEOUT)[1]:
                raise TimeoutError("the program does not read")
            data = data[os.write(self._master, data) :]

    def _drained(self) -> int:
        while self.read():
            pass
        return self._absorb()

    def _answer(self, start: float, quiet: float) -> list[Chunk]:
        """What comes until it is silent."""
        wait = max(quiet, PATIENCE)
        deadline = start + TIMEOUT
        while self.read(wait) and time.perf_counter() < deadline:
            wait = quiet
        return self._taken()


def listen(sessions: Sequence[OpenCase], seconds: float) -> list[int]:
    """The bytes that each of these sends on its own in a time."""
    marks = [len(session.raw) for session in sessions]
    deadline = time.perf_counter() + seconds
    while (left := deadline - time.perf_counter()) > 0:
        for session in sessions:
            session.read(min(max(left, 0), SLICE / len(sessions)))
    return [len(session.raw) - mark for session, mark in zip(sessions, marks, strict=True)]
