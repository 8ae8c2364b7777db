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
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from operator import is_not
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from tests.bench import processes
from tests.bench.ideal import Cursor, Ideal
from tests.bench.shown import Cells, Shown, blank
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
SETTLING = 2
"""Lines that may settle later: a count, a time."""
SLICE = 0.05
"""Seconds in which each of many sessions is listened to once."""
_QUESTION = re.compile(rb"\x1b\[\?(\d+)\$p")


START = Cursor(0, 0)


class Chunk(NamedTuple):
    """What came at once."""

    at: float
    data: bytes


@dataclass(frozen=True)
class Answer:
    """What a program sent for one thing that was done to it."""

    sent: int
    """Bytes."""
    ideal: int
    """Bytes that the difference of the screens needs."""
    first: float | None
    """Milliseconds until its first byte, or None if there was none."""
    last: float | None
    """Milliseconds until its last byte."""
    stood: float | None
    """Milliseconds until the screen stood, but for some lines that may settle later."""
    visible: float | None = None
    """Milliseconds until the typed character was seen, or None if none was."""
    before: int = 0
    """Bytes that came on their own before, behind the answer to what was done then."""


class Session:
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
        self._shown = Shown(*size)
        self._ideal = Ideal()
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
        return "\n".join(self._shown.lines)

    def whole(self) -> int:
        """The bytes that it takes to paint what stands on the screen on a blank one."""
        self._absorb()
        nothing = blank(*self._size)
        return len(Ideal().change(nothing, self._shown.rows(), START, self._shown.place).encode())

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
            self._write(f"\x1b[?{mode};{self._modes.get(mode, 0)}$y".encode())
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
        taken = sum(len(chunk.data) for chunk in self._chunks)
        for chunk in self._chunks:
            self._shown.feed(chunk.data)
        self._chunks.clear()
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
        before = self._drained()
        rows, at = self._shown.rows(), self._shown.place
        start = time.perf_counter()
        self._write(data)
        self._await(start, quiet)
        return self._judged(rows, at, start, looked_for.strip(), before)

    def resize(self, cols: int, rows: int) -> Answer:
        """Give the terminal another size; nobody knows then what it shows."""
        before = self._drained()
        self._shown.resize(cols, rows)
        at = self._shown.place
        start = time.perf_counter()
        termios.tcsetwinsize(self._master, (rows, cols))
        self._await(start, CALM)
        return self._judged(blank(cols, rows), at, start, "", before)

    def put(self, data: bytes) -> None:
        """Send bytes, and wait for nothing."""
        self._write(data)

    def _write(self, data: bytes) -> None:
        while data:
            if not select.select([], [self._master], [], TIMEOUT)[1]:
                raise TimeoutError("the program does not read")
            data = data[os.write(self._master, data) :]

    def _drained(self) -> int:
        while self.read():
            pass
        return self._absorb()

    def _await(self, start: float, quiet: float) -> None:
        wait = max(quiet, PATIENCE)
        deadline = start + TIMEOUT
        while self.read(wait) and time.perf_counter() < deadline:
            wait = quiet

    def _judged(
        self, rows: Cells, at: Cursor, start: float, looked_for: str, before: int
    ) -> Answer:
        chunks, moments = list(self._chunks), list[Cells]()
        self._chunks.clear()
        for chunk in chunks:
            self._shown.feed(chunk.data)
            moments.append(self._shown.rows())
        ideal = self._ideal.change(rows, self._shown.rows(), at, self._shown.place)
        stood, visible = standing(moments), seen(rows, moments, looked_for)
        times: list[float | None] = [(chunk.at - start) * 1000 for chunk in chunks]
        times = times or [None]
        return Answer(
            sent=sum(len(chunk.data) for chunk in chunks),
            ideal=len(ideal.encode()),
            first=times[0],
            last=times[-1],
            stood=times[stood],
            visible=None if visible is None else times[visible],
            before=before,
        )


def standing(moments: Sequence[Cells]) -> int:
    """From which moment on all but a few lines are as they are in the last one."""
    differing = (sum(map(is_not, moment, moments[-1])) for moment in moments)
    return next((at for at, lines in enumerate(differing) if lines <= SETTLING), 0)


def seen(before: Cells, moments: Sequence[Cells], character: str) -> int | None:
    """At which moment a character first stands where it has not before, and is in the end."""
    if not character or not moments:
        return None
    lasting = set(appeared(before, moments[-1], character))
    found = (bool(lasting.intersection(appeared(before, now, character))) for now in moments)
    return next((at for at, is_seen in enumerate(found) if is_seen), None)


def appeared(before: Cells, now: Cells, character: str) -> Iterable[tuple[int, int]]:
    """The cells that show the character, and have not before."""
    for row, (old, new) in enumerate(zip(before, now, strict=True)):
        if old is not new:
            for column, (was, cell) in enumerate(zip(old, new, strict=True)):
                if cell.data == character and was.data != character:
                    yield row, column


def listen(sessions: Sequence[Session], seconds: float) -> list[int]:
    """The bytes that each of these sends on its own in a time."""
    marks = [len(session.raw) for session in sessions]
    deadline = time.perf_counter() + seconds
    while (left := deadline - time.perf_counter()) > 0:
        for session in sessions:
            session.read(min(max(left, 0), SLICE / len(sessions)))
    return [len(session.raw) - mark for session, mark in zip(sessions, marks, strict=True)]
