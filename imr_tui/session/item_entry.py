"""The fields that describe an item, and the edits that their texts make."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from imr_tui.model import edits
from imr_tui.session.date_entry import in_full, read_full_date

if TYPE_CHECKING:
    from datetime import date

    from imr_tui.model.case import Item
    from imr_tui.model.edits import Change, ItemLine

LABELS = {
    "request": "Request to decide",
    "original": "Originally requested",
    "authorized": "Authorized by UR",
    "follows": "Number of that item",
    "date_of_service": "Date of service",
}
"""The label of each field, in the order of the form."""
HINTS = {
    "original": "If utilization review (UR) authorized only a part of the request:",
    "follows": "If this item stands or falls with another item:",
    "date_of_service": "If the service was rendered before the decision:",
}
"""When a field and those below it are filled in."""


def value_of(item: Item, name: str) -> str:
    """The text of a field of an item."""
    return str(getattr(item, name) or "")


def item_change(index: int, name: str, text: str, count: int, today: date) -> Change:
    """The edit that sets a field of the 0-based item `index` of `count` items to `text`.

    Raises ValueError with the error text, Unfinished for a date in a short form.
    """
    if name == "follows":
        return partial(edits.set_follows, index=index, number=_number(text.strip(), index, count))
    if name == "date_of_service":
        return partial(edits.set_date_of_service, index=index, day=read_full_date(text, today))
    return partial(edits.set_item_line, index=index, name=cast("ItemLine", name), text=text)


def item_text_in_full(name: str, text: str, today: date) -> str:
    """The full form of the text of a field; raises ValueError if it cannot be read."""
    return in_full(text, today) if name == "date_of_service" else text


def _number(value: str, index: int, count: int) -> int:
    """The number of the item that this one follows, 0 for none."""
    number = int(value) if value.isascii() and value.isdigit() and len(value) < 5 else -1
    if value and not (1 <= number <= count and number != index + 1):
        raise ValueError(_numbers(count))
    return max(number, 0)


def _numbers(count: int) -> str:
    """Which numbers can be typed."""
    if count < 2:
        return "There is no other item in this case."
    return f"Type the number of another item, 1 to {count}."
