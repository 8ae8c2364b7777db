"""The notice for text that a field is too small for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.ui.app import ImrApp

if TYPE_CHECKING:
    from textual.widget import Widget


def tell_refused(entry: Widget, text: str, why: str) -> None:
    """Say that `text` was not inserted into a field, and why."""
    if len(text) > 1:
        said = f"{len(text):,} characters would be too many. Nothing was inserted. {why}"
        entry.notify(said, title=_TITLE, severity="warning", markup=False)
    elif isinstance(entry.app, ImrApp):
        # Key after key may be refused.
        entry.app.io.pastes.notify_once(f"The field takes no more characters. {why}", _TITLE)


_TITLE = "Too long"
