"""Writes files of the program that everybody may read, such as its manual pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.store.safety import atomic

if TYPE_CHECKING:
    from pathlib import Path

FOLDER_MODE = 0o755


def write_public(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Replace `path` by `data`, with the permissions `mode` at once; raises CannotStore."""
    new = path.with_name(f".{path.name}.new")
    atomic.write(new, data)
    try:
        new.chmod(mode)
        new.replace(path)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise atomic.refused(path, error) from error


def make_public_folder(path: Path) -> None:
    """Create `path` and the folders above it, unless they exist; raises CannotStore."""
    if path.is_dir():
        return
    make_public_folder(path.parent)
    atomic.make_folder(path)
    try:
        path.chmod(FOLDER_MODE)
    except OSError as error:
        raise atomic.refused(path, error) from error
