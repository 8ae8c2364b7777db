"""Whether the program is as it was installed, by the digests that its wheel brought along."""

import base64
import hashlib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path, PurePosixPath

NAME = "imr-tui"
_NAME_IN_WHEEL = "imr_tui"
_COMPILED = "__pycache__"


def program() -> Distribution | None:
    """The installed program, or None where it does not run from a wheel."""
    try:
        dist = distribution(NAME)
    except PackageNotFoundError:
        return None
    here = Path(__file__).resolve().parents[1]
    is_this = Path(str(dist.locate_file(_NAME_IN_WHEEL))).resolve() == here
    return dist if is_this and dist.files else None


def altered(dist: Distribution) -> Iterator[str]:
    """The files that are gone, changed or new since the wheel of `dist` was installed."""
    told = {PurePosixPath(file): file.hash for file in dist.files or ()}
    for path, digest in told.items():
        if digest is None or digest.mode != "sha256":
            continue
        if _digest(Path(str(dist.locate_file(str(path))))) != digest.value:
            yield str(path)
    place = Path(str(dist.locate_file("")))
    for found in sorted((place / _NAME_IN_WHEEL).rglob("*")):
        name = PurePosixPath(found.relative_to(place))
        if found.is_file() and name not in told and _COMPILED not in name.parts:
            yield f"{name} (new)"


def _digest(path: Path) -> str:
    try:
        digest = hashlib.sha256(path.read_bytes()).digest()
    except OSError:
        return ""
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
