"""One case file: its bytes, and the case that they hold."""

import hashlib
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from imr_tui.case import SCHEMA, Case, to_plain
from imr_tui.errors import BadInput, CannotStore
from imr_tui.store import atomic, faults, toml

SUFFIX = ".toml"
MAX_BYTES = 16_000_000
"""A larger file is refused unread."""

_TABLE_LISTS = ("records", "items", "administrator_citations", "citations")


class CaseFile:
    """An open case file: what it held, and where the next state of the case goes."""

    def __init__(self, path: Path, case: Case) -> None:
        self.path = path
        """`<folder>/<case number>.toml`."""
        self.case = case
        """The case as it was read."""
        self._ours = encode(case)

    def save(self, case: Case) -> None:
        """Write `case`; a text that is not the program's own is kept as it was before.

        That is a file edited by hand, before the case was opened or meanwhile. Raises
        CannotStore; what the disk held is then still there.
        """
        data = encode(case)
        replace_file(self.path, data, self._ours)
        self._ours = data


def replace_file(path: Path, data: bytes, known: bytes = b"") -> None:
    """Write `data` to `path`; what was there is kept, unless it is just what is `known`."""
    if os.path.lexists(path) and (there := read_bytes(path)) != known:
        _keep(path, there)
    atomic.write(path, data)


def open_case(path: Path) -> CaseFile:
    """The case file at `path`; raises CannotStore or BadInput with a sentence for the user."""
    case = decode(read_bytes(path), path)
    if says := misnamed(path, case):
        raise BadInput(says)
    return CaseFile(path, case)


def misnamed(path: Path, case: Case) -> str:
    """Why `case` is in the wrong file at `path`, as a sentence; blank if it is not."""
    if case.number == path.stem:
        return ""
    return (
        f"{path} holds the case number {case.number}; a case file is named after its number. "
        f"Rename it to {case.number}{SUFFIX}, or correct the number."
    )


def encode(case: Case) -> bytes:
    """The bytes of `case`'s file: TOML in a fixed order, None never written."""
    return toml.dumps(_without_empty(to_plain(case))).encode()


def decode(data: bytes, where: str | Path) -> Case:
    """The case in `data`; raises BadInput naming `where`, line, key and nearest known key."""
    tables, text = toml.parse(data, where)
    check_schema(tables, where)
    return faults.validate(Case, tables, text, where)


def check_schema(tables: Mapping[str, Any], where: str | Path) -> None:
    """Raise BadInput unless `tables` are in a schema that this program knows."""
    schema = tables.get("schema")
    if type(schema) is not int or schema < 1:
        raise BadInput(f"{where} has no line `schema = {SCHEMA}`, so it is not read as a case.")
    if schema > SCHEMA:
        raise BadInput(
            f"{where} is written in schema {schema}, and this imr-tui knows {SCHEMA} at most. "
            "It was not read; a newer imr-tui opens it."
        )


def read_bytes(path: Path) -> bytes:
    """The bytes of a regular file; links, folders, pipes and huge files raise CannotStore."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise CannotStore(f"{path} is not a regular file, so it was not opened.")
            if status.st_size > MAX_BYTES:
                raise CannotStore(f"{path} is larger than {MAX_BYTES:,} bytes; it was not read.")
            return b"".join(iter(lambda: os.read(descriptor, MAX_BYTES), b""))
        finally:
            os.close(descriptor)
    except OSError as error:
        why = "it is a link" if path.is_symlink() else atomic.reason(error)
        raise CannotStore(f"{path} could not be read: {why}.") from error


def _without_empty(tables: dict[str, object]) -> dict[str, object]:
    """`tables` without lists of tables that are empty, which TOML has no header for."""
    kept = {key: value for key, value in tables.items() if value or key not in _TABLE_LISTS}
    for key in _TABLE_LISTS:
        if isinstance(rows := kept.get(key), tuple):
            kept[key] = [_without_empty(row) for row in rows]
    if not kept.get("acknowledged"):
        kept.pop("acknowledged", None)
    return kept


def _keep(path: Path, data: bytes) -> None:
    """Keep `data` under the folder's `.imr/originals`, named by its content."""
    folder = path.parent / ".imr" / "originals"
    for place in (folder.parent, folder):
        atomic.make_folder(place)
    digest = hashlib.sha256(data).hexdigest()[:12]
    kept = folder / f"{path.stem}-{digest}{SUFFIX}"
    if not kept.exists():
        atomic.write(kept, data)
