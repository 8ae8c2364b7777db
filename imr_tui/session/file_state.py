"""What the file of the open case has become: signed, closed, or opened again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.errors import ImrError
from imr_tui.store.safety.safe_open import read_bytes
from imr_tui.store.signing.standing import DRAFT, standing_of_file

if TYPE_CHECKING:
    from pathlib import Path

    from imr_tui.store.signing.standing import Standing


def is_signed(path: Path) -> bool:
    """Whether a case file now holds a signed case, changed since or not."""
    try:
        return not standing_of_file(path, read_bytes(path)).may_edit
    except ImrError:
        # Whoever reads it next says why.
        return False


def must_open_again(standing: Standing, closed: Standing | None) -> bool:
    """Whether a case that was opened with `standing` has been closed or opened again since."""
    if standing.kind in ("signed", "altered"):
        return False
    return (closed or DRAFT) != (standing if standing.kind == "closed" else DRAFT)
