"""The mark of a folder of demonstration cases, and the line that its letters carry."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from imr_tui.store.safety import atomic
from imr_tui.store.safety.safe_open import OWN

if TYPE_CHECKING:
    from pathlib import Path

MARK = "DEMO - NOT A DETERMINATION"
"""Stands above each letter of a demonstration, and on each page of its PDF."""
UNSIGNED = "This is a demonstration. Its cases cannot be signed, and its letters say DEMO."
"""Why nothing in such a folder can be signed."""
FILE = "demo"
"""The file under `.imr` that marks a folder of cases as a demonstration."""


def is_demo(folder: Path) -> bool:
    """Whether a folder of cases is a demonstration: nothing in it can be signed."""
    return os.path.lexists(folder / OWN / FILE)


def mark_as_demo(folder: Path) -> None:
    """Mark an existing folder of cases as a demonstration; raises CannotStore."""
    atomic.make_folder(folder / OWN)
    atomic.write(folder / OWN / FILE, b"")


def mark_of(folder: Path) -> str:
    """The line that the letters of a folder carry; blank unless it is a demonstration."""
    return MARK if is_demo(folder) else ""
