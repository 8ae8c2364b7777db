"""The index of a folder: a cache of its worklist rows in one file of JSON lines.

It can be deleted at any time. If anything about it is in doubt, none of it is used: the case files
are read instead, and it is written again.
"""

from __future__ import annotations

import hashlib
import json
import stat
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

from imr_tui.errors import CannotStore
from imr_tui.model.limits import MAX_ROWS
from imr_tui.store.maintenance.build import fingerprint
from imr_tui.store.maintenance.gc_control import uncollected
from imr_tui.store.safety import atomic, permissions, safe_open
from imr_tui.store.worklist.case_files import FileStamp
from imr_tui.store.worklist.rows import Row, number_in_name
from imr_tui.text.sanitize import clean_line

FILE = "index.json"
FORMAT = 4
"""The version of the layout: a head of format, build, checksum and policy, then a line a row."""
MAX_BYTES = 100_000_000
"""A larger index is not read; one of 10,000 cases has 5 MB."""
_FORMAT_1 = ("index.sqlite", "index.sqlite-journal")
"""The files of format 1, which are removed."""

_SHOWN = (
    *("problem", "due", "why", "decided_on", "priority", "items", "decided", "stage", "state"),
    *("words", "held", "request", "employee", "written", "note"),
)
"""The fields of a row that are stored, in their order; the others follow from the file name."""
_TYPES = (str, *[int] * 5, *[str] * 7, *[int] * 2, *[str] * 8)
"""The types in a line: file name, stamp with digest, files beside, fields of the row."""
_MAX_NS = 2**63
_MAX_CELLS = 200
"""Maximum characters in the columns of a row."""
_shown = attrgetter(*_SHOWN)


class Known(NamedTuple):
    """An entry of the index: one case file."""

    row: Row
    """Its worklist row."""
    policy: str
    """The key of the check setup with which its state was computed."""
    stamp: FileStamp | None
    """Its file stamp; None if it must be read again in any case."""
    beside: str = "- - -"
    """`FilesBeside.mark` of the files beside it."""


class Index:
    """The index of one folder of cases. Its methods never raise, whatever the file contains."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / safe_open.OWN / FILE

    @uncollected()
    def load(self) -> dict[str, Known]:
        """All entries by file name; empty if the file cannot be relied on."""
        try:
            if not self._is_private():
                return {}
            head, _, lines = safe_open.read_bytes(self._path, MAX_BYTES).partition(b"\n")
            *key, checksum, policy = json.loads(head)
            if key != _key() or checksum != zlib.crc32(lines) or type(policy) is not str:
                return {}
            rows = json.loads(b"[%b]" % lines.replace(b"\n", b","))
            return {values[0]: self._entry(values, policy) for values in rows}
        except (OSError, CannotStore, ValueError, TypeError, LookupError):
            return {}
        except (RecursionError, MemoryError):
            return {}

    def keep(self, known: Mapping[str, Known], policy: str) -> bool:
        """Replace the file by the entries computed with `policy`; False if it failed."""
        # One by one, so that other threads can run in between.
        lines = "\n".join(map(json.dumps, self._lines(known, policy))).encode()
        head = json.dumps([*_key(), zlib.crc32(lines), policy]).encode()
        try:
            atomic.make_folder(self._path.parent)
            if self._is_replaceable():
                atomic.write(self._path, b"%b\n%b" % (head, lines))
        except (OSError, CannotStore):
            return False
        for name in _FORMAT_1:
            with suppress(OSError):
                safe_open.unlink(self._path.with_name(name))
        return True

    def _lines(self, known: Mapping[str, Known], policy: str) -> Iterator[list[Any]]:
        for name, found in known.items():
            if found.policy != policy or found.stamp is None:
                continue
            *stamp, digest = found.stamp
            problem, *rest = _shown(found.row)
            if not problem or problem.startswith(where := self._path_prefix(name)):
                # Without the path, which depends on the current directory.
                problem = problem and problem.removeprefix(where)
                yield [name, *stamp, digest.hex(), found.beside, problem, *rest]

    def _entry(self, values: list[Any], policy: str) -> Known:
        """The entry in a line; raises ValueError, or TypeError if it is not a list."""
        if tuple(map(type, values)) != _TYPES:
            raise ValueError("a value has another type")
        name, inode, size, mtime_ns, ctime_ns, read_ns, digest, beside, problem = values[:9]
        if not (
            _is_name(name) and _is_sound(*values[8:-6], *values[-4:]) and 0 <= read_ns < _MAX_NS
        ):
            raise ValueError("a value is not one that is written")
        stamp = FileStamp(inode, size, mtime_ns, ctime_ns, read_ns, bytes.fromhex(digest))
        whole = problem and f"{self._path_prefix(name)}{problem}"
        return Known(Row(name, number_in_name(name), whole, *values[9:]), policy, stamp, beside)

    def _path_prefix(self, name: str) -> str:
        return clean_line(str(self._folder / name))

    def _is_private(self) -> bool:
        """Whether the mode of the file keeps others out; raises OSError."""
        with safe_open.opened(self._path.parent) as folder:
            allowed = permissions.file_mode(self._path, folder)
        return not stat.S_IMODE(self._path.lstat().st_mode) & ~allowed

    def _is_replaceable(self) -> bool:
        """Whether a regular file or none is there, not a link or folder; raises OSError."""
        try:
            return stat.S_ISREG(self._path.lstat().st_mode)
        except FileNotFoundError:
            return True


@cache
def _key() -> list[Any]:
    """The first values of the head, which differ for another format or build of the program."""
    return [FORMAT, hashlib.sha256(fingerprint().encode()).hexdigest()]


def _is_name(name: str) -> bool:
    is_hidden = name.startswith(".")
    return name.endswith(safe_open.SUFFIX) and not is_hidden and "/" not in name


def _is_sound(
    problem: str,
    due: str,
    why: str,
    decided_on: str,
    priority: str,
    items: int,
    decided: int,
    stage: str,
    state: str,
    request: str,
    employee: str,
    written: str,
    note: str,
) -> bool:
    """Whether a row can be displayed safely, and its dates and numbers computed with."""
    cells = f"{due}{decided_on}{priority}{stage}{state}"
    text = f"{cells}{problem}{why}{request}{employee}{note}"
    return (
        clean_line(text) == text
        and len(cells) <= _MAX_CELLS
        and 0 <= decided <= items <= MAX_ROWS
        and _is_day(due)
        and _is_day(decided_on)
        and _is_moment(written)
    )


def _is_moment(text: str) -> bool:
    """Whether `text` is blank or a time with its zone; raises ValueError if it is neither."""
    return not text or datetime.fromisoformat(text).tzinfo is not None


@cache
def _is_day(text: str) -> bool:
    """Whether `text` is blank or a date; raises ValueError if it is neither."""
    return not text or str(date.fromisoformat(text)) == text
