"""Temporary files that a killed process left behind before it renamed them."""

import os
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from imr_tui.errors import ImrError
from imr_tui.store.cases.case_codec import decode
from imr_tui.store.history.versions import Event, Versions
from imr_tui.store.safety import atomic, linux, safe_open
from imr_tui.store.safety.safe_open import SUFFIX, read_bytes

_NAME = re.compile(r"\.(?P<target>.+)\.\d+\.[0-9a-f]{8}" + re.escape(atomic.TEMPORARY), re.ASCII)

_ABANDONED_SECONDS = 3600.0


@dataclass(frozen=True)
class Swept:
    """The result of a sweep."""

    removed: int = 0
    """How many files were removed."""
    rescued: int = 0
    """How many of them held a case text found nowhere else, which is a version now."""


def leftovers(folder: Path) -> Iterator[Path]:
    """The orphan files in `folder` and its `.imr` that no running process is writing."""
    for top in (folder, *(Path(top) for top, _, _ in os.walk(folder / safe_open.OWN))):
        with suppress(OSError):
            for name in safe_open.names(top):
                if _NAME.fullmatch(name) and _is_abandoned(top / name):
                    yield top / name


def sweep(folder: Path) -> Swept:
    """Remove orphan files; a case text found nowhere else becomes a version."""
    removed = rescued = 0
    for path in list(leftovers(folder)):
        with suppress(OSError, ImrError):
            rescued += path.parent == folder and _rescue(path)
            safe_open.unlink(path)
            removed += 1
    return Swept(removed, rescued)


def _is_abandoned(path: Path) -> bool:
    try:
        descriptor = safe_open.open_file(path, os.O_RDONLY | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        status = os.fstat(descriptor)
        if linux.is_young(status):
            return False
        is_ours = linux.try_lock(descriptor)
        # Without locks, only its age shows that nobody is writing it.
        return not _is_in_use(status) if is_ours is None else is_ours
    finally:
        os.close(descriptor)


def _is_in_use(status: os.stat_result) -> bool:
    """Whether a file was written, or got its name, within the last hour."""
    has_new_name = abs(time.time() - status.st_ctime) <= _ABANDONED_SECONDS
    return has_new_name or linux.is_young(status, _ABANDONED_SECONDS)


def _rescue(path: Path) -> bool:
    """Keep the case in `path` as a version, unless it is stored elsewhere."""
    match = _NAME.fullmatch(path.name)
    target = path.with_name(match["target"]) if match else path
    if target.suffix != SUFFIX:
        return False
    data = read_bytes(path)
    try:
        decode(data, path)
    except ImrError:
        return False
    versions = Versions(path.parent, target.stem)
    if (target.exists() and read_bytes(target) == data) or versions.find_bytes(data):
        return False
    return versions.note(data, Event.LEFT_OVER)
