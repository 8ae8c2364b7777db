"""The keys of the dialog that signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.ui.bindings import bind

if TYPE_CHECKING:
    from textual.binding import BindingType

KEYS: list[BindingType] = [
    bind(
        "sign.next",
        "next",
        "Next, sign",
        "Go to the next field; in the last one, sign",
        priority=True,
    ),
    bind(
        "sign.confirm",
        "confirm",
        "Confirm claims",
        "Confirm that the records were searched again for what they are said to lack",
    ),
    bind("dialog.close", "close", "Cancel", "Leave without signing; nothing was changed"),
]
