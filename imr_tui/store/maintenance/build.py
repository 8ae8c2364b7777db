"""The build fingerprint, and whether the installed files match their wheel."""

import base64
import hashlib
import os
from collections.abc import Iterator
from functools import cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path, PurePosixPath

_PACKAGE = Path(__file__).parents[2]


@cache
def fingerprint() -> str:
    """The build fingerprint: changes with every release, source edit and holiday calendar."""
    holidays = find_spec("holidays")
    origin = holidays.origin if holidays and holidays.origin else ""
    files = [str(Path(origin).with_name("version.py"))] if origin else []
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


NAME = "imr-tui"
_NAME_IN_WHEEL = "imr_tui"
_COMPILED = "__pycache__"


def program() -> Distribution | None:
    """The installed distribution, or None if the program does not run from a wheel."""
    try:
        dist = distribution(NAME)
    except PackageNotFoundError:
        return None
    here = Path(__file__).resolve().parents[2]
    is_this = Path(str(dist.locate_file(_NAME_IN_WHEEL))).resolve() == here
    return dist if is_this and dist.files else None


def altered(dist: Distribution) -> Iterator[str]:
    """The files that are missing, changed or new since the wheel of `dist` was installed."""
    recorded = {PurePosixPath(file): file.hash for file in dist.files or ()}
    for path, digest in recorded.items():
        if digest is None or digest.mode != "sha256":
            continue
        if _digest(Path(str(dist.locate_file(str(path))))) != digest.value:
            yield str(path)
    site_packages = Path(str(dist.locate_file("")))
    for found in sorted((site_packages / _NAME_IN_WHEEL).rglob("*")):
        name = PurePosixPath(found.relative_to(site_packages))
        if found.is_file() and name not in recorded and _COMPILED not in name.parts:
            yield f"{name} (new)"


def _digest(path: Path) -> str:
    try:
        digest = hashlib.sha256(path.read_bytes()).digest()
    except OSError:
        return ""
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
