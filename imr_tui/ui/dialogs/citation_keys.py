"""The keys of the citation form."""

from textual.binding import Binding, BindingType

from imr_tui.ui.dialogs.form_keys import CANCEL

KEYS: list[BindingType] = [
    *CANCEL,
    Binding(
        "ctrl+s",
        "finish",
        "Done",
        id="citation.finish",
        tooltip="Put the citation into the case, from any field",
        priority=True,
    ),
    Binding(
        "down",
        "highlight(1)",
        "Headings",
        id="citation.down",
        key_display="down",
        tooltip="Choose a heading of the guideline; Enter takes it",
        priority=True,
    ),
    Binding(
        "up",
        "highlight(-1)",
        "Previous",
        id="citation.up",
        show=False,
        tooltip="The heading before",
        priority=True,
    ),
    Binding("ctrl+r", "sort", "Sort pages", id="citation.sort", tooltip="Put the pages in order"),
    Binding(
        "ctrl+t",
        "kind",
        "Kind",
        id="citation.kind",
        tooltip="Next kind: MTUS, another guideline, a study, or free words",
    ),
    Binding(
        "ctrl+g",
        "start_over",
        "Start over",
        id="citation.start-over",
        show=False,
        tooltip="Discard what you typed and start this form again",
    ),
]
