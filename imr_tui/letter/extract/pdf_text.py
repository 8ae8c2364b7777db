"""Reads the text of PDFs in a separate process, which limits time and memory."""

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
"""Called with a document's name, its number of pages read, and its total number of pages.

Both numbers are 0 at the end, even after an error.
"""

_ROUND_SECONDS = 0.05
_CHUNK = 1 << 16
_MAX_FRAME = 4 * pdf_child.MAX_TEXT
_ADVICE = (
    "Nothing was written. Extract its text with another program, such as pdftotext, and import "
    "the text."
)


class PdfTexts:
    """Reads PDFs one after the other in the same child process, which is replaced after an error.

    A context manager that ends the process on exit.
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
        """Return the text of a PDF, with form feeds between pages.

        Raises BadInput, naming `where`, if it cannot be read within the limits or reading was
        stopped, and CannotStore if no process can be started.
        """
        try:
            return self._read(data, where)
        except BaseException:
            self._end()
            raise
        finally:
            self._progress(where, 0, 0)

    def _read(self, data: bytes, where: str) -> str:
        child = self._running_child(where)
        deadline = time.monotonic() + pdf_child.MAX_SECONDS
        for kind, payload in child.frames(data):
            if kind in (pdf_child.TEXT, pdf_child.LAST_TEXT):
                if kind == pdf_child.LAST_TEXT:
                    self._end()
                return payload.decode("utf-8", "surrogatepass")
            if kind == pdf_child.ERROR:
                raise BadInput(_error_message(payload.decode("ascii"), where))
            if kind == pdf_child.PROGRESS:
                self._progress(where, *pdf_child.PAGES.unpack(payload))
            elif self._is_stopped():
                raise BadInput(f"Reading {where} was stopped. Nothing was written.")
            elif time.monotonic() > deadline:
                raise BadInput(_too_slow(where))
        ending = child.end()
        raise BadInput(_too_slow(where) if ending == -signal.SIGXCPU else _crashed(where))

    def _running_child(self, where: str) -> _Child:
        if self._child is None or self._child.has_ended:
            self._end()
            try:
                self._child = _Child()
            except OSError as error:
                raise CannotStore(
                    f"{where} was not read, because no process could be started for it: "
                    f"{(error.strerror or '').lower()}."
                ) from error
        return self._child

    def _end(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None


class _Child:
    """The child process and the pipes to it."""

    def __init__(self) -> None:
        # In a new session, so that no terminal key reaches it; the child ends when this thread
        # ends.
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
        """Send a document and yield each reply as kind and payload, and a blank pair per round."""
        unsent = [memoryview(data), memoryview(pdf_child.LENGTH.pack(len(data)))]
        poll = select.poll()
        poll.register(replies := _fileno(self._process.stdout), select.POLLIN)
        poll.register(requests := _fileno(self._process.stdin), select.POLLOUT)
        while True:
            events = dict(poll.poll(_ROUND_SECONDS * 1000))
            if requests in events:
                self._write(requests, unsent)
                if not unsent:
                    poll.unregister(requests)
            if replies in events:
                received = os.read(replies, _CHUNK)
                if not received:
                    return
                self._received += received
                yield from self._complete_frames()
            yield b"", b""

    def _write(self, requests: int, unsent: list[memoryview]) -> None:
        """Write part of the last element of `unsent`."""
        part = unsent.pop()
        try:
            if rest := part[os.write(requests, part[:_CHUNK]) :]:
                unsent.append(rest)
        except BlockingIOError:
            unsent.append(part)
        except BrokenPipeError:
            # The child has ended, but its replies can still be read.
            unsent.clear()

    def _complete_frames(self) -> Iterator[tuple[bytes, bytes]]:
        head = pdf_child.FRAME.size
        while len(self._received) >= head:
            kind, length = pdf_child.FRAME.unpack_from(self._received)
            if length > _MAX_FRAME:
                # The child has been taken over; end it like one that crashed.
                self._process.kill()
                return
            if len(self._received) < head + length:
                return
            payload = bytes(self._received[head : head + length])
            del self._received[: head + length]
            yield kind, payload

    def end(self) -> int:
        """Kill the process if it still runs, and return its exit status."""
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


# ── Error messages ───────────────────────────────────────────────────────────────────────


def _error_message(error: str, where: str) -> str:
    """The message for an error that the child reports."""
    match error:
        case pdf_child.NO_READER:
            return f"{where} is a PDF. To read PDFs, install `imr-tui[pdf]`."
        case pdf_child.PASSWORD:
            return f"{where} is a PDF that needs a password. Remove the password first."
        case pdf_child.MEMORY:
            size = f"{pdf_child.MAX_MEMORY // 1_000_000} MB"
            return f"Reading the PDF {where} needs more than {size} of memory. {_ADVICE}"
        case pdf_child.SKIPPED:
            return f"A part of the PDF {where} is too large or nested too deeply. {_ADVICE}"
        case pdf_child.TOO_LONG:
            return f"{where} has more than {pdf_child.MAX_TEXT:,} characters. {_ADVICE}"
        case count if count.isdecimal():
            return f"{where} has {count} pages. A letter can have at most {pdf_child.MAX_PAGES}."
    return f"The PDF {where} could not be read ({error})."


def _too_slow(where: str) -> str:
    return f"Reading the PDF {where} takes more than {pdf_child.MAX_SECONDS} seconds. {_ADVICE}"


def _crashed(where: str) -> str:
    return f"The PDF {where} crashed the program that reads PDFs. {_ADVICE}"
