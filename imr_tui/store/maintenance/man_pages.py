"""The manual pages of the program, and their installation where `man` finds them."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from imr_tui.store.safety.public_file import make_public_folder, write_public

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def man_pages() -> Mapping[str, bytes]:
    """The content of each page, by the name of its file, such as `imr-tui.1`."""
    shipped = files("imr_tui").joinpath("man").iterdir()
    return {page.name: page.read_bytes() for page in sorted(shipped, key=lambda page: page.name)}


def install_man_pages(folder: Path) -> tuple[Path, ...]:
    """Write each page to `man1` or `man5` in `folder`, readable by everybody; returns the paths.

    Raises CannotStore; the pages before the one that could not be written are installed then.
    """
    written = []
    for name, content in man_pages().items():
        path = folder / f"man{name.rpartition('.')[2]}" / name
        make_public_folder(path.parent)
        write_public(path, content)
        written.append(path)
    return tuple(written)
