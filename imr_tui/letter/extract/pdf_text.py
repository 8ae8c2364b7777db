"""The text of PDFs, read by a process of their own, so that none takes the time or the memory."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Self

from imr_tui.errors import BadInput, CannotStore
from imr_tui.letter.extract import pdf_child

Progress = Callable[[str, int, int], object]
"""Is told the name of a document, how many of its pages are read, and how many there are; at the
end, also after a fault, both are 0."""

_ROUND_SECONDS = 0.05
_CHUNK = 1 << 16
_MAX_FRAME = 4 * pdf_child.MAX_TEXT
_INSTEAD = (
    "Nothing was written. Extract its text with another program, such as pdftotext, and import "
    "the text."
)


class PdfTexts:
    """Reads PDFs one after the other, all in one process, which a document that fails ends.

    Use it as a context: at its end the process is gone.
    """

    def __init__(
        self,
        progress: Progress = lambda *_: None,
        is_stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        self._progress = progress
        self._is_stopped = is_stopped
        self._child: _Child | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def text(self, data: bytes, where: str) -> str:
        """The text of a PDF, form feeds between pages.

        Raises BadInput, naming `where`, for what cannot be read within the limits or was
        stopped, and CannotStore where no process can be started.
        """
        try:
            return self._read(data, where)
        except BaseException:
            self._end()
            raise
        finally:
            self._progress(where, 0, 0)

    def _read(self, data: bytes, where: str) -> str:
        child = self._begun(where)
        deadline = time.monotonic() + pdf_child.MAX_SECONDS
        for kind, payload in child.frames(data):
            if kind in (pdf_child.TEXT, pdf_child.LAST_TEXT):
                if kind == pdf_child.LAST_TEXT:
                    self._end()
                return payload.decode("utf-8", "surrogatepass")
            if kind == pdf_child.FAULT:
                raise BadInput(_about(payload.decode("ascii"), where))
            if kind == pdf_child.PROGRESS:
                self._progress(where, *pdf_child.PAGES.unpack(payload))
            elif self._is_stopped():
                raise BadInput(f"Reading {where} was stopped. Nothing was written.")
            elif time.monotonic() > deadline:
                raise BadInput(_too_slow(where))
        ending = child.end()
        raise BadInput(_too_slow(where) if ending == -signal.SIGXCPU else _crashed(where))

    def _begun(self, where: str) -> _Child:
        if self._child is None or self._child.has_ended:
            self._end()
            try:
                self._child = _Child()
            except OSError as error:
                raise CannotStore(
                    f"{where} was not read, as no process could be started for it: "
                    f"{(error.strerror or '').lower()}."
                ) from error
        return self._child

    def _end(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None


class _Child:
    """The process, and the pipes to it."""

    def __init__(self) -> None:
        # A session of its own, so that no key of a terminal reaches it; it ends with this thread.
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-I", "-B", "-X", "utf8"),
                str(Path(pdf_child.__file__).resolve()),
                *map(str, (os.getpid(), pdf_child.MAX_SECONDS, pdf_child.MAX_MEMORY)),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            cwd="/",
            env={},
            start_new_session=True,
        )
        self._received = bytearray()
        for pipe in (self._process.stdin, self._process.stdout):
            os.set_blocking(_fileno(pipe), False)

    @property
    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def frames(self, data: bytes) -> Iterator[tuple[bytes, bytes]]:
        """What it answers to a document: kinds and payloads, with a blank one in each round."""
        waiting = [memoryview(data), memoryview(pdf_child.LENGTH.pack(len(data)))]
        line = select.poll()
        line.register(answers := _fileno(self._process.stdout), select.POLLIN)
        line.register(questions := _fileno(self._process.stdin), select.POLLOUT)
        while True:
            events = dict(line.poll(_ROUND_SECONDS * 1000))
            if questions in events:
                self._write(questions, waiting)
                if not waiting:
                    line.unregister(questions)
            if answers in events:
                received = os.read(answers, _CHUNK)
                if not received:
                    return
                self._received += received
                yield from self._whole_frames()
            yield b"", b""

    def _write(self, questions: int, waiting: list[memoryview]) -> None:
        """Write some of what waits, the last of it first."""
        part = waiting.pop()
        try:
            if rest := part[os.write(questions, part[:_CHUNK]) :]:
                waiting.append(rest)
        except BlockingIOError:
            waiting.append(part)
        except BrokenPipeError:
            # It has ended; what it has answered is still to be read.
            waiting.clear()

    def _whole_frames(self) -> Iterator[tuple[bytes, bytes]]:
        head = pdf_child.FRAME.size
        while len(self._received) >= head:
            kind, length = pdf_child.FRAME.unpack_from(self._received)
            if length > _MAX_FRAME:
                # It is not what was started any more; it ends as if it had crashed.
                self._process.kill()
                return
            if len(self._received) < head + length:
                return
            payload = bytes(self._received[head : head + length])
            del self._received[: head + length]
            yield kind, payload

    def end(self) -> int:
        """Make sure that it is gone; how it ended."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        with suppress(ProcessLookupError):
            if self._process.poll() is None:
                self._process.kill()
        return self._process.wait()


def _fileno(pipe: IO[bytes] | None) -> int:
    if pipe is None:
        raise AssertionError("both pipes were asked for")
    return pipe.fileno()


# ── What is said of a document that is not read ──────────────────────────────────────────


def _about(fault: str, where: str) -> str:
    """The sentence for a fault that the process tells."""
    match fault:
        case pdf_child.NO_READER:
            return f"{where} is a PDF; reading one needs `imr-tui[pdf]`."
        case pdf_child.PASSWORD:
            return f"{where} is a PDF that asks for a password."
        case pdf_child.MEMORY:
            size = f"{pdf_child.MAX_MEMORY // 1_000_000} MB"
            return f"{where} is a PDF that takes more than {size} of memory to read. {_INSTEAD}"
        case pdf_child.SKIPPED:
            return f"{where} is a PDF with a part that is too large or too deep to read. {_INSTEAD}"
        case pdf_child.TOO_LONG:
            return f"{where} has more than {pdf_child.MAX_TEXT:,} characters. {_INSTEAD}"
        case count if count.isdecimal():
            return f"{where} has {count} pages; a letter has at most {pdf_child.MAX_PAGES}."
    return f"{where} is a PDF that cannot be read ({fault})."


def _too_slow(where: str) -> str:
    return f"{where} is a PDF that takes more than {pdf_child.MAX_SECONDS} seconds. {_INSTEAD}"


def _crashed(where: str) -> str:
    return f"{where} is a PDF that ended the program that reads it. {_INSTEAD}"
