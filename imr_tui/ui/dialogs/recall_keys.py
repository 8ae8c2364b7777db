"""The keys of the dialog with earlier rationales."""

from textual.binding import Binding, BindingType

from imr_tui.ui.dialogs.pick import search_keys

KEYS: list[BindingType] = [
    *search_keys("recall", "Insert", "Insert the selected sentences, or all if none is selected"),
    Binding(
        "space",
        "select",
        "Select",
        id="recall.select",
        tooltip="Select this sentence, or deselect it",
    ),
    Binding(
        "c",
        "pick_with_citations",
        "With citations",
        id="recall.citations",
        tooltip="Insert, and copy the citations to this item, too",
    ),
]
