"""The keys of the app on every screen, and how all keys are declared."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.binding import Binding

from imr_tui.keys.default_keys import DEFAULT_KEYS

if TYPE_CHECKING:
    from textual.binding import BindingType

    from imr_tui.keys.key_map import KeyMap

# Compiled only for a site with other keys.
_RANGE = r"\d-\d"
"""How the keys of several actions are shown together: `1-6`."""
_ALSO = r"; `[^`]+` [^;`]+$"
"""The part of a tooltip about another key of the action."""


def bind(
    action_id: str,
    action: str,
    label: str,
    tooltip: str,
    *,
    show: bool = True,
    priority: bool = False,
    key_display: str | None = None,
) -> Binding:
    """The binding of the action with an id, whose keys are in `DEFAULT_KEYS`.

    The key line shows `label` if `show` is set; help and palette show `tooltip`. With `priority`
    it comes before the keys of the widget in focus. `key_display` replaces the name of the key.
    """
    return Binding(
        DEFAULT_KEYS[action_id],
        action,
        label,
        show=show,
        key_display=key_display,
        priority=priority,
        tooltip=tooltip,
        id=action_id,
    )


def rebound(binding: Binding, keys: KeyMap) -> Binding:
    """`binding` with the keys that its action has in `keys`."""
    action_id = binding.id or ""
    if action_id in keys.changed:
        return replace(
            binding,
            key=",".join(keys.keys(action_id)),
            key_display=None,
            tooltip=re.sub(_ALSO, "", binding.tooltip),
        )
    if binding.key_display and re.fullmatch(_RANGE, binding.key_display):
        together = action_id.rstrip("0123456789")
        if any(each.startswith(together) for each in keys.changed):
            return replace(binding, key_display=None)
    return binding


KEYS: list[BindingType] = [
    bind("app.help", "help", "Help", "Show all keys"),
    bind("app.undo", "undo", "Undo", "Undo the last change"),
    bind("app.redo", "redo", "Redo", "Redo", show=False),
    bind("app.commands", "command_palette", "Commands", "Search for a command", show=False),
    bind("app.save", "save", "Save", "Save now (edits are saved automatically)", show=False),
    bind(
        "app.take-over",
        "take_over",
        "Take over",
        "Take over the case, or ask the session that has it",
    ),
    bind("app.answer", "answer", "Answer", "Open the notice above the keys", show=False),
    bind("app.copy", "copy_nothing", "Copy", "Copy the selected text", show=False),
    bind("app.lock", "lock", "Lock", "Lock the screen now", show=False),
    bind("app.redraw", "redraw", "Redraw", "Redraw the screen", show=False, priority=True),
    bind("app.tour", "tour", "Tour", "Hide or show the tour of a demonstration", show=False),
    bind("app.quit", "quit", "Quit", "Quit (everything is saved)", show=False),
]
