"""Asks for what describes an item: its request, parts, the item it follows, its date."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from imr_tui.plain.form import FormField, fill_in
from imr_tui.session import item_entry

if TYPE_CHECKING:
    from imr_tui.model.edits import Change
    from imr_tui.plain.session import PlainSession


def edit_item(session: PlainSession, index: int) -> None:
    """Ask for each field of the 0-based item; says why if the case is read-only."""
    if session.read_only:
        session.console.error(session.read_only)
        return
    session.console.say(f"Item {index + 1} of {len(session.case.items)}.")
    fill_in(session, [_field(session, index, name) for name in item_entry.LABELS])


def _field(session: PlainSession, index: int, name: str) -> FormField:
    def value() -> str:
        return item_entry.value_of(session.case.items[index], name)

    def change(text: str) -> Change:
        count = len(session.case.items)
        return item_entry.item_change(index, name, text, count, session.today)

    return FormField(
        path=f"items[{index}].{name}",
        label=item_entry.LABELS[name],
        value=value,
        change=change,
        full=partial(item_entry.item_text_in_full, name, today=session.today),
        hint=item_entry.HINTS.get(name, ""),
    )
