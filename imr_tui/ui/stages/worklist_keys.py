"""The keys of the worklist."""

from textual.binding import Binding, BindingType

QUITTING = "Press q again to quit; everything is saved."
"""The hint of the first `q`: prose typed into the worklist by mistake must not end the app."""
FILTERS = "words, draft, ready, written, closed, new facts, late, due<12/15"
"""What the filter says before anything is typed into it."""

KEYS: list[BindingType] = [
    Binding("enter", "open", "Open", id="worklist.open", tooltip="Open the case", priority=True),
    Binding("slash", "filter", "Filter", id="worklist.filter", tooltip="Filter the cases"),
    Binding(
        "f",
        "open(True)",
        "New facts",
        id="worklist.facts",
        show=False,
        tooltip="Open the case and show the facts that the organization changed",
    ),
    Binding("n", "new", "New", id="worklist.new", tooltip="Create a case and open it"),
    Binding(
        "o",
        "sort",
        "Order",
        id="worklist.sort",
        tooltip="Sort by due date, number, state or last change in turn",
    ),
    Binding(
        "a",
        "scope",
        "Whose",
        id="worklist.scope",
        show=False,
        tooltip="As a coordinator, show your cases, those without a reviewer, or all in turn",
    ),
    Binding(
        "s",
        "statistics",
        "Statistics",
        id="worklist.statistics",
        show=False,
        tooltip="Outcomes and turnaround of the determinations of this folder",
    ),
    Binding(
        "full_stop",
        "show_written",
        "Written",
        id="worklist.written",
        key_display=".",
        show=False,
        tooltip="Show or hide the cases that are written, signed or closed, if there are many",
    ),
    Binding(
        "escape",
        "clear",
        "All",
        id="worklist.all",
        show=False,
        tooltip="Show all cases again, or stop reading a letter",
    ),
    Binding("i", "import", "Import", id="worklist.import", tooltip="Import a published letter"),
    Binding(
        "p",
        "app.profile",
        "Profile",
        id="worklist.profile",
        show=False,
        tooltip="Your credentials, your name, and the PIN that unlocks the screen",
    ),
    Binding("q", "leave", "Quit", id="worklist.quit", tooltip="Quit with a second q; all is saved"),
]
