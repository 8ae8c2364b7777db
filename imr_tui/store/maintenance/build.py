"""The build fingerprint, by which caches notice another version of the program."""

import os
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parents[2]


@cache
def fingerprint() -> str:
    """The build fingerprint: changes with every release and source edit."""
    files: list[str] = []
    for folder, folders, names in os.walk(_PACKAGE):
        folders[:] = (each for each in folders if each != "__pycache__")
        files += (f"{folder}/{name}" for name in names if not name.endswith(".pyc"))
    return repr([_stamp(path) for path in sorted(files)])


def _stamp(path: str) -> tuple[str, int, int]:
    try:
        # os.stat, because making a Path of several hundred files is slow.
        status = os.stat(path)  # noqa: PTH116
    except OSError:
        return path, 0, 0
    return path, status.st_size, status.st_mtime_ns
