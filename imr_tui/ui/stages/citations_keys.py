"""The keys of the citations of an item."""

from textual.binding import Binding, BindingType

KEYS: list[BindingType] = [
    Binding(
        "a", "add", "Add", id="citations.add", tooltip="Search the catalogue and add a citation"
    ),
    Binding("e", "edit_citation", "Edit", id="citations.edit", tooltip="Edit the citation"),
    Binding(
        "d",
        "remove",
        "Remove",
        id="citations.remove",
        tooltip="Remove the citation (undo restores it)",
    ),
    Binding(
        "c",
        "copy",
        "Copy",
        id="citations.copy",
        tooltip="Copy citations of the administrator or another item",
    ),
    Binding(
        "n",
        "cite_none",
        "No guideline",
        id="citations.none",
        tooltip="State why no guideline is cited",
    ),
    Binding(
        "m",
        "depart",
        "Why not MTUS",
        id="citations.depart",
        show=False,
        tooltip="State why the MTUS does not apply",
    ),
    Binding(
        "x",
        "weigh",
        "Conflict",
        id="citations.weigh",
        show=False,
        tooltip="Weigh your evidence against the administrator's",
    ),
    Binding("K", "move(-1)", "Up", id="citations.up", show=False, tooltip="Move the citation up"),
    Binding(
        "J",
        "move(1)",
        "Down",
        id="citations.down",
        show=False,
        tooltip="Move the citation down",
    ),
]
