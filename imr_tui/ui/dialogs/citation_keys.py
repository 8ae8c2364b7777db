"""The keys of the citation form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.ui.bindings import bind
from imr_tui.ui.dialogs.form_keys import CANCEL

if TYPE_CHECKING:
    from textual.binding import BindingType

KEYS: list[BindingType] = [
    *CANCEL,
    bind(
        "citation.finish",
        "finish",
        "Done",
        "Put the citation into the case, from any field",
        priority=True,
    ),
    bind(
        "citation.down",
        "highlight(1)",
        "Headings",
        "Choose a heading of the guideline; Enter takes it",
        priority=True,
        key_display="down",
    ),
    bind(
        "citation.up", "highlight(-1)", "Previous", "The heading before", show=False, priority=True
    ),
    bind("citation.sort", "sort", "Sort pages", "Put the pages in order"),
    bind(
        "citation.kind",
        "kind",
        "Kind",
        "Next kind: MTUS, another guideline, a study, or free words",
    ),
    bind(
        "citation.start-over",
        "start_over",
        "Start over",
        "Discard what you typed and start this form again",
        show=False,
    ),
]
