"""The keys of the worklist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.ui.bindings import bind

if TYPE_CHECKING:
    from textual.binding import BindingType

FILTERS = "words, draft, ready, written, closed, new facts, late, due<12/15"
"""What the filter says before anything is typed into it."""

KEYS: list[BindingType] = [
    bind("worklist.open", "open", "Open", "Open the case", priority=True),
    bind("worklist.filter", "filter", "Filter", "Filter the cases"),
    bind(
        "worklist.facts",
        "open(True)",
        "New facts",
        "Open the case and show the facts that the organization changed",
        show=False,
    ),
    bind("worklist.new", "new", "New", "Create a case and open it"),
    bind(
        "worklist.sort", "sort", "Order", "Sort by due date, number, state or last change in turn"
    ),
    bind(
        "worklist.scope",
        "scope",
        "Whose",
        "As a coordinator, show your cases, those without a reviewer, or all in turn",
        show=False,
    ),
    bind(
        "worklist.statistics",
        "statistics",
        "Statistics",
        "Outcomes and turnaround of the determinations of this folder",
        show=False,
    ),
    bind(
        "worklist.written",
        "show_written",
        "Written",
        "Show or hide the cases that are written, signed or closed, if there are many",
        show=False,
        key_display=".",
    ),
    bind(
        "worklist.all", "clear", "All", "Show all cases again, or stop reading a letter", show=False
    ),
    bind("worklist.import", "import", "Import", "Import a published letter"),
    bind(
        "worklist.profile",
        "app.profile",
        "Profile",
        "Your credentials, name and PIN, and the settings in force",
        show=False,
    ),
    bind("worklist.quit", "leave", "Quit", "Quit if it is pressed twice; all is saved"),
]
