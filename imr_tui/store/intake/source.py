"""Reads the lines of a file of assignments, and notices if it changes meanwhile."""

from __future__ import annotations

import codecs
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from imr_tui.errors import BadInput, CannotStore
from imr_tui.store.safety import atomic, safe_open

MAX_LINE_BYTES = safe_open.MAX_BYTES
"""Longer lines are not read; a case file has at most a million bytes."""
_CHUNK = 4_194_304
"""Bytes read at once: most files, so that all of a changed one or nothing is taken."""
_ENCODINGS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""The encodings other than UTF-8 that a byte order mark announces; the longer marks first."""


class Line(NamedTuple):
    """A line of the file."""

    number: int
    """Its number, from 1; lines end with LF, CR LF or CR."""
    data: bytes
    """Its bytes in UTF-8, or in whatever encoding a file without a byte order mark has."""


@contextmanager
def opened(source: str) -> Iterator[Iterator[Line]]:
    """Open `source`, a path or `-`, and yield its lines.

    Reading them raises BadInput if the file is changed or replaced meanwhile, or a line is longer
    than `MAX_LINE_BYTES`. Raises CannotStore if it cannot be read.
    """
    if source == "-":
        yield _lines(_encoded(_of_stdin(), "standard input"), "standard input")
        return
    path = Path(source)
    with _errors_told(path):
        descriptor = safe_open.open_file(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        yield _lines(_encoded(_of_file(path, descriptor), source), source)
    finally:
        os.close(descriptor)


def lines_of(data: bytes, where: str) -> Iterator[Line]:
    """The lines of the content `data` of a file; raises BadInput as `opened` does."""
    return _lines(_encoded(iter([data]), where), where)


@contextmanager
def _errors_told(path: Path | str) -> Iterator[None]:
    try:
        yield
    except ValueError as error:
        raise CannotStore(f"{path} is not a valid file name.") from error
    except OSError as error:
        raise CannotStore(f"{path} could not be read: {atomic.reason(error)}.") from error


def _of_stdin() -> Iterator[bytes]:
    if sys.stdin is None:
        raise CannotStore("Standard input is closed, so no assignment was read.")
    more = True
    while more:
        with _errors_told("Standard input"):
            chunk = sys.stdin.buffer.read(_CHUNK)
        if more := bool(chunk):
            yield chunk


def _of_file(path: Path, descriptor: int) -> Iterator[bytes]:
    """The bytes of a regular file, each chunk only if the file is still as it was."""
    before = os.fstat(descriptor)
    if not stat.S_ISREG(before.st_mode):
        raise CannotStore(f"{path} is not a regular file, so it was not opened.")
    more = True
    while more:
        with _errors_told(path):
            chunk = _read_full(descriptor)
        _require_unchanged(path, descriptor, before)
        more = len(chunk) == _CHUNK
        if chunk:
            yield chunk
    _require_unchanged(path, descriptor, before)


def _read_full(descriptor: int) -> bytes:
    """The next chunk, shorter only at the end of the file."""
    data = b""
    while len(data) < _CHUNK and (more := os.read(descriptor, _CHUNK - len(data))):
        data += more
    return data


def _require_unchanged(path: Path, descriptor: int, before: os.stat_result) -> None:
    try:
        is_same = _stamp(os.fstat(descriptor)) == _stamp(before) == _stamp(path.lstat())
    except OSError:
        is_same = False
    if not is_same:
        raise BadInput(
            f"{path} changed while it was read. Nothing of the rest was taken. Read it again when "
            "it is complete."
        )


def _stamp(state: os.stat_result) -> tuple[int, ...]:
    return (state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns)


def _encoded(chunks: Iterator[bytes], where: str) -> Iterator[bytes]:
    """Without a byte order mark, and from the encoding that it announces to UTF-8."""
    head = next(chunks, b"")
    found = next((each for each in _ENCODINGS if head.startswith(each[0])), None)
    if found is None:
        yield head.removeprefix(codecs.BOM_UTF8)
        yield from chunks
        return
    mark, encoding = found
    decoder = codecs.getincrementaldecoder(encoding)()
    lines = 1
    for data, is_last in _with_last(head[len(mark) :], chunks):
        try:
            text = decoder.decode(data, is_last)
        except UnicodeDecodeError as error:
            lines += data.count("\n".encode(encoding), 0, error.start)
            name = encoding[:6].upper()
            raise BadInput(f"{where}, line {lines} or after it, is not valid {name}.") from error
        lines += text.count("\n")
        yield text.encode()


def _with_last(head: bytes, chunks: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each chunk, and an empty last one."""
    yield head, False
    for chunk in chunks:
        yield chunk, False
    yield b"", True


def _lines(chunks: Iterator[bytes], where: str) -> Iterator[Line]:
    number, rest = 1, b""
    for chunk in chunks:
        lines = (rest + chunk).splitlines(keepends=True)
        # What has no line feed may go on in the next chunk.
        rest = lines.pop() if lines and not lines[-1].endswith(b"\n") else b""
        for data in lines:
            yield Line(number, data)
            number += 1
        if len(rest) > MAX_LINE_BYTES:
            raise BadInput(
                f"{where}, line {number} is longer than {MAX_LINE_BYTES:,} bytes. Neither it nor "
                "the rest was read."
            )
    if rest:
        yield Line(number, rest)
