"""The keys of the dialogs with fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.ui.bindings import bind

if TYPE_CHECKING:
    from textual.binding import BindingType

KEYS: list[BindingType] = [
    bind("form.next", "next_field", "Next field", "Go to the next field", priority=True),
    bind("form.done", "last_field", "Done", "Finish the form", priority=True),
    bind(
        "form.finish", "finish", "Done", "Finish the form from any field", show=False, priority=True
    ),
]
CANCEL: list[BindingType] = [
    bind(
        "dialog.close",
        "close",
        "Cancel",
        "Leave without applying; what you typed is kept and offered next time",
    ),
]
"""The key of the forms that are applied as a whole."""
PROFILE: list[BindingType] = [
    *CANCEL,
    # A field has these keys, too, and does nothing with them.
    bind(
        "profile.settings",
        "scroll_page(1)",
        "Settings",
        "Scroll down to the settings",
        priority=True,
    ),
    bind(
        "profile.fields",
        "scroll_page(-1)",
        "Profile",
        "Scroll back up to the profile",
        show=False,
        priority=True,
    ),
]
"""The keys of the page with the profile and the settings."""
