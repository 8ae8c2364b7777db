"""The program that reads PDFs in a process of its own, within limits; `pdf_text` starts it.

It is run by its path, with nothing of the app in it. On standard input it is given documents, each
behind its length, and for each it writes frames to standard output: a kind, a length, a payload.
It ends after a document that it cannot read, so that none is read by a process that is the worse
for another one.
"""

import contextlib
import logging
import os
import resource
import signal
import struct
import sys
from collections.abc import Iterator

MAX_PAGES = 100
"""A letter has up to about ten."""
MAX_TEXT = 2_000_000
"""Characters of all pages; a letter has some 20,000."""
MAX_SECONDS = 20
"""Of processor time for one document, as of real time; a page takes some hundredths."""
MAX_MEMORY = 512_000_000
"""Bytes of address space beside what the program itself takes."""

LENGTH = struct.Struct(">Q")
FRAME = struct.Struct(">cI")
PROGRESS, TEXT, LAST_TEXT, FAULT = b"P", b"T", b"L", b"F"
"""After the last two the process ends."""
PAGES = struct.Struct(">II")
"""The payload of PROGRESS: how many pages are done, of how many."""
MEMORY, SKIPPED, TOO_LONG = "memory", "skipped", "too long"
PASSWORD, NO_READER = "password", "no reader"
"""The payload of FAULT, besides a number of pages that are too many and the type of an error."""

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_WATCHED = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM, signal.SIGXCPU)
_PAGE_BYTES = resource.getpagesize()


class Fault(Exception):
    """A document is not read; its argument is the payload that says why."""


class _Losses(logging.Handler):
    """Notes that the reader skipped something because a limit was reached: it only logs that."""

    def __init__(self) -> None:
        super().__init__()
        self.has_lost = False

    def emit(self, record: logging.LogRecord) -> None:
        error = sys.exc_info()[1]
        is_limit = (
            isinstance(error, MemoryError | RecursionError) or "Limit" in type(error).__name__
        )
        self.has_lost |= is_limit or "Exceeded" in record.msg


def main() -> None:
    """Read documents until there are no more."""
    parent, seconds, room = map(int, sys.argv[1:])
    out = _come_alone(parent)
    losses = _Losses()
    logging.getLogger("pypdf").addHandler(losses)
    logging.getLogger("pypdf").propagate = False
    with contextlib.suppress(ModuleNotFoundError):
        # Before the limits, which are for documents.
        import pypdf.errors  # noqa: F401
    base = _memory()
    _limit(base + room)
    while data := _document():
        _limit_time(seconds)
        try:
            text = "\f".join(_pages(data, out))
            # The reader goes on after either, with less than all of the text.
            if losses.has_lost:
                raise Fault(SKIPPED)
            if _memory_peak() > base + room * 7 // 8:
                raise MemoryError
            # What a document took is not always given back; the next one gets a new process.
            is_worn = _memory_peak() > base + room // 2
            _send(out, LAST_TEXT if is_worn else TEXT, text.encode("utf-8", "surrogatepass"))
        except MemoryError:
            _give_up(out, MEMORY)
        except Fault as fault:
            _give_up(out, str(fault))
        except Exception as error:
            # A broken or hostile PDF may fail in any way that its reader knows.
            _give_up(out, type(error).__name__)
        if is_worn:
            os._exit(0)


def _pages(data: bytes, out: int) -> Iterator[str]:
    """The text of each page; raises Fault, and whatever the reader raises."""
    import io

    try:
        from pypdf import PdfReader
    except ModuleNotFoundError as error:
        raise Fault(NO_READER) from error
    reader = PdfReader(io.BytesIO(data))
    # The published letters are encrypted, with no password.
    if reader.is_encrypted and not reader.decrypt(""):
        raise Fault(PASSWORD)
    count = len(reader.pages)
    if count > MAX_PAGES:
        raise Fault(str(count))
    length = 0
    for number, page in enumerate(reader.pages):
        _send(out, PROGRESS, PAGES.pack(number, count))
        text = page.extract_text()
        length += len(text)
        if length > MAX_TEXT:
            raise Fault(TOO_LONG)
        yield text


# ── Its surroundings ─────────────────────────────────────────────────────────────────────


def _come_alone(parent: int) -> int:
    """Keep nothing of the parent but a way to answer, which is returned; end when it ends."""
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    for number in _WATCHED:
        signal.signal(number, signal.SIG_DFL)
    if sys.platform == "linux":
        import ctypes

        prctl = ctypes.CDLL(None).prctl
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
        prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(0)
    out = os.dup(1)
    # Whatever else is printed is no answer.
    os.dup2(2, 1)
    return out


def _limit(memory: int) -> None:
    """Make files, cores and other processes impossible, and memory scarce."""
    for kind in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE, resource.RLIMIT_NPROC):
        resource.setrlimit(kind, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _limit_time(more: int) -> None:
    """Let the next document have so many seconds; for when the parent does not look."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + more + 1
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))


def _memory() -> int:
    """The address space that this process has."""
    with open("/proc/self/statm", "rb") as file:  # noqa: PTH123
        return int(file.read().split()[0]) * _PAGE_BYTES


def _memory_peak() -> int:
    """The most address space that it had."""
    with open("/proc/self/status", "rb") as file:  # noqa: PTH123
        peak = next(line for line in file if line.startswith(b"VmPeak"))
    return int(peak.split()[1]) * 1024


# ── What comes in and goes out ───────────────────────────────────────────────────────────


def _document() -> bytes:
    """The next document; nothing at the end."""
    head = _read(LENGTH.size)
    return _read(*LENGTH.unpack(head)) if len(head) == LENGTH.size else b""


def _read(count: int) -> bytes:
    data = bytearray()
    while len(data) < count and (part := os.read(0, min(count - len(data), 1 << 20))):
        data += part
    return bytes(data)


def _send(out: int, kind: bytes, payload: bytes) -> None:
    frame = memoryview(FRAME.pack(kind, len(payload)) + payload)
    while frame:
        frame = frame[os.write(out, frame) :]


def _give_up(out: int, why: str) -> None:
    _send(out, FAULT, why.encode("ascii", "backslashreplace")[:100])
    os._exit(0)


if __name__ == "__main__":
    main()
