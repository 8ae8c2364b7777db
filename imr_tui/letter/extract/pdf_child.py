"""The child process that reads PDFs within limits; started by `pdf_text`.

It is run as a script and imports nothing from imr_tui. It reads documents from standard input, each
preceded by its length, and writes frames to standard output: kind, length, payload. It exits after
a document that it cannot read, because the process may be in a bad state.
"""

import contextlib
import ctypes
import io
import logging
import os
import resource
import signal
import struct
import sys
from collections.abc import Iterator

MAX_PAGES = 100
"""Maximum number of pages; a letter has about ten."""
MAX_TEXT = 2_000_000
"""Maximum characters of all pages; a letter has about 20,000."""
MAX_SECONDS = 20
"""Maximum seconds per document, of processor and of elapsed time; a page takes hundredths."""
MAX_MEMORY = 512_000_000
"""Maximum bytes of address space, in addition to what the program itself needs."""

LENGTH = struct.Struct(">Q")
FRAME = struct.Struct(">cI")
PROGRESS, TEXT, LAST_TEXT, ERROR = b"P", b"T", b"L", b"F"
"""Kinds of frames; the process exits after either of the last two."""
PAGES = struct.Struct(">II")
"""Payload of PROGRESS: number of pages read, total number of pages."""
MEMORY, SKIPPED, TOO_LONG = "memory", "skipped", "too long"
PASSWORD, NO_READER = "password", "no reader"
"""Payloads of ERROR; others are the number of pages if too high, and the type of an exception."""

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_WATCHED = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM, signal.SIGXCPU)
_PAGE_BYTES = resource.getpagesize()


class Unreadable(Exception):
    """Raised if a document cannot be read; the argument is the payload of ERROR."""


class _LimitLog(logging.Handler):
    """Records whether the reader skipped something at a limit, which it reports only in its log."""

    def __init__(self) -> None:
        super().__init__()
        self.has_skipped = False

    def emit(self, record: logging.LogRecord) -> None:
        error = sys.exc_info()[1]
        is_limit = (
            isinstance(error, MemoryError | RecursionError) or "Limit" in type(error).__name__
        )
        self.has_skipped |= is_limit or "Exceeded" in record.msg


def main() -> None:
    """Read documents until the input ends."""
    parent, seconds, max_memory = map(int, sys.argv[1:])
    out = _isolate(parent)
    limit_log = _LimitLog()
    logging.getLogger("pypdf").addHandler(limit_log)
    logging.getLogger("pypdf").propagate = False
    with contextlib.suppress(ModuleNotFoundError):
        # Imported before the limits are set, because they are for documents only.
        import pypdf.errors  # noqa: F401
    base = _memory()
    _set_limits(base + max_memory)
    while data := _read_document():
        _set_time_limit(seconds)
        try:
            text = "\f".join(_pages(data, out))
            # After such an error the reader continues with incomplete text.
            if limit_log.has_skipped:
                raise Unreadable(SKIPPED)
            if _memory_peak() > base + max_memory * 7 // 8:
                raise MemoryError
            # Memory is not always returned after a document; the next one gets a new process.
            is_worn = _memory_peak() > base + max_memory // 2
            _send(out, LAST_TEXT if is_worn else TEXT, text.encode("utf-8", "surrogatepass"))
        except MemoryError:
            _send_error_and_exit(out, MEMORY)
        except Unreadable as unreadable:
            _send_error_and_exit(out, str(unreadable))
        except Exception as error:
            # A broken or hostile PDF may cause any exception in the reader.
            _send_error_and_exit(out, type(error).__name__)
        if is_worn:
            os._exit(0)


def _pages(data: bytes, out: int) -> Iterator[str]:
    """Yield the text of each page; raises Unreadable, or any exception of the reader."""
    try:
        from pypdf import PdfReader
    except ModuleNotFoundError as error:
        raise Unreadable(NO_READER) from error
    reader = PdfReader(io.BytesIO(data))
    # The published letters are encrypted with an empty password.
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable(PASSWORD)
    count = len(reader.pages)
    if count > MAX_PAGES:
        raise Unreadable(str(count))
    length = 0
    for number, page in enumerate(reader.pages):
        _send(out, PROGRESS, PAGES.pack(number, count))
        text = page.extract_text()
        length += len(text)
        if length > MAX_TEXT:
            raise Unreadable(TOO_LONG)
        yield text


# ── Process setup ────────────────────────────────────────────────────────────────────────


def _isolate(parent: int) -> int:
    """Isolate the process, make it end with its parent, and return the descriptor for replies."""
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    for number in _WATCHED:
        signal.signal(number, signal.SIG_DFL)
    if sys.platform == "linux":
        prctl = ctypes.CDLL(None).prctl
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
        prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(0)
    out = os.dup(1)
    # Anything that a library prints must not end up among the replies.
    os.dup2(2, 1)
    return out


def _set_limits(memory: int) -> None:
    """Forbid files, core dumps and child processes, and limit memory."""
    for kind in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE, resource.RLIMIT_NPROC):
        resource.setrlimit(kind, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _set_time_limit(more: int) -> None:
    """Set the processor time for the next document; a fallback for the parent's own timer."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + more + 1
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))


def _memory() -> int:
    """Current address space in bytes."""
    with open("/proc/self/statm", "rb") as file:  # noqa: PTH123
        return int(file.read().split()[0]) * _PAGE_BYTES


def _memory_peak() -> int:
    """Peak address space in bytes."""
    with open("/proc/self/status", "rb") as file:  # noqa: PTH123
        peak = next(line for line in file if line.startswith(b"VmPeak"))
    return int(peak.split()[1]) * 1024


# ── Input and output ─────────────────────────────────────────────────────────────────────


def _read_document() -> bytes:
    """Read the next document; empty at the end of the input."""
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


def _send_error_and_exit(out: int, why: str) -> None:
    _send(out, ERROR, why.encode("ascii", "backslashreplace")[:100])
    os._exit(0)


if __name__ == "__main__":
    main()
