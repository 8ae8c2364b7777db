"""Names the fields in which two states of a case differ, without what they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imr_tui.model.case import Case
    from imr_tui.model.value import Value

MAX_ITEM_FIELDS = 500
"""If more fields of items differ, `items` stands for all of them."""
_PARTS = ("particulars", "parties", "reviewer", "summary")
"""The tables of a case that are named field by field."""


def changed_fields(before: Case, after: Case) -> tuple[str, ...]:
    """The paths of the fields that differ, in case file order: `items[0].rationale`, `records`.

    If the number of items differs, `items` comes before the fields of those that both have.
    """
    found: list[str] = []
    for name, field in type(after).model_fields.items():
        old, new, path = getattr(before, name), getattr(after, name), field.alias or name
        if old is new or old == new:
            continue
        if name in _PARTS:
            found += (f"{path}.{each}" for each in _differing(old, new))
        elif name == "items":
            found += _items(before, after)
        else:
            found.append(path)
    return tuple(found)


def _items(before: Case, after: Case) -> list[str]:
    counted = ["items"] if len(before.items) != len(after.items) else []
    pairs = enumerate(zip(before.items, after.items, strict=False))
    inside = [f"items[{at}].{name}" for at, pair in pairs for name in _differing(*pair)]
    return [*counted, *inside] if len(inside) <= MAX_ITEM_FIELDS else ["items"]


def _differing(before: Value, after: Value) -> Iterator[str]:
    """The names of the fields of two values that differ."""
    for name, field in type(after).model_fields.items():
        if getattr(before, name) != getattr(after, name):
            yield field.alias or name
