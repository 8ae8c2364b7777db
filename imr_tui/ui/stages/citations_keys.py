"""The keys of the citations of an item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imr_tui.ui.bindings import bind

if TYPE_CHECKING:
    from textual.binding import BindingType

KEYS: list[BindingType] = [
    bind("citations.add", "add", "Add", "Search the catalogue and add a citation"),
    bind("citations.edit", "edit_citation", "Edit", "Edit the citation"),
    bind("citations.remove", "remove", "Remove", "Remove the citation (undo restores it)"),
    bind("citations.copy", "copy", "Copy", "Copy citations of the administrator or another item"),
    bind("citations.none", "cite_none", "No guideline", "State why no guideline is cited"),
    bind(
        "citations.depart",
        "depart",
        "Why not MTUS",
        "State why the MTUS does not apply",
        show=False,
    ),
    bind(
        "citations.weigh",
        "weigh",
        "Conflict",
        "Weigh your evidence against the administrator's",
        show=False,
    ),
    bind("citations.up", "move(-1)", "Up", "Move the citation up", show=False),
    bind("citations.down", "move(1)", "Down", "Move the citation down", show=False),
]
