"""Whether the installed files of the program match their wheel."""

import base64
import csv
import hashlib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

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
    return dist if is_this and dist.read_text("RECORD") else None


def version() -> str:
    """The version of the program, such as 0.2.0; `unknown` if it was not installed."""
    try:
        return distribution(NAME).version
    except PackageNotFoundError:
        return "unknown"


def altered(dist: Distribution) -> Iterator[str]:
    """The files that are missing, changed or new since the wheel of `dist` was installed."""
    # Not `dist.files`, which leaves out the files that are gone.
    recorded = {path: digest for path, digest, _ in csv.reader(_record(dist))}
    for path, digest in recorded.items():
        if digest.startswith("sha256=") and _digest(Path(str(dist.locate_file(path)))) != digest:
            yield path
    site_packages = Path(str(dist.locate_file("")))
    for found in sorted((site_packages / _NAME_IN_WHEEL).rglob("*")):
        name = found.relative_to(site_packages)
        if found.is_file() and name.as_posix() not in recorded and _COMPILED not in name.parts:
            yield f"{name} (new)"


def _record(dist: Distribution) -> list[str]:
    return (dist.read_text("RECORD") or "").splitlines()


def _digest(path: Path) -> str:
    try:
        digest = hashlib.sha256(path.read_bytes()).digest()
    except OSError:
        return ""
    return "sha256=" + base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
