"""The keys of the dialog with earlier rationales."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.ui.bindings import bind
from imr_tui.ui.dialogs.pick import search_keys

if TYPE_CHECKING:
    from textual.binding import BindingType

KEYS: list[BindingType] = [
    *search_keys("recall", "Insert", "Insert the selected sentences, or all if none is selected"),
    bind("recall.select", "select", "Select", "Select this sentence, or deselect it"),
    bind(
        "recall.citations",
        "pick_with_citations",
        "With citations",
        "Insert, and copy the citations to this item, too",
    ),
]
